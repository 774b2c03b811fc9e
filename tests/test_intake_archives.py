"""Archives: what lies in them is read as if it lay in a folder, and nothing in them can harm."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import stat
import struct
import subprocess
import sys
import tarfile
import threading
import time
import tracemalloc
import zipfile
import zlib
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake_support import NOW, read, reasons, reports, write
from marsad.intake import Skipped, Taken, read_inputs

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Rebels entered the town."


def line(number: int) -> str:
    return json.dumps({"id": str(number), "text": f"{TEXT} {number}"}) + "\n"


def zipped(*members: tuple[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return out.getvalue()


def tarred(*members: tuple[str, bytes | str], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, content in members:
            data = content if isinstance(content, bytes) else content.encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def origins(found: list[Taken | Skipped], folder: Path) -> list[str]:
    return [item.origin.removeprefix(f"{folder}/") for item in found]


# What is read

MEMBERS = (("folder/a.jsonl", line(1) + line(2)), ("b.txt", TEXT), ("folder/deep/c.md", f"# Title\n\n{TEXT}"))
EXPECTED = ["!/folder/a.jsonl:1", "!/folder/a.jsonl:2", "!/b.txt", "!/folder/deep/c.md"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("r.zip", zipped(*MEMBERS)),
        ("r.zip", zipped(*MEMBERS, method=zipfile.ZIP_STORED)),
        ("r.tar", tarred(*MEMBERS)),
        ("r.tar", tarred(*MEMBERS, form=tarfile.GNU_FORMAT)),
        ("r.tar", tarred(*MEMBERS, form=tarfile.USTAR_FORMAT)),
        ("r.tar.gz", gzip.compress(tarred(*MEMBERS))),
        ("r.tgz", gzip.compress(tarred(*MEMBERS))),
        ("r.tar.bz2", bz2.compress(tarred(*MEMBERS))),
        ("r.txz", lzma.compress(tarred(*MEMBERS))),
    ],
)
def test_members_of_an_archive_are_read_in_its_order(tmp_path: Path, name: str, data: bytes) -> None:
    found = read(write(tmp_path, name, data))
    assert all(isinstance(item, Taken) for item in found)
    assert origins(found, tmp_path) == [f"{name}{origin}" for origin in EXPECTED]


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
def test_a_packed_file_is_read_as_what_its_name_says_below(tmp_path: Path, suffix: str, pack) -> None:  # type: ignore[no-untyped-def]
    lines = write(tmp_path, f"a.jsonl.{suffix}", pack(line(1).encode()) + pack(line(2).encode()))
    text = write(tmp_path, f"story.md.{suffix}", pack(b"# Title\n\nRebels entered."))
    assert origins(read(lines), tmp_path) == [f"a.jsonl.{suffix}:1", f"a.jsonl.{suffix}:2"]
    assert [report.title for report in reports(text)] == ["Title"]


def test_a_long_name_in_a_tar_archive_is_whole(tmp_path: Path) -> None:
    name = "folder/" * 40 + "تقرير.txt"
    for form in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        (item,) = read(write(tmp_path, "r.tar", tarred((name, TEXT), form=form)))
        assert item.origin.endswith(f"!/{name}"[:300])


def test_archives_in_archives_are_opened_three_deep(tmp_path: Path) -> None:
    data = zipped(("a.txt", TEXT))
    for depth in range(1, 5):
        found = read(write(tmp_path, "r.zip", data))
        assert origins(found, tmp_path) == ["r.zip" + "!/r.zip" * (depth - 1) + "!/a.txt"]
        assert isinstance(found[0], Taken if depth < 4 else Skipped)
        data = zipped(("r.zip", data))


@pytest.mark.parametrize("data", [zipped(*MEMBERS), gzip.compress(tarred(*MEMBERS)), tarred(*MEMBERS)])
def test_an_archive_comes_through_a_pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    out, into = os.pipe()
    with open(out, "rb") as stream:  # noqa: PTH123 - a descriptor
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=stream))
        writer = threading.Thread(target=lambda: (os.write(into, data), os.close(into)))
        writer.start()
        found = read("-")
        writer.join()
    assert [item.origin for item in found] == [f"-{origin}" for origin in EXPECTED]
    assert all(isinstance(item, Taken) for item in found)


def test_folders_and_hidden_members_are_passed_over(tmp_path: Path) -> None:
    members = [
        ("folder/", ""),
        ("__MACOSX/._a.txt", "x"),
        (".DS_Store", "x"),
        ("folder/.git/a.txt", "x"),
        ("a.txt", TEXT),
    ]
    assert len(read(write(tmp_path, "r.zip", zipped(*members)))) == 1
    assert len(read(write(tmp_path, "r.tar", tarred(*((f"./{name}", data) for name, data in members[1:]))))) == 1


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_pictures_and_styles_are_counted_in_one_line(tmp_path: Path, pack) -> None:  # type: ignore[no-untyped-def]
    members = [(f"images/{number}.PNG", b"\x89PNG") for number in range(30)] + [("a.txt", TEXT), ("style.css", "p {}")]
    name = f"r.{'zip' if pack is zipped else 'tar'}"
    found = read(write(tmp_path, name, pack(*members)))
    assert isinstance(found[0], Taken)
    assert found[1:] == [Skipped(str(tmp_path / name), "31 members cannot be reports: .png 30, .css 1")]


def test_a_large_member_is_streamed(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "big.jsonl.gz", "wt", 1) as out:
        for number in range(100):
            out.write(json.dumps({"id": str(number), "text": f"{number} " + os.urandom(60_000).hex()}) + "\n")
    with zipfile.ZipFile(tmp_path / "big.zip", "w") as archive:
        archive.write(tmp_path / "big.jsonl.gz", "big.jsonl.gz", zipfile.ZIP_STORED)
    for name in ("big.jsonl.gz", "big.zip"):
        tracemalloc.start()
        try:
            count = sum(isinstance(item, Taken) for item in read_inputs([tmp_path / name], retrieved=NOW))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert count == 100
        assert peak < 4_000_000


# What is not


@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize("name", ["/etc/a.txt", "../a.txt", "folder/../../a.txt", "C:\\a.txt", "folder\\..\\..\\a.txt"])
def test_a_name_that_leads_out_of_the_archive_is_refused(tmp_path: Path, pack, name: str) -> None:  # type: ignore[no-untyped-def]
    found = read(write(tmp_path, f"r.{'zip' if pack is zipped else 'tar'}", pack((name, TEXT), ("b.txt", TEXT))))
    assert isinstance(found[0], Skipped)
    assert found[0].reason == "its name leads out of the archive"
    assert isinstance(found[1], Taken)


def test_a_name_of_any_bytes_is_shown_escaped(tmp_path: Path) -> None:
    (item,) = read(write(tmp_path, "r.tar", tarred(("\x1b[31m\n\udcff.txt", TEXT))))
    assert item.origin == f"{tmp_path}/r.tar!/\\x1b[31m\\n\\xff.txt"
    (long,) = read(write(tmp_path, "r.zip", zipped(("x" * 5000 + ".txt", TEXT))))
    assert len(long.origin) < 500


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            info = tarfile.TarInfo("a.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert reasons(write(tmp_path, "r.tar", out.getvalue())) == ["a link, not followed"] * 2 + ["not a file"] * 2
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:  # type: ignore[assignment]
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")  # type: ignore[attr-defined]
    assert reasons(write(tmp_path, "r.zip", packed.getvalue())) == ["a link, not followed"]


def test_an_encrypted_member_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.txt", TEXT), ("b.txt", TEXT)))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    found = read(write(tmp_path, "r.zip", bytes(data)))
    assert isinstance(found[0], Skipped)
    assert found[0].reason == "encrypted"
    assert isinstance(found[1], Taken)


def test_a_member_that_is_packed_in_another_way_is_refused(tmp_path: Path) -> None:
    (reason,) = reasons(write(tmp_path, "r.zip", zipped(("a.txt", TEXT), method=zipfile.ZIP_LZMA)))
    assert reason == "packed in a way that is not read; pack it by 'deflate'"


def test_an_office_document_is_no_archive(tmp_path: Path) -> None:
    assert "office document" in reasons(write(tmp_path, "a.docx", zipped(("word/document.xml", "<w/>"))))[0]


def test_an_archive_without_members_says_so(tmp_path: Path) -> None:
    nothing = ["empty: nothing in it that could be a report"]
    assert reasons(write(tmp_path, "r.zip", zipped())) == nothing
    assert reasons(write(tmp_path, "r.tar", bytes(10240))) == nothing
    assert reasons(write(tmp_path, "r.jsonl.gz", gzip.compress(b""))) == ["empty"]


@pytest.mark.parametrize("name", ["r.zip", "r.tar", "r.gz", "r.bz2", "r.xz", "r.tgz", "r.wacz", "r.warc", "r.parquet"])
@pytest.mark.parametrize(
    "data", [b"", TEXT.encode(), b"\0" * 600, b"PK\x03\x04junk", b"\x1f\x8b\x08junk", b"PAR1junkPAR1"]
)
def test_what_is_no_archive_says_so(tmp_path: Path, name: str, data: bytes) -> None:
    (reason,) = reasons(write(tmp_path, name, data))
    assert reason.isprintable()
    assert len(reason) < 200


# What breaks off


def test_a_packed_file_that_is_cut_short_keeps_what_came_before(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": str(n), "text": os.urandom(3000).hex()}) + "\n" for n in range(400)).encode()
    for suffix, data in (("gz", gzip.compress(lines)), ("bz2", bz2.compress(lines)), ("xz", lzma.compress(lines))):
        found = read(write(tmp_path, f"a.jsonl.{suffix}", data[: len(data) * 2 // 3]))
        assert isinstance(found[-1], Skipped)
        assert found[-1].reason == "broken or cut short: 'it ends in the middle'"
        assert len(found) > 100


def test_a_packed_file_whose_checksum_is_wrong_says_so(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(line(1).encode()))
    data[-6] ^= 1
    assert "broken" in reasons(write(tmp_path, "a.jsonl.gz", bytes(data)))[-1]
    packed = bytearray(zipped(("a.txt", TEXT), ("b.txt", TEXT), method=zipfile.ZIP_STORED))
    packed[packed.index(b"Rebels")] = ord("P")
    found = read(write(tmp_path, "r.zip", bytes(packed)))
    assert isinstance(found[0], Skipped)
    assert "Bad CRC-32" in found[0].reason
    assert isinstance(found[1], Taken)


def test_a_tar_archive_that_is_cut_short_keeps_what_came_before(tmp_path: Path) -> None:
    data = tarred(("a.txt", TEXT), ("b.txt", TEXT * 100), form=tarfile.USTAR_FORMAT)
    found = read(write(tmp_path, "r.tar", data[: 1024 + 512 + 700]))
    assert [type(item) for item in found] == [Taken, Skipped, Skipped]
    assert "cut short" in reasons(tmp_path / "r.tar")[0]
    garbled = data[:1024] + b"junk" * 128 + data[1536:]
    assert reasons(write(tmp_path, "r.tar", garbled)) == [
        "no tar archive, or broken, at byte 1,024; the rest is not read"
    ]


def test_a_zip_archive_without_its_end_says_so(tmp_path: Path) -> None:
    data = zipped(*MEMBERS)
    assert "no ZIP archive" in reasons(write(tmp_path, "r.zip", data[: len(data) // 2]))[0]


# Bombs


def test_a_bomb_is_refused_before_it_bursts(tmp_path: Path) -> None:
    blank = b" " * 60_000_000
    packed = gzip.compress(blank)
    inputs = {
        "r.zip": zipped(("a.txt", blank)),
        "a.txt.gz": packed,
        "a.txt.bz2": bz2.compress(blank),
        "a.txt.xz": lzma.compress(blank),
        "twice.txt.gz.gz": gzip.compress(packed * 50),
        "r.tar": tarred(("a.jsonl.gz", packed)),
    }
    for name, data in inputs.items():
        started = time.process_time()
        found = reasons(write(tmp_path, name, data))
        assert any("it unpacks to more than 100 times its size" in reason for reason in found), name
        assert time.process_time() - started < 2


def test_many_small_bombs_are_one_large_one(tmp_path: Path) -> None:
    bomb = zlib.compress(b" " * 9_000_000)
    members = [(f"{number}.txt", b" " * 9_000_000) for number in range(30)]
    assert len(bomb) < 10_000
    found = reasons(write(tmp_path, "r.zip", zipped(*members)))
    assert found[-1] == "it unpacks to more than 100 times its size; the rest is not read"
    assert len(found) < 10


def test_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    data = zipped(("a.txt", TEXT * 10), ("b.txt", TEXT * 10))
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    shared = data[: at + 42] + struct.pack("<L", 0) + data[at + 46 :]
    assert set(reasons(write(tmp_path, "r.zip", shared))) == {"it overlaps another member"}


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("unpacking", "zips"):
        monkeypatch.setattr(f"marsad.intake.{module}.MAX_MEMBERS", 5)
    many = [(f"{number}.txt", TEXT) for number in range(8)]
    assert reasons(write(tmp_path, "r.zip", zipped(*many))) == ["too many members: 8, the limit is 5"]
    found = read(write(tmp_path, "r.tar", tarred(*many)))
    assert [type(item) for item in found] == [Taken] * 5 + [Skipped]
    assert reasons(tmp_path / "r.tar") == ["too many members: more than 5; the rest is not read"]


def test_too_many_bytes_end_the_archive_and_keep_what_came_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marsad.intake.unpacking.MAX_UNPACKED", 10_000)
    found = read(write(tmp_path, "r.zip", zipped(*((f"{number}.txt", TEXT * 100) for number in range(20)))))
    assert [type(item) for item in found] == [Taken] * 4 + [Skipped] * 2


def test_a_table_of_contents_that_claims_to_be_huge_is_not_held(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.txt", TEXT)))
    end = data.index(b"PK\x05\x06")
    filler = bytes(60_000_000)
    data[end:] = filler + bytes(data[end:])
    end = data.index(b"PK\x05\x06")
    struct.pack_into("<LL", data, end + 12, 59_000_000, 1_000_000)
    (reason,) = reasons(write(tmp_path, "r.zip", bytes(data)))
    assert "too long: a table of contents of 59,000,000 bytes" in reason


@pytest.mark.parametrize("size", [b"\xff" * 12, b"\x80" + b"\xff" * 11, b"77777777777\0", b"-0000000001\0", b"9" * 12])
def test_a_tar_header_that_lies_about_its_size_ends_the_archive(tmp_path: Path, size: bytes) -> None:
    for kind in (b"0", b"L", b"x", b"g"):
        data = bytearray(tarred(("a.txt", TEXT), form=tarfile.USTAR_FORMAT))
        data[124:136], data[156:157] = size, kind
        data[148:156] = b"%06o\0 " % (sum(data[:148]) + 8 * 32 + sum(data[156:512]))
        found = read(write(tmp_path, "r.tar", bytes(data)))
        assert found
        assert all(isinstance(item, Skipped) for item in found)


def test_pax_fields_that_cannot_be_told_apart_end_the_archive(tmp_path: Path) -> None:
    for fields in (b"0 a=b\n", b"99 path", b"x" * 600, b"2 2 2 2 " * 5000, b"1" * 60_000, b"5 =\n"):
        data = bytearray(tarred((("a.txt"), fields), form=tarfile.USTAR_FORMAT))
        data[156:157] = b"x"
        data[148:156] = b"%06o\0 " % (sum(data[:148]) + 8 * 32 + sum(data[156:512]))
        started = time.process_time()
        assert reasons(write(tmp_path, "r.tar", bytes(data)))
        assert time.process_time() - started < 1


SEEDS = [zipped(*MEMBERS), tarred(*MEMBERS), gzip.compress(tarred(*MEMBERS)), bz2.compress(line(1).encode())]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    seed=st.sampled_from(SEEDS),
    edits=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=6),
    cut=st.integers(0, 4000),
    suffix=st.sampled_from(["", ".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz"]),
)
def test_no_damage_raises(tmp_path: Path, seed: bytes, edits: list[tuple[int, int]], cut: int, suffix: str) -> None:
    data = bytearray(seed)
    for at, value in edits:
        data[at % len(data)] = value
    path = write(tmp_path, f"any{suffix}", bytes(data[: len(data) - cut % len(data)]))
    found = list(read_inputs([path], retrieved=NOW))
    assert found
    assert all(item.reason.isprintable() and len(item.reason) < 200 for item in found if isinstance(item, Skipped))


def test_memory_stays_bounded_whatever_is_packed(tmp_path: Path) -> None:
    """A dictionary of a gigabyte, which xz data may ask for, is refused before it is made."""
    packed = lzma.compress(
        TEXT.encode(), format=lzma.FORMAT_XZ, filters=[{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 28}]
    )
    write(tmp_path, "a.txt.xz", packed)
    code = (
        "import sys; from pathlib import Path; from datetime import *; from marsad.intake import read_inputs;"
        "print(*read_inputs(sys.argv[1:], retrieved=datetime.now(UTC)));"
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True, env=os.environ
    )
    *told, peak = done.stdout.splitlines()
    assert "broken or cut short" in told[0]
    assert int(peak) < 250_000
