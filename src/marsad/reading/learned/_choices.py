"""What the rules chose for an event, as the heads take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from marsad.reading.learned._inputs import ROLES, SLOTS, TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from marsad.reading.learned._inputs import Inputs


@dataclass(frozen=True, slots=True)
class Choice:
    """1 for what the rules chose, else 0: of the slots and the words of each role, and of the ways of dating."""

    slots: Mapping[str, NDArray[np.float32]]
    words: Mapping[str, NDArray[np.float32]]
    dated: NDArray[np.float32]


def rule_choice(inputs: Inputs, trigger: int, event: int) -> Choice:
    """Return what the rules chose for an event of a type at a trigger, all 0 where they found none there.

    Where they took it for another type, what they chose for that one is given.
    """
    width = len(inputs.trace.words)
    slots = {role: np.zeros(len(SLOTS[role]), dtype=np.float32) for role in ROLES}
    words = {role: np.zeros(width, dtype=np.float32) for role in ROLES}
    dated = np.zeros(len(inputs.intervals), dtype=np.float32)
    rules = [one for one in inputs.trace.events if one.trigger == trigger]
    rule = next((one for one in rules if one.event == TYPES[event]), rules[0] if rules else None)
    if rule is None:
        return Choice(slots, words, dated)
    for role in ROLES:
        value = getattr(rule.claim, role)
        if value in (None, "narrator"):
            slots[role][0] = 1
        elif value == "civilians":
            slots[role][1:] = 1
        words[role][[index for index in rule.roles[role] if value not in (None, "narrator")]] = 1
    dated[:] = inputs.dated(rule.claim.interval)
    return Choice(slots, words, dated)
