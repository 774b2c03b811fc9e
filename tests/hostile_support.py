"""Hostile inputs: well-formed files of every format to be broken in every way, and bombs that are as they should be.

As a program it makes the bombs in a folder (`make FOLDER`), or takes them in and says what each cost (`take FOLDER`):
so what made them is not counted.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
import tarfile
import time
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from marsad.intake import ColumnMap, Skipped, Taken, read_inputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)
STORY = (
    "HARWICK, May 3 (Agency) - The Northern Front said on Saturday that its fighters had entered the town of Varenna "
    "after three days of fighting along the river. The defence ministry denied it and called the report a desperate "
    "invention. Residents reached by telephone described columns of smoke above the grain market."
)
ROW = {"id": "a1", "publisher": "Example News", "published": "2031-05-03T10:00:00Z", "title": "Varenna", "text": STORY}


def page(body: str = f"<article><h1>Varenna</h1><p>{STORY}</p></article>", head: str = "") -> bytes:
    return f"<!doctype html><html lang=en><head><title>Varenna</title>{head}</head><body>{body}</body></html>".encode()


def feed(item: str = f"<item><title>Varenna</title><link>https://e.org/1</link><description>{STORY}</description></item>",
         before: str = "") -> bytes:  # fmt: skip
    return f'<?xml version="1.0"?>{before}<rss version="2.0"><channel><title>E</title>{item}</channel></rss>'.encode()


def mail(text: str = STORY) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Varenna", "Press <press@e.org>", "desk@e.org"
    message["Date"], message["Message-ID"] = "Sat, 03 May 2031 10:00:00 +0000", "<1@e.org>"
    message.set_content(text)
    return message


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def zipped_zeros(megabytes: int) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.txt", "w", force_zip64=True) as member,
    ):
        for _ in range(megabytes):
            member.write(b"0" * 2**20)
    return out.getvalue()


class Zeros(io.RawIOBase):
    """A file of zeros that takes no memory."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        buffer[:] = bytes(len(buffer))
        return len(buffer)


def tarred_zeros(megabytes: int) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = megabytes * 2**20
        archive.addfile(info, Zeros())  # type: ignore[arg-type]
    return out.getvalue()


def tarred(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def crawled(data: bytes | None = None, kind: str = "text/html") -> bytes:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + (page() if data is None else data)
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://e.org/1\r\nWARC-Date: 2031-05-03T12:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + answer + b"\r\n\r\n")


def parquet(rows: list[dict[str, str]]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out, compression="zstd")
    return out.getvalue()


LINE = json.dumps(ROW).encode() + b"\n"
TELEGRAM = {
    "name": "Channel", "type": "public_channel", "id": 7,
    "messages": [
        {"id": 1, "type": "message", "date": "2031-05-03T10:00:00", "date_unixtime": "1935396000", "from": "Channel",
         "from_id": "channel7", "text": [STORY, {"type": "bold", "text": " God is great."}]},
    ],
}  # fmt: skip
NINJS = {
    "uri": "urn:1", "type": "text", "version": "1", "versioncreated": "2031-05-03T10:00:00Z", "headline": "Varenna",
    "body_text": STORY, "pubstatus": "usable",
}  # fmt: skip
AREA = {
    "type": "FeatureCollection",
    "features": [{
        "type": "Feature", "properties": {"holder": "Army", "date": "2031-05-03"},
        "geometry": {"type": "Polygon", "coordinates": [[[36, 33], [37, 33], [37, 34], [36, 34], [36, 33]]]},
    }],
}  # fmt: skip
KML = (
    b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Army</name>'
    b"<Polygon><outerBoundaryIs><LinearRing><coordinates>36,33 37,33 37,34 36,34 36,33</coordinates></LinearRing>"
    b"</outerBoundaryIs></Polygon></Placemark></Document></kml>"
)
CODED = (
    b"event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,actor2,country,admin1,location,"
    b"latitude,longitude,geo_precision,source,notes,fatalities,timestamp\n"
    b'XX1,2031-05-03,2031,1,Battles,Armed clash,Front,Army,Nowhere,North,Varenna,34.0,36.5,1,Agency,"A clash.",3,'
    b"1935396000\n"
)

WHOLE: dict[str, bytes] = {
    "a.txt": STORY.encode(),
    "a.md": f"# Varenna\n\n{STORY}\n".encode(),
    "a.json": json.dumps([ROW]).encode(),
    "a.jsonl": LINE * 3,
    "a.html": page(),
    "a.xml": feed(),
    "result.json": json.dumps(TELEGRAM).encode(),
    "ninjs.json": json.dumps(NINJS).encode(),
    "a.eml": mail().as_bytes(),
    "a.mbox": b"From press@e.org Sat May  3 10:00:00 2031\n" + mail().as_bytes() + b"\n",
    "a.csv": b'id,publisher,published,title,text\na1,Example News,2031-05-03,Varenna,"' + STORY.encode() + b'"\n',
    "acled.csv": CODED,
    "a.parquet": parquet([{key: str(value) for key, value in ROW.items()}]),
    "a.geojson": json.dumps(AREA).encode(),
    "a.kml": KML,
    "a.zip": zipped(("a.jsonl", LINE), ("b/c.html", page())),
    "a.jsonl.gz": gzip.compress(LINE),
    "a.tar.gz": tarred(("a.jsonl", LINE)),
    "a.warc.gz": crawled(),
}
"""A sound file of every format, by a name that tells it."""

_LAUGHS = "<!DOCTYPE l [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
) + "]>"  # fmt: skip
_OUTSIDE = '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def _nested_zip(depth: int) -> bytes:
    data = zipped(("a.jsonl", LINE))
    for _ in range(depth):
        data = zipped(("a.zip", data))
    return data


