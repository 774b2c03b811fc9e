"""News items in ninjs, of every version: what becomes of each field, and what is withheld or taken back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from intake_support import read, reasons, reports, write
from marsad.intake import Taken
from marsad.records import WITHDRAWN, DatePrecision
from marsad.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from marsad.records import Report

URI = "tag:example.org,2031:item:1"
FIRST = {
    "uri": URI,
    "type": "text",
    "version": "2",
    "versioncreated": "2031-05-03T21:15:00+03:00",
    "firstcreated": "2031-05-03T20:00:00+03:00",
    "pubstatus": "usable",
    "headline": "Rebels enter Qarn",
    "byline": "By Ada Example",
    "language": "en",
    "infosource": [{"name": "Example Wire"}, {"name": "Other Wire"}],
    "copyrightholder": "Example Holding",
    "ednote": "CORRECTS the spelling of Qarn",
    "body_html": "<p>Rebels entered <b>Qarn</b>.</p><p>The army left.</p>",
    "located": "Qarn",
    "usageterms": "none",
}
SECOND = {
    "uri": "https://example.org/items/1",
    "standard": {"name": "ninjs", "version": "2.1"},
    "type": "text",
    "pubStatus": "usable",
    "firstCreated": "2031-05-03T20:00:00Z",
    "versionCreated": "2031-05-03T20:00:00Z",
    "headlines": [{"role": "short", "value": "Qarn"}, {"role": "main", "value": "Rebels enter Qarn"}],
    "bodies": [
        {"role": "main", "contentType": "text/html", "charcount": 9, "value": "<p>Rebels entered.</p><p>More.</p>"},
        {"role": "summary", "contentType": "text/plain", "value": "Rebels."},
    ],
    "by": "Ada Example",
    "language": "en",
    "infoSources": [{"role": "provider", "name": "Example Wire", "uri": "https://example.org"}],
    "altIds": [{"role": "x", "value": "1"}],
    "trustIndicators": [{"role": "x"}],
}


def one(folder: Path, item: dict[str, Any], **fields: Any) -> Report:
    (report,) = reports(write(folder, "a.json", json.dumps({**item, **fields})))
    return report


def test_an_item_of_the_first_version_gives_a_report(tmp_path: Path) -> None:
    report = one(tmp_path, FIRST)
    assert (report.id, report.title, report.language, report.url) == (URI, "Rebels enter Qarn", "en", None)
    assert report.text == "Rebels entered Qarn.\n\nThe army left."
    assert (report.publisher, report.agencies, report.authors) == ("Example Wire", ("Other Wire",), ("By Ada Example",))
    assert report.note == "CORRECTS the spelling of Qarn"
    assert report.published is not None
    assert report.updated is not None
    assert report.published.isoformat() == "2031-05-03T20:00:00+03:00"
    assert report.updated.isoformat() == "2031-05-03T21:15:00+03:00"


def test_an_item_of_the_second_version_gives_a_report(tmp_path: Path) -> None:
    report = one(tmp_path, SECOND)
    assert (report.id, report.url) == ("https://example.org/items/1", "https://example.org/items/1")
    assert (report.title, report.text) == ("Rebels enter Qarn", "Rebels entered.\n\nMore.")
    assert (report.publisher, report.agencies, report.authors) == ("Example Wire", (), ("Ada Example",))
    assert report.updated is None  # the first version is none


def test_plain_text_goes_before_markup(tmp_path: Path) -> None:
    assert one(tmp_path, FIRST, body_text="Rebels < army.").text == "Rebels < army."
    plain = {"role": "main", "contentType": "text/plain", "value": "Plainly."}
    assert one(tmp_path, SECOND, bodies=[*SECOND["bodies"], plain]).text == "Plainly."  # type: ignore[misc]


def test_an_item_without_its_text_gives_headline_and_description(tmp_path: Path) -> None:
    item = {key: value for key, value in FIRST.items() if key != "body_html"}
    assert one(tmp_path, item, description_text="They hold it.").text == "Rebels enter Qarn\n\nThey hold it."
    assert reasons(write(tmp_path, "b.json", json.dumps(item))) == ["no 'text'"]


@pytest.mark.parametrize(
    ("fields", "publisher"),
    [
        ({"infosource": "Example Wire"}, "Example Wire"),
        ({"infosource": [], "source": "EXW"}, "EXW"),
        ({"infosource": None, "provider": "EXP"}, "EXP"),
        ({"infosource": [5, {"x": 1}]}, "Example Holding"),
        ({"infosource": None, "copyrightholder": None}, None),
    ],
)
def test_the_publisher_is_who_provides_the_item(tmp_path: Path, fields: dict[str, Any], publisher: str | None) -> None:
    assert one(tmp_path, FIRST, **fields).publisher == publisher


def test_lists_lines_and_packages_of_items_are_read(tmp_path: Path) -> None:
    items = [FIRST, SECOND]
    for name, text in {
        "a.json": json.dumps(items),
        "b.jsonl": "".join(json.dumps(item) + "\n" for item in items),
        "c.json": json.dumps({"version": "1", "items": items}),
    }.items():
        assert [report.id for report in reports(write(tmp_path, name, text))] == [URI, SECOND["uri"]]


def test_what_is_not_to_be_published_is_skipped(tmp_path: Path) -> None:
    for fields, reason in (
        ({"pubstatus": "withheld"}, "withheld by its publisher"),
        ({"pubstatus": "draft"}, "its publisher calls it 'draft'"),
        ({"embargoed": "2031-05-05T00:00:00Z"}, "under embargo until 2031-05-05T00:00:00+00:00"),
        ({"versioncreated": "soon"}, "no date that can be read: 'soon'"),
    ):
        assert reasons(write(tmp_path, "a.json", json.dumps({**FIRST, **fields}))) == [reason]
    assert one(tmp_path, SECOND, embargoedUntil="2031-05-04T00:00:00Z").title == "Rebels enter Qarn"


def test_a_date_without_a_zone_is_a_day(tmp_path: Path) -> None:
    report = one(tmp_path, SECOND, firstCreated="2031-05-03T20:00:00", versionCreated="2031-05-03T20:00:00")
    assert report.published_precision is DatePrecision.DAY


def test_a_cancelled_item_takes_back_what_was_sent(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "a.jsonl",
        json.dumps(FIRST)
        + "\n"
        + json.dumps({**FIRST, "pubstatus": "canceled", "versioncreated": "2031-05-04T00:00:00Z"}),
    )
    sent, taken_back = reports(path)
    assert (taken_back.form, taken_back.text) == (WITHDRAWN, "Withdrawn: Rebels enter Qarn")
    with Store.open(":memory:") as store:
        outcomes = [
            store.add_report(item.report, learnt=item.report.retrieved, versioned=item.versioned)[1]
            for item in read(path)
            if isinstance(item, Taken) and item.report.retrieved
        ]
        assert outcomes == ["added", "updated"]
        assert [one.form for one in store.versions(sent.id)] == ["prose", WITHDRAWN]


def test_an_item_is_the_same_however_long_its_uri_is(tmp_path: Path) -> None:
    ids = {one(tmp_path, FIRST, uri=f"urn:{'x' * 300}", headline=title).id for title in ("a", "b")}
    assert len(ids) == 1
    assert len(ids.pop()) < 200


ODD: dict[str, dict[str, Any]] = {
    "numbers": {"headline": 5, "byline": {}, "language": [], "ednote": 7},
    "lists of odd things": {"headlines": [5, None, {}], "bodies": "x", "infoSources": {"name": 5}},
    "markup in the headline": {"headline": "<b>Rebels</b> enter &amp; leave"},
}


@pytest.mark.parametrize("fields", ODD.values(), ids=ODD)
def test_odd_values_are_unknown(tmp_path: Path, fields: dict[str, Any]) -> None:
    report = one(tmp_path, FIRST, **fields)
    assert report.text.startswith("Rebels entered Qarn.")
    assert "<" not in report.title
