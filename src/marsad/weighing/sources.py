"""How the word of each voice fared where it was later settled: counts, never a trust score."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.records import Polarity, SourceRecord
from marsad.vocabulary import load_unnamed
from marsad.weighing.voices import UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from marsad.records import Assessment, Voice


@dataclass(slots=True)
class _Tally:
    side: str | None
    claims: int = 0
    held: int = 0
    failed: int = 0
    held_against_interest: int = 0


def source_records(assessments: Mapping[str, Assessment]) -> tuple[SourceRecord, ...]:
    """Return the record of every voice that can be told from others, by name.

    Who changed its word is held to its first one.
    """
    tallies: dict[str, _Tally] = {}
    for verdict in assessments.values():
        for voice, affirms in first_words(verdict):
            tally = tallies.setdefault(voice.name, _Tally(voice.side))
            tally.claims += 1
            if verdict.settled_as is None:
                continue
            if affirms is (verdict.settled_as is Polarity.AFFIRMED):
                tally.held += 1
                tally.held_against_interest += voice.against_interest
            else:
                tally.failed += 1
    return tuple(
        SourceRecord(
            voice=name,
            side=tally.side,
            claims=tally.claims,
            held=tally.held,
            failed=tally.failed,
            open=tally.claims - tally.held - tally.failed,
            held_against_interest=tally.held_against_interest,
        )
        for name, tally in sorted(tallies.items())
    )


def first_words(verdict: Assessment) -> Iterator[tuple[Voice, bool]]:
    """Yield each voice with whether its first word affirmed; sources without a name cannot have a record."""
    spoken: dict[str, list[tuple[Voice, bool]]] = defaultdict(list)
    for voices, affirms in ((verdict.voices_against, False), (verdict.voices_for, True)):
        for voice in voices:
            if voice.side or voice.sources[0] not in load_unnamed():
                spoken[voice.name].append((voice, affirms))
    for words in spoken.values():
        yield min(words, key=lambda word: word[0].first or UNDATED)
