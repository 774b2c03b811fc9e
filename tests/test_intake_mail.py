"""E-mail and mailboxes: whose words a message holds, what it brings along, and messages made to do harm."""

from __future__ import annotations

import base64
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from intake_support import read, reasons, reports, write
from marsad.intake import Skipped
from marsad.records import DatePrecision

if TYPE_CHECKING:
    from pathlib import Path

    from marsad.records import Report

HEAD = """From: Press Office <press@example.org>
To: list@example.net
Subject: Rebels enter Qarn
Date: Sat, 03 May 2031 21:15:00 +0300
Message-ID: <1@example.org>
"""
BODY = "Rebels entered Qarn.\n\nThe army left.\n"


def mail(body: str = BODY, head: str = HEAD, **headers: str) -> bytes:
    more = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in headers.items())
    return f"{head}{more}\n{body}".encode()


def one(folder: Path, data: bytes) -> Report:
    (report,) = reports(write(folder, "a.eml", data))
    return report


def test_a_message_is_a_report_of_its_sender(tmp_path: Path) -> None:
    report = one(tmp_path, mail())
    assert (report.id, report.title, report.publisher) == ("1@example.org", "Rebels enter Qarn", "Press Office")
    assert (report.text, report.authors) == ("Rebels entered Qarn.\n\nThe army left.", ())
    assert report.published is not None
    assert report.published.isoformat() == "2031-05-03T21:15:00+03:00"


def test_on_a_list_the_sender_is_the_author(tmp_path: Path) -> None:
    listed = one(tmp_path, mail(List_Id='"War Reports" <war.example.net>', In_Reply_To="<0@example.org> <x@y>"))
    assert (listed.publisher, listed.authors, listed.reply_to) == ("War Reports", ("Press Office",), "0@example.org")
    assert one(tmp_path, mail(List_Id="<war.example.net>")).publisher == "war.example.net"


def test_encoded_names_and_subjects_are_decoded(tmp_path: Path) -> None:
    subject = f"=?utf-8?b?{base64.b64encode('Повстанцы вошли'.encode()).decode()}?="
    head = f"From: =?iso-8859-1?q?Ren=E9?= <r@example.org>\nSubject: {subject}\n =?utf-8?q?_=C3=A9t?=\n"
    report = one(tmp_path, mail(head=head))
    assert (report.publisher, report.title) == ("René", "Повстанцы вошли ét")
    assert (report.published, report.id[:2]) == (None, "r-")


@pytest.mark.parametrize(
    ("date", "iso", "precision"),
    [
        ("Sat, 03 May 2031 21:15:00 -0000", "2031-05-03T21:15:00+00:00", DatePrecision.PART_OF_DAY),
        ("Sat, 03 May 2031 21:15:00 EDT", "2031-05-03T21:15:00-04:00", DatePrecision.PART_OF_DAY),
        ("Sat, 03 May 2031 21:15:00", "2031-05-03T12:00:00+00:00", DatePrecision.DAY),
    ],
)
def test_a_date_keeps_its_zone(tmp_path: Path, date: str, iso: str, precision: DatePrecision) -> None:
    report = one(tmp_path, mail(head=f"From: a@example.org\nDate: {date}\n"))
    assert report.published is not None
    assert (report.published.isoformat(), report.published_precision) == (iso, precision)


def alternative(plain: str, markup: str) -> bytes:
    return mail(
        f"--b\nContent-Type: text/plain\n\n{plain}\n--b\nContent-Type: text/html\n\n{markup}\n--b--\n",
        MIME_Version="1.0",
        Content_Type="multipart/alternative; boundary=b",
    )


def test_plain_text_goes_before_html_where_it_has_words(tmp_path: Path) -> None:
    assert one(tmp_path, alternative("Plainly.", "<p>In HTML.</p>")).text == "Plainly."
    assert one(tmp_path, alternative(" ", "<style>p{}</style><p>In HTML.</p><p>More.</p>")).text == "In HTML.\n\nMore."


CHARSETS = {
    "as named": ("windows-1256", "windows-1256"),
    "unknown": ("x-none", "utf-8"),
    "wrong": ("ascii", "utf-8"),
    "hostile": ("punycode", "utf-8"),
    "no text": ("zip", "utf-8"),
}


@pytest.mark.parametrize(("named", "used"), CHARSETS.values(), ids=CHARSETS)
def test_a_charset_is_believed_where_it_fits(tmp_path: Path, named: str, used: str) -> None:
    text = "أعلن الجيش انسحابه من المدينة مساء السبت وفق مصدر عسكري"
    body = base64.encodebytes(text.encode(used)).decode()
    data = mail(body, Content_Type=f"text/plain; charset={named}", Content_Transfer_Encoding="base64")
    assert one(tmp_path, data).text == text


