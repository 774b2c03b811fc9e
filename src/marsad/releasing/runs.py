"""Names as they are written: runs of capitalised words, with the words beside them that tell who is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.vocabulary import load_roles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD = re.compile(r"[^\W_]+(?:['’‘ʼ\-‑][^\W_]+)*")
_ARTICLED = re.compile(r"(?:al|el|as|ash|an|ar|at|ad)[-‑](?=[^\W\d_])(?![a-z])")  # "al-Faleh"
_POSSESSIVE = re.compile(r"['’]s?$")
_LONGEST = 5  # words of a name
_PHRASE = 3  # words of a role
_ABBREVIATED = 5  # letters of a title that may end in a full stop
_SERGEANT = 3  # and of a private role that may


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text `[start, end)`; `key` is how it is compared, `owns` whether an 's was cut off."""

    start: int
    end: int
    text: str
    key: str
    owns: bool

    @property
    def capital(self) -> bool:
        """Whether it begins as names do."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Run:
    """A name: words `[first, last)` of a text; the run begins at `begin`, with a title or role where it has one."""

    begin: int
    first: int
    last: int
    role: str | None
    titled: bool


def words_in(text: str) -> list[Word]:
    """Return the words of a text in order."""
    found = []
    for match in _WORD.finditer(text):
        whole = match[0]
        bare = _POSSESSIVE.sub("", whole)
        found.append(Word(match.start(), match.start() + len(bare), bare, bare.lower(), bare != whole))
    return found


def runs_in(text: str, words: Sequence[Word]) -> Iterator[Run]:
    """Yield the runs that can be names of persons, bodies among them, in order."""
    at = 0
    while at < len(words):
        if not words[at].capital:
            at += 1
            continue
        end = _end(text, words, at)
        if (run := _named(words, at, end)) is not None:
            yield run
        at = end


def role_at(words: Sequence[Word], last: int, first: int = 0) -> str | None:
    """Return the longest role that ends with a word, in the singular; None where it is none."""
    roles = load_roles()
    for size in range(min(_PHRASE, last + 1 - first), 0, -1):
        phrase = " ".join(word.key for word in words[last + 1 - size : last + 1])
        for name in (
            phrase,
            phrase.removeprefix("ex-"),
            phrase.removesuffix("s"),
            re.sub(r"men$", "man", re.sub(r"ies$", "y", phrase)),
        ):
            if name in roles.public or name in roles.private:
                return name
    return None


def _end(text: str, words: Sequence[Word], at: int) -> int:
    particles = load_roles().particles
    end = at + 1
    while end < len(words) and not words[end - 1].owns and _joined(text, words[end - 1], words[end]):
        if words[end].capital or _ARTICLED.match(words[end].text):
            end += 1
        elif (
            words[end].key in particles
            and end + 1 < len(words)
            and words[end + 1].capital
            and _joined(text, words[end], words[end + 1])
        ):
            end += 2
        else:
            break
    return end


def _joined(text: str, one: Word, other: Word) -> bool:
    between = text[one.end : other.start]
    if between == ". ":
        roles = load_roles()
        short = len(one.key) <= _ABBREVIATED and (one.key in roles.public or one.key in roles.titles)
        return short or len(one.key) == 1 or (one.key in roles.private and len(one.key) <= _SERGEANT)
    return between == " "


def _named(words: Sequence[Word], first: int, last: int) -> Run | None:
    """Return the name in a run of capitalised words, None where it can be no person's."""
    roles = load_roles()
    while first < last and words[first].key in roles.starts:
        first += 1
    begin, role, titled = first, None, False
    for at in range(last - 2, first - 1, -1):
        found = role_at(words, at, first)
        if found is not None or words[at].key in roles.titles:
            role, titled, first = found, True, at + 1
            break
    if not first < last <= first + _LONGEST or role_at(words, last - 1, first) is not None:
        return None
    if any(word.key in roles.others for word in words[first:last]):
        return None
    if last - first == 1 and words[first].text.isupper():
        return None
    return Run(begin, first, last, role, titled)
