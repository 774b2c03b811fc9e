"""Records to JSON and back."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import InputError
from marsad.records import (
    Certainty,
    Claim,
    Count,
    Counts,
    DatePrecision,
    Extent,
    Interval,
    Passage,
    Place,
    Polarity,
    Report,
    Stance,
)
from marsad.serial import claim_to_row, from_json, report_from_row, report_to_row, to_json

WORDS = st.text(st.characters(codec="utf-8"), max_size=20)
MAYBE = st.none() | WORDS
ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=ZONES)  # noqa: DTZ001
FLOATS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
REPORTS = st.builds(
    Report,
    id=WORDS.filter(bool),
    publisher=MAYBE,
    kind=WORDS,
    title=WORDS,
    text=WORDS,
    sha256=WORDS,
    published=st.none() | INSTANTS,
    published_precision=st.sampled_from([DatePrecision.PART_OF_DAY, DatePrecision.UNKNOWN]),
    retrieved=st.none() | INSTANTS,
    url=MAYBE,
    agencies=st.lists(WORDS, max_size=3).map(tuple),
    dateline=MAYBE,
    language=MAYBE,
    copy_of=MAYBE,
)
PASSAGES = st.builds(Passage, report=WORDS, start=st.integers(0, 100), end=st.integers(0, 100))
COUNTS = st.none() | st.builds(Count, st.none() | st.integers(0), st.none() | st.integers(0))
CLAIMS = st.builds(
    Claim,
    id=WORDS,
    report=WORDS,
    source=WORDS,
    event=WORDS,
    polarity=st.sampled_from(Polarity),
    certainty=st.sampled_from(Certainty),
    stance=st.sampled_from(Stance),
    anchor=PASSAGES,
    speaker=MAYBE,
    via=MAYBE,
    relays=st.lists(WORDS, max_size=3).map(tuple),
    nested=st.booleans(),
    agent=MAYBE,
    target=MAYBE,
    place=st.none() | st.builds(Place, name=WORDS, lat=FLOATS, lon=FLOATS, radius_km=FLOATS, country=MAYBE),
    extent=st.sampled_from(Extent),
    interval=st.builds(
        Interval, start=st.none() | st.dates(), end=st.none() | st.dates(), precision=st.sampled_from(DatePrecision)
    ),
    counts=st.builds(Counts, killed=COUNTS, displaced=COUNTS),
    cue=st.none() | PASSAGES,
    extractor=WORDS,
)


@given(st.one_of(REPORTS, CLAIMS))
def test_a_record_survives_json(record: Report | Claim) -> None:
    back = from_json(type(record), json.loads(json.dumps(to_json(record))))
    assert back == record
    assert to_json(back) == to_json(record)  # offsets of instants too, which equality passes over


@given(REPORTS)
def test_a_report_survives_its_row(report: Report) -> None:
    assert to_json(report_from_row(json.loads(json.dumps(report_to_row(report))))) == to_json(report)


def test_a_report_of_a_day_is_written_with_its_date_alone() -> None:
    noon = datetime.fromisoformat("2031-05-03T12:00:00+00:00")
    report = Report(
        id="r", publisher=None, kind="wire", title="", text="x", sha256="", published=noon,
        published_precision=DatePrecision.DAY,
    )  # fmt: skip
    assert report_to_row(report)["published"] == "2031-05-03"
    assert report_from_row(report_to_row(report)) == report


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"low": 1}, "not a Count: .*'high'"),
        ({"low": 1, "high": 2, "mean": 3}, "not a Count: unknown field 'mean'"),
        ({"low": "1", "high": 2}, "not a Count: 'low' cannot be '1'"),
        ({"low": True, "high": 2}, "not a Count: 'low' cannot be True"),
        ([1, 2], "not a Count: an object is expected"),
    ],
)
def test_data_of_another_shape_is_refused(data: Any, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        from_json(Count, data)


@pytest.mark.parametrize(
    ("cls", "data"),
    [
        (Interval, {"start": "31 May"}),
        (Interval, {"precision": "minute"}),
        (Counts, {"killed": {"low": 1, "high": "many"}}),
        (Claim, {"relays": "AFP"}),
    ],
)
def test_a_wrong_value_within_is_refused_by_name(cls: type, data: Any) -> None:
    with pytest.raises(InputError, match=f"not a {cls.__name__}|not a Count"):
        from_json(cls, data)


def test_only_values_of_records_become_json() -> None:
    with pytest.raises(TypeError, match="set is not a value of a record"):
        to_json({1})


def claim(**fields: Any) -> Claim:
    return Claim(
        id="c", report="r", source="Example Army", event="capture", polarity=Polarity.AFFIRMED,
        certainty=Certainty.CERTAIN, stance=Stance.ASSERTS, anchor=Passage(report="r", start=4, end=12),
        **fields,
    )  # fmt: skip


def test_a_claim_row_has_the_words_the_place_and_the_days() -> None:
    report = Report(id="r", publisher=None, kind="wire", title="", text="The captured town, it said.", sha256="")
    row = claim_to_row(
        claim(
            place=Place(
                name="Townsville", canonical="Townsville City", gazetteer_id="g1", country="XA", lat=1.5, lon=2.5
            ),
            interval=Interval(start=date(2031, 5, 3), end=date(2031, 5, 4), precision=DatePrecision.DAY),
            cue=Passage(report="r", start=22, end=26),
            relays=("Agency",),
        ),
        report,
    )
    assert (row["anchor"], row["start"], row["end"], row["cue"]) == ("captured", 4, 12, "said")
    assert (row["place"], row["place_canonical"], row["country"]) == ("Townsville", "Townsville City", "XA")
    assert (row["lat"], row["lon"], row["from"], row["to"]) == (1.5, 2.5, "2031-05-03", "2031-05-04")
    assert row["relays"] == ["Agency"]
    assert json.loads(json.dumps(row)) == row


@pytest.mark.parametrize(
    ("count", "fields"),
    [
        (Count(5, 5), {"killed": 5}),
        (Count(5, None), {"killed_min": 5}),
        (Count(None, 5), {"killed_max": 5}),
        (Count(4, 5), {"killed_min": 4, "killed_max": 5}),
        (None, {}),
    ],
)
def test_counts_are_written_where_the_text_gives_them(count: Count | None, fields: dict[str, int]) -> None:
    report = Report(id="r", publisher=None, kind="wire", title="", text="The captured town.", sha256="")
    row = claim_to_row(claim(counts=Counts(killed=count)), report)
    assert {name: value for name, value in row.items() if name.startswith("killed")} == fields
