"""Policies: what of a monitor may leave it, as data; users choose a shipped one or load their own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from marsad.errors import DataFileError
from marsad.vocabulary._toml import DataFile

SHIPPED = Path(__file__).with_name("policies")
INTERNAL = "internal"
WITHHELD = frozenset(
    {
        "capture",
        "claim.speaker",
        "report.authors",
        "report.note",
        "report.text",
        "report.title",
        "report.url",
    }
)
"""What a policy can withhold: the fields that a record can do without."""

_KEYS = frozenset({"name", "version", "what", "delay_hours", "places", "persons", "withheld"})


class Fineness(StrEnum):
    """The finest place that is given out."""

    EXACT = "exact"
    TOWN = "town"
    DISTRICT = "district"
    COUNTRY = "country"


class Persons(StrEnum):
    """Which persons are masked: none, those without a public role, or all."""

    NAMED = "named"
    PRIVATE = "private"
    MASKED = "masked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What may be given out, and how: how late, how fine, whose names, and which fields are left empty.

    With `report.text` withheld, texts keep the sentences that claims stand on, and their offsets.
    """

    name: str
    version: str
    what: str
    delay_hours: float
    places: Fineness
    persons: Persons
    withheld: frozenset[str]

    @property
    def lets_all_out(self) -> bool:
        """Whether everything is given out as it is held."""
        plain = self.places is Fineness.EXACT and self.persons is Persons.NAMED
        return plain and not self.delay_hours and not self.withheld

    def __str__(self) -> str:
        """Return the name and version by which files say what they passed."""
        return f"{self.name} {self.version}"


def load_policy(chosen: str | Path = INTERNAL) -> Policy:
    """Load a policy: a shipped one by its name, any other by its file.

    Raises DataFileError where there is none of that name, and with line and reason where the file is wrong.
    """
    if isinstance(chosen, str) and chosen in shipped_policies():
        return _shipped(chosen)
    if isinstance(chosen, str) and not Path(chosen).exists():
        raise DataFileError(f"no policy and no file '{chosen}'; the shipped ones are {', '.join(shipped_policies())}")
    return _read(Path(chosen))


def shipped_policies() -> tuple[str, ...]:
    """Return the names of the policies that ship, the default first."""
    names = sorted(path.stem for path in SHIPPED.glob("*.toml"))
    return (INTERNAL, *(name for name in names if name != INTERNAL))


@cache
def _shipped(name: str) -> Policy:
    return _read(SHIPPED / f"{name}.toml")


def _read(path: Path) -> Policy:
    file = DataFile(path)
    file.only(file.data, _KEYS)
    withheld = file.texts(file.data, "withheld")
    for field in withheld:
        if field not in WITHHELD:
            file.fail(f"'{field}' cannot be withheld; what can is {', '.join(sorted(WITHHELD))}", "withheld")
    places = Fineness(file.choice(file.data, "places", list(Fineness)))
    if places not in {Fineness.EXACT, Fineness.TOWN} and "report.text" not in withheld:
        file.fail(
            f"places are '{places}' at the finest, and full texts would name them: withhold 'report.text'", "places"
        )
    return Policy(
        name=file.text(file.data, "name"),
        version=file.text(file.data, "version"),
        what=file.text(file.data, "what"),
        delay_hours=file.number(file.data, "delay_hours"),
        places=places,
        persons=Persons(file.choice(file.data, "persons", list(Persons))),
        withheld=frozenset(withheld),
    )
