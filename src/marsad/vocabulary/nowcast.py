"""The parameters of the nowcast of control, as data; users can load their own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.vocabulary._toml import DataFile
from marsad.vocabulary.bearings import STANDINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).with_name("nowcast.toml")
SPEAKER_CLASSES = ("serving", "denying", "against", "third", "unnamed")
_CERTAINTIES = ("certain", "probable", "possible")
_CHANGES = ("quiet", "pressed", "told", "doubted", "through", "settles")
_MOST_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerCounts:
    """How often the words of a class of speakers came true and how often they did not, as counts."""

    right: float
    wrong: float

    @property
    def share(self) -> float:
        """The mean of the Beta distribution with these counts."""
        return self.right / (self.right + self.wrong)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well a true word on a party's standing fits that it holds the place, that nobody does, that another does."""

    itself: float
    contested: float
    other: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NowcastModel:
    """The parameters of a nowcast; docs/nowcast.md says what each does.

    `reliability` is by class of speaker, `certainty` and `fits` by the names that claims and bearings use. Chances are
    by the day.
    """

    name: str
    reliability: Mapping[str, SpeakerCounts]
    certainty: Mapping[str, float]
    fits: Mapping[str, Fit]
    quiet: float
    pressed: float
    pressed_days: int
    told: float
    doubted: float
    through: float
    settles: float
    home: float
    unknown: float
    repeat_days: int
    repeat_weight: float


@cache
def load_nowcast(path: Path = SHIPPED) -> NowcastModel:
    """Load the parameters; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(path)
    file.only(file.data, {"name", "reliability", "certainty", "fits", "change", "prior", "repeats"})
    certainty, change = file.table(file.data, "certainty"), file.table(file.data, "change")
    prior, repeats = file.table(file.data, "prior"), file.table(file.data, "repeats")
    file.only(certainty, _CERTAINTIES, "certainty")
    file.only(change, {*_CHANGES, "pressed_days"}, "change")
    file.only(prior, {"home", "unknown"}, "prior")
    file.only(repeats, {"days", "weight"}, "repeats")
    chances = {name: file.number(change, name, "change", most=1) for name in _CHANGES}
    return NowcastModel(
        name=file.text(file.data, "name"),
        reliability=_reliability(file),
        certainty={name: file.number(certainty, name, "certainty", most=1) for name in _CERTAINTIES},
        fits=_fits(file),
        **chances,
        pressed_days=int(file.number(change, "pressed_days", "change", most=_MOST_DAYS)),
        home=file.number(prior, "home", "prior", most=1),
        unknown=file.number(prior, "unknown", "prior", above=0),
        repeat_days=int(file.number(repeats, "days", "repeats", most=_MOST_DAYS)),
        repeat_weight=file.number(repeats, "weight", "repeats", most=1),
    )


def _reliability(file: DataFile) -> dict[str, SpeakerCounts]:
    table = file.table(file.data, "reliability")
    file.only(table, SPEAKER_CLASSES, "reliability")
    found = {}
    for name in SPEAKER_CLASSES:
        row = file.table(table, name, "reliability")
        file.only(row, {"right", "wrong"}, "reliability", name)
        at = ("reliability", name)
        found[name] = SpeakerCounts(
            right=file.number(row, "right", *at, above=0), wrong=file.number(row, "wrong", *at, above=0)
        )
    return found


def _fits(file: DataFile) -> dict[str, Fit]:
    table = file.table(file.data, "fits")
    file.only(table, STANDINGS, "fits")
    found = {}
    for name in table:
        row = file.table(table, name, "fits")
        file.only(row, {"itself", "contested", "other"}, "fits", name)
        itself, contested, other = (
            file.number(row, key, "fits", name, most=1) for key in ("itself", "contested", "other")
        )
        found[name] = Fit(itself=itself, contested=contested, other=other)
    return found
