"""Tables of events for the field's tools: others' columns in order, with whose word each row is and how it stands."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import hxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coded_support import ACLED, GED
from events_support import (
    AKUREYRI,
    ARMY,
    FRONT,
    HUSAVIK,
    MONITOR,
    NAVY,
    NOWHERE,
    START,
    THEATRE,
    days,
    exported,
    killed,
    monitor_of,
    records,
    says,
    story,
    table,
    war,
)
from marsad import Choice, DatePrecision, Extent, InputError, Interval, Polarity, load_theatre
from marsad.exports.events.cast import Cast
from marsad.exports.events.figures import gathered
from marsad.exports.events.hapi import bounds
from marsad.exports.events.rows import OURS
from marsad.exports.events.where import day_codes, grid_cell, place_codes
from marsad.gazetteer import country_codes
from marsad.intake import Taken, read_inputs
from marsad.reading import Reader, Unread
from marsad.records import Count
from marsad.vocabulary import (
    load_acled_shape,
    load_coded_tables,
    load_events,
    load_hashtags,
    load_plover_shape,
    load_precisions,
    load_regions,
    load_rules,
    shipped_rules,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from marsad import Claim, Monitor

HAPI = [
    "location_code", "admin1_code", "admin2_code", "event_type", "events", "fatalities", "reference_period_start",
    "reference_period_end", "resource_hdx_id",
]  # fmt: skip
LATER = START + timedelta(days=30)
TABLES = ("claims", "acled", "ged", "hapi")


@pytest.fixture
def monitor(tmp_path: Path) -> Iterator[Monitor]:
    with monitor_of(tmp_path, war()) as held:
        yield held


def one(found: list[Any], **values: Any) -> Any:
    """Return the only row that has these values."""
    (row,) = [row for row in found if all(row[name] == value for name, value in values.items())]
    return row


# Columns


@pytest.mark.parametrize(("form", "shape"), [("acled", ACLED), ("ged", list(GED[0])), ("hapi", HAPI)])
def test_the_columns_of_the_shape_come_first_and_in_order(monitor: Monitor, form: str, shape: list[str]) -> None:
    header = exported(monitor, form)[0].decode().split("\n", 1)[0].split(",")
    assert header[: len(shape)] == shape
    assert len(set(header)) == len(header)
    if form != "hapi":
        assert header[len(shape) :] == list(OURS)
        assert OURS[:7] == (
            "claim_status", "n_independent_sources", "fatalities_low", "fatalities_high", "claimants_for",
            "claimants_against", "evidence_ids",
        )  # fmt: skip


@pytest.mark.parametrize("form", ["acled", "ged", "hapi", "plover"])
def test_the_same_choice_gives_the_same_bytes(monitor: Monitor, form: str) -> None:
    assert exported(monitor, form)[0] == exported(monitor, form)[0] != b""


@pytest.mark.parametrize("form", ["acled", "ged", "hapi"])
def test_every_row_says_by_what_it_was_made(monitor: Monitor, form: str) -> None:
    found = table(monitor, form, licence="CC BY 4.0", as_of=START + timedelta(days=9))
    assert found
    for row in found:
        assert (row["policy"], row["rules"], row["licence"]) == ("internal 1", "marsad-1 1.0", "CC BY 4.0")
        assert row["as_of"].startswith("2031-05-10")
        assert "not of the data set whose columns it has" in row["notice"]
        assert row["evidence_ids"]
        assert row["claimants_for"] or row["claimants_against"]


# ACLED's shape


def test_a_disputed_event_is_a_row_that_says_so(monitor: Monitor) -> None:
    row = one(table(monitor, "acled"), event="capture")
    assert re.fullmatch(r"marsad:p-\w+", row["event_id_cnty"])
    assert (row["claim_status"], row["grade"]) == ("disputed", "disputed")
    assert row["tags"] == "claim status: disputed; grade: disputed; coded by Marsad"
    assert (row["claimants_for"], row["claimants_against"]) == (FRONT, ARMY)
    assert (row["n_independent_sources"], row["n_independent_against"]) == ("1", "1")
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2031-05-01", "2031", "1")
    assert (row["disorder_type"], row["event_type"]) == ("Political violence", "Battles")
    assert row["sub_event_type"] == "Non-state actor overtakes territory"
    assert (row["actor1"], row["inter1"], row["actor2"], row["interaction"]) == (FRONT, "Rebel group", "", "")
    assert (row["iso"], row["region"], row["country"], row["admin1"]) == ("352", "Europe", "Iceland", "Northeast")
    assert (row["location"], row["latitude"], row["longitude"], row["geo_precision"]) == (
        "Akureyri", "65.6835", "-18.0878", "1",
    )  # fmt: skip
    assert row["source"] == "Front Channel; Wire One"
    assert row["notes"] == (
        'Northern Front (Front Channel, 2031-05-01): "Our fighters took Akureyri today, said the Front." | '
        "Denied by Icelandic Army (Wire One, 2031-05-01): "
        '"The army denied that Akureyri had been taken: "lies; all of it"."'
    )
    assert (row["fatalities"], row["source_scale"], row["admin2"]) == ("", "", "")
    assert row["timestamp"] == str(int((START + timedelta(hours=2)).timestamp()))


def test_who_takes_a_place_decides_the_sub_event(tmp_path: Path) -> None:
    told = story("back", "The army took Akureyri. The navy took Husavik.")
    claims = [
        (told, says(told, "army took", "capture", "narrator", agent=ARMY)),
        (told, says(told, "navy took", "capture", "narrator", agent=NAVY, place=HUSAVIK)),
    ]
    with monitor_of(tmp_path, claims) as held:
        found = table(held, "acled")
    assert one(found, actor1=ARMY)["sub_event_type"] == "Government regains territory"
    navy = one(found, actor1=NAVY)
    assert (navy["inter1"], navy["sub_event_type"]) == ("External/Other forces", "Non-state actor overtakes territory")


def test_who_leaves_comes_second_and_who_comes_is_unknown(monitor: Monitor) -> None:
    row = one(table(monitor, "acled"), event="withdraw")
    assert (row["sub_event_type"], row["actor1"], row["actor2"], row["inter2"]) == (
        "Non-violent transfer of territory", "", ARMY, "State forces",
    )  # fmt: skip
    assert row["interaction"] == ""


def test_conflicting_figures_are_a_range_and_no_number(monitor: Monitor) -> None:
    row = one(table(monitor, "acled"), event="air_strike")
    assert (row["fatalities"], row["fatalities_low"], row["fatalities_high"]) == ("", "5", "7")
    assert row["fatalities_by_source"] == "Fell Monitor: 5; Northern Front: 5 to 7"
    assert (row["civilian_targeting"], row["inter1"], row["inter2"], row["interaction"]) == (
        "Civilian targeting", "State forces", "Civilians", "State forces-Civilians",
    )  # fmt: skip


def test_numbers_that_exclude_each_other_are_one_matter_in_every_table(tmp_path: Path) -> None:
    first, second = story("one", "Shells killed 5 at Akureyri."), story("two", "9 died in shelling.", hours=3)
    told = {"agent": ARMY, "target": "civilians", "extent": Extent.UNKNOWN}
    claims = [
        (first, says(first, "killed 5", "shelling", MONITOR, counts=killed(5), **told)),
        (second, says(second, "9 died", "shelling", FRONT, counts=killed(9), **told)),
    ]
    with monitor_of(tmp_path, claims) as held:
        found, (death,) = table(held, "acled"), table(held, "ged")
        (violence,) = [row for row in table(held, "hapi") if row["event_type"] == "political_violence"]
        _, done = exported(held, "hapi")
    assert len(found) == 2
    assert {(row["fatalities"], row["fatalities_low"], row["fatalities_high"]) for row in found} == {("", "5", "9")}
    assert {row["also_told_as"] for row in found} == {row["proposition"] for row in found}
    assert (death["best"], death["low"], death["high"], death["deaths_civilians"]) == ("", "5", "9", "")
    assert set(death["proposition"].split("; ")) == {row["proposition"] for row in found}
    assert int(violence["events"]) + int(violence["events_disputed"]) == 1
    assert done.left_out == {"an event that is counted already, told in other numbers": 1}


@pytest.mark.parametrize(
    ("counts", "fatalities", "low", "high"),
    [(killed(5), "5", "5", "5"), (killed(5, 8), "", "5", "8"), (killed(5, exact=False), "", "5", "")],
)
def test_one_number_stands_only_where_one_was_said(
    tmp_path: Path, counts: Any, fatalities: str, low: str, high: str
) -> None:
    told = story("clash", "Five died in a clash at Akureyri.")
    with monitor_of(tmp_path, [(told, says(told, "a clash", "clash", "narrator", counts=counts))]) as held:
        (row,) = table(held, "acled")
    assert (row["fatalities"], row["fatalities_low"], row["fatalities_high"]) == (fatalities, low, high)


def test_what_is_no_event_there_is_told_with_its_reason(monitor: Monitor) -> None:
    left: dict[str, str] = {}
    _, done = exported(monitor, "acled", left_out=left.__setitem__)
    assert dict(done.left_out) == {"these columns have no event of type 'hold'": 1}
    assert [re.fullmatch(r"p-\w+", name) is not None for name in left] == [True]


def test_protesters_are_a_class_of_their_own(monitor: Monitor) -> None:
    row = one(table(monitor, "acled"), event="protest")
    assert (row["actor1"], row["inter1"], row["interaction"]) == ("local residents", "Protesters", "Protesters only")
    assert row["disorder_type"] == "Demonstrations"


def test_a_choice_chooses_the_rows(monitor: Monitor) -> None:
    assert {row["event"] for row in table(monitor, "acled", choice=Choice(event="withdraw"))} == {"withdraw"}


# Hard cases


def test_words_stay_whole_and_run_nothing(tmp_path: Path) -> None:
    arabic = "شبكة الشمال"
    told = story("odd", '=cmd() "quoted", said the Front\n of the clash. ', publisher="@Wire; One", title="+1\nmore")
    claims = [(told, says(told, "the clash", "clash", arabic, agent="=HYPERLINK(1)", counts=killed(1)))]
    with monitor_of(tmp_path, claims) as held:
        (row,), (death,) = table(held, "acled"), table(held, "ged")
        data = exported(held, "acled")[0]
    assert (row["actor1"], death["side_a"]) == ("'=HYPERLINK(1)", "'=HYPERLINK(1)")
    assert row["claimants_for"] == arabic
    assert (row["source"], death["source_headline"]) == ("'@Wire, One", "'+1\nmore")
    assert arabic in row["notes"]
    assert "\n" not in row["notes"]
    assert b"\r" not in data


def test_unknown_days_places_and_countries_stay_empty_or_are_left_out(tmp_path: Path) -> None:
    told = story("vague", "A clash somewhere. A clash at the old mill. A clash once.", hours=None)
    claims = [
        (told, says(told, "A clash somewhere", "clash", "narrator", place=None, counts=killed(3))),
        (told, says(told, "A clash at the old mill", "clash", "narrator", place=NOWHERE)),
        (told, says(told, "A clash once", "clash", "narrator", interval=Interval(), place=HUSAVIK, counts=killed(2))),
    ]
    with monitor_of(tmp_path, claims) as held:
        found, (death,) = table(held, "acled"), table(held, "ged")
        _, done = exported(held, "acled")
        _, deaths = exported(held, "ged")
        _, counted = exported(held, "hapi")
    placeless, mill = one(found, location=""), one(found, location="the old mill")
    for row in (placeless, mill):
        assert {row[name] for name in ("latitude", "longitude", "geo_precision", "iso", "country", "region")} == {""}
        assert row["timestamp"] == ""
        assert "undated" in row["notes"]
    assert {death[name] for name in ("where_prec", "geom_wkt", "priogrid_gid", "country", "latitude")} == {""}
    assert done.left_out == {"no day is told": 1}
    assert deaths.left_out == {"no day is told": 1, "nobody gives a number of dead": 1}
    assert counted.left_out == {"no country is known": 2, "no day is told": 1}


def test_a_denial_alone_is_a_denied_row_and_no_plover_event(tmp_path: Path) -> None:
    told = story("denial", "The army denied that it had shelled Akureyri.")
    claim = says(told, "had shelled", "shelling", ARMY, agent=ARMY, polarity=Polarity.DENIED)
    with monitor_of(tmp_path, [(told, claim)]) as held:
        (row,) = table(held, "acled")
        _, done = exported(held, "plover")
        (count,) = table(held, "hapi")
    assert (row["claim_status"], row["grade"], row["n_independent_sources"]) == ("denied", "denied", "0")
    assert row["claimants_for"] == ""
    assert row["notes"].startswith("Denied by Icelandic Army")
    assert (count["events"], count["events_denied"], count["fatalities_low"]) == ("0", "1", "")
    assert done.rows == {}
    assert done.left_out == {
        "a denial: PLOVER has events alone": 1,
        "denied, with nobody left who says it": 1,
    }


@pytest.mark.parametrize(
    ("grade", "status"), [("denied", "denied"), ("disputed", "disputed"), ("admitted", "affirmed")]
)
def test_the_grade_that_a_person_gave_stands(monitor: Monitor, grade: str, status: str) -> None:
    name = one(table(monitor, "acled"), event="withdraw")["proposition"]
    monitor.judge("grade", name, user="ana", reason="seen on film", grade=grade)
    row = one(table(monitor, "acled"), proposition=name)
    assert (row["claim_status"], row["grade"], row["graded_by"]) == (status, grade, "ana")


def test_a_claim_that_a_person_rejected_makes_no_row(monitor: Monitor) -> None:
    (claim,) = [one for one in monitor.claims() if one.event == "withdraw"]
    monitor.judge("reject", claim.id, user="ana", reason="a parody account")
    assert "withdraw" not in {row["event"] for row in table(monitor, "acled")}


@pytest.mark.parametrize("name", shipped_rules())
def test_every_rule_set_says_which_of_its_grades_deny(name: str) -> None:
    grades = load_rules(name).grades.values()
    assert [one.name for one in grades if one.denied] == ["denied" if name == "marsad-1" else "discounted"]
    assert not any(one.denied and one.open for one in grades)


# Precision, cells, parties


@pytest.mark.parametrize(
    ("interval", "acled", "ged"),
    [
        (days(1), 1, 1),
        (days(1, 2), 2, 2),
        (days(1, 7), 2, 3),
        (days(1, 8), 3, 4),
        (days(1, 31), 3, 4),
        (days(1, precision=DatePrecision.WEEK), 2, 3),
        (days(1, precision=DatePrecision.YEAR), 3, 5),
        (Interval(start=date(2031, 5, 1)), 3, 5),
        (Interval(end=date(2031, 5, 1)), 3, 5),
    ],
)
def test_codes_of_days_are_as_wide_as_the_days(interval: Interval, acled: int, ged: int) -> None:
    codes = day_codes(interval)
    assert codes is not None
    assert (codes.acled, codes.ged) == (acled, ged)


def test_an_undated_event_has_no_code_of_days() -> None:
    assert day_codes(Interval()) is None


@pytest.mark.parametrize(
    ("changes", "extent", "codes"),
    [
        ({}, Extent.WHOLE, (1, 1)),
        ({}, Extent.NEAR, (2, 2)),
        ({"relation": "bearing"}, Extent.UNKNOWN, (2, 2)),
        ({"relation": "part"}, Extent.PART, (1, 1)),
        ({"feature": "second division"}, Extent.UNKNOWN, (2, 3)),
        ({"feature": "first division"}, Extent.UNKNOWN, (3, 4)),
        ({"feature": "mountains"}, Extent.UNKNOWN, (3, 5)),
        ({"feature": "country"}, Extent.UNKNOWN, (3, 6)),
        ({"feature": "sea"}, Extent.UNKNOWN, (3, 7)),
        ({"lat": None, "lon": None}, Extent.WHOLE, None),
    ],
)
def test_codes_of_places_are_as_wide_as_the_places(changes: dict[str, Any], extent: Extent, codes: Any) -> None:
    found = place_codes(replace(AKUREYRI, **changes), [extent])
    assert (found and (found.acled, found.ged)) == codes


@pytest.mark.parametrize(
    ("lat", "lon", "cell"),
    [(-46.75, 37.75, 62356), (-89.9, -179.9, 1), (-90, -180, 1), (90, 180, 259_200), (0.1, 0.1, 129_961)],
)
def test_grid_cells_are_those_of_prio_grid(lat: float, lon: float, cell: int) -> None:
    assert grid_cell(lat, lon) == cell


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_point_lies_in_its_cell(lat: float, lon: float) -> None:
    row, column = divmod(grid_cell(lat, lon) - 1, 720)
    assert -89.75 + row / 2 == pytest.approx(lat, abs=0.25 + 1e-9)
    assert -179.75 + column / 2 == pytest.approx(lon, abs=0.25 + 1e-9)


def test_classes_and_sectors_follow_kinds_sides_and_countries(tmp_path: Path) -> None:
    path = tmp_path / "theatre.toml"
    path.write_text(THEATRE, "utf-8")
    cast = Cast(load_theatre(path))
    found = {
        name: (cast.acled_class(name, "IS"), cast.plover_sector(name, "IS", armed=False))
        for name in (ARMY, NAVY, "Government of Iceland", "Ice Shields", "Ada Jonsdottir", "Relief Now", "civilians")
    }
    assert found == {
        ARMY: ("State forces", "MIL"),
        NAVY: ("External/Other forces", "GOV"),
        "Government of Iceland": ("State forces", "GOV"),
        "Ice Shields": ("Political militia", "PRM"),
        "Ada Jonsdottir": ("Rebel group", "REB"),
        "Relief Now": ("Civilians", ""),
        "civilians": ("Civilians", "CVL"),
    }
    assert cast.plover_sector(NAVY, "IS", armed=True) == "MIL"
    assert (cast.acled_class("Somebody", "IS"), cast.acled_class(None, "IS"), Cast(None).kind(ARMY)) == ("", "", "")


# GED's shape


def test_deaths_are_told_by_dyad_with_a_range_and_no_best(monitor: Monitor) -> None:
    found = table(monitor, "ged")
    for row in found:
        assert (row["type_of_violence"], row["dyad_name"]) == ("3", "Icelandic Army - Civilians")
        assert (row["best"], row["high"], row["low"], row["deaths_civilians"]) == ("", "7", "5", "")
        assert (row["where_prec"], row["date_prec"], row["event_clarity"]) == ("1", "1", "1")
        assert row["geom_wkt"] == "POINT (-17.3389 66.0449)"
        assert row["priogrid_gid"] == str(grid_cell(66.0449, -17.3389))
        assert (row["date_start"], row["date_end"], row["year"]) == ("2031-05-01", "2031-05-01", "2031")
        assert (row["conflict_new_id"], row["country_id"], row["gwnoa"]) == ("", "", "")
    (row,) = found
    assert row["source_original"] == "Fell Monitor; Northern Front"
    assert row["number_of_sources"] == "2"
    assert row["source_article"].startswith('"Wire One,2031-05-01,Title of strike"')


def test_a_best_number_takes_two_independent_voices(tmp_path: Path) -> None:
    first, second = story("one", "Four soldiers died at Akureyri."), story("two", "4 of our men fell.", hours=3)
    told = {"target": ARMY, "extent": Extent.UNKNOWN, "counts": killed(4)}
    claims = [
        (first, says(first, "Four soldiers died", "casualties", MONITOR, **told)),
        (second, says(second, "4 of our men", "casualties", ARMY, **told)),
    ]
    with monitor_of(tmp_path, claims) as held:
        (row,) = table(held, "ged")
    assert (row["best"], row["low"], row["high"], row["deaths_a"]) == ("4", "4", "4", "4")
    assert (row["side_a"], row["type_of_violence"]) == (ARMY, "1")


def test_a_single_voice_gives_no_best_number(tmp_path: Path) -> None:
    told = story("one", "Four died at Akureyri.")
    with monitor_of(
        tmp_path, [(told, says(told, "Four died", "casualties", MONITOR, agent=None, counts=killed(4)))]
    ) as held:
        (row,) = table(held, "ged")
    assert (row["best"], row["low"], row["high"], row["deaths_unknown"]) == ("", "4", "4", "4")
    assert (row["side_a"], row["side_b"], row["dyad_name"], row["type_of_violence"]) == ("", "", "", "")


FIGURES = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from([None, "one", "two"]),
        st.tuples(st.integers(0, 50) | st.none(), st.integers(0, 50)).map(
            lambda pair: Count(pair[0], None if pair[1] == 50 else (pair[0] or 0) + pair[1])
        ),
    ),
    max_size=5,
)


@given(FIGURES, st.randoms())
def test_a_range_holds_every_figure_and_never_the_middle_of_two(figures: list[Any], order: Any) -> None:
    dead = gathered(figures)
    counts = [count for _, _, count in figures]
    assert all(dead.low is None or (count.low is not None and dead.low <= count.low) for count in counts)
    assert all(dead.high is None or (count.high is not None and count.high <= dead.high) for count in counts)
    if dead.only is not None:
        assert {(count.low, count.high) for count in counts} == {(dead.only, dead.only)}
    assert dead.borne_out is None or dead.voices > 1
    assert {dead.low, dead.high} <= {None, *(bound for count in counts for bound in (count.low, count.high))}
    shuffled = list(figures)
    order.shuffle(shuffled)
    again = gathered(shuffled)
    assert (again.low, again.high, again.only, again.voices) == (dead.low, dead.high, dead.only, dead.voices)


@given(st.lists(FIGURES, max_size=4))
def test_bounds_of_several_events_hold_where_they_share_their_dead(events: list[list[Any]]) -> None:
    figures = [gathered(one) for one in events]
    low, high = bounds(figures)
    assert low is None or low in {one.low for one in figures}
    assert all(low is not None and one.low <= low for one in figures if one.low is not None)
    assert high is None or (low is None or low <= high)
    assert high is None or all(one.high is not None for one in figures)


# HAPI's shape


def test_events_are_counted_by_month_and_type_with_disputed_ones_apart(monitor: Monitor) -> None:
    found = table(monitor, "hapi")
    assert {(row["location_code"], row["admin1_name"], row["admin1_code"]) for row in found} == {
        ("ISL", "Northeast", "")
    }
    assert {(row["reference_period_start"], row["reference_period_end"]) for row in found} == {
        ("2031-05-01", "2031-05-31")
    }
    violence = one(found, event_type="political_violence")
    civilians = one(found, event_type="civilian_targeting")
    assert (violence["events"], violence["events_disputed"], civilians["events"]) == ("1", "1", "1")
    assert (violence["fatalities"], violence["fatalities_low"], violence["fatalities_high"]) == ("", "5", "7")
    assert violence["events_by_grade"] == "corroborated: 1; disputed: 1"
    assert one(found, event_type="demonstration")["fatalities"] == ""


def test_what_has_no_month_is_not_counted(tmp_path: Path) -> None:
    told = story("year", "There was a clash at Akureyri in 2030.")
    year = Interval(start=date(2030, 1, 1), end=date(2030, 12, 31), precision=DatePrecision.YEAR)
    with monitor_of(tmp_path, [(told, says(told, "a clash", "clash", "narrator", interval=year))]) as held:
        data, done = exported(held, "hapi")
    assert data.count(b"\n") == 1
    assert done.left_out == {"no month is told": 1}


# PLOVER


def test_plover_records_have_its_fields_and_the_words(monitor: Monitor) -> None:
    record = one(records(monitor, licence="CC BY 4.0"), event=["ASSAULT"], mode=[])
    assert (record["date"], record["enddate"], record["quad_code"], record["context"]) == (
        "2031-05-01", "2031-05-01", 4, ["military"],
    )  # fmt: skip
    assert record["actor"] == [
        {"code": "", "sector": "REB", "entity_text": FRONT, "identifier_id": "", "identifier_text": FRONT}
    ]
    assert record["recipient"] == []
    assert record["event_text"] == ["Our fighters took Akureyri today, said the Front."]
    (where,) = record["text_info"]
    (report,) = [one for one in monitor.picture().reports if one.id == where["report"]]
    assert report.text[where["start"] : where["end"]] == record["event_text"][0]
    assert record["event_loc"]["geonameid"] == 2633274
    assert (record["event_loc"]["province"], record["event_loc"]["country_code"]) == ("Northeast", "ISL")
    assert record["cite_info"][0]["license"] == "CC BY 4.0"
    assert record["cite_info"][0]["publication"] == "Front Channel"
    assert record["comment"] == "disputed (disputed); said by Northern Front; denied by Icelandic Army"


def test_what_plover_cannot_hold_is_listed_by_id(monitor: Monitor) -> None:
    left: dict[str, str] = {}
    _, done = exported(monitor, "plover", left_out=left.__setitem__)
    assert dict(done.left_out) == {
        "a denial: PLOVER has events alone": 1,
        "PLOVER has no event of type 'hold'": 1,
        "planned or conditional: PLOVER has what happened": 1,
    }
    assert {"c-march-advance-48", "c-denied-capture-30"} == {name for name in left if name.startswith("c-")}


def test_every_plover_record_is_within_its_code_lists(monitor: Monitor) -> None:
    shape = load_plover_shape()
    for record in records(monitor):
        (kind,) = record["event"]
        assert set(record["mode"]) <= shape.types[kind].modes
        assert record["quad_code"] == shape.types[kind].quad
        assert all(actor["sector"] in {"", *shape.sectors.values()} for actor in record["actor"] + record["recipient"])


# Values within their lists


def test_every_cell_of_a_shape_parses_and_is_of_its_list(monitor: Monitor) -> None:
    shape = load_acled_shape()
    for row in table(monitor, "acled"):
        assert date.fromisoformat(row["event_date"]).year == int(row["year"])
        assert row["time_precision"] in {"1", "2", "3"}
        assert row["geo_precision"] in {"", "1", "2", "3"}
        assert row["sub_event_type"] in shape.sub_events
        assert {row["inter1"], row["inter2"]} <= {"", *shape.classes}
        assert row["civilian_targeting"] in {"", "Civilian targeting"}
        assert row["claim_status"] in {"affirmed", "disputed", "denied"}
        assert float(row["latitude"]) <= 90
        assert not row["fatalities"] or int(row["fatalities"]) >= 0
    for row in table(monitor, "ged"):
        assert row["type_of_violence"] in {"", "1", "2", "3"}
        assert int(row["low"]) <= int(row["high"])


def test_every_country_is_of_one_region_and_every_sub_event_is_read(tmp_path: Path) -> None:
    assert set(load_regions()) == set(country_codes())
    assert {name.casefold() for name in load_acled_shape().sub_events} == set(load_coded_tables()["acled"].events)
    assert len(load_acled_shape().sub_events) == 25
    assert all(one.acled in {"", *load_acled_shape().sub_events} for one in load_events().values())
    assert load_precisions().days.acled == (1, 7)


# Hashtags


@pytest.mark.parametrize("form", TABLES)
def test_libhxl_reads_a_tagged_table_and_selects_by_hashtag(monitor: Monitor, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"{form}.csv"
    monitor.export(form, path, policy="internal", hxl=True)
    plain = table(monitor, form)
    with hxl.data(str(path), hxl.InputOptions(allow_local=True)) as stream:
        source = stream.cache()
        assert len(list(source)) == len(plain) > 0
        tags = {column.display_tag for column in source.columns if column.tag}
        assert tags >= set(load_hashtags()[form].values())
        column = "event_type" if form != "ged" else "type_of_violence"
        column = "event" if form == "claims" else column
        wanted = plain[0][column]
        chosen = list(source.with_rows(f"#event+type-sub={wanted}"))
        assert len(chosen) == sum(1 for row in plain if row[column] == wanted)


@pytest.mark.parametrize("table_name", sorted(load_hashtags()))
def test_hashtags_are_of_columns_that_are_there(monitor: Monitor, table_name: str) -> None:
    if table_name == "ours":
        known = set(OURS)
    else:
        known = set(next(csv.reader(io.StringIO(exported(monitor, table_name)[0].decode()))))
    assert set(load_hashtags()[table_name]) <= known


def test_hashtags_are_refused_where_a_format_has_none(monitor: Monitor) -> None:
    with pytest.raises(InputError, match="'plover' has no HXL hashtags; these formats have: acled, claims, ged, hapi"):
        monitor.export("plover", io.BytesIO(), hxl=True)


# Read back


@pytest.mark.parametrize("hashtags", [False, True])
@pytest.mark.parametrize(("form", "known"), [("acled", "acled"), ("ged", "ucdp-ged")])
def test_own_tables_come_back_as_marsads_word_where_they_stand(
    monitor: Monitor, tmp_path: Path, form: str, known: str, *, hashtags: bool
) -> None:
    path = tmp_path / "own.csv"
    monitor.export(form, path, policy="internal", hxl=hashtags)
    items = list(read_inputs([path], retrieved=LATER))
    taken = [item.report for item in items if isinstance(item, Taken)]
    standing = [row for row in table(monitor, form) if row["claim_status"] == "affirmed"]
    assert {(one.publisher, one.form) for one in taken} == {("Marsad", known)}
    key = "event_id_cnty" if form == "acled" else "id"
    assert [one.id for one in taken] == [f"{form}-shaped:{row[key]}" for row in standing]
    skipped = [item.reason for item in items if not isinstance(item, Taken)]
    assert skipped == (["an event that does not stand: 'claim_status' is 'disputed'"] if form == "acled" else [])


@pytest.mark.slow
def test_own_tables_read_back_tell_the_same_events(monitor: Monitor, tmp_path: Path, gazetteer: Any) -> None:
    theatre = tmp_path / "theatre.toml"
    theatre.write_text(THEATRE, "utf-8")
    reader = Reader(gazetteer, load_theatre(theatre), network=None)
    found: list[Claim] = []
    for form in ("acled", "ged"):
        path = tmp_path / f"{form}.csv"
        monitor.export(form, path, policy="internal")
        taken = [item.report for item in read_inputs([path], retrieved=LATER) if isinstance(item, Taken)]
        for _, claims in reader.read_many(taken):
            assert not isinstance(claims, Unread), claims
            found += claims
    assert {claim.source for claim in found} == {"Marsad"}
    told = {(one.event, one.agent, one.target, one.place.name if one.place else None) for one in found}
    assert told >= {
        ("air_strike", ARMY, "civilians", "Húsavík"),
        ("attack_civilians", ARMY, "civilians", "Húsavík"),
        ("protest", "local residents", None, "Akureyri"),
        ("capture", None, None, "Húsavík"),
    }
    assert {one.counts.killed for one in found if one.event == "attack_civilians"} == {Count(5, 7)}
