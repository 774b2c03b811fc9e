"""What every row of events says beside the columns of others: who says so and who denies it, how it stands, on what."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from marsad.outputs import passage_of, plain
from marsad.records import Certainty, Polarity
from marsad.serial import to_json
from marsad.vocabulary import load_hashtags

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from marsad.exports.about import About
    from marsad.exports.events.figures import Dead
    from marsad.exports.holdings import Holdings, Matter, Word
    from marsad.records import Assessment, Voice
    from marsad.vocabulary import RuleSet

AFFIRMED, DISPUTED, DENIED = "affirmed", "disputed", "denied"
OURS = (
    "claim_status", "n_independent_sources", "fatalities_low", "fatalities_high", "claimants_for", "claimants_against",
    "evidence_ids", "policy", "proposition", "event", "grade", "graded_by", "certainty", "n_independent_against",
    "fatalities_by_source", "also_told_as", "first_day", "last_day", "date_precision", "side1", "side2", "passages",
    "urls", "rules", "as_of", "licence", "notice",
)  # fmt: skip
"""The columns that stand after those of the shape."""

PREFIX = "marsad:"
"""What ids of events begin with."""

UNDATED = "no day is told"
_NARRATOR = "narrator"


def standing(verdict: Assessment, rules: RuleSet) -> str:
    """Return how an event stands by the grade that stands: affirmed, disputed or denied, the same in every rule set."""
    grade = rules.grades.get(verdict.stands, rules.grades[verdict.grade])
    if grade.open:
        return DISPUTED
    settled = verdict.settled_as is Polarity.DENIED and verdict.by_hand is None
    return DENIED if grade.denied or settled else AFFIRMED


def standing_of(matters: Iterable[Matter], rules: RuleSet) -> str:
    """Return how something stands that several propositions tell: as all of them do, or else disputed."""
    found = {standing(one.assessment, rules) for one in matters}
    return found.pop() if len(found) == 1 else DISPUTED


def hashtags(holdings: Holdings, table: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the HXL hashtags of the columns of a table, where they are asked for."""
    if not holdings.tagged:
        return ()
    known = load_hashtags()
    tags = known[table] if table == "claims" else {**known["ours"], **known[table]}
    return tuple(tags.get(column, "") for column in columns)


def ours(matters: Sequence[Matter], dead: Dead, holdings: Holdings) -> dict[str, Any]:
    """Return the cells of OURS but for the sides, for what one or more propositions tell."""
    first, words, own = matters[0].proposition, words_of(matters), {one.proposition.id for one in matters}
    verdicts = [one.assessment for one in matters]
    return {
        "claim_status": standing_of(matters, holdings.about.rules),
        "n_independent_sources": len({voice.name for one in verdicts for voice in one.voices_for}),
        "fatalities_low": dead.low,
        "fatalities_high": dead.high,
        "claimants_for": joined(source for one in verdicts for voice in one.voices_for for source in voice.sources),
        "claimants_against": joined(
            source for one in verdicts for voice in one.voices_against for source in voice.sources
        ),
        "evidence_ids": joined(word.claim.id for word in words),
        "proposition": joined(one.proposition.id for one in matters),
        "event": first.event,
        "grade": joined(one.stands for one in verdicts),
        "graded_by": joined(one.by_hand.user for one in verdicts if one.by_hand is not None),
        "certainty": joined(how for how in Certainty if any(how is word.claim.certainty for word in words)),
        "n_independent_against": len({voice.name for one in verdicts for voice in one.voices_against}),
        "fatalities_by_source": joined(dead.told),
        "also_told_as": joined(one for one in dead.propositions if one not in own),
        "first_day": to_json(first.interval.start),
        "last_day": to_json(first.interval.end),
        "date_precision": first.interval.precision.value,
        "passages": joined(_passage(word) for word in words),
        "urls": joined(word.report.url for word in words if word.report.url),
        **origin(holdings.about),
    }


def origin(about: About) -> dict[str, Any]:
    """Return what a row says of the file that it stood in."""
    told = about.row()
    return {name: told[name] for name in ("policy", "rules", "as_of", "licence")} | {
        "notice": f"Made by Marsad {told['marsad']} from attributed claims; not of the data set whose columns it has. "
        f"{told['notice']}"
    }


def words_of(matters: Iterable[Matter]) -> tuple[Word, ...]:
    """Return all words on some propositions, each once, in order of statement, the undated last."""
    words = {word.claim.id: word for one in matters for word in one.words}.values()
    return tuple(sorted(words, key=_stated))


def _stated(word: Word) -> tuple[float, str, int]:
    said = word.report.said
    return said.timestamp() if said is not None else math.inf, word.report.id, word.claim.anchor.start


def telling(matter: Matter) -> tuple[Word, ...]:
    """Return the words for a proposition that tell its very event, all that stand for it where none does."""
    said = tuple(word for word in matter.words if not word.denies)
    return tuple(word for word in said if word.claim.event == matter.proposition.event) or said


def quoted(matters: Iterable[Matter], zone: ZoneInfo) -> str:
    """Return the last words of each voice on the very event, for and against, with who said them, where and when."""
    told = []
    for one in matters:
        words = {word.claim.id: word for word in one.words}
        for voices, denies in ((one.assessment.voices_for, False), (one.assessment.voices_against, True)):
            told += [_quotation(word, zone, denies=denies) for voice in voices if (word := _last(voice, words, one))]
    return " | ".join(dict.fromkeys(told))


def source_of_word(word: Word) -> str:
    """Return who vouches for a word, the publisher where it is the narrator's."""
    claim, report = word.claim, word.report
    name = (report.narrator or report.id) if claim.source == _NARRATOR else claim.source
    return f"{name} ({claim.speaker})" if claim.speaker else name


def words_in(word: Word) -> str:
    """Return the sentences that carry a word, on one line."""
    where = passage_of(word.claim, word.report)
    return plain(word.report.text[where.start : where.end])


def joined(values: Iterable[object]) -> str:
    """Return values in one cell, each once, in the order in which they come; a semicolon in one becomes a comma."""
    return "; ".join(dict.fromkeys(str(value).replace(";", ",") for value in values))


def _quotation(word: Word, zone: ZoneInfo, *, denies: bool) -> str:
    said = word.report.said
    day = f"{said.astimezone(zone):%Y-%m-%d}" if said is not None else "undated"
    where = ", ".join(part for part in (word.report.publisher, day) if part)
    return f'{"Denied by " if denies else ""}{plain(source_of_word(word))} ({plain(where)}): "{words_in(word)}"'


def _last(voice: Voice, words: dict[str, Word], matter: Matter) -> Word | None:
    said = [words[claim] for claim in voice.claims if claim in words]
    return next(reversed([word for word in said if word.claim.event == matter.proposition.event] or said), None)


def _passage(word: Word) -> str:
    where = passage_of(word.claim, word.report)
    return f"{word.report.id}:{where.start}-{where.end}"
