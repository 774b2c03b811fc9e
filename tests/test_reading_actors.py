"""Who does it and to whom: agents through the grammar, joint agents, labels, own forces, words that refer back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reading_support import GUARD, LEAGUE, RSF, RUSSIAN, SAF, UKRAINIAN, Readings, where

if TYPE_CHECKING:
    from marsad.gazetteer import Gazetteer

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def read(gazetteer: Gazetteer) -> Readings:
    return Readings(gazetteer)


# ---- grammar ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "text"),
    [
        ("capture", "The RSF captured Kutum on Friday."),
        ("capture", "Kutum was captured by the RSF on Friday."),
        ("capture", "Kutum has been captured by RSF fighters."),
        ("capture", "Kutum fell to the RSF on Friday."),
        ("capture", "The capture of Kutum by the RSF took a week."),
        ("capture", "The RSF, which captured Kutum on Friday, is recruiting in Chad."),
        ("capture", "RSF fighters who captured Kutum on Friday are recruiting in Chad."),
        ("capture", "Having captured Kutum, the RSF is recruiting in Chad."),
        ("enter", "The RSF managed to enter Kutum on Friday."),
        ("enter", "The RSF failed to enter Kutum on Friday."),
        ("enter", "The RSF began entering Kutum on Friday."),
        ("enter", "The RSF tried to enter Kutum on Friday."),
        ("enter", "The RSF vowed to enter Kutum."),
        ("shelling", "Kutum was shelled by the RSF on Friday."),
        ("shelling", "RSF artillery shelled Kutum on Friday."),
    ],
)
def test_the_agent_is_found_through_the_grammar(read: Readings, event: str, text: str) -> None:
    claim = read.one(event, text, "sudan")
    assert (claim.agent, where(claim)) == (RSF, "Kutum")


@pytest.mark.parametrize(
    "text",
    [
        "The RSF clashed with the army in Kosti.",
        "The RSF attacked the army in Kosti.",
    ],
)
def test_the_target_is_the_other_party(read: Readings, text: str) -> None:
    (claim,) = read(text, "sudan")
    assert (claim.agent, claim.target, where(claim)) == (RSF, SAF, "Kosti")


def test_joint_agents_are_one_claim_each(read: Readings) -> None:
    claims = read.of("clash", "Wagner fighters and Ukrainian troops clashed in Bakhmut.", "ukraine")
    assert {claim.agent for claim in claims} == {"Wagner fighters", UKRAINIAN}
    assert {where(claim) for claim in claims} == {"Bakhmut"}


def test_one_agent_of_two_verbs_does_both(read: Readings) -> None:
    text = "The RSF captured Kutum and shelled Kosti."
    assert read.one("capture", text, "sudan").agent == RSF
    assert read.one("shelling", text, "sudan").agent == RSF


def test_a_relative_clause_shares_the_agent_and_keeps_its_own_time(read: Readings) -> None:
    text = "The Russian army, which had held Izium since April, fled the town on 10 September."
    hold, withdraw = read(text, "ukraine")
    assert (hold.event, hold.agent, hold.interval.start) == ("hold", RUSSIAN, date(2024, 4, 1))
    assert (withdraw.event, withdraw.agent, withdraw.interval.start) == ("withdraw", RUSSIAN, date(2024, 9, 10))
    assert where(hold) == where(withdraw) == "Izium"


def test_who_is_driven_out_is_the_target_and_not_the_agent(read: Readings) -> None:
    claim = read.one("capture", "The army drove the RSF out of Singa.", "sudan")
    assert (claim.agent, claim.target, where(claim)) == (SAF, RSF, "Singa")


def test_who_loses_a_town_is_the_target_and_the_taker_the_agent(read: Readings) -> None:
    claim = read.one("capture", "The army lost Singa to the RSF.", "sudan")
    assert (claim.agent, claim.target, where(claim)) == (RSF, SAF, "Singa")


# ---- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["The RSF", "Rapid Support Forces units", "Paramilitaries", "RSF fighters", "RSF units"]
)
def test_every_alias_is_the_canonical_name(read: Readings, name: str) -> None:
    assert read.one("enter", f"{name} entered Kutum on Friday.", "sudan").agent == RSF


@pytest.mark.parametrize(
    ("name", "agent"),
    [
        ("Russian troops", RUSSIAN),
        ("Russian forces", RUSSIAN),
        ("Russia's army", RUSSIAN),
        ("Ukrainian soldiers", UKRAINIAN),
        ("Ukrainian units", UKRAINIAN),
    ],
)
def test_the_forces_of_a_nation_are_its_army_in_the_theatre(read: Readings, name: str, agent: str) -> None:
    assert read.one("enter", f"{name} entered Kupiansk on Friday.", "ukraine").agent == agent


def test_a_foreign_army_is_not_the_theatres_army(read: Readings) -> None:
    claim = read.one("shelling", "The Chadian army shelled Kutum on Friday.", "sudan")
    assert claim.agent == "Chadian army"


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("Fano fighters entered Gondar.", "Fano fighters"),
        ("M23 rebels entered Bukavu.", "M23 rebels"),
        ("The Houthis shelled Marib.", "Houthis"),
    ],
)
def test_without_a_theatre_the_party_is_called_as_the_text_calls_it(read: Readings, text: str, agent: str) -> None:
    (claim,) = read(text)
    assert claim.agent == agent


# ---- labels and own forces -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("Inés Baldor said the usurpers had shelled Salto.", GUARD),
        ("Inés Baldor said the terrorists had shelled Salto.", GUARD),
        ("The National Guard said the terrorists had shelled Salto.", LEAGUE),
        ("The National Guard said the bandits had shelled Salto.", LEAGUE),
        ("The terrorists shelled Salto, the National Guard said.", LEAGUE),
        ('"The terrorists shelled Salto," Inés Baldor said.', GUARD),
    ],
)
def test_a_hostile_label_means_whom_the_speaker_means(read: Readings, text: str, agent: str) -> None:
    assert read.one("shelling", text, "invented").agent == agent


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("Inés Baldor said our fighters had taken Salto.", LEAGUE),
        ('"We have taken Salto," Inés Baldor said.', LEAGUE),
        ("The National Guard said its troops had taken Salto.", GUARD),
        ("The River League said it had taken Salto.", LEAGUE),
    ],
)
def test_own_forces_are_those_of_the_speaker(read: Readings, text: str, agent: str) -> None:
    assert read.one("capture", text, "invented").agent == agent


@pytest.mark.parametrize(
    ("publisher", "kind", "agent"),
    [("League Channel", "party_channel", LEAGUE), ("Plata Radio", "state_media", GUARD)],
)
@pytest.mark.parametrize("text", ["Our forces have taken Salto.", "We have taken Salto."])
def test_in_an_own_channel_our_forces_are_the_channels_sides(
    read: Readings, publisher: str, kind: str, agent: str, text: str
) -> None:
    assert read.one("capture", text, "invented", kind=kind, publisher=publisher).agent == agent


def test_the_enemy_of_a_target_is_resolved_too(read: Readings) -> None:
    text = "National Guard units repelled an attack by the bandits on Melo."
    claim = read.one("repel", text, "invented", kind="state_media", publisher="Plata Radio")
    assert (claim.agent, claim.target, where(claim)) == (GUARD, LEAGUE, "Melo")


def test_a_party_that_speaks_of_a_retreat_without_saying_whose_speaks_of_its_own(read: Readings) -> None:
    claim = read.one("withdraw", "The army announced a withdrawal from Singa.", "sudan")
    assert (claim.source, claim.agent, where(claim)) == (SAF, SAF, "Singa")


# ---- back references -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["They", "The paramilitaries", "The fighters", "Its fighters"])
def test_a_word_for_a_party_named_before_means_that_party(read: Readings, word: str) -> None:
    text = f"The RSF captured Kutum on Friday. {word} then shelled Kabkabiya."
    assert read.one("shelling", text, "sudan").agent == RSF


def test_the_troops_are_the_last_states_and_the_fighters_the_last_groups(read: Readings) -> None:
    text = "The army clashed with the RSF in Kosti. The troops entered Rabak. The fighters withdrew from Singa."
    assert read.one("enter", text, "sudan").agent == SAF
    assert read.one("withdraw", text, "sudan").agent == RSF


def test_civilians_who_are_killed_are_the_target(read: Readings) -> None:
    claim = read.one("attack_civilians", "RSF fighters killed six villagers in Kutum.", "sudan")
    assert (claim.agent, claim.target) == (RSF, "civilians")


def test_people_in_general_are_no_target(read: Readings) -> None:
    assert read.one("casualties", "Six people were killed in Kutum.", "sudan").target is None


def test_a_named_man_who_is_killed_is_the_target_of_the_toll(read: Readings) -> None:
    claim = read.one("casualties", "RSF commander Ali Rizqallah was killed in El Fasher, the army said.", "sudan")
    assert (claim.source, claim.agent, claim.target, where(claim)) == (SAF, None, "Ali Rizqallah", "El Fasher")