OWN_WORDS = {
    "a signature": "Rebels entered.\n\n-- \nPress Office\nQarn",
    "an answer": "Rebels entered.\n\nOn 3 May 2031 at 10:00, Ada <a@x.org>\nwrote:\n\n> Who holds Qarn?\n> And when?",
    "an answer below": "On 3 May 2031, a@x.org wrote:\n> Who holds Qarn?\n\nRebels entered.",
    "a footer": f"Rebels entered.\n{'_' * 47}\nWar mailing list\nhttps://lists.example.net/war",
    "both": f"Rebels entered.\n-- \nPress\n{'_' * 47}\nWar mailing list\nhttps://lists.example.net/war",
    "an original": "Rebels entered.\n\n-----Original Message-----\nFrom: Ada\nSent: today\n\nWho holds Qarn?",
}


@pytest.mark.parametrize("body", OWN_WORDS.values(), ids=OWN_WORDS)
def test_the_words_of_others_are_left_out(tmp_path: Path, body: str) -> None:
    assert one(tmp_path, mail(body)).text == "Rebels entered."
    assert one(tmp_path, mail(body.replace("\n", "\r\n"))).text == "Rebels entered."


KEPT = {
    "a list": "These towns fell:\n\n- Qarn\n- Dolmar\n--\nMore follows.",
    "a rule without addresses": f"Qarn\n{'_' * 47}\nRebels entered.",
    "a long end": "Qarn fell.\n-- \n" + "Rebels entered.\n" * 40 + "End.",
    "an introduction that is none": "The towns of 3 May were these:\n\nQarn\nDolmar",
}


@pytest.mark.parametrize("body", KEPT.values(), ids=KEPT)
def test_what_may_be_the_senders_own_is_kept(tmp_path: Path, body: str) -> None:
    assert one(tmp_path, mail(body)).text == body


def test_a_message_that_is_quoted_throughout_is_kept_without_the_marks(tmp_path: Path) -> None:
    assert one(tmp_path, mail("> Rebels entered.\n>\n> The army left.")).text == "Rebels entered.\n\nThe army left."


FORWARDED = """---------- Forwarded message ---------
From: Qarn Observers <obs@example.com>
Date: Fri, 2 May 2031 10:00:00 +0300
Subject: Shelling of Qarn
To: <press@example.org>

The army shelled Qarn.
"""


def test_a_message_that_is_passed_on_is_the_word_of_who_wrote_it(tmp_path: Path) -> None:
    report = one(tmp_path, mail(FORWARDED))
    assert (report.forwarded_from, report.publisher, report.title) == (
        "Qarn Observers",
        "Press Office",
        "Shelling of Qarn",
    )
    assert (report.id, report.text) == ("1@example.org", "The army shelled Qarn.")
    assert report.published is not None
    assert report.published.isoformat() == "2031-05-02T10:00:00+03:00"


def test_what_the_sender_adds_to_it_is_a_report_of_its_own(tmp_path: Path) -> None:
    own, passed_on = reports(write(tmp_path, "a.eml", mail(f"We cannot confirm this.\n\n{FORWARDED}")))
    assert (own.id, own.text, own.forwarded_from) == ("1@example.org", "We cannot confirm this.", None)
    assert (passed_on.id, passed_on.forwarded_from) == ("1@example.org#forwarded", "Qarn Observers")


def part(content: str, kind: str, *headers: str) -> str:
    return "\n".join(["--b", f"Content-Type: {kind}", *headers, "", content, ""])


def mixed(*parts: str) -> bytes:
    return mail("".join(parts) + "--b--\n", MIME_Version="1.0", Content_Type="multipart/mixed; boundary=b")


def test_attachments_are_read_like_files(tmp_path: Path) -> None:
    attached = "Content-Disposition: attachment; filename="
    path = write(
        tmp_path,
        "a.eml",
        mixed(
            part(BODY, "text/plain"),
            part('{"id": "x-1", "text": "Rebels left."}', "application/octet-stream", f"{attached}more.jsonl"),
            part("R0lGODlh", "image/gif", "Content-Transfer-Encoding: base64", f"{attached}logo.gif"),
            part(
                mail("Rebels came back.", HEAD.replace("<1@", "<2@")).decode(),
                "message/rfc822",
                "Content-Disposition: inline",
            ),
            part("x", "application/x-odd", f'{attached}"../../odd.docm"'),
        ),
    )
    found = read(path)
    assert [report.text for report in reports(path)] == [BODY.strip(), "Rebels left.", "Rebels came back."]
    (skipped,) = [item for item in found if isinstance(item, Skipped)]
    assert skipped.origin == f"{path}/../../odd.docm"
    assert "files of type '.docm' are not read" in skipped.reason
    assert found[1].origin == f"{path}/more.jsonl:1"


