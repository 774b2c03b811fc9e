"""Readings of words that show case, number and gender by their endings, from a dictionary of forms (pymorphy3)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from marsad.reading.parsing.shallow._words import Reading, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"\d+(?:[.,:]\d+)*(?:-[^\W\d_]+)?|[^\W\d_]+(?:['’ʼ`-][^\W_]+)*|\.{2,}|\S", re.UNICODE)
_PARTS = {
    "NOUN": "NOUN",
    "ADJF": "ADJ",
    "ADJS": "ADJ",
    "COMP": "ADV",
    "VERB": "VERB",
    "INFN": "VERB",
    "GRND": "VERB",
    "PRTF": "ADJ",
    "PRTS": "ADJ",
    "NUMR": "NUM",
    "NUMB": "NUM",
    "ADVB": "ADV",
    "NPRO": "PRON",
    "PREP": "ADP",
    "CONJ": "CCONJ",
    "PRCL": "PART",
    "INTJ": "INTJ",
    "PRED": "ADV",
    "PNCT": "PUNCT",
    "LATN": "PROPN",
    "ROMN": "NUM",
}
# What follows the dash of a number: "58-ма".
_ORDINAL = frozenset({"а", "ї", "ма", "й", "ий", "ій", "ою", "та", "ту", "го", "му", "ю", "ша", "га", "ої", "те"})
# What case and number add to the stem of a name.
_ENDING = re.compile(
    r"(?<=\w{2})(?:(?:ов|ев|єв)?(?:ого|ому|ими|ій|ої|ою|их|им|ам|ах|ами|ями|ом|ем|єм|ею|єю|ий|ям|ях|ь|[аяеєиіїоуюй])|[іїоеє]в)$"
)
# The vowel before the last consonant of some nouns, which other cases lack.
_FLEETING = re.compile(r"(?<=\w{3})[еєо](?=[цкнлр]$)")
_CASES = {
    "nomn": "Nom",
    "gent": "Gen",
    "datv": "Dat",
    "accs": "Acc",
    "ablt": "Ins",
    "loct": "Loc",
    "voct": "Voc",
    "gen2": "Gen",
    "acc2": "Acc",
    "loc2": "Loc",
}
_GENDERS = {"masc": "Masc", "femn": "Fem", "neut": "Neut"}
_ENTITIES = {"Geox": "GPE", "Orgn": "ORG", "Name": "PERSON", "Surn": "PERSON", "Patr": "PERSON"}
_OPENING = frozenset("«„“\"'(—–-[…")
# Numbers of one word that are written with a capital or a dash: names of weapons are names, not counts.
_FORMS = {"INFN": "inf", "GRND": "conv", "PRTF": "part", "PRTS": "part"}


@dataclass
class InflectedAnalyser:
    """Reads words by a dictionary of forms; `code` is the language's, `engine` the dictionary."""

    code: str
    engine: Any
    _seen: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def words(self, text: str) -> tuple[Word, ...]:
        """Return the words of a sentence with their readings; a capital inside a sentence makes a name."""
        found: list[Word] = []
        for match in _WORD.finditer(text):
            opens = not found or (found[-1].text in _OPENING and len(found) == 1)
            opens = opens or (bool(found) and found[-1].text in {"«", "„", "“", ":"})
            readings = tuple(self._readings(match.group(), opens=opens))
            found.append(Word(match.group(), match.start(), readings))
        return tuple(found)

    def base(self, word: str) -> str:
        """Return the stem of a word's dictionary form, and of a name as it stands: no dictionary has it."""
        if not word[:1].isalpha() or word in _ORDINAL:
            return "" if word in _ORDINAL else word
        nouns = {"NOUN"} if word[0].isupper() else {"NOUN", "ADJF", "VERB", "NUMR", "NPRO"}
        common = [
            one for one in self._parse(word) if str(one.tag.POS) in nouns and not _grammemes(one) & _ENTITIES.keys()
        ]
        known = common and self.engine.word_is_known(word)
        return _FLEETING.sub(
            "", _ENDING.sub("", min(str(one.normal_form) for one in common) if known else word.lower())
        )

    @cached_property
    def _marks(self) -> re.Pattern[str]:
        return re.compile(r"[^\w\s]+", re.UNICODE)

    def _parse(self, form: str) -> tuple[Any, ...]:
        key = form.replace("’", "'").replace("ʼ", "'").replace("`", "'")
        if key not in self._seen:
            self._seen[key] = tuple(self.engine.parse(key))
        return self._seen[key]

    def _readings(self, form: str, *, opens: bool) -> Iterator[Reading]:
        if self._marks.fullmatch(form):
            yield Reading(upos="PUNCT", lemma=form, base=form)
            return
        if form[0].isdigit():
            kind = "ADJ" if re.search(r"-[^\W\d]", form) else "NUM"
            yield Reading(upos=kind, lemma=form, base=form)
            return
        parsed = _likely(self._parse(form))
        named = form[0].isupper() and not (opens and _is_common(self.engine, form, parsed))
        readings = [self._reading(form, one, named=named) for one in parsed]
        if named and not any(one.upos == "PROPN" for one in readings):
            readings = [replace(one, upos="PROPN", base=form) for one in readings[:1]]
        readings = [one for one in readings if one.case != "Voc" and one.tense != "Imp"] or readings
        if named and not self.engine.word_is_known(form):
            # What no dictionary has is a place as often as a person: it may be an object as it stands.
            readings += [replace(one, case="Acc") for one in readings if one.case == "Nom" and one.gender == "Masc"]
        if not self.engine.word_is_known(form) and not any(one.case in {"", "Nom"} for one in readings):
            first = readings[0]
            readings.append(replace(first, case="Nom", number="Plur", gender="", lemma=form.lower(), base=form))
        # A name is seldom in the plural; where it may be a genitive that is meant.
        single = any(one.upos == "PROPN" and one.number == "Sing" and one.case == "Gen" for one in readings)
        readings = [one for one in readings if not single or one.upos != "PROPN" or one.number != "Plur"]
        # A village is more often called by an adjective in the neuter than by one in the masculine.
        yield from dict.fromkeys(sorted(readings, key=lambda one: one.form == "name" and one.gender == "Masc"))

    def _reading(self, form: str, parsed: Any, *, named: bool) -> Reading:
        tag, marks = parsed.tag, _grammemes(parsed)
        upos = "NUM" if "NUMB" in marks else _PARTS.get(str(tag.POS), "X")
        kind = (
            "imps"
            if "Impe" in marks
            else "inf"
            if "infn" in marks
            else _FORMS.get(str(tag.POS), "fin" if upos == "VERB" else "")
        )
        nominal = upos in {"NOUN", "ADJ", "PRON", "NUM"}
        proper = named and upos in {"NOUN", "ADJ", "X"}
        known = proper and self.engine.word_is_known(form)
        entity = next((label for name, label in _ENTITIES.items() if name in marks), "") if known else ""
        number = {"sing": "Sing", "plur": "Plur"}.get(str(tag.number), "")
        gender = next((_GENDERS[one] for one in _GENDERS if one in marks), "")
        return Reading(
            upos="PROPN" if proper else upos,
            lemma=self._verb_of(form.lower(), kind or ("part" if "pssv" in marks else ""), parsed.normal_form),
            base=_cased(form, self._nominative(parsed)) if nominal or proper else form,
            case=_CASES.get(str(tag.case), ""),
            number=number or ("Sing" if gender else ""),
            gender=gender,
            form=kind or ("part" if "pssv" in marks else "name" if proper and upos == "ADJ" else ""),
            tense={"past": "Past", "pres": "Pres", "futr": "Fut"}.get(str(tag.tense), "Imp" if "impr" in marks else ""),
            person=str(tag.person)[:1] if tag.person else "",
            entity=entity,
            passive=bool(marks & {"pssv", "Impe"}),
        )

    def _verb_of(self, form: str, kind: str, lemma: str) -> str:
        """Return the infinitive of a converb or participle, which the dictionary has as a word of its own."""
        tried: tuple[str, ...] = ()
        if kind == "conv":
            tried = (form.removesuffix("ши"), form.removesuffix("чи") + "ть")
        elif kind == "part" and lemma.endswith("ий"):
            tried = (lemma.removesuffix("ий") + "о",)
        verbs = (
            one for word in tried if word != form for one in self._parse(word) if str(one.tag.POS) in {"VERB", "INFN"}
        )
        return next((str(one.normal_form) for one in verbs), lemma)

    def _nominative(self, parsed: Any) -> str:
        marks = _grammemes(parsed)
        inflected = parsed.inflect({"nomn", *(marks & {"plur", *_GENDERS})})
        return str(inflected.word) if inflected is not None else str(parsed.word)


