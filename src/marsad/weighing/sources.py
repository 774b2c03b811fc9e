"""How the word of each voice fared where it was later settled, topic by topic: counts, never a trust score."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

from marsad.records import Interest, Polarity, Share, SourceRecord, Tally
from marsad.vocabulary import load_unnamed
from marsad.weighing.voices import UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from marsad.linking import Linked
    from marsad.records import Assessment, Voice

_Z = 1.959964  # of the normal distribution, for 95 %


def source_records(linked: Linked, assessments: Mapping[str, Assessment]) -> tuple[SourceRecord, ...]:
    """Return the record of every voice that can be told from others on each topic that it spoke on, by name and topic.

    Who changed its word is held to its first one.
    """
    topics = {proposition.id: proposition.family for proposition in linked.propositions}
    sides: dict[str, str | None] = {}
    fared: dict[tuple[str, str], list[tuple[Interest, bool | None]]] = defaultdict(list)
    for verdict in assessments.values():
        for voice, affirms in first_words(verdict):
            sides.setdefault(voice.name, voice.side)
            held = None if verdict.settled_as is None else affirms is (verdict.settled_as is Polarity.AFFIRMED)
            fared[voice.name, topics[verdict.proposition]].append((voice.interest, held))
    return tuple(_record(name, sides[name], topic, words) for (name, topic), words in sorted(fared.items()))


def merged_records(parts: Iterable[SourceRecord]) -> tuple[SourceRecord, ...]:
    """Return the records of all from those of the parts of a whole, each proposition of which is in one part."""
    found: dict[tuple[str, str], list[SourceRecord]] = defaultdict(list)
    for one in parts:
        found[one.voice, one.topic].append(one)
    return tuple(_merged(records) for _, records in sorted(found.items()))


def wilson(held: int, settled: int) -> Share | None:
    """Return a share with its 95 % score interval (E. B. Wilson, 1927, JASA 22: 209-212); None of no cases."""
    if not settled:
        return None
    share, spread = held / settled, _Z**2 / settled
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / settled + spread / (4 * settled)) / (1 + spread)
    return Share(value=share, low=max(0.0, middle - half), high=min(1.0, middle + half))


def _record(name: str, side: str | None, topic: str, words: list[tuple[Interest, bool | None]]) -> SourceRecord:
    count = Counter(held for _, held in words)
    return SourceRecord(
        voice=name,
        side=side,
        topic=topic,
        claims=len(words),
        held=count[True],
        failed=count[False],
        open=count[None],
        share=wilson(count[True], count[True] + count[False]),
        self_serving=_tally(words, Interest.SERVING),
        against_interest=_tally(words, Interest.AGAINST),
    )


def _merged(parts: Sequence[SourceRecord]) -> SourceRecord:
    held, failed = sum(one.held for one in parts), sum(one.failed for one in parts)
    return replace(
        parts[0],
        side=min((one.side for one in parts if one.side), default=None),
        claims=sum(one.claims for one in parts),
        held=held,
        failed=failed,
        open=sum(one.open for one in parts),
        share=wilson(held, held + failed),
        self_serving=_counted([one.self_serving for one in parts]),
        against_interest=_counted([one.against_interest for one in parts]),
    )


def _counted(tallies: Sequence[Tally]) -> Tally:
    held, failed = sum(one.held for one in tallies), sum(one.failed for one in tallies)
    return Tally(held=held, failed=failed, share=wilson(held, held + failed))


def _tally(words: list[tuple[Interest, bool | None]], interest: Interest) -> Tally:
    count = Counter(held for stake, held in words if stake is interest)
    return Tally(held=count[True], failed=count[False], share=wilson(count[True], count[True] + count[False]))


def first_words(verdict: Assessment) -> Iterator[tuple[Voice, bool]]:
    """Yield each voice with whether its first word affirmed; sources without a name cannot have a record."""
    spoken: dict[str, list[tuple[Voice, bool]]] = defaultdict(list)
    for voices, affirms in ((verdict.voices_against, False), (verdict.voices_for, True)):
        for voice in voices:
            if voice.side or voice.sources[0] not in load_unnamed():
                spoken[voice.name].append((voice, affirms))
    for words in spoken.values():
        yield min(words, key=lambda word: word[0].first or UNDATED)
