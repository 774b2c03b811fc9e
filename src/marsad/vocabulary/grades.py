"""Rule sets: grades and the rules that give them, as data; users choose a shipped one or load their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad.errors import DataFileError
from marsad.vocabulary._toml import DataFile
from marsad.vocabulary.events import load_events

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).with_name("rules")
DEFAULT = "marsad-1"
COUNTED = frozenset({"voices_for", "voices_against"})
HELD = frozenset(
    {
        "no_voice_for",
        "no_voice_against",
        "against_interest",
        "self_serving",
        "opposed_sides",
        "conceded",
        "agreed",
        "withdrawn",
        "accepted",
        "violence",
        "action_nearby",
        "other_blamed",
        "other_accepted",
    }
)
CONDITIONS = COUNTED | HELD
BEST_RATING = 5
"""The best rating of a fact check; the worst is 1."""

_RULE_KEYS = frozenset({"grade", "when", "item", "settles", "because", "would_change"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """One grade; `open` where it is an open dispute, `denied` where it was not so or nobody says so.

    `rating` is how true it says a thing to be on the scale of fact checks, from 1 (not at all) to 5 (wholly), None
    where it does not say.
    """

    name: str
    what: str
    open: bool
    denied: bool = False
    rating: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: the grade that it gives where all conditions of `when` hold, and what it says of that.

    The value of a counted condition is the least number, of the others the truth value asked for. `item` is the
    Admiralty digit; `settles` is "affirmed", "denied" or "".
    """

    grade: str
    when: Mapping[str, int | bool]
    item: str
    settles: str
    because: str
    would_change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """A published rule set; `rules` are tried in order, `letters` map the least share held to an Admiralty letter.

    `text` is that of its file, with the comments.
    """

    name: str
    version: str
    what: str
    grades: Mapping[str, Grade]
    rules: tuple[Rule, ...]
    accusations: frozenset[str]
    settled_at_least: int
    letters: tuple[tuple[str, float], ...]
    text: str = field(default="", repr=False, compare=False)


def load_rules(chosen: str | Path = DEFAULT) -> RuleSet:
    """Load a rule set: a shipped one by its name, any other by its file.

    Raises DataFileError where there is none of that name, and with line and reason where the file is wrong.
    """
    if isinstance(chosen, str) and chosen in shipped_rules():
        return _shipped(chosen)
    if isinstance(chosen, str) and not Path(chosen).exists():
        raise DataFileError(f"no rule set and no file '{chosen}'; the shipped sets are {', '.join(shipped_rules())}")
    return _read(Path(chosen))


def read_rules(text: str, name: str) -> RuleSet:
    """Return the rule set that a file's text holds; `name` is what errors call it. Raises as `load_rules` does."""
    return _rule_set(DataFile(Path(name), text))


def shipped_rules() -> tuple[str, ...]:
    """Return the names of the rule sets that ship, the default first."""
    names = sorted(path.stem for path in SHIPPED.glob("*.toml"))
    return (DEFAULT, *(name for name in names if name != DEFAULT))


@cache
def _shipped(name: str) -> RuleSet:
    return _read(SHIPPED / f"{name}.toml")


def _read(path: Path) -> RuleSet:
    return _rule_set(DataFile(path))


def _rule_set(file: DataFile) -> RuleSet:
    file.only(file.data, {"name", "version", "what", "grades", "rules", "interest", "admiralty"})
    grades = _grades(file)
    interest = file.table(file.data, "interest")
    file.only(interest, {"accusations"}, "interest")
    accusations = file.texts(interest, "accusations", "interest")
    for event in accusations:
        if event not in load_events():
            file.fail(f"'{event}' is not an event type", "interest", "accusations")
    admiralty = file.table(file.data, "admiralty")
    file.only(admiralty, {"settled_at_least", "letters"}, "admiralty")
    least = admiralty.get("settled_at_least", 5)
    if not _is_count(least):
        file.fail("'settled_at_least' must be a whole number of at least 1", "admiralty", "settled_at_least")
    return RuleSet(
        name=file.text(file.data, "name"),
        version=file.text(file.data, "version"),
        what=file.text(file.data, "what"),
        grades=grades,
        rules=_rules(file, grades),
        accusations=frozenset(accusations),
        settled_at_least=least,
        letters=_letters(file, admiralty),
        text=file.text_read,
    )


def _grades(file: DataFile) -> dict[str, Grade]:
    table = file.table(file.data, "grades")
    if not table:
        file.fail("no grades: [grades.NAME]", "grades")
    grades = {}
    for name in table:
        row = file.table(table, name, "grades")
        file.only(row, {"what", "open", "denied", "rating"}, "grades", name)
        for key in ("open", "denied"):
            if not isinstance(row.get(key, False if key == "denied" else None), bool):
                file.fail(f"'{key}' must be true or false", "grades", name, key)
        rating = row.get("rating")
        if rating is not None and not (_is_count(rating) and rating <= BEST_RATING):
            file.fail(f"'rating' must be a whole number from 1 to {BEST_RATING}", "grades", name, "rating")
        grades[name] = Grade(
            name=name,
            what=file.text(row, "what", "grades", name),
            open=row["open"],
            denied=row.get("denied", False),
            rating=rating,
        )
    return grades


def _rules(file: DataFile, grades: Mapping[str, Grade]) -> tuple[Rule, ...]:
    rows = file.data.get("rules", [])
    if not isinstance(rows, list) or not rows:
        file.fail("no rules: [[rules]]", "rules")
    rules = []
    for index, row in enumerate(rows):
        file.only(row, _RULE_KEYS, "rules", index)
        settles = file.choice(row, "settles", {"affirmed", "denied"}, "rules", index) if "settles" in row else ""
        rules.append(
            Rule(
                grade=file.choice(row, "grade", grades, "rules", index),
                when=_conditions(file, row, index),
                item=file.choice(row, "item", set("123456"), "rules", index),
                settles=settles,
                because=file.text(row, "because", "rules", index),
                would_change=file.text(row, "would_change", "rules", index),
            )
        )
    return tuple(rules)


def _conditions(file: DataFile, row: Mapping[str, Any], index: int) -> Mapping[str, int | bool]:
    when = file.table(row, "when", "rules", index)
    file.only(when, CONDITIONS, "rules", index, "when")
    for name, value in when.items():
        if name in COUNTED and not _is_count(value):
            file.fail(f"'{name}' must be a whole number of at least 1", "rules", index, "when", name)
        if name in HELD and not isinstance(value, bool):
            file.fail(f"'{name}' must be true or false", "rules", index, "when", name)
    return dict(when)


def _letters(file: DataFile, admiralty: Mapping[str, Any]) -> tuple[tuple[str, float], ...]:
    table = file.table(admiralty, "letters", "admiralty")
    file.only(table, set("ABCDE"), "admiralty", "letters")
    for letter, share in table.items():
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            file.fail(f"'{letter}' must be a share between 0 and 1", "admiralty", "letters", letter)
    return tuple(sorted(((letter, float(share)) for letter, share in table.items()), key=lambda row: -row[1]))


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1