def _likely(parsed: tuple[Any, ...]) -> tuple[Any, ...]:
    """Leave out women's names that never change, and accusatives that no living thing has."""
    changing = tuple(one for one in parsed if not {"Fixd", "Surn"} <= _grammemes(one)) or parsed
    finite = any(str(one.tag.POS) == "VERB" and "infn" not in _grammemes(one) for one in changing)
    changing = tuple(one for one in changing if not (finite and "infn" in _grammemes(one)))
    genitive = {_number(one) for one in changing if "gent" in _grammemes(one)}

    def real(one: Any) -> bool:
        marks = _grammemes(one)
        return not ({"anim", "accs"} <= marks and "femn" not in marks and _number(one) not in genitive)

    return tuple(filter(real, changing)) or changing


def _number(parsed: Any) -> bool:
    return "plur" in _grammemes(parsed)


def _grammemes(parsed: Any) -> frozenset[str]:
    return frozenset(re.split(r"[ ,]", str(parsed.tag)))


def _is_common(engine: Any, form: str, parsed: tuple[Any, ...]) -> bool:
    """Tell a word that opens a sentence and is in the dictionary as a common one."""
    common = [one for one in parsed if not _grammemes(one) & {*_ENTITIES, "Abbr", "Prop"}]
    return bool(common) and engine.word_is_known(form) and not (form.isupper() and len(form) > 1)


def _cased(form: str, base: str) -> str:
    """Return a base form with the capitals of the form in the text."""
    if form.isupper() and len(form) > 1:
        return base.upper()
    parts = re.split(r"([-'’ʼ\s])", form)
    bases = re.split(r"([-'’ʼ\s])", base)
    if len(parts) != len(bases):
        return base[:1].upper() + base[1:] if form[:1].isupper() else base
    return "".join(b[:1].upper() + b[1:] if p[:1].isupper() else b for p, b in zip(parts, bases, strict=True))


def load_analyser(code: str) -> InflectedAnalyser:
    """Return the analyser of a language by its dictionary; raise ImportError where it is not installed."""
    import pymorphy3  # noqa: PLC0415 - of an extra

    try:
        return InflectedAnalyser(code, pymorphy3.MorphAnalyzer(lang=code))
    except (ValueError, OSError) as error:
        raise ImportError(f"no dictionary of '{code}' for pymorphy3") from error
