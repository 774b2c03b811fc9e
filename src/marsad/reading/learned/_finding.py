"""From a trace to answers: which words carry events, and what the network says of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from marsad.reading.learned._inputs import POLARITIES, TYPES
from marsad.records import Polarity

if TYPE_CHECKING:
    from marsad.reading.learned._inputs import Inputs
    from marsad.reading.learned._network import Answer, Network

# Two words so near that speak of the same type of event speak of one event.
_NEAR = 4
# How likely an event must be that the rules did not find, and how likely a denial of one.
_UNSEEN, _DENIED = 0.6, 0.75


def answers(network: Network, inputs: Inputs) -> dict[tuple[int, str], Answer]:
    """Return the network's answers by trigger and type: for the rules' events and for those that it adds."""
    if not inputs.trace.firsts:
        return {}
    vectors = network.vectors(inputs)
    chances = network.triggers(vectors, inputs)
    rules = {(event.trigger, TYPES.index(event.event)) for event in inputs.trace.events}
    kept = [(*pair, float(chances[pair])) for pair in sorted(rules)]
    others = [(int(t), int(e), float(chances[t, e])) for t, e in np.argwhere(chances >= _UNSEEN) if (t, e) not in rules]
    for trigger, event, sure in sorted(others, key=lambda other: -other[2]):
        if not any(event == e and _together(inputs, t, trigger) for t, e, _ in kept):
            kept.append((trigger, event, sure))
    found = network.answers(vectors, inputs, sorted(kept))
    told = [answer for answer in found if (answer.trigger, answer.event) in rules or _stands(answer)]
    return {(answer.trigger, TYPES[answer.event]): answer for answer in told}


def _together(inputs: Inputs, one: int, other: int) -> bool:
    """Tell whether two words are so near in one sentence that they can speak of one event."""
    words = inputs.trace.words
    return abs(one - other) <= _NEAR and words[one].sentence == words[other].sentence


def _stands(answer: Answer) -> bool:
    """Tell whether an event that the rules did not find is sure enough: a denial must be surer than the rest."""
    denied = float(answer.polarity[POLARITIES.index(Polarity.DENIED)])
    return denied < 1 / 2 or answer.sure * denied >= _DENIED