def test_a_mailbox_is_read_message_by_message(tmp_path: Path) -> None:
    first = b"From press@example.org Sat May  3 2031\n" + mail(
        "Rebels entered.\n>From Qarn they went on.\nFrom there.\n"
    )
    second = b"\nFrom press@example.org Sat May  3 2031\n" + mail("The army left.", head=HEAD.replace("<1@", "<2@"))
    broken = b"\n\nFrom nobody Sat May  3 2031\n\nno header\n"
    path = write(tmp_path, "war.mbox", first + broken + second)
    assert [report.id for report in reports(path)] == ["1@example.org", "2@example.org"]
    assert reports(path)[0].text == "Rebels entered.\nFrom Qarn they went on.\nFrom there."
    assert reasons(path) == ["not a message: no sender, subject or date"]
    assert [item.origin for item in read(path)] == [f"{path}#{number}" for number in (1, 2, 3)]
    assert len(reports(write(tmp_path, "Inbox", first + second))) == 2  # known by how it begins
    assert reasons(write(tmp_path, "b.mbox", mail())) == ["not a mailbox: it does not begin with a line of 'From '"]


def nested(depth: int) -> bytes:
    start = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth))
    return f"{HEAD}MIME-Version: 1.0\n{start}".encode()


HOSTILE = {
    "nested parts": (nested(5_000), "a message of too many parts"),
    "nested messages": (HEAD.encode() + b"Content-Type: message/rfc822\n\n" * 5_000, "a message of too many parts"),
    "many parts": (mixed(part("x", "text/plain") * 100_000), "a message of too many parts"),
    "many lines": (mail("\n" * 2_000_000), "too long: 2,000,"),
    "a long message": (mail("x" * 34_000_000), "too long: a message of more than 33,554,432 bytes"),
    "no words": (mail(" \n"), "no words: a message without a text"),
    "a picture": (mail("R0lGODlh", Content_Type="image/gif", Content_Transfer_Encoding="base64"), "no words"),
    "a signature alone": (mail("-- \nPress Office\n"), "'text' holds no words"),
    "not a message": (b"Rebels entered the town.\n", "not a message: no sender, subject or date"),
    "nothing": (b"", "not a message"),
}


@pytest.mark.parametrize(("data", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_a_message_that_cannot_be_read_is_skipped_with_the_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    tracemalloc.start()
    started = time.process_time()
    found = read(write(tmp_path, "a.eml", data))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reason in " ".join(item.reason for item in found if isinstance(item, Skipped))
    assert [item for item in found if not isinstance(item, Skipped)] == []
    assert time.process_time() - started < 10
    assert peak < 200_000_000


ODD_HEADERS = {
    "a group": "From: a: b <c@d>;;\nSubject: x\n",
    "an empty address": "From: <\nSubject: x\n",
    "half a word": "From: a@b\nSubject: =?utf-8?q?=\n =?=?=\n",
    "an odd type": 'From: a@b\nContent-Type: text/plain; charset*1*="\n',
    "an odd disposition": "From: a@b\nContent-Disposition: ;;*0*=\n",
}


@pytest.mark.parametrize("head", ODD_HEADERS.values(), ids=ODD_HEADERS)
def test_a_message_with_an_odd_header_is_read_all_the_same(tmp_path: Path, head: str) -> None:
    assert one(tmp_path, mail(head=head)).text == BODY.strip()


SLOW = {
    "comments": "(" * 500_000,
    "addresses": "a <a@b>, " * 100_000,
    "encoded words": "=?utf-8?q?a?= " * 100_000,
    "quotes": '"' * 300_001,
}


@pytest.mark.parametrize("value", SLOW.values(), ids=SLOW)
@pytest.mark.parametrize("name", ["From", "Subject", "Date", "Message-ID", "List-Id", "Content-Type", "In-Reply-To"])
def test_an_endless_header_takes_no_time(tmp_path: Path, name: str, value: str) -> None:
    started = time.process_time()
    found = read(write(tmp_path, "a.mbox", b"From x\n" + mail(head=f"X-A: b\n{name}: {value}\nFrom: a@b\nDate: x\n")))
    assert len(found) == 1
    assert time.process_time() - started < 5


def test_a_mailbox_of_any_length_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "war.mbox"
    with path.open("wb") as file:
        for number in range(200):
            file.write(
                b"From x\n"
                + mail(f"Report {number}. " * 5_000 + "\n\n", head=HEAD.replace("<1@", f"<{number}@"))
                + b"\n"
            )
    tracemalloc.start()
    count = len([1 for item in read(path)])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 200
    assert peak < path.stat().st_size * 3


ODD_MARKS = ["-- \n" * 200_000, "> x\n" * 200_000, "a:\n" * 200_000, "_" * 1_000_000, ("x" * 50 + "\n> y\n") * 100_000]


@pytest.mark.parametrize("body", ODD_MARKS, ids=range(len(ODD_MARKS)))
def test_odd_bodies_take_no_time(tmp_path: Path, body: str) -> None:
    started = time.process_time()
    read(write(tmp_path, "a.eml", mail(body)))
    assert time.process_time() - started < 5
