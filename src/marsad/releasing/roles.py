"""What a text says of who bears a name: the role before it, behind it, or in an apposition on either side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.releasing.runs import role_at
from marsad.vocabulary import load_roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.releasing.runs import Run, Word

_AGE = re.compile(r"\s*(?:,\s*(?:aged\s+)?\d{1,3}\s*(?=[,.;)]|$)|\(\s*(?:aged\s+)?\d{1,3}\s*\))")
_STOP = re.compile(r"[,.;:()\n\"“”—–]")
_FAR = 10  # words that the phrase of a role has at most
_OF = frozenset({"of", "from", "at"})  # whose: the body or the place that follows
_OPENS = frozenset({"who", "whose", "which", "that"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """That a name is a person's: the role that says so, "" where there is none, and whether several share it."""

    role: str = ""
    shared: bool = False

    @property
    def public(self) -> bool:
        """Whether the role is one that people hold in public."""
        return self.role in load_roles().public

    @property
    def private(self) -> bool:
        """Whether the role is one that people have for themselves."""
        return self.role in load_roles().private


def signs_of(text: str, words: Sequence[Word], run: Run, *, spoken: bool) -> list[Sign]:
    """Return the signs that a run is a person's name; with `spoken` a verb of saying beside it is one."""
    located = run.begin > 0 and words[run.begin - 1].key in load_roles().locating
    if located and not run.titled:
        return [Sign()] if _AGE.match(text, words[run.last - 1].end) else []
    found = [Sign(role=run.role)] if run.role else []
    found += [one for one in (_before(text, words, run), _behind(text, words, run)) if one is not None]
    if found:
        return found
    roles = load_roles()
    if not located and (run.titled or words[run.first].key in roles.kinship):
        return [Sign()]
    if _AGE.match(text, words[run.last - 1].end):
        return [Sign()]
    if spoken and run.last - run.first > 1 and _speaks(text, words, run):
        return [Sign()]
    return []


def _before(text: str, words: Sequence[Word], run: Run) -> Sign | None:
    """Return the role right before a name, or before the comma before it: "teacher X", "a teacher from Y, X"."""
    at = run.begin - 1
    if at < 0:
        return None
    between = text[words[at].end : words[run.begin].start]
    if between == " ":
        naming = _naming(words, at)
        at -= naming
        role = role_at(words, at) if at >= 0 else None
        if role is None and naming > 1:
            return Sign(shared=True)
        if role is None or words[at].owns:
            return None
        return Sign(role=role, shared=not _is_one(words[at], role))
    if between != ", " or not _closes(text, words, run):
        return None
    first = at
    while first > 0 and at - first < _FAR and not _STOP.search(text, words[first - 1].end, words[first].start):
        first -= 1
    return _phrase(words, first, at + 1, single=run.last - run.first == 1)


def _naming(words: Sequence[Word], at: int) -> int:
    """Return of how many words what says that a name follows is: "a teacher named"."""
    naming = load_roles().naming
    if words[at].key in naming:
        return 1
    return 2 if at and f"{words[at - 1].key} {words[at].key}" in naming else 0


def _closes(text: str, words: Sequence[Word], run: Run) -> bool:
    """Tell whether what follows a name lets it stand for what was told before it."""
    end = words[run.last - 1].end
    if run.last >= len(words) or _STOP.search(text, end, words[run.last].start):
        return True
    return words[run.last].key in load_roles().saying | _OF


def _phrase(words: Sequence[Word], first: int, last: int, *, single: bool) -> Sign | None:
    """Return the role that heads the words `[first, last)`; behind an "of" or "in" a `single` word is a place's."""
    ends = load_roles().ends
    for at in range(first, last):
        role = role_at(words, at, first)
        closed = at + 1 == last or words[at + 1].key in ends | _OPENS
        if role is not None and closed and not words[at].owns and _is_one(words[at], role):
            return None if single and at + 1 < last else Sign(role=role)
    return None


def _behind(text: str, words: Sequence[Word], run: Run) -> Sign | None:
    """Return the role in the words behind a name and its comma: ", 34, a teacher", ", who heads the council"."""
    roles, end = load_roles(), words[run.last - 1].end
    if (age := _AGE.match(text, end)) is not None:
        end = age.end()
    first = next((at for at in range(run.last, min(run.last + 4, len(words))) if words[at].start >= end), None)
    if first is None or text[end : words[first].start] not in {", ", " (", " – ", " - ", " — "}:
        return None
    if words[first].key == "who":
        return _does(words, first + 1)
    last = first
    while last < len(words) and last - first < _FAR and words[last].key not in roles.ends | _OPENS:
        last += 1
        if last < len(words) and _STOP.search(text, words[last - 1].end, words[last].start):
            break
    else:
        if last < len(words) and words[last].key in roles.saying:
            return None
    role = role_at(words, last - 1, first) if last > first and not words[last - 1].owns else None
    return Sign(role=role) if role is not None and _is_one(words[last - 1], role) else None


def _is_one(word: Word, role: str) -> bool:
    """Tell whether the last word of a role stands in the singular."""
    return word.key.removeprefix("ex-") == role.rsplit(maxsplit=1)[-1]


def _does(words: Sequence[Word], at: int) -> Sign | None:
    """Return the role of whoever does what the verb at a word says: who heads something is a head."""
    for size in (2, 1):
        verb = " ".join(word.key for word in words[at : at + size])
        if (public := load_roles().doing.get(verb)) is not None:
            return Sign(role="head" if public else "")
    return None


def _speaks(text: str, words: Sequence[Word], run: Run) -> bool:
    saying = load_roles().saying
    after = words[run.last] if run.last < len(words) else None
    if after is not None and text[words[run.last - 1].end : after.start] == " " and after.key in saying:
        return True
    before = words[max(0, run.begin - 2) : run.begin]
    if not before or text[before[-1].end : words[run.begin].start] != " ":
        return False
    if not _closes(text, words, run):
        return False
    return before[-1].key in saying or " ".join(word.key for word in before) in saying
