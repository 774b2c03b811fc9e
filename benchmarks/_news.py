"""News for benchmarks: reports of war in the corpus's own sentences, and reports of other things.

A report of war is put together out of paragraphs of one theatre of `corpus/`. Each run of fifty has a country and the
names of its towns to itself, so that reports corroborate and deny one another, and hardly any is a copy. The others are
drawn from the templates of `other_news.toml`.
"""

from __future__ import annotations

import json
import random
import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from marsad.gazetteer import Entry

_HERE = Path(__file__).parent
_BEGIN = datetime(2019, 1, 1, tzinfo=UTC)
_A_WAR = 50  # reports of one theatre with one set of names
_DAYS = 3  # that all reports are of, as a portion of a large archive is
_TOWN_PEOPLE, _TOWNS = 5000, 100  # the least of a town, and of a country's towns
_SENTENCES = 12
_PARAGRAPH = 3  # sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class _Theatre:
    reports: tuple[dict[str, Any], ...]
    openings: tuple[str, ...]
    paragraphs: tuple[str, ...]
    places: tuple[str, ...]


def write_news(path: Path, count: int, other: float, *, seed: int = 7) -> int:
    """Write so many reports as JSON lines, a share of them of other things than war; return the number of words."""
    chance = random.Random(seed)
    towns = _towns()
    theatres = _theatres()
    subjects = tomllib.loads((_HERE / "other_news.toml").read_text("utf-8"))
    of_war = _war(theatres, towns, chance)
    words = 0
    with path.open("w", encoding="utf-8") as lines:
        for number in range(count):
            of_other = int((number + 1) * other) > int(number * other)
            row = _other(subjects, towns, chance) if of_other else next(of_war)
            row["id"] = f"n{seed}-{number}"
            row["published"] = (_BEGIN + timedelta(minutes=chance.randrange(_DAYS * 1440))).isoformat()
            words += len(row["text"].split())
            lines.write(f"{json.dumps(row, ensure_ascii=False)}\n")
    return words


def _war(
    theatres: Sequence[_Theatre], towns: Mapping[str, Sequence[Entry]], chance: random.Random
) -> Iterator[dict[str, Any]]:
    while True:
        theatre, country = chance.choice(theatres), chance.choice(sorted(towns))
        names = [one.name for one in chance.sample(list(towns[country]), min(len(theatre.places), len(towns[country])))]
        named = dict(zip(theatre.places, names, strict=False))
        for _ in range(_A_WAR):
            base = chance.choice(theatre.reports)
            about = max(1, base["text"].count("\n\n"))
            body = [
                chance.choice(theatre.openings),
                *chance.sample(theatre.paragraphs, min(about, len(theatre.paragraphs))),
            ]
            texts = (_renamed(one, named) for one in (base["title"], "\n\n".join(body)))
            told = {name: base[name] for name in ("publisher", "kind", "agencies") if base.get(name)}
            yield {**told, **dict(zip(("title", "text"), texts, strict=True))}


def _renamed(text: str, named: Mapping[str, str]) -> str:
    names = "|".join(map(re.escape, sorted(named, key=len, reverse=True)))
    return re.sub(rf"\b(?:{names})\b", lambda found: named[found[0]], text)


def _other(told: Mapping[str, Any], towns: Mapping[str, Sequence[Entry]], chance: random.Random) -> dict[str, Any]:
    subject = chance.choice(told["subjects"])
    country = chance.choice(sorted(towns))

    def filled(template: str) -> str:
        return template.format_map(_Drawn(told, towns[country], chance))

    sentences = [filled(one) for one in chance.sample(subject["sentences"], min(_SENTENCES, len(subject["sentences"])))]
    paragraphs = [" ".join(sentences[at : at + _PARAGRAPH]) for at in range(0, len(sentences), _PARAGRAPH)]
    return {
        "publisher": subject["publisher"],
        "kind": "newspaper",
        "title": filled(chance.choice(subject["titles"])),
        "text": "\n\n".join(paragraphs),
    }


class _Drawn(dict[str, str]):
    """Draws what stands in a template's braces; a digit behind a name asks for another one."""

    def __init__(self, told: Mapping[str, Any], towns: Sequence[Entry], chance: random.Random) -> None:
        super().__init__()
        self._told = told
        self._towns = towns
        self._chance = chance

    def __missing__(self, asked: str) -> str:
        draw, slot = self._chance, asked.rstrip("2")
        if asked == "number2":
            return str(draw.randint(2, 40))
        match slot:
            case "town":
                return draw.choice(self._towns).name
            case "number":
                return f"{draw.randint(100, 9999):,}"
            case "money":
                return f"{draw.randint(10, 9999) / 10:,}"
            case "percent":
                return str(draw.randint(1, 299) / 10)
            case "minute":
                return str(draw.randint(4, 89))
            case "score":
                return f"{draw.randint(1, 5)}-{draw.randint(0, 4)}"
            case "company":
                return f"{self._name()} {draw.choice(('Group', 'Holdings'))}"
            case "team":
                return f"{self._name()} {draw.choice(('United', 'Rovers'))}"
            case "person":
                return f"{draw.choice(self._told['slots']['first'])} {self._name()}"
            case _:
                return str(draw.choice(self._told["slots"][slot]))

    def _name(self) -> str:
        return "".join(self._chance.choice(self._told["made"][part]) for part in ("beginnings", "middles", "ends"))


def _theatres() -> tuple[_Theatre, ...]:
    return tuple(map(_theatre, sorted(path.parent for path in (_HERE.parent / "corpus").glob("*/places.jsonl"))))


def _theatre(folder: Path) -> _Theatre:
    reports = tuple(_rows(folder / "reports.jsonl"))
    texts = [report["text"].split("\n\n") for report in reports]
    return _Theatre(
        reports=reports,
        openings=tuple(text[0] for text in texts),
        paragraphs=tuple(one for text in texts for one in text[1:]),
        places=tuple(place["name"] for place in _rows(folder / "places.jsonl")),
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return map(json.loads, path.read_text("utf-8").splitlines())


def _towns() -> Mapping[str, Sequence[Entry]]:
    """Return the towns of each country that has enough of them, those whose name is one plain word."""
    found: dict[str, list[Entry]] = defaultdict(list)
    with Gazetteer.open(build_if_missing=True) as gazetteer:
        for town in gazetteer.settlements(-180, -90, 180, 90, people=_TOWN_PEOPLE):
            if town.country and town.name.isascii() and town.name.isalpha():
                found[town.country].append(town)
    return {country: towns for country, towns in found.items() if len(towns) >= _TOWNS}
