"""The gate: who is masked and who is not, what becomes of places, texts that keep their offsets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad import Certainty, Claim, DataFileError, Passage, Place, Polarity, Report, Stance, load_policy
from marsad.demo import demo_theatre
from marsad.linking import passage_of
from marsad.records import COARSE, Capture, Delivery, Outcome, Voice
from marsad.releasing import Gate, Person, persons_of
from marsad.theatre import Theatre, load_theatre
from marsad.vocabulary import Fineness, Persons, Policy, load_finer, load_roles

if TYPE_CHECKING:
    from marsad.gazetteer import Gazetteer

NOON = datetime(2031, 5, 1, 12, tzinfo=UTC)
HOMS = Place(
    name="Homs", gazetteer_id="geonames:169577", canonical="Homs", lat=34.73, lon=36.72, country="SY", admin="Homs",
    feature="settlement", radius_km=10.7,
)  # fmt: skip


def policy(**fields: object) -> Policy:
    plain = Policy(
        name="mine",
        version="1",
        what="x",
        delay_hours=0,
        places=Fineness.EXACT,
        persons=Persons.NAMED,
        withheld=frozenset(),
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def no_places() -> Gazetteer:
    raise AssertionError("nothing asks for a gazetteer here")


def gate(chosen: Policy, theatre: Theatre | None = None) -> Gate:
    return Gate(chosen, theatre, no_places)


def told(text: str, title: str = "") -> Report:
    return Report(id="r", publisher="Wire One", kind="wire", title=title, text=text, sha256="0", published=NOON)


def said(report: Report, words: str, speaker: str | None = None, place: Place | None = None) -> Claim:
    start = report.text.index(words)
    return Claim(
        id="c",
        report=report.id,
        source=speaker or "narrator",
        event="clash",
        polarity=Polarity.AFFIRMED,
        certainty=Certainty.CERTAIN,
        stance=Stance.ASSERTS,
        anchor=Passage(report=report.id, start=start, end=start + len(words)),
        speaker=speaker,
        place=place,
    )


def found(text: str, title: str = "") -> dict[str, Person]:
    return {one.name: one for one in persons_of(told(text, title), (), None)}


# Persons


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Layla Odeh, 34, a teacher, said it was quiet.", "Layla Odeh", "teacher"),
        ("It was quiet, said Layla Odeh, a nurse at the hospital.", "Layla Odeh", "nurse"),
        ("The shells woke resident Sami Odeh.", "Sami Odeh", "resident"),
        ("Her mother, Um Khaled, wept.", "Um Khaled", "mother"),
        ("A farmer from the valley, Sami Odeh, saw it.", "Sami Odeh", "farmer"),
        ("A boy named Sami was hit.", "Sami", "boy"),
        ("The governor's wife, Rima Odeh, was not hurt.", "Rima Odeh", "wife"),
        ("Among the dead was Sami Odeh (19).", "Sami Odeh", ""),
        ("It was loud, Layla Odeh said.", "Layla Odeh", ""),
        ("Dr Layla Odeh treated nine people.", "Layla Odeh", ""),
        ("Sgt. Omar Faleh was taken prisoner.", "Omar Faleh", "sgt"),
    ],
)
def test_who_has_no_public_role_is_private(text: str, name: str, role: str) -> None:
    assert (found(text)[name].public, found(text)[name].role) == (False, role)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Defence Minister Ada Lor denied it.", "Ada Lor"),
        ("The hospital's director, Ada Lor, denied it.", "Ada Lor"),
        ("Ada Lor, who heads the observatory, denied it.", "Ada Lor"),
        ("It is quiet, said Ada Lor, an analyst in the capital.", "Ada Lor"),
        ("The spokesman for the army, Col. Omar Faleh, denied it.", "Omar Faleh"),
        ("Lawmaker Omar al-Faleh resigned.", "Omar al-Faleh"),
    ],
)
def test_who_has_a_public_role_is_not(text: str, name: str) -> None:
    assert found(text)[name].public


@pytest.mark.parametrize(
    "text",
    [
        "Rebels took Umm Qasr and moved on to Abu Dhaleel.",
        "The Ministry of Defence said so. The Northern Front told reporters otherwise.",
        "On Monday the Army of Exampleland said it had left.",
        "In Qarn, armed men of the council fired.",
        "Shelling went on near Port Callendar, a doctor in Qarn said.",
    ],
)
def test_places_and_bodies_are_no_persons(text: str) -> None:
    assert found(text) == {}


def test_a_role_is_of_the_name_beside_it_and_of_no_other() -> None:
    names = found("Layla Odeh, whose house the governor took, wept. Governor Omar Faleh said nothing. Layla Odeh left.")
    assert names["Omar Faleh"].public
    assert "Layla Odeh" not in names or not names["Layla Odeh"].public


def test_later_mentions_by_surname_are_masked_too() -> None:
    report = told("Layla Odeh, a teacher, spoke. Odeh wept; Odeh's son was out. Ms Odeh left.", "Odeh's school")
    shown, _ = gate(policy(persons=Persons.PRIVATE)).told(report, [])
    assert "Odeh" not in shown.text
    assert len(shown.text) == len(report.text)
    assert shown.title == "a teacher (1)'s school"


def test_a_bare_surname_is_that_of_the_public_person_who_bears_it() -> None:
    report = told("President Omar Faleh spoke. His father, Hafez Faleh, wept. Faleh left.")
    shown, _ = gate(policy(persons=Persons.PRIVATE)).told(report, [])
    assert shown.text == f"President Omar Faleh spoke. His father, {'█' * 11}, wept. Faleh left."


def test_codes_are_no_words() -> None:
    report = told("Layla Odeh, a teacher, fled.")
    code = Place(name="Layla Odeh", gazetteer_id="x:Layla Odeh")
    shown = gate(policy(persons=Persons.PRIVATE)).release((report, code))[1]
    assert (shown.name, shown.gazetteer_id) == ("Layla Odeh", "x:Layla Odeh")


def test_two_persons_of_a_report_stay_apart() -> None:
    report = told("Sami Odeh, a teacher, and Rima Faleh, a teacher, fled. The army fired.")
    claims = [said(report, "fled", "Sami Odeh"), said(report, "fired", "Rima Faleh")]
    _, shown = gate(policy(persons=Persons.PRIVATE)).told(report, claims)
    assert [one.speaker for one in shown] == ["a teacher (1)", "a teacher (2)"]
    assert [one.source for one in shown] == ["a teacher (1)", "a teacher (2)"]


def test_a_speaker_whom_only_a_claim_names_is_masked() -> None:
    report = told("\u0642\u0627\u0644 \u0633\u0627\u0645\u064a \u0625\u0646\u0647\u0645 \u0647\u0646\u0627.")
    name = "\u0633\u0627\u0645\u064a"
    shown, (claim,) = gate(policy(persons=Persons.PRIVATE)).told(report, [said(report, name, name)])
    assert name not in shown.text
    assert claim.speaker == "a private person (1)"


def test_the_public_persons_of_a_theatre_are_masked_only_where_all_are() -> None:
    theatre = load_theatre(demo_theatre())
    person = next(one for one in theatre.actors.values() if one.kind == "person")
    report = told(f"{person.name} said it was over.")
    private, _ = gate(policy(persons=Persons.PRIVATE), theatre).told(report, [])
    masked, _ = gate(policy(persons=Persons.MASKED), theatre).told(report, [])
    assert person.name in private.text
    assert person.name not in masked.text
    profile = gate(policy(persons=Persons.MASKED), theatre).release(theatre)
    assert all(one.kind != "person" for one in profile.actors.values())


def test_names_are_masked_wherever_a_record_holds_them() -> None:
    report = told("Layla Odeh, a teacher, said they fled.")
    voice = Voice(
        name="Layla Odeh", side=None, sources=("Layla Odeh",), claims=("c",), first=NOON, last=NOON, reports=1
    )
    shown = gate(policy(persons=Persons.PRIVATE)).release((report, voice, {"Layla Odeh": "says Layla Odeh"}))
    assert "Odeh" not in repr(shown)
    assert shown[1].name == "a teacher (1)"


def test_an_address_that_spells_a_masked_name_is_not_told() -> None:
    report = replace(told("Layla Odeh, a teacher, fled."), url="https://news.example/2031/layla-odeh-fled")
    other = replace(report, url="https://news.example/2031/teacher-fled")
    keep = gate(policy(persons=Persons.PRIVATE))
    assert (keep.release(report).url, keep.release(other).url) == (None, other.url)


def test_role_words_are_not_both() -> None:
    roles = load_roles()
    assert roles.public & roles.private == frozenset()


def test_a_role_that_is_both_is_refused(tmp_path: Path) -> None:
    shipped = (Path(__file__).parents[1] / "src/marsad/vocabulary/en/roles.toml").read_text("utf-8")
    path = tmp_path / "roles.toml"
    path.write_text(shipped.replace('"resident", "witness"', '"mayor", "witness"'), "utf-8")
    with pytest.raises(DataFileError, match="'mayor' is a public role too"):
        load_roles(path)


# Texts


def test_a_withheld_text_keeps_the_sentences_of_claims_where_they_were() -> None:
    report = told("First words.\nRebels fled the town. More words here.\n\nLast.")
    chosen = policy(withheld=frozenset({"report.text"}))
    shown, (claim,) = gate(chosen).told(report, [said(report, "fled")])
    assert shown.text == f"{' ' * 12}\nRebels fled the town.{' ' * 17}\n\n{' ' * 5}"
    where = passage_of(claim, shown)
    assert shown.text[where.start : where.end] == "Rebels fled the town."
    assert shown.sha256 == report.sha256


def test_fields_that_are_withheld_are_empty() -> None:
    names = {"report.title", "report.url", "report.authors", "report.note", "claim.speaker"}
    report = replace(told("They fled.", "A title"), url="https://a.example", authors=("A B",), note="corrected")
    shown, (claim,) = gate(policy(withheld=frozenset(names))).told(report, [said(report, "fled", "Ada Lor")])
    assert (shown.title, shown.url, shown.authors, shown.note, claim.speaker) == ("", None, (), None, None)


@pytest.mark.parametrize(
    "chosen",
    [
        policy(withheld=frozenset({"capture"})),
        policy(withheld=frozenset({"report.text"})),
        policy(persons=Persons.PRIVATE),
        policy(places=Fineness.TOWN),
    ],
)
def test_bytes_leave_only_where_nothing_is_kept_back_of_a_report(chosen: Policy) -> None:
    capture = Capture(url="https://a.example", data=b"x", retrieved=NOON)
    assert gate(chosen).release(capture) is None
    assert gate(policy(delay_hours=1)).release(capture) is capture


def test_the_path_of_an_input_is_not_told() -> None:
    path = "/home/someone/in.jsonl"
    delivery = Delivery(origin=path, outcome=Outcome.SKIPPED, learnt=NOON, reason=f"{path} is not UTF-8")
    shown = gate(policy(persons=Persons.PRIVATE)).release(delivery)
    assert (shown.origin, shown.reason) == ("an input", "not told")
    web = replace(delivery, origin="https://news.example/1", reason="it has no text")
    assert gate(policy(persons=Persons.PRIVATE)).release(web) == web


# The gate


def test_a_policy_that_lets_all_out_gives_the_same_object() -> None:
    report = told("Layla Odeh, a teacher, fled.")
    assert gate(load_policy()).release(report) is report


def test_what_is_no_record_cannot_be_given_out() -> None:
    with pytest.raises(TypeError, match="cannot be given out"):
        gate(policy(persons=Persons.PRIVATE)).release(object())


def test_a_delay_ends_with_a_full_hour_and_never_lets_more_out_than_was_asked_for() -> None:
    keep = gate(policy(delay_hours=24))
    now = NOON + timedelta(minutes=40)
    assert keep.until(None, now) == NOON - timedelta(hours=24)
    assert keep.until(NOON, now) == NOON - timedelta(hours=24)
    assert keep.until(NOON - timedelta(days=9), now) == NOON - timedelta(days=9)


NAMES = st.sampled_from(["Layla Odeh", "Sami K.", "Um Khaled", "Ada Lor", "the army", "Qarn"])
SENTENCES = st.lists(
    st.tuples(
        st.sampled_from(["{}, 34, a teacher, fled. ", "Minister {} spoke.\n", "They fled, {} said.\n\n", "So. "]), NAMES
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


@given(SENTENCES, st.sampled_from(list(Persons)), st.booleans())
def test_releasing_twice_changes_nothing_more_and_offsets_hold(
    parts: list[tuple[str, str]], persons: Persons, blank: bool
) -> None:
    text = "".join(shape.format(name) for shape, name in parts) + "Then they left."
    report = told(text)
    keep = gate(policy(persons=persons, withheld=frozenset({"report.text"} if blank else ())))
    once = keep.told(report, [said(report, "left", "Layla Odeh")])
    assert keep.told(*once) == once
    assert len(once[0].text) == len(text)
    assert [at for at, letter in enumerate(once[0].text) if letter == "\n"] == [
        at for at, letter in enumerate(text) if letter == "\n"
    ]


# Places


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "name"),
    [
        (replace(HOMS, relation="near", words="near"), "Homs"),
        (replace(HOMS, gazetteer_id=None, canonical=None, lat=34.6, relation="bearing", words="15 km south of"),
         "a place near Homs (1)"),
        (replace(HOMS, name="Homs refinery", feature="refinery"), "a place near Homs (1)"),
        (Place(name="Al-Noor school"), "a place (1)"),
        (Place(name="Nowheretown"), "Nowheretown"),
    ],
)  # fmt: skip
def test_no_place_is_finer_than_a_town(gazetteer: Gazetteer, place: Place, name: str) -> None:
    shown = Gate(policy(places=Fineness.TOWN), None, lambda: gazetteer).release(place)
    assert shown.name == name
    assert shown.words is None
    if shown.feature == COARSE:
        assert shown.gazetteer_id is None
        assert (shown.lat is None) or gazetteer.settlements(shown.lon, shown.lat, shown.lon, shown.lat)  # type: ignore[arg-type]


@pytest.mark.slow
def test_a_place_that_is_made_coarser_is_masked_in_texts(gazetteer: Gazetteer) -> None:
    report = told("They shelled Homs refinery in Homs.")
    refinery = replace(HOMS, name="Homs refinery", feature="refinery")
    keep = Gate(policy(places=Fineness.TOWN), None, lambda: gazetteer)
    shown, _ = keep.told(report, [said(report, "shelled", place=refinery)])
    assert shown.text == f"They shelled {'█' * 13} in Homs."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fineness", "name"),
    [(Fineness.DISTRICT, "a place in Homs province (1)"), (Fineness.COUNTRY, "a place in Syria (1)")],
)
def test_divisions_and_countries_stand_for_their_places(gazetteer: Gazetteer, fineness: Fineness, name: str) -> None:
    keep = Gate(policy(places=fineness), None, lambda: gazetteer)
    shown = keep.release(HOMS)
    assert (shown.name, shown.gazetteer_id, shown.relation) == (name, None, "in")
    assert (shown.lat, shown.lon) != (HOMS.lat, HOMS.lon)
    assert keep.release(shown) == shown
    assert keep.release(f"They took {name}.") == f"They took {name}."
    text, _ = keep.told(told("They took Homs. HOMS fell."), [])
    assert text.text == "They took ████. ████ fell."


@pytest.mark.slow
def test_a_division_under_districts_and_a_country_under_countries_stay(gazetteer: Gazetteer) -> None:
    (division,) = [one for one in gazetteer.find("Homs", countries=("SY",)) if one.kind == "admin1"]
    land = gazetteer.country("SY")
    assert land is not None
    for entry, fineness in ((division, Fineness.DISTRICT), (land, Fineness.COUNTRY)):
        place = Place(name=entry.name, gazetteer_id=entry.id, canonical=entry.name, lat=entry.lat, lon=entry.lon)
        assert Gate(policy(places=fineness), None, lambda: gazetteer).release(place) == place


def test_words_for_what_is_finer_load() -> None:
    assert "bearing" in load_finer().apart
