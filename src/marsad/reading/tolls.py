"""Numbers of people given to the events that they belong to; a number of dead alone is a claim of casualties."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from marsad.reading import tree
from marsad.reading._count_words import load_count_words
from marsad.reading._mentions import EventMention
from marsad.reading.counts import counts_for, find_counts
from marsad.records import Count, Counts
from marsad.vocabulary import alternatives

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


def with_tolls(
    text: str, start: int, doc: Doc, events: Sequence[EventMention], language: str = "en"
) -> tuple[Toll, ...]:
    """Return the events of the sentence at `text[start:]` with their numbers, in order of their triggers.

    The first number of dead goes to the strike, or to the verb of killing, that the sentence speaks of; parts of a
    total ("24 of them civilians") and further members of a list become claims of casualties of their own.
    """
    end = start + len(tree.text(doc))
    tolls = [Toll(event, _of_people(text, start, end, event, language)) for event in _without_twins(doc, events)]
    main: int | None = None
    for mention in _harmed(text, start, end, language):
        count = Count(mention.low, mention.high)
        counts = Counts(killed=count) if mention.what == "killed" else Counts(wounded=count)
        if main is not None and counts.wounded and not mention.of_which and tolls[main].counts.wounded is None:
            tolls[main] = replace(tolls[main], counts=replace(tolls[main].counts, wounded=count))
            continue
        index = None if mention.of_which or main is not None else _owner(tolls)
        if index is None:
            tolls.append(Toll(_casualties(doc, mention, start), counts))
            index = len(tolls) - 1
        else:
            event = tolls[index].event
            if event.event in HARM and counts.killed is not None:
                # Whom a strike killed is whom it was done to, besides the place that it hit.
                event = replace(event, targets=(*event.targets, _noun(doc, mention, start).i))
            tolls[index] = Toll(event, counts)
        main = index if main is None or not mention.of_which else main
    return tuple(sorted(tolls, key=lambda toll: toll.event.trigger))


def _of_people(text: str, start: int, end: int, event: EventMention, language: str) -> Counts:
    """Return how many were detained or displaced, for the events that are that."""
    if event.event == "detain":
        return Counts(detained=counts_for(text, start, end, language).detained)
    if event.event == "displace":
        return Counts(displaced=counts_for(text, start, end, language).displaced)
    return Counts()


def _harmed(text: str, start: int, end: int, language: str) -> tuple[NumberMention, ...]:
    """Return the numbers of dead and wounded; a paragraph without a word of harm is not searched for numbers."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    if not _words_of_harm(language).search(text, first, len(text) if last < 0 else last):
        return ()
    return tuple(one for one in find_counts(text, start, end, language) if one.what in {"killed", "wounded"})


@cache
def _words_of_harm(language: str) -> re.Pattern[str]:
    words = load_count_words(language)
    harms = [words.harms["killed"], words.harms["wounded"]]
    lists = [words.grammar["lives"], *(part for one in harms for part in (one.active, one.passive, one.alone))]
    lists += [part for one in harms for part in (one.tolls, one.figures)]
    return re.compile(rf"\b(?:{alternatives(word for part in lists for word in part)})\b", re.IGNORECASE)


def _without_twins(doc: Doc, events: Sequence[EventMention]) -> list[EventMention]:
    """Drop the second verb of one toll: "killed 12 and wounded 23" is one claim."""
    kept: list[EventMention] = []
    for event in events:
        tolls = [doc[other.trigger] for other in kept if other.event == event.event == "casualties"]
        if not any(_is_joined(doc[event.trigger], other) for other in tolls):
            kept.append(event)
    return kept


def _is_joined(token: Token, other: Token) -> bool:
    return token.dep_ == "conj" and any(one.i == token.i for one in tree.conjuncts(other))


def _owner(tolls: Sequence[Toll]) -> int | None:
    """Return which event a first number of dead belongs to: an act of violence, else a verb of killing."""
    for wanted in (HARM, {"casualties"}):
        for index, toll in enumerate(tolls):
            if toll.event.event in wanted:
                return index
    return None


def _noun(doc: Doc, mention: NumberMention, start: int) -> Token:
    """Return the noun that a number counts, the number itself where there is none."""
    span = doc.char_span(mention.start - start, mention.end - start, alignment_mode="expand")
    tokens = tuple(span) if span is not None else (doc[0],)
    return next((token for token in reversed(tokens) if token.pos_ in {"NOUN", "PROPN"}), tokens[-1])


def _casualties(doc: Doc, mention: NumberMention, start: int) -> EventMention:
    """Return the casualties that a number alone speaks of, carried by its noun."""
    noun = _noun(doc, mention, start)
    return EventMention(
        event="casualties",
        trigger=noun.i,
        agents=(),
        targets=(noun.i,),
        places=tuple(one.i for _, argument in tree.prepositions(noun) for one in tree.below(argument)),
        denied=False,
        nominal=True,
        last=noun.i,
    )
