"""One part of speech for each word: by the language's small words, else by what stands beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from marsad.reading.parsing.shallow._words import MODIFIERS, NOMINAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marsad.reading.parsing.shallow._grammar import Grammar
    from marsad.reading.parsing.shallow._words import Word

# What a preposition may stand before.
_GOVERNED = NOMINAL | MODIFIERS | {"PRON", "PUNCT", "X", "ADV"}
_QUOTES = frozenset('«„“"')


def tagged(words: Sequence[Word], grammar: Grammar) -> tuple[list[Word], dict[int, int]]:
    """Return the words with one part of speech each, and which words belong to a fixed phrase, by its first word."""
    fixed = _phrases(words, grammar)
    found = list(words)
    for index, word in enumerate(words):
        if word.upos == "PUNCT":
            continue
        part = "PART" if index in fixed else _small(words, index, grammar, starts=index in fixed.values())
        found[index] = word.as_part(part) if part else _open([*found[:index], *words[index:]], index, grammar)
    return found, fixed


def _phrases(words: Sequence[Word], grammar: Grammar) -> dict[int, int]:
    """Return the later words of each phrase of several words, with its first; commas do not divide it."""
    found: dict[int, int] = {}
    for start in range(len(words)):
        for phrase in grammar.fixed:
            rest = _rest(words, start, phrase)
            if start not in found and rest is not None:
                found |= dict.fromkeys(rest, start)
                break
    return found


def _rest(words: Sequence[Word], start: int, phrase: tuple[str, ...]) -> list[int] | None:
    """Return the words of a phrase that follow its first, None where the phrase does not stand there."""
    if words[start].lower != phrase[0]:
        return None
    index, rest = start, []
    for part in phrase[1:]:
        index += 1
        if index < len(words) and words[index].text == ",":
            index += 1
        if index >= len(words) or words[index].lower != part:
            return None
        rest.append(index)
    return rest


def _small(words: Sequence[Word], index: int, grammar: Grammar, *, starts: bool) -> str | None:
    """Return the part of speech of a word that the grammar lists, None for any other."""
    word, small = words[index], grammar.words
    low = word.lower
    follows = words[index + 1] if index + 1 < len(words) else None
    if starts:
        opening = next(one for one in grammar.fixed if _rest(words, index, one) is not None)
        clausal = small["content"] | small["clausal"] | small["purpose"] | small["attributive"]
        return "SCONJ" if opening[-1] in clausal or " ".join(opening) in clausal else "ADP"
    counts = low in small["adverbs"] and follows is not None and follows.upos == "NUM"
    before = words[index - 1] if index else None
    if before is not None and before.lower in grammar.prepositions and word.may_be("NOUN"):
        return None
    if low in grammar.prepositions and follows is not None and follows.may_be(*_GOVERNED) and not counts:
        return "ADP"
    if low in small["content"] or low in small["clausal"] or low in small["purpose"]:
        return "SCONJ"
    lemmas = {one.lemma for one in word.readings}
    tests = (
        ("CCONJ", low in small["joining"]),
        ("PART", low in small["negation"] | small["conditional"]),
        ("ADV", low in small["adverbs"]),
        ("PRON", bool(lemmas & (small["relative"] | small["pronouns"] | small["owners"])) or low in small["owners"]),
        ("DET", bool(lemmas & small["determiners"]) or low in small["determiners"]),
    )
    return next((part for part, holds in tests if holds), None)


def _open(words: Sequence[Word], index: int, grammar: Grammar) -> Word:
    """Return a word of an open class with the readings of one part of speech."""
    word = words[index]
    if word.first.form in {"guess", "unknown"} and word.first.definite and word.upos == "NOUN":
        return word.as_part("ADJ") if _is_said_of(words, index) else word.kept("NOUN")
    if word.may_be("ADJ") and word.may_be(*NOMINAL) and not grammar.modifiers_first:
        return word.kept("ADJ") if _stands_behind(words, index) else word.kept(*NOMINAL)
    if word.may_be("ADJ") and word.may_be("NOUN"):
        return word.kept("ADJ") if _describes(words, index) else word.kept("NOUN")
    passive = tuple(one for one in word.readings if one.form == "imps")
    if passive:
        return replace(word, readings=passive)
    if word.may_be("VERB") and word.may_be(*NOMINAL):
        before = words[index - 1] if index else None
        governed = before is not None and (before.may_be("ADP") or (before.upos in MODIFIERS and before.agreeing(word)))
        return word.kept(*NOMINAL) if governed or word.upos in NOMINAL else word.kept("VERB")
    return word.kept(word.upos)


def _stands_behind(words: Sequence[Word], index: int) -> bool:
    """Tell that what stands before a word, a pronoun between them left out, is a noun that it can describe."""
    at = index - 1
    owned = at > 0 and words[at].upos == "PRON" and words[at].start == words[at - 1].end
    noun = words[at - 1] if owned else words[at] if at >= 0 else None
    if noun is None or noun.upos not in {"NOUN", "PROPN", "ADJ"}:
        return False
    return _matches(noun, words[index]) or (owned and words[index].first.definite)


def _is_said_of(words: Sequence[Word], index: int) -> bool:
    """Tell an adjective by what stands before it: two nouns with their article never stand side by side.

    A word that nobody knows may also name what a verb is done to, behind the one who does it.
    """
    at = index - 1
    if at > 0 and words[at].upos == "PRON" and words[at].start == words[at - 1].end:
        at -= 1
    if at < 0 or words[at].upos not in {"NOUN", "ADJ"} or not (words[at].first.definite or at < index - 1):
        return False
    return words[index].first.form == "guess" or at == 0 or words[at - 1].upos != "VERB"


def _matches(noun: Word, word: Word) -> bool:
    """Tell that both have an article or neither; a name needs none."""
    return noun.upos == "PROPN" or noun.first.definite == word.first.definite


def _describes(words: Sequence[Word], index: int) -> bool:
    """Tell an adjective by the noun that follows and agrees with it, other adjectives or a quotation mark between."""
    word = words[index].kept("ADJ")
    for after in words[index + 1 :]:
        if after.may_be(*NOMINAL) and word.agreeing(after.kept(*NOMINAL)):
            return True
        if not (after.may_be("ADJ", "DET") or after.text in _QUOTES):
            return False
    return False
