"""How far words reach: pronouns and inserted cues, relays, refused words, and places known by where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from marsad.records import Polarity
from reading_support import Readings, denied, where

if TYPE_CHECKING:
    from marsad.gazetteer import Gazetteer

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def read(gazetteer: Gazetteer) -> Readings:
    return Readings(gazetteer)


# ---- who is meant ----------------------------------------------------------------------------------------------------


def test_they_after_a_partys_words_are_the_party_itself_without_a_theatre_too(read: Readings) -> None:
    claim = read.one("enter", "The rebels said they had entered Goma.")
    assert (claim.source, claim.agent, where(claim)) == ("rebels", "rebels", "Goma")


def test_who_is_accused_of_it_is_who_does_it(read: Readings) -> None:
    claim = read.one("shelling", "Kyiv accused Russia of shelling Kherson.")
    assert (claim.source, claim.agent, where(claim)) == ("Kyiv", "Russian armed forces", "Kherson")


def test_planes_are_no_antecedent_of_troops(read: Readings) -> None:
    text = (
        "The Sudanese army left Sennar on Friday. Ethiopian planes circled above. Troops withdrew from Singa as well."
    )
    assert [claim.agent for claim in read.of("withdraw", text) if where(claim) == "Singa"] == ["Sudanese army"]


def test_a_bodys_name_ends_before_the_verb(read: Readings) -> None:
    claim = read.one("enter", "The Rapid Support Forces entered Kutum on Friday, local residents said.")
    assert (claim.source, claim.agent, where(claim)) == ("local residents", "Rapid Support Forces", "Kutum")


# ---- whose words -----------------------------------------------------------------------------------------------------


def test_what_is_joined_to_the_content_after_an_inserted_cue_is_said_too(read: Readings) -> None:
    text = "There was no truth in reports of a withdrawal, the ministry said, and the army was in Melo."
    assert {claim.source for claim in read(text)} == {"ministry"}


def test_a_count_is_by_who_documented_it(read: Readings) -> None:
    text = "The fatalities documented by the Lantern Register since Monday now stand at 14 soldiers."
    assert {claim.source for claim in read.of("casualties", text)} == {"Lantern Register"}


def test_a_second_cue_around_the_first_is_a_relay(read: Readings) -> None:
    claim = read.one("capture", "SUNA reported that the army said its troops had retaken Sennar.")
    assert (claim.source, claim.nested, claim.relays, claim.via) == ("army", True, ("SUNA",), "SUNA")


@pytest.mark.parametrize(
    "text",
    [
        "Reuters could not verify that Lashio had fallen.",
        "The governor did not confirm that rebels had entered Lashio.",
        "The army did not deny that rebels had entered Lashio.",
    ],
)
def test_a_word_that_is_refused_claims_nothing(read: Readings, text: str) -> None:
    assert read(text) == ()


# ---- is it so --------------------------------------------------------------------------------------------------------


def test_what_is_said_not_to_be_true_is_denied(read: Readings) -> None:
    assert denied(read.one("capture", "It is not true that Marib has fallen, the governor said."))


def test_a_lifted_siege_is_a_siege_denied(read: Readings) -> None:
    claim = read.one("encircle", "The army broke the siege of El Obeid on Sunday.")
    assert claim.polarity is Polarity.DENIED


def test_an_advance_that_has_not_stopped_is_no_denial(read: Readings) -> None:
    assert not any(denied(claim) for claim in read("The advance of the rebels towards Goma has not stopped."))


def test_reports_of_an_event_that_are_false_deny_it(read: Readings) -> None:
    claim = read.one("withdraw", "There is no truth in reports of a withdrawal from Melo, the ministry said.")
    assert denied(claim)


def test_a_denial_that_came_easily_is_one(read: Readings) -> None:
    text = "Rebels entered Goma on Friday, residents said. The ministry was quick to deny it."
    assert [claim.source for claim in read.of("enter", text) if denied(claim)] == ["ministry"]


# ---- places ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "text", "place"),
    [
        ("shelling", "Israeli tanks shelled Rafah on Monday, the army said.", "Rafah"),
        ("hold", "Goma is under the control of the rebels, the United Nations said on Tuesday.", "Goma"),
        ("shelling", "The army opened fire on Dzoramut on Friday.", "Dzoramut"),
        ("capture", "The ministry said rebels had captured Vekshino.", "Vekshino"),
    ],
)
def test_what_stands_where_only_a_place_can_is_one(read: Readings, event: str, text: str, place: str) -> None:
    assert where(read.one(event, text)) == place


def test_a_numbered_route_is_a_place_of_its_own(read: Readings) -> None:
    assert where(read.one("cut_route", "Rebels cut Route 9 on Friday.")) == "Route 9"


def test_there_is_the_place_that_was_named_before(read: Readings) -> None:
    text = "Rebels entered Goma on Friday. Ten civilians were killed there, and shells hit Bukavu."
    assert {where(claim) for claim in read.of("casualties", text)} <= {"Goma", None}


def test_the_fall_of_a_government_is_no_capture(read: Readings) -> None:
    assert read.of("capture", "Thousands demanded the fall of the regime in Khartoum.") == ()


def test_a_short_english_report_is_read(read: Readings) -> None:
    assert read("Russian forces shelled Kharkiv on 3 October.", language=None)
