"""Rule sets for people and programs: which there are, what their grades mean, and when each rule gives one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.outputs.tables import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from marsad.vocabulary import Rule, RuleSet


def rule_set_rows(sets: Iterable[RuleSet]) -> Rows:
    """Return a row for each rule set."""
    full = [{"name": one.name, "version": one.version, "what": one.what, "grades": list(one.grades)} for one in sets]
    brief = [(str(row["name"]), str(row["version"]), ", ".join(row["grades"]), str(row["what"])) for row in full]
    return Rows(("name", "version", "grades", "what"), brief, full)


def grade_rows(rules: RuleSet) -> Rows:
    """Return a row for each grade of a rule set."""
    grades = rules.grades.values()
    full = [{"grade": one.name, "what": one.what, "open": one.open} for one in grades]
    return Rows(("grade", "what it means"), [(one.name, one.what) for one in grades], full)


def rule_rows(rules: RuleSet) -> Rows:
    """Return a row for each rule of a set, in the order in which they are tried."""
    full = [
        {
            "rule_set": rules.name,
            "version": rules.version,
            "number": number,
            "grade": rule.grade,
            "when": dict(rule.when),
            "item": rule.item,
            "settles": rule.settles or None,
            "because": rule.because,
            "would_change": rule.would_change,
        }
        for number, rule in enumerate(rules.rules, start=1)
    ]
    brief = [
        (str(number), rule.grade, _conditions(rule), rule.item, rule.because)
        for number, rule in enumerate(rules.rules, start=1)
    ]
    return Rows(("", "grade", "when", "item", "because"), brief, full)


def _conditions(rule: Rule) -> str:
    """Return when a rule holds, in words: "at least 2 voices for, a voice against, not violence"."""
    words = []
    for name, wanted in rule.when.items():
        plain = name.replace("_", " ")
        if isinstance(wanted, bool):
            words.append(plain if wanted else f"not {plain}")
        else:
            words.append(f"at least {wanted} {plain}" if wanted > 1 else f"a {plain.replace('voices', 'voice')}")
    return ", ".join(words) or "always"
