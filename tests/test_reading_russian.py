"""Russian, from text to claims, by the parser that the extra brings; the war and its names are invented."""

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
    pytest.mark.skipif(
        any(find_spec(name) is None for name in ("natasha", "slovnet", "pymorphy3")),
        reason="the extra ru is not installed",
    ),
]
ARMY, FRONT, MINISTRY = "Sarmanian Armed Forces", "Steppe Liberation Front", "Sarmanian Ministry of Defence"
WAR = Theatre(
    name="Сармания, 2031",
    countries=("XA",),
    sides={
        "state": Side(name="state", opposes=("front",), forces=ARMY, labels={"террористы": FRONT}),
        "front": Side(name="front", opposes=("state",), forces=FRONT),
    },
    actors={
        one.name: one
        for one in (
            Actor(name=ARMY, kind="state", side="state", aliases=("армия", "армия Сармании")),
            Actor(name=MINISTRY, kind="state", side="state", aliases=("Министерство обороны Сармании", "Минобороны")),
            Actor(name=FRONT, kind="armed_group", side="front", aliases=("Фронт освобождения степи", "повстанцы")),
        )
    },
    places=tuple(
        LocalPlace(name=name, names=(LocalName(name=name),), lat=lat, lon=50.0)
        for name, lat in (("Тарвежин", 46.0), ("Каменуха", 46.2), ("Ольгарск", 46.5))
    ),
)


@pytest.fixture(scope="module")
def read(gazetteer: Gazetteer) -> Reader:
    return Reader(gazetteer, WAR, network=None)


def claims(reader: Reader, text: str) -> tuple[Claim, ...]:
    found = reader.read(report(text, language="ru"))
    assert isinstance(found, tuple), found
    return found


@pytest.mark.parametrize(
    ("text", "event", "told"),
    [
        ("Повстанцы захватили город Тарвежин во вторник.", "capture", ("narrator", FRONT, "Тарвежин")),
        ("Тарвежин был захвачен повстанцами.", "capture", ("narrator", FRONT, "Тарвежин")),
        ("Министерство обороны Сармании заявило, что армия отбила Тарвежин.", "capture", (MINISTRY, ARMY, "Тарвежин")),
        ("По данным Минобороны, повстанцы отступили из Ольгарска.", "withdraw", (MINISTRY, FRONT, "Ольгарск")),
        ("Армия удерживает Ольгарск, сообщили в Минобороны.", "hold", (MINISTRY, ARMY, "Ольгарск")),
        ("«Повстанцы вошли в Тарвежин», — рассказал местный житель.", "enter", ("local residents", FRONT, "Тарвежин")),
        ("Очевидцы сообщили, что армия обстреляла Ольгарск.", "shelling", ("witnesses", ARMY, "Ольгарск")),
        ("О взятии Тарвежина повстанцами объявили во вторник.", "capture", ("narrator", FRONT, "Тарвежин")),
        ("Ольгарск находится под контролем повстанцев.", "hold", ("narrator", FRONT, "Ольгарск")),
    ],
)
def test_who_says_that_who_did_what_where(read: Reader, text: str, event: str, told: tuple[str, str, str]) -> None:
    (found,) = (claim for claim in claims(read, text) if claim.event == event)
    assert found.place is not None
    assert (found.source, found.agent, found.place.name) == told


@pytest.mark.parametrize(
    "text",
    [
        "Армия не покинула Ольгарск.",
        "Повстанцы никогда не входили в Ольгарск.",
        "Минобороны опровергло захват Ольгарска повстанцами.",
        "Минобороны отрицает, что армия оставила Ольгарск.",
    ],
)
def test_what_is_denied(read: Reader, text: str) -> None:
    assert {claim.polarity for claim in claims(read, text)} == {Polarity.DENIED}


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Армия отбила Ольгарск.", Certainty.CERTAIN),
        ("Повстанцы якобы захватили Ольгарск.", Certainty.PROBABLE),
        ("Повстанцы могут атаковать Ольгарск.", Certainty.POSSIBLE),
        ("Армия атакует Ольгарск завтра, она захватит его.", Certainty.PLANNED),
        ("Повстанцы планируют захватить Ольгарск.", Certainty.PLANNED),
        ("Если повстанцы захватят Ольгарск, дорога будет перекрыта.", Certainty.CONDITIONAL),
    ],
)
def test_how_firmly_it_is_said(read: Reader, text: str, certainty: Certainty) -> None:
    assert certainty in {claim.certainty for claim in claims(read, text)}


def test_hostile_labels_name_whom_the_speaker_fights(read: Reader) -> None:
    found = claims(read, "«Террористы атаковали Ольгарск», — заявили в Минобороны.")
    assert {(claim.source, claim.agent) for claim in found} == {(MINISTRY, FRONT)}


def test_numbers_are_of_what_befell_people(read: Reader) -> None:
    found = claims(read, "В Ольгарске погибли не менее двадцати трех мирных жителей, ещё десять человек ранены.")
    killed = next(claim.counts.killed for claim in found if claim.counts.killed)
    wounded = next(claim.counts.wounded for claim in found if claim.counts.wounded)
    assert (killed.low, killed.high, wounded.low, wounded.high) == (23, None, 10, 10)
