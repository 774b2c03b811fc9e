"""Policies for people and programs: which there are, and what each keeps back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.outputs.tables import Rows
from marsad.vocabulary import Fineness, Persons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from marsad.vocabulary import Policy

_PLACES = {
    Fineness.EXACT: "as the reports tell them",
    Fineness.TOWN: "none finer than a town",
    Fineness.DISTRICT: "none finer than a country's first division",
    Fineness.COUNTRY: "none finer than a country",
}
_PERSONS = {
    Persons.NAMED: "all by name",
    Persons.PRIVATE: "by name only those with a public role",
    Persons.MASKED: "none by name",
}


def policy_rows(policies: Iterable[Policy]) -> Rows:
    """Return a row for each policy."""
    full = [
        {
            "name": one.name,
            "version": one.version,
            "what": one.what,
            "delay_hours": one.delay_hours,
            "places": one.places.value,
            "persons": one.persons.value,
            "withheld": sorted(one.withheld),
        }
        for one in policies
    ]
    brief = [(str(row["name"]), str(row["version"]), str(row["what"])) for row in full]
    return Rows(("name", "version", "what"), brief, full)


def kept_back_rows(policy: Policy) -> Rows:
    """Return a row for each thing that a policy decides."""
    told = {
        "statements": f"those older than {policy.delay_hours:g} hours" if policy.delay_hours else "all",
        "places": _PLACES[policy.places],
        "persons": _PERSONS[policy.persons],
        "left empty": ", ".join(sorted(policy.withheld)) or "nothing",
    }
    full = [{"what": what, "given_out": given} for what, given in told.items()]
    return Rows(("what", "given out"), list(told.items()), full)
