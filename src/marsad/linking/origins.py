"""Where each report's text comes from: ten outlets that carry one agency story are one origin."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from datasketch import MinHash, MinHashLSH

from marsad.records import Origin
from marsad.theatre import fold
from marsad.vocabulary import load_outlets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from marsad.records import Report

_SHINGLE = 5
_PERMUTATIONS = 128
_NEAR_DUPLICATE = 0.5  # Jaccard similarity of five-word shingles
_BANDS = (32, 4)  # bands and rows: a similarity of 0.4 or more is likely to be noticed, and then compared exactly
_REWRITE_WORDS = 0.55  # share of the shorter text's long words that the other text has as well
_REWRITE_NAMES = 0.5  # the same for names and numbers
_REWRITE_WITHIN = timedelta(days=3)
_LONG_WORD = 4
_TOO_SHORT = 15  # long words; below this two texts can share their words by chance
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Print:
    """What two reports are compared by."""

    id: str
    published: datetime | None
    agency: bool
    credits: frozenset[str]
    copy_of: str | None
    shingles: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    quotations: frozenset[str]


def trace_origins(reports: Iterable[Report]) -> Mapping[str, Origin]:
    """Return the origin of every report by its id; the order in which they are given does not matter."""
    reports = list(reports)
    prints = {report.id: _print(report) for report in reports}
    kin: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for one, other, reasons in _pairs(prints):
        kin[one][other] = reasons
        kin[other][one] = reasons
    credited = {report.id: report.agencies for report in reports}
    origins: dict[str, Origin] = {}
    for group in _groups(prints, kin):
        root = min(group, key=lambda member: _precedence(prints[member], group))
        for member in group:
            reasons = () if member == root else _why(member, root, kin)
            origins[member] = Origin(report=member, origin=root, agencies=credited[member], reasons=reasons)
    return {report: origins[report] for report in sorted(origins)}


def _print(report: Report) -> _Print:
    text = f"{report.title}\n{report.text}"
    words = re.findall(r"\w+", text.casefold())
    return _Print(
        id=report.id,
        published=report.published,
        agency=report.kind in (kinds := load_outlets()) and kinds[report.kind].agency,
        credits=frozenset(map(fold, report.agencies)),
        copy_of=report.copy_of,
        shingles=frozenset(" ".join(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1))),
        words=frozenset(word for word in words if len(word) >= _LONG_WORD),
        names=frozenset(re.findall(r"\b(?:\d[\d,.]*|[^\W\d_a-z]\w{3,})\b", text)),
        quotations=frozenset(quote.casefold() for quote in re.findall(r"[\"“]([^\"“”\n]{8,})[\"”]", text)),
    )


def _pairs(prints: Mapping[str, _Print]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield each pair of reports that share an origin, with the reasons, once."""
    declared = {(one.id, one.copy_of) for one in prints.values() if one.copy_of and one.copy_of in prints}
    of_missing: dict[str, list[str]] = defaultdict(list)
    for one in prints.values():
        if one.copy_of and one.copy_of not in prints:
            of_missing[one.copy_of].append(one.id)
    declared |= {pair for copies in of_missing.values() for pair in combinations(sorted(copies), 2)}
    for first, second in sorted(declared | set(_alike(prints)) | set(_crediting(prints))):
        if reasons := _reasons(prints[first], prints[second]):
            yield first, second, reasons


def _alike(prints: Mapping[str, _Print]) -> Iterator[tuple[str, str]]:
    index = MinHashLSH(num_perm=_PERMUTATIONS, params=_BANDS)
    for one in sorted(prints):
        sketch = MinHash(num_perm=_PERMUTATIONS, seed=1)
        sketch.update_batch([shingle.encode() for shingle in prints[one].shingles])
        yield from ((str(other), one) for other in index.query(sketch))
        index.insert(one, sketch)


def _crediting(prints: Mapping[str, _Print]) -> Iterator[tuple[str, str]]:
    """Yield pairs of reports that credit one agency within a few days, at least one of them the agency's own kind."""
    by_agency: dict[str, list[_Print]] = defaultdict(list)
    for one in prints.values():
        for agency in one.credits:
            by_agency[agency].append(one)
    for group in by_agency.values():
        dated = sorted((one for one in group if one.published), key=lambda one: (one.published or _LAST, one.id))
        for index, one in enumerate(dated):
            for other in dated[index + 1 :]:
                if (other.published or _LAST) - (one.published or _LAST) > _REWRITE_WITHIN:
                    break
                if one.agency or other.agency:
                    yield one.id, other.id


def _reasons(one: _Print, other: _Print) -> tuple[str, ...]:
    """Say why two reports share an origin; empty where they do not."""
    if one.copy_of == other.id or other.copy_of == one.id:
        return ("declared a copy",)
    if one.copy_of and one.copy_of == other.copy_of:
        return (f"both declared copies of {one.copy_of}",)
    wording = len(one.shingles & other.shingles) / len(one.shingles | other.shingles)
    if wording >= _NEAR_DUPLICATE and min(len(one.words), len(other.words)) >= _TOO_SHORT:
        return (f"{wording:.0%} of the wording is the same",)
    common = sorted(one.credits & other.credits)
    if not common or not (one.agency or other.agency):
        return ()
    words, names = _shared(one.words, other.words, _TOO_SHORT), _shared(one.names, other.names, 1)
    if words < _REWRITE_WORDS or names < _REWRITE_NAMES:
        return ()
    reasons = [
        f"both credit {', '.join(common)}",
        f"{words:.0%} of the words and {names:.0%} of the names are the same",
    ]
    if quotations := len(one.quotations & other.quotations):
        reasons.append(f"{quotations} quotations are the same")
    return tuple(reasons)


def _shared(one: frozenset[str], other: frozenset[str], least: int) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller >= least else 0.0


def _groups(prints: Mapping[str, _Print], kin: Mapping[str, Mapping[str, object]]) -> Iterator[list[str]]:
    seen: set[str] = set()
    for start in sorted(prints):
        if start in seen:
            continue
        group, waiting = [], [start]
        seen.add(start)
        while waiting:
            member = waiting.pop()
            group.append(member)
            fresh = kin.get(member, {}).keys() - seen
            seen |= fresh
            waiting.extend(fresh)
        yield sorted(group)


def _precedence(one: _Print, group: list[str]) -> tuple[bool, datetime, bool, str]:
    return one.copy_of in group, one.published or _LAST, not one.agency, one.id


def _why(member: str, root: str, kin: Mapping[str, Mapping[str, tuple[str, ...]]]) -> tuple[str, ...]:
    through = root if root in kin[member] else min(kin[member])
    return tuple(f"{reason} ({through})" for reason in kin[member][through])