def _nested_mail(depth: int) -> bytes:
    head = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
    return b"Subject: x\nMIME-Version: 1.0\n" + head + b"Content-Type: text/plain\n\n" + STORY.encode()


def _lying_zip() -> bytes:
    """A member that says to be small, and is not."""
    data = bytearray(zipped(("a.txt", b"a " * 40_000_000)))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(data)


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip of 1 GB of zeros": ("a.zip", lambda: zipped_zeros(1024)),
    "zip with 40,000 members": ("a.zip", lambda: zipped(*((f"{n}.txt", b"") for n in range(40_000)))),
    "zip in zip, twelve deep": ("a.zip", lambda: _nested_zip(12)),
    "zip that lies of sizes": ("a.zip", _lying_zip),
    "zip with a path upwards": ("a.zip", lambda: zipped(("../../etc/cron.d/a.jsonl", LINE))),
    "zip with an absolute path": ("a.zip", lambda: zipped(("/etc/a.jsonl", LINE))),
    "gzip of 2 GB of zeros": ("a.txt.gz", lambda: gzip.compress(b"0" * 2**20, 9) * 2048),
    "gzip of one endless line": ("a.jsonl.gz", lambda: gzip.compress(b'{"text": "' + b"a" * 2**27)),
    "tar of 1 GB of zeros": ("a.tar.gz", lambda: tarred_zeros(1024)),
    "feed of a billion laughs": ("a.xml", lambda: feed("<item><title>&a9;</title></item>", _LAUGHS)),
    "feed with a file from outside": ("a.xml", lambda: feed("<item><title>&x; y</title></item>", _OUTSIDE)),
    "feed of 100,000 entries": ("a.xml", lambda: feed("<item><title>Varenna fell</title></item>" * 100_000)),
    "feed 100,000 deep": ("a.xml", lambda: feed("<a>" * 100_000)),
    "KML of a billion laughs": (
        "a.kml",
        lambda: KML.replace(b"<kml", _LAUGHS.encode() + b"<kml").replace(b"Army", b"&a9;"),
    ),
    "KML with a file from outside": (
        "a.kml",
        lambda: KML.replace(b"<kml", _OUTSIDE.encode() + b"<kml").replace(b"Army", b"&x;"),
    ),
    "KML of a million points": ("a.kml", lambda: KML.replace(b"37,33", b"37,33 " * 1_000_000)),
    "XHTML of a billion laughs": (
        "a.xhtml",
        f'<?xml version="1.0"?>{_LAUGHS}<html><body><p>&a9;</p></body></html>'.encode,
    ),
    "page 200,000 deep": ("a.html", lambda: page("<div>" * 200_000 + STORY)),
    "page of 200,000 open tables": ("a.html", lambda: page("<table><tr><td>" * 70_000 + STORY)),
    "page with a million attributes": ("a.html", lambda: page(f"<p {'a=1 ' * 1_000_000}>{STORY}</p>")),
    "page with a script of 30 MB": ("a.html", lambda: page(f"<script>{'x=1;' * 8_000_000}</script><p>{STORY}</p>")),
    "page of 20 MB": ("a.html", lambda: page(f"<p>{STORY}</p>" * 50_000)),
    "page of a million links": ("a.html", lambda: page("<a href=x>Varenna</a> " * 1_000_000)),
    "page of a million entities": ("a.html", lambda: page("<p>" + "&nbsp;" * 1_000_000 + "</p>")),
    "page with a deep JSON-LD": (
        "a.html",
        lambda: page(head='<script type="application/ld+json">' + "[" * 200_000 + "</script>"),
    ),
    "page with a million times": ("a.html", lambda: page("<time datetime='2031-05-03'>x</time>" * 200_000)),
    "Telegram export 100,000 deep": ("result.json", lambda: b'{"name": "c", "messages": [' + b'{"text": [' * 100_000),
    "Telegram export of 25,000 messages": (
        "result.json",
        lambda: json.dumps({**TELEGRAM, "messages": TELEGRAM["messages"] * 25_000}).encode(),  # type: ignore[operator]
    ),
    "JSON 1,000,000 deep": ("a.json", lambda: b"[" * 1_000_000),
    "JSON with a huge number": ("a.json", lambda: b'{"text": ' + b"9" * 1_000_000 + b"}"),
    "mail of 3,000 nested parts": ("a.eml", lambda: _nested_mail(3000)),
    "mail with 100,000 headers": ("a.eml", lambda: b"X: y\n" * 100_000 + b"\n" + STORY.encode()),
    "mail with a header of 20 MB": ("a.eml", lambda: b"Subject: " + b"=?utf-8?q?a?= " * 1_500_000 + b"\n\nHello."),
    "mbox of 50,000 empty mails": ("a.mbox", lambda: b"From a@e.org Sat May  3 10:00:00 2031\n\n" * 50_000),
    "CSV with an open quote": ("a.csv", lambda: b'id,text\n1,"' + b"Rebels entered.\n" * 1_000_000),
    "CSV with a cell of 50 MB": ("a.csv", lambda: b"id,text\n1," + b"a" * 50_000_000 + b"\n"),
    "CSV with 200,000 columns": ("a.csv", lambda: b",".join(b"c%d" % n for n in range(200_000)) + b"\n" + b"1," * 10),
    "CSV of delimiters": ("a.csv", lambda: b"id,text\n" + b"," * 5_000_000),
    "Parquet of 256 MB of zeros": (
        "a.parquet",
        lambda: parquet([{"id": str(n), "text": "0" * 2**24} for n in range(16)]),
    ),
    "GeoJSON of a million points": (
        "a.geojson",
        lambda: json.dumps(AREA).replace("[37, 33]", ", ".join(["[37, 33]"] * 1_000_000)).encode(),
    ),
    "GeoJSON of a crossing star": (
        "a.geojson",
        lambda: (
            json.dumps(AREA)
            .replace(
                "[37, 33]",
                ", ".join(f"[{36 + (n * 7919 % 1000) / 1000}, {33 + (n * 104729 % 1000) / 1000}]" for n in range(3000)),
            )
            .encode()
        ),
    ),
    "crawl of a page of 200,000 tags": ("a.warc.gz", lambda: crawled(page("<b>" * 200_000))),
    "crawl that says to be gzip": ("a.warc.gz", lambda: crawled(b"\x1f\x8bnonsense")),
    "text of one endless word": ("a.txt", lambda: b"a" * 1_900_000),
    "text of endless capitals": ("a.txt", lambda: b"AAA, " * 380_000),
    "text of endless brackets": ("a.txt", lambda: b"(" * 1_900_000),
    "text of endless bylines": ("a.txt", lambda: b"By Ada Example and " * 100_000),
    "text of endless updates": ("a.txt", lambda: b"Updated: 7 Dec 2030 18:05 GMT " * 60_000),
    "text of endless spaces": ("a.txt", lambda: b"Rebels" + b" \n" * 900_000 + b"entered."),
}
"""Files that are sound, or nearly so, and cost whoever believes them; each with its name and what makes it."""


