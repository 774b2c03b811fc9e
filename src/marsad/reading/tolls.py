"""Numbers of dead and wounded, given to the events that they belong to; a number alone is a claim of casualties."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from marsad.reading import tree
from marsad.reading.counts import find_counts
from marsad.reading.events import EventMention
from marsad.records import Count, Counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from marsad.reading.counts import NumberMention

HARM = frozenset({"air_strike", "shelling", "bombing", "attack_civilians"})


@dataclass(frozen=True, slots=True)
class Toll:
    """An event mention with the numbers that its sentence gives for it."""

    event: EventMention
    counts: Counts


def with_tolls(text: str, start: int, doc: Doc, events: Sequence[EventMention]) -> tuple[Toll, ...]:
    """Return the events of the sentence at `text[start:]` with their numbers, in order of their triggers.

    The first number of dead goes to the strike, or to the verb of killing, that the sentence speaks of; parts of a total
    ("24 of them civilians") and further members of a list become claims of casualties of their own.
    """
    tolls = [Toll(event, Counts()) for event in _without_twins(doc, events)]
    main: int | None = None
    for mention in find_counts(text, start, start + len(doc.text)):
        if mention.what not in {"killed", "wounded"}:
            continue
        count = Count(mention.low, mention.high)
        if (
            main is not None
            and mention.what == "wounded"
            and not mention.of_which
            and tolls[main].counts.wounded is None
        ):
            tolls[main] = replace(tolls[main], counts=replace(tolls[main].counts, wounded=count))
            continue
        counts = Counts(killed=count) if mention.what == "killed" else Counts(wounded=count)
        index = None if mention.of_which or main is not None else _owner(tolls)
        if index is None:
            tolls.append(Toll(_casualties(doc, mention, start), counts))
            index = len(tolls) - 1
        else:
            tolls[index] = Toll(tolls[index].event, counts)
        main = index if main is None or not mention.of_which else main
    return tuple(sorted(tolls, key=lambda toll: toll.event.trigger))


def _without_twins(doc: Doc, events: Sequence[EventMention]) -> list[EventMention]:
    """Drop the second verb of one toll: "killed 12 and wounded 23" is one claim."""
    kept: list[EventMention] = []
    for event in events:
        token = doc[event.trigger]
        twin = event.event == "casualties" and any(
            other.event == "casualties" and token.dep_ == "conj" and _same_clause(token, doc[other.trigger])
            for other in kept
        )
        if not twin:
            kept.append(event)
    return kept


def _same_clause(token: Token, other: Token) -> bool:
    return any(one.i == token.i for one in tree.conjuncts(other))


def _owner(tolls: Sequence[Toll]) -> int | None:
    for wanted in (HARM, {"casualties"}):
        for index, toll in enumerate(tolls):
            if toll.event.event in wanted:
                return index
    return None


def _casualties(doc: Doc, mention: NumberMention, start: int) -> EventMention:
    span = doc.char_span(mention.start - start, mention.end - start, alignment_mode="expand")
    noun = next((t for t in reversed(list(span)) if t.pos_ in {"NOUN", "PROPN"}), span[-1])
    return EventMention(
        event="casualties",
        trigger=noun.i,
        agents=(),
        targets=(noun.i,),
        places=tuple(n.i for _, argument in tree.prepositions(noun) for n in tree.below(argument)),
        denied=False,
        nominal=True,
        last=noun.i,
    )
