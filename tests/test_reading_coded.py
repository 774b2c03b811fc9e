"""Coded rows and maps to claims: who says what of which place, and what is left unsaid."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from coded_support import ACLED, CHANGED, CLASH, CONTROL, DEATHS, GED, IZIUM, LYMAN, SQUARE, table
from marsad import Monitor
from marsad.intake import in_words
from marsad.intake.coded import written
from marsad.linking import link, trace_origins
from marsad.reading import Unread
from marsad.records import Certainty, Count, DatePrecision, Extent, Polarity, Report, Stance
from marsad.vocabulary import load_control_areas
from marsad.weighing import control
from reading_support import RSF, RUSSIAN, SAF, SUDAN, UKRAINE, UKRAINIAN, reader, report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from marsad.gazetteer import Gazetteer
    from marsad.records import Claim

pytestmark = pytest.mark.slow
SAID = datetime.fromtimestamp(CHANGED, UTC)


def row(form: str, columns: Sequence[str], values: Mapping[str, str], **fields: Any) -> Report:
    """A coded report, published on 2 May 2031."""
    text = written((column, values.get(column, "")) for column in columns)
    plain = {"publisher": form.upper(), "kind": "ngo", "form": form, "published": SAID, "language": None}
    return report(text, **(plain | fields))


def acled(**values: str) -> Report:
    return row("acled", ACLED, {**CLASH, **values})


def ged(**values: str) -> Report:
    return row("ucdp-ged", GED[0], {**DEATHS, **values}, publisher="UCDP")


def read(gazetteer: Gazetteer, one: Report, war: str = "sudan") -> tuple[Claim, ...]:
    claims = reader(gazetteer, war).read(one)
    assert not isinstance(claims, Unread), claims
    return claims


def unread(gazetteer: Gazetteer, one: Report, war: str = "sudan") -> str:
    found = reader(gazetteer, war).read(one)
    assert isinstance(found, Unread), found
    return found.reason


# Events


def test_a_row_is_its_publishers_word_and_points_at_its_cells(gazetteer: Gazetteer) -> None:
    one = acled()
    (claim,) = read(gazetteer, one)
    assert (claim.source, claim.event, claim.agent, claim.target) == ("ACLED", "clash", SAF, RSF)
    assert (claim.polarity, claim.certainty, claim.stance) == (Polarity.AFFIRMED, Certainty.CERTAIN, Stance.ASSERTS)
    assert (claim.speaker, claim.via, claim.nested) == (None, None, False)
    assert claim.relays == ("Example Tribune", "Example Radio")
    assert claim.counts.killed == Count(7, 7)
    assert one.text[claim.anchor.start : claim.anchor.end] == "Armed clash"
    assert claim.content is not None
    assert one.text[claim.content.start : claim.content.end].startswith("On 2 May 2031")
    assert claim.extractor == reader(gazetteer, "sudan").extractor
    assert (claim.interval.start, claim.interval.end) == (date(2031, 5, 2), date(2031, 5, 2))


def test_a_place_is_the_gazetteers_where_the_row_says_and_at_the_rows_point(gazetteer: Gazetteer) -> None:
    (claim,) = read(gazetteer, acled())
    assert claim.place is not None
    assert (claim.place.canonical, claim.place.country) == ("El Obeid", "SD")
    assert claim.place.gazetteer_id is not None
    assert (claim.place.lat, claim.place.lon) == (13.18, 30.21)
    (far,) = read(gazetteer, acled(latitude="15.0", longitude="24.0"))
    assert far.place is not None
    assert (far.place.name, far.place.gazetteer_id, far.place.lat) == ("El Obeid", None, 15.0)


@pytest.mark.parametrize(
    ("code", "name", "extent", "radius"),
    [
        ("2", "El Obeid", Extent.NEAR, 25),
        ("3", "North Kordofan", Extent.UNKNOWN, None),
        ("", "El Obeid", Extent.UNKNOWN, None),
    ],
)
def test_a_vague_place_is_as_wide_as_its_code_says(
    gazetteer: Gazetteer, code: str, name: str, extent: Extent, radius: float | None
) -> None:
    (claim,) = read(gazetteer, acled(geo_precision=code))
    assert claim.place is not None
    assert (claim.place.name, claim.extent) == (name, extent)
    assert radius is None or claim.place.radius_km == radius
    assert code != "3" or claim.place.feature == "first division"


@pytest.mark.parametrize(
    ("code", "first", "last", "precision"),
    [
        ("1", date(2031, 5, 2), date(2031, 5, 2), DatePrecision.DAY),
        ("2", date(2031, 4, 29), date(2031, 5, 5), DatePrecision.WEEK),
        ("3", date(2031, 4, 17), date(2031, 5, 17), DatePrecision.MONTH),
        ("?", date(2031, 5, 2), date(2031, 5, 2), DatePrecision.UNKNOWN),
    ],
)
def test_a_vague_day_is_as_wide_as_its_code_says(
    gazetteer: Gazetteer, code: str, first: date, last: date, precision: DatePrecision
) -> None:
    (claim,) = read(gazetteer, acled(time_precision=code, event_date="02 May 2031"))
    assert (claim.interval.start, claim.interval.end, claim.interval.precision) == (first, last, precision)
    assert claim.interval.expression == "02 May 2031"


@pytest.mark.parametrize(
    ("actors", "classes", "agent", "target"),
    [
        (("Rapid Support Forces", "Military Forces of Sudan (2019-)"), ("2", "1"), RSF, SAF),
        (("Military Forces of Sudan (2019-)", "RSF: Rapid Support Forces"), ("State forces", "Rebel group"), RSF, SAF),
        (("Militia A", "Militia B"), ("3", "3"), None, None),
    ],
)
def test_who_took_a_place_is_told_by_the_classes_and_not_by_the_order(
    gazetteer: Gazetteer, actors: tuple[str, str], classes: tuple[str, str], agent: str | None, target: str | None
) -> None:
    values = dict(zip(("actor1", "actor2", "inter1", "inter2"), (*actors, *classes), strict=True))
    capture, dead = read(gazetteer, acled(sub_event_type="Non-state actor overtakes territory", **values))
    assert (capture.event, capture.agent, capture.target, capture.extent) == ("capture", agent, target, Extent.WHOLE)
    assert capture.counts.killed is None
    assert (dead.event, dead.agent, dead.target, dead.counts.killed) == ("casualties", None, None, Count(7, 7))


@pytest.mark.parametrize(("actors", "agent"), [((SAF, ""), SAF), (("", SAF), None), ((SAF, RSF), None)])
def test_who_came_without_a_fight_is_who_stands_first_and_alone(
    gazetteer: Gazetteer, actors: tuple[str, str], agent: str | None
) -> None:
    row = acled(sub_event_type="Non-violent transfer of territory", actor1=actors[0], actor2=actors[1], fatalities="0")
    (capture,) = read(gazetteer, row)
    assert (capture.event, capture.agent, capture.target) == ("capture", agent, None)


def test_nobody_is_guessed(gazetteer: Gazetteer) -> None:
    (claim,) = read(
        gazetteer,
        acled(
            sub_event_type="Attack",
            actor1="Unidentified Armed Group (Sudan)",
            actor2="Civilians (Sudan)",
            fatalities="0",
            location="",
        ),
    )
    assert (claim.event, claim.agent, claim.target, claim.place) == ("attack_civilians", None, "civilians", None)
    assert claim.counts.killed is None


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"sub_event_type": "Duel"}, "'sub_event_type' is 'Duel', which is not known"),
        (
            {"sub_event_type": "Other", "fatalities": "0"},
            "'sub_event_type' 'Other' without a known number of dead tells no event that is read",
        ),
    ],
)
def test_a_row_that_tells_no_event_is_kept_unread(gazetteer: Gazetteer, values: dict[str, str], reason: str) -> None:
    assert unread(gazetteer, acled(**values)) == reason


def test_of_what_covers_several_events_only_the_dead_are_read(gazetteer: Gazetteer) -> None:
    (claim,) = read(gazetteer, acled(sub_event_type="Grenade"))
    assert (claim.event, claim.counts.killed) == ("casualties", Count(7, 7))


def test_ged_rows_tell_all_dead_and_those_of_each_side(gazetteer: Gazetteer) -> None:
    claims = read(gazetteer, ged())
    assert {claim.event for claim in claims} == {"casualties"}
    assert {(claim.agent, claim.target, claim.counts.killed) for claim in claims} == {
        (None, None, Count(9, 14)),
        (RSF, SAF, Count(3, 3)),
        (SAF, RSF, Count(5, 5)),
        (None, "civilians", Count(2, 2)),
    }
    assert {claim.source for claim in claims} == {"UCDP"}
    assert {claim.relays for claim in claims} == {("Example Doctors",)}
    assert len({claim.id for claim in claims}) == 4
    first = claims[0].interval
    assert (first.start, first.end, first.precision) == (date(2031, 5, 1), date(2031, 5, 3), DatePrecision.WEEK)


def test_one_sided_violence_is_told_with_who_did_it(gazetteer: Gazetteer) -> None:
    values = {"type_of_violence": "3", "side_a": "RSF", "side_b": "Civilians", "deaths_b": "0", "deaths_a": "0"}
    (claim,) = read(gazetteer, ged(**values))
    assert (claim.event, claim.agent, claim.target) == ("attack_civilians", RSF, "civilians")
    assert claim.counts.killed == Count(9, 14)


@pytest.mark.parametrize(("low", "high"), [("14", "9"), ("a", "b"), ("-1", "3"), ("1e300", "inf"), ("nan", "nan")])
def test_numbers_that_cannot_be_are_none(gazetteer: Gazetteer, low: str, high: str) -> None:
    claims = read(gazetteer, ged(low=low, high=high))
    assert all(claim.target is not None for claim in claims)


# Tables of control


def viina(place: str, **statuses: str) -> Report:
    values = {**dict.fromkeys(CONTROL, ""), "geonameid": place, "date": "20220301", **statuses}
    return row("viina-control", CONTROL, values, publisher="VIINA", published=datetime(2022, 3, 1, 12, tzinfo=UTC))


def test_every_column_is_the_word_of_its_map_maker(gazetteer: Gazetteer) -> None:
    claims = read(gazetteer, viina(IZIUM, status_wiki="UA", status_isw="RU", status_dsm="", status="UA"), "ukraine")
    assert {(claim.source, claim.event, claim.agent, claim.extent) for claim in claims} == {
        ("Wikipedia", "hold", UKRAINIAN, Extent.WHOLE),
        ("Institute for the Study of War", "hold", RUSSIAN, Extent.WHOLE),
    }
    assert {claim.place.gazetteer_id for claim in claims if claim.place} == {f"geonames:{IZIUM}"}
    assert {claim.interval.start for claim in claims} == {date(2022, 3, 1)}


def test_what_is_made_of_the_maps_counts_only_where_they_are_not_told(gazetteer: Gazetteer) -> None:
    (claim,) = read(gazetteer, viina(LYMAN, status="RU"), "ukraine")
    assert (claim.source, claim.agent) == ("VIINA", RUSSIAN)


def test_a_contested_place_is_held_in_part_by_each_and_disputed_by_none(gazetteer: Gazetteer) -> None:
    one = viina(LYMAN, status_wiki="CONTESTED", status_dsm="CONTESTED")
    claims = read(gazetteer, one, "ukraine")
    assert {(claim.source, claim.agent, claim.extent) for claim in claims} == {
        (maker, side, Extent.PART) for maker in ("Wikipedia", "DeepStateMap") for side in (UKRAINIAN, RUSSIAN)
    }
    linked = link(claims, {one.id: one}, trace_origins([one]), UKRAINE)
    assert not [member for prop in linked.propositions for member in prop.members if member.stance is Stance.DENIES]
    states = control(claims, {one.id: one}, trace_origins([one]), UKRAINE)
    assert {(state.according_to, state.status.value) for state in states} == {
        ("Wikipedia", "contested"),
        ("DeepState", "contested"),
    }


def test_a_place_that_no_gazetteer_has_keeps_its_number(gazetteer: Gazetteer) -> None:
    (claim,) = read(gazetteer, viina("999999999", status_isw="UA"), "ukraine")
    assert claim.place is not None
    assert (claim.place.name, claim.place.gazetteer_id, claim.place.lat) == ("999999999", "geonames:999999999", None)


@pytest.mark.parametrize(
    ("statuses", "reason"),
    [
        ({"status_isw": "XX"}, "'status_isw' is 'XX', which is not known"),
        ({}, "no status of the place"),
        ({"date": "", "status_isw": "UA"}, "no day in 'date'"),
    ],
)
def test_a_standing_that_is_not_known_is_not_read(gazetteer: Gazetteer, statuses: dict[str, str], reason: str) -> None:
    assert unread(gazetteer, viina(LYMAN, **statuses), "ukraine") == reason


# Areas


def drawn(polygons: Sequence[Any], **cells: str) -> Report:
    shape = json.dumps({"type": "MultiPolygon", "coordinates": polygons})
    values = {"holder": "Russia", "day": "2022-03-01", **cells, "geometry": shape}
    return row("control-area", list(values), values, publisher="ISW", published=datetime(2022, 3, 1, 12, tzinfo=UTC))


def test_an_area_is_held_place_by_place(gazetteer: Gazetteer) -> None:
    claims = read(gazetteer, drawn([[SQUARE]]), "ukraine")
    names = {claim.place.canonical for claim in claims if claim.place and claim.place.country == "UA"}
    assert {"Donetsk", "Kramatorsk", "Izyum"} <= names
    assert not names & {"Kyiv", "Kherson", "Berdyansk"}
    assert {(claim.source, claim.event, claim.agent) for claim in claims} == {
        ("Institute for the Study of War", "hold", RUSSIAN)
    }
    assert {claim.extent for claim in claims} == {Extent.WHOLE}
    assert len({claim.id for claim in claims}) == len(claims)
    west, south, east, north = shapely.Polygon(SQUARE).bounds
    places = [claim.place for claim in claims]
    assert all(p and p.lat and p.lon and west < p.lon < east and south < p.lat < north for p in places)


def test_holes_are_not_held_and_rings_that_cross_themselves_count_as_repaired(gazetteer: Gazetteer) -> None:
    hole = [[37.0, 47.5], [38.5, 47.5], [38.5, 48.5], [37.0, 48.5], [37.0, 47.5]]
    around = read(gazetteer, drawn([[SQUARE, hole]]), "ukraine")
    ukrainian = {claim.place.canonical for claim in around if claim.place and claim.place.country == "UA"}
    assert "Kramatorsk" in ukrainian
    assert "Donetsk" not in ukrainian
    bow = [[36.0, 47.0], [40.0, 50.0], [40.0, 47.0], [36.0, 50.0], [36.0, 47.0]]
    repaired = shapely.make_valid(shapely.Polygon(bow))
    parts = [[[list(point) for point in part.exterior.coords]] for part in repaired.geoms]
    crossed, whole = (
        {claim.place.gazetteer_id for claim in read(gazetteer, drawn(one), "ukraine") if claim.place}
        for one in ([[bow]], parts)
    )
    assert crossed == whole
    assert len(crossed) > 20


def test_a_place_on_the_line_is_left_out(gazetteer: Gazetteer) -> None:
    (izium,) = [one for one in gazetteer.find("Izium", countries=["UA"]) if one.kind == "city"]
    reach = max(load_control_areas().margin_km, izium.radius_km) / 111.2

    def held(south: float) -> bool:
        ring = [[36.9, south], [37.6, south], [37.6, 49.6], [36.9, 49.6], [36.9, south]]
        claims = read(gazetteer, drawn([[ring]]), "ukraine")
        return izium.id in {claim.place.gazetteer_id for claim in claims if claim.place}

    assert held(izium.lat - 1.1 * reach)
    assert not held(izium.lat - 0.9 * reach)


@pytest.mark.parametrize(
    ("layer", "certainty"),
    [
        ("AssessedRussianAdvances", Certainty.CERTAIN),
        ("Claimed Russian Control", Certainty.POSSIBLE),
        ("reported_partisans", Certainty.POSSIBLE),
        ("Control", Certainty.CERTAIN),
    ],
)
def test_the_name_of_a_layer_says_how_firmly(gazetteer: Gazetteer, layer: str, certainty: Certainty) -> None:
    claims = read(gazetteer, drawn([[SQUARE]], layer=layer, until="2022-03-04"), "ukraine")
    assert {claim.certainty for claim in claims} == {certainty}
    assert {claim.interval.end for claim in claims} == {date(2022, 3, 4)}


@pytest.mark.parametrize(
    ("polygons", "reason"),
    [
        ([[[[0, -40], [1, -40], [1, -39], [0, -40]]]], "no place of 500 people or more lies inside of the area"),
        ([[[[0, 0]]]], "the shape of the area cannot be read"),
        ([[[[-180, -85], [180, -85], [180, 85], [-180, 85], [-180, -85]]]], "places lie inside of the area; more than"),
        (
            [[[[x * 0.01, 47 + 3 * (x % 2)] for x in range(3600, 4000)] * 6 + [[36.0, 47.0]]]],
            "the edge of the area runs to and fro over itself too often",
        ),
        ([[SQUARE]] * 10_001, "the area has 10,001 polygons; more than 10,000 are not read"),
        (
            [[[[-180, -85], [180, -85], [180, 85], [179, -84], [-180, -85]]]] * 200,
            "too many polygons of the area lie over one another",
        ),
    ],
    ids=["the sea", "a point", "the world", "a tangle", "many", "the world again and again"],
)
def test_an_area_that_cannot_be_read_by_places_is_kept_unread(
    gazetteer: Gazetteer, polygons: list[Any], reason: str
) -> None:
    assert reason in unread(gazetteer, drawn(polygons), "ukraine")


# Forms


def test_a_report_that_is_taken_back_says_nothing_and_an_unknown_form_is_not_read(gazetteer: Gazetteer) -> None:
    taken_back = report("The army entered El Obeid.", form="withdrawn")
    assert read(gazetteer, taken_back) == ()
    assert unread(gazetteer, replace(taken_back, form="rebus")) == "form 'rebus' is not known"


def test_coded_and_written_reports_come_in_their_order(gazetteer: Gazetteer) -> None:
    prose = report("Rapid Support Forces entered El Obeid on Sunday.", id="r2")
    coded = [replace(acled(), id=f"r{n}") for n in (1, 3)]
    found = list(reader(gazetteer, "sudan").read_many([coded[0], prose, coded[1]]))
    assert [one.id for one, _ in found] == ["r1", "r2", "r3"]
    assert [len(claims) for _, claims in found if not isinstance(claims, Unread)] == [1, 1, 1]


# One publisher, one voice


def test_rows_of_one_table_are_no_copies_of_each_other_and_one_voice(gazetteer: Gazetteer) -> None:
    rows = [replace(acled(fatalities=str(n)), id=f"acled:SDN{n}") for n in range(1, 9)]
    origins = trace_origins(rows)
    assert {origin.origin for origin in origins.values()} == {one.id for one in rows}
    claims = [claim for one in rows for claim in read(gazetteer, one)]
    linked = link(claims, {one.id: one for one in rows}, origins, SUDAN)
    assert not [member for prop in linked.propositions for member in prop.members if member.stance is Stance.DENIES]
    assert {claim.source for claim in claims} == {"ACLED"}


def test_a_row_that_was_coded_anew_is_a_new_word_of_its_publisher(gazetteer: Gazetteer) -> None:
    first = acled()
    later = replace(acled(fatalities="9"), id="r1@1", version_of="r1", updated=SAID + timedelta(days=1), published=SAID)
    origins = trace_origins([first, later])
    assert origins["r1@1"].origin == "r1"
    (claim,) = read(gazetteer, later)
    assert origins["r1@1"].of(claim.anchor) == "r1@1"


# In a monitor


def test_a_monitor_shows_publishers_and_map_makers_as_accounts(gazetteer: Gazetteer, tmp_path: Path) -> None:
    profile = tmp_path / "sudan.toml"
    profile.write_text(
        'name = "Sudan"\ncountries = ["SD"]\n[sides.army]\nopposes = ["rsf"]\nforces = "Sudanese Armed Forces"\n'
        '[sides.rsf]\nopposes = ["army"]\n[[actors]]\nname = "Sudanese Armed Forces"\nside = "army"\nkind = "state"\n'
        'aliases = ["Sudanese army"]\n[[actors]]\nname = "Rapid Support Forces"\nside = "rsf"\nkind = "armed_group"\n',
        "utf-8",
    )
    moment = datetime(2023, 5, 3, tzinfo=UTC)
    taken = {
        "event_date": "2023-05-02",
        "sub_event_type": "Government regains territory",
        "timestamp": str(int(moment.timestamp())),
    }
    later = {**taken, "fatalities": "11", "timestamp": str(int(moment.timestamp()) + 86_400)}
    files = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path, values in zip(files, (taken, later), strict=True):
        path.write_text(table(ACLED, [{**CLASH, **values}]), "utf-8")
    with Monitor.open(tmp_path / "war.marsad", theatre=profile, gazetteer=gazetteer) as monitor:
        receipts = [monitor.add([path]) for path in (files[0], files[1], files[0])]
        assert [(len(one.added), len(one.updated), len(one.duplicates)) for one in receipts] == [
            (1, 0, 0),
            (0, 1, 0),
            (0, 0, 1),
        ]
        (state,) = monitor.control("El Obeid")
        assert (state.according_to, state.holder, state.status.value) == ("ACLED", SAF, "held")
        dead = [
            [claim.counts.killed for claim in monitor.claims(as_of=at) if claim.counts.killed]
            for at in (moment, moment + timedelta(days=2))
        ]
        assert dead == [[Count(7, 7)], [Count(11, 11)]]
        deletions = tmp_path / "deleted.csv"
        deletions.write_text(f"event_id_cnty,deleted_timestamp\nSDN1,{int(moment.timestamp()) + 259_200}\n", "utf-8")
        assert len(monitor.add([deletions]).updated) == 1
        assert monitor.claims() == ()
        assert len(monitor.claims(as_of=moment + timedelta(days=2))) == 2
        (hit,) = monitor.search("regains", as_of=moment)
        assert hit.report.id == "acled:SDN1"


def test_the_numbers_of_a_shape_are_no_words_to_search(gazetteer: Gazetteer) -> None:
    one = drawn([[SQUARE]], layer="Front")
    assert in_words(one) == "holder: Russia\nday: 2022-03-01\nlayer: Front"
    assert in_words(acled()) == acled().text