def items(path: Path) -> Iterator[Taken | Skipped]:
    """Take a file in; maps of areas do not say whose they are."""
    whose = ColumnMap(columns={}, constants={"publisher": "Example Maps", "holder": "Army"})
    return read_inputs([path], retrieved=NOW, columns=whose if path.suffix in {".geojson", ".kml"} else None)


def peak() -> float:
    """Return the most memory that this program has held, in megabytes; `getrusage` would count its parent's, too."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def make(folder: Path) -> None:
    """Write every bomb into a folder of its own."""
    for number, (name, made) in enumerate(BOMBS.values()):
        (folder / str(number)).mkdir()
        (folder / str(number) / name).write_bytes(made())


def take(folder: Path) -> None:
    """Take every bomb in; print what each cost, and why it was skipped, as a line of JSON."""
    for number, (case, (name, _)) in enumerate(BOMBS.items()):
        begun = time.process_time()  # what else the machine does is no fault of a reader
        given, reasons = 0, []
        for item in items(folder / str(number) / name):
            given += isinstance(item, Taken)
            if isinstance(item, Skipped) and len(reasons) < 5:
                reasons.append(item.reason)
        took = time.process_time() - begun
        told = {"case": case, "seconds": took, "megabytes": peak(), "given": given, "reasons": reasons}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    {"make": make, "take": take}[sys.argv[1]](Path(sys.argv[2]))
