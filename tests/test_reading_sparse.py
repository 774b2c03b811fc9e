"""Wars of which little is known: a theatre that names no forces, places that no gazetteer has, names in other words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from marsad.reading import Reader, Unread
from marsad.records import Actor
from marsad.theatre import Side, Theatre
from reading_support import Readings, denied, report, where

if TYPE_CHECKING:
    from marsad.gazetteer import Gazetteer
    from marsad.records import Claim

pytestmark = pytest.mark.slow
ARMY, FRONT, MINISTRY = "Army of Tolmaria", "Sarvan Front", "Tolmarian Ministry of Defence"
SPARSE = Theatre(
    name="Tolmaria, 2034",
    countries=("XA",),
    sides={"state": Side(name="state"), "front": Side(name="front")},
    actors={
        actor.name: actor
        for actor in (
            Actor(name=MINISTRY, kind="state", side="state"),
            Actor(name=ARMY, kind="state", side="state"),
            Actor(name=FRONT, kind="armed_group", side="front", aliases=("the Front",)),
            Actor(name="Sarvan Front media office", kind="media", side="front"),
        )
    },
)


@pytest.fixture(scope="session")
def sparse(gazetteer: Gazetteer) -> Reader:
    return Reader(gazetteer, SPARSE, network=None)


@pytest.fixture(scope="session")
def read(gazetteer: Gazetteer) -> Readings:
    return Readings(gazetteer)


def claims_of(reader: Reader, text: str, **fields: str) -> tuple[Claim, ...]:
    claims = reader.read(report(text, **fields))
    assert not isinstance(claims, Unread)
    return claims


def one(reader: Reader, event: str, text: str, **fields: str) -> Claim:
    claims = [claim for claim in claims_of(reader, text, **fields) if claim.event == event]
    assert len(claims) == 1, claims
    return claims[0]


# ---- whose forces ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("did", ["We captured", "Our fighters captured", "Our drones struck"])
def test_the_forces_of_a_side_that_names_none_are_the_channels_own(sparse: Reader, did: str) -> None:
    text = f"{did} the barracks at Velimar."
    claims = claims_of(sparse, text, publisher="Sarvan Front media office", kind="party_channel")
    assert {claim.agent for claim in claims} == {FRONT}


@pytest.mark.parametrize("speaker", ["Tolmaria's army", "The Tolmarian army", "The army of Tolmaria"])
def test_a_name_in_other_words_is_the_same_actor(sparse: Reader, speaker: str) -> None:
    assert one(sparse, "capture", f"{speaker} captured the town of Velimar on Friday.").agent == ARMY


def test_the_ministry_of_a_country_is_known_in_any_order(sparse: Reader) -> None:
    claim = one(sparse, "capture", "Tolmaria's defence ministry said troops had captured the town of Velimar.")
    assert claim.source == MINISTRY


@pytest.mark.parametrize("force", ["infantry", "troops", "jets"])
def test_forces_called_by_their_nation_are_its_army(sparse: Reader, force: str) -> None:
    claims = claims_of(sparse, f"Tolmarian {force} attacked the town of Velimar on Friday.")
    assert [claim.agent for claim in claims] == [ARMY]


def test_the_enemy_of_a_side_is_the_other_one(sparse: Reader) -> None:
    claim = one(sparse, "capture", "The Front said the enemy had captured the town of Velimar.")
    assert claim.agent == ARMY


def test_who_denies_a_loss_denies_that_the_enemy_took_it(sparse: Reader) -> None:
    claim = one(sparse, "capture", "The Tolmarian army denied that the town of Velimar had fallen.")
    assert (claim.agent, denied(claim)) == (FRONT, True)


# ---- who attacks -----------------------------------------------------------------------------------------------------


def test_who_took_the_last_town_took_the_next(sparse: Reader) -> None:
    text = "The Front captured the town of Velimar on Friday. The village of Dorn fell hours later."
    agents = [claim.agent for claim in claims_of(sparse, text)]
    assert agents == [FRONT, FRONT]


def test_who_might_take_a_town_is_not_guessed(sparse: Reader) -> None:
    text = "The Front captured the town of Velimar on Friday. If Dorn falls, the road will be cut."
    agents = [c.agent for c in claims_of(sparse, text) if c.event == "capture"]
    assert agents == [FRONT, None]


# ---- attributions put in ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            (
                "Rebels pushed into the oil district of Kharfan before sunrise and seized two villages, residents and "
                "witnesses said."
            ),
            {"local residents", "witnesses"},
        ),
        ("Shells struck the market of Velimar, says the Red Cross, and burned a bakery.", {"Red Cross"}),
        ("Shells struck the market of Velimar, the mayor and two witnesses told Radio Sud.", {"mayor", "witnesses"}),
    ],
)
def test_an_attribution_is_found_by_the_order_of_words(read: Readings, text: str, sources: set[str]) -> None:
    assert {claim.source for claim in read(text)} >= sources


def test_a_title_alone_is_the_person_who_spoke_last(read: Readings) -> None:
    text = (
        "Brigadier Anton Reiss said troops had entered Kupiansk. The Brigadier said that two soldiers had been killed."
    )
    first, second = read(text)
    assert first.source == second.source


# ---- unknown places --------------------------------------------------------------------------------------------------


def test_a_name_that_is_once_a_place_is_one_wherever_it_stands(read: Readings) -> None:
    text = "Shops were closed in Enda Velkit on Monday. By night Enda Velkit had fallen to rebels."
    assert where(read.one("capture", text)) == "Enda Velkit"


@pytest.mark.parametrize(
    ("text", "event", "place"),
    [
        ("Rebels blocked the Export Road on Monday.", "cut_route", "Export Road"),
        ("Protesters closed the A-7 highway.", "cut_route", "A-7 highway"),
        ("The army captured Hill 214 on Friday.", "capture", "Hill 214"),
        ("Rebels seized Vishka air base at dawn.", "capture", "Vishka air base"),
        ("About 900 people fled to Orvelan on Tuesday.", "displace", "Orvelan"),
    ],
)
def test_places_that_no_gazetteer_has(read: Readings, text: str, event: str, place: str) -> None:
    assert where(read.one(event, text)) == place


def test_a_surrender_is_where_its_paragraph_is(read: Readings) -> None:
    text = (
        "Shells fell on the market of Marib on Friday. Forty soldiers surrendered.\n\n"
        "Since May, 4,000 soldiers have surrendered."
    )
    assert [where(claim) for claim in read.of("surrender", text)] == ["Marib", None]


# ---- plain words -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Police arrested 14.", "detain"),
        ("Soldiers picked up 31 villagers.", "detain"),
        ("Five men were led away by militiamen.", "detain"),
        ("The hostages were set free on Monday.", "release"),
        ("Rebels ambushed a military convoy.", "clash"),
        ("The two sides exchanged fire.", "clash"),
        ("The garrison slipped away at night.", "withdraw"),
        ("The barracks was ringed by rebels.", "encircle"),
        ("Troops set fire to the court.", "destroy"),
        ("Women held a rally.", "protest"),
        ("Gunmen handed over their rifles.", "surrender"),
        ("A mine killed two farmers.", "bombing"),
        ("The brigade lost nine tanks.", "destroy"),
        ("The army observed the agreement.", "ceasefire"),
    ],
)
def test_plain_words_for_events(read: Readings, text: str, event: str) -> None:
    assert event in {claim.event for claim in read(text)}
