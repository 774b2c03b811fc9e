"""Russian by the small networks of slovnet with the weights that natasha ships, and the dictionary of pymorphy3."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad.reading.parsing.universal import Word, housed
from marsad.reading.tree import mark_inflected
from marsad.vocabulary import load_grammar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from marsad.vocabulary import Grammar

_SENTENCES_AT_ONCE = 64
_CODE = "ru"
_ENTITIES = {"PER": "PERSON", "LOC": "GPE", "ORG": "ORG"}
# Universal features in the words of the dictionary.
_CASES = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}
_GENDERS = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}
_NUMBERS = {"Sing": "sing", "Plur": "plur"}
_FEATURES = (("Case", _CASES), ("Gender", _GENDERS), ("Number", _NUMBERS))
# Endings of names by gender and case, with that of the nominative; the first that fits.
_ENDINGS = {
    ("Fem", "Gen"): (("ки", "ка"), ("ги", "га"), ("хи", "ха"), ("ы", "а"), ("и", "ь")),
    ("Fem", "Dat"): (("е", "а"), ("и", "ь")),
    ("Fem", "Acc"): (("у", "а"), ("ю", "я")),
    ("Fem", "Ins"): (("ой", "а"), ("ью", "ь"), ("ей", "я")),
    ("Fem", "Loc"): (("е", "а"), ("и", "ь")),
    ("Masc", "Gen"): (("а", ""), ("я", "ь")),
    ("Masc", "Dat"): (("у", ""), ("ю", "ь")),
    ("Masc", "Acc"): (("а", ""), ("я", "ь")),
    ("Masc", "Ins"): (("ом", ""), ("ым", ""), ("ем", "ь")),
    ("Masc", "Loc"): (("е", ""),),
    ("Neut", "Gen"): (("а", "о"), ("я", "е")),
    ("Neut", "Dat"): (("у", "о"), ("ю", "е")),
    ("Neut", "Ins"): (("ом", "о"), ("ем", "е")),
    ("Neut", "Loc"): (("е", "о"),),
}
_PARTS = {
    "NOUN": {"NOUN"},
    "PROPN": {"NOUN", "ADJF"},
    "VERB": {"VERB", "INFN", "PRTF", "PRTS", "GRND"},
    "AUX": {"VERB", "INFN"},
    "ADJ": {"ADJF", "ADJS", "COMP", "PRTF"},
    "ADV": {"ADVB", "COMP", "PRED", "PRCL"},
    "DET": {"ADJF", "NPRO"},
    "PRON": {"NPRO", "ADJF"},
    "NUM": {"NUMR", "ADJF"},
    "ADP": {"PREP"},
    "CCONJ": {"CONJ"},
    "SCONJ": {"CONJ"},
    "PART": {"PRCL"},
}
# Endings of any noun or adjective in any case, the longest first.
_ENDING_OF_ANY = (
    *(
        "ями",
        "ами",
        "ыми",
        "ими",
        "ого",
        "его",
        "ому",
        "ему",
        "ией",
        "иям",
        "иях",
        "ев",
        "ов",
        "ах",
        "ях",
        "ам",
        "ям",
        "ом",
        "ем",
    ),
    *(
        "ой",
        "ей",
        "ою",
        "ею",
        "ым",
        "им",
        "ых",
        "их",
        "ую",
        "юю",
        "ая",
        "яя",
        "ое",
        "ее",
        "ый",
        "ий",
        "ые",
        "ие",
        "ия",
        "ию",
        "ии",
    ),
    *("ью", "а", "я", "о", "е", "у", "ю", "ы", "и", "ь", "й"),
)
_SHORTEST = 3
_MOST_KNOWN = 50_000
# The cases after prepositions, the likeliest for a name of a place first.
_GOVERNED = {
    **dict.fromkeys(
        ("из", "от", "до", "у", "около", "близ", "вблизи", "вокруг", "возле", "для", "без", "из-за", "против"), ("Gen",)
    ),
    **dict.fromkeys(("над", "перед", "между"), ("Ins",)),
    **dict.fromkeys(("под", "за"), ("Ins", "Acc")),
    **dict.fromkeys(("в", "во", "на"), ("Loc", "Acc")),
    **dict.fromkeys(("о", "об", "при"), ("Loc",)),
    **dict.fromkeys(("к", "ко", "по"), ("Dat", "Loc")),
    **dict.fromkeys(("с", "со"), ("Gen", "Ins")),
    **dict.fromkeys(("через", "про"), ("Acc",)),
}
_NAMED = frozenset({"PROPN", "ADJ", "NOUN", "DET"})


@dataclass(frozen=True, slots=True)
class SlovnetParser:
    """The parser: `morph`, `syntax` and `names` are its networks, `dictionary` the forms of words."""

    morph: Any
    syntax: Any
    names: Any
    dictionary: Any
    vocab: Vocab
    grammar: Grammar
    _bases: dict[str, str] = field(default_factory=dict)
    _known: dict[str, Any] = field(default_factory=dict)

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield the tree of each sentence."""
        waiting = iter(texts)
        while batch := list(itertools.islice(waiting, _SENTENCES_AT_ONCE)):
            cuts = [_tokens(text) for text in batch]
            told = [[word for word, _ in cut] for cut in cuts]
            filled = [words for words in told if words]
            trees = zip(self.morph.map(filled), self.syntax.map(filled), strict=True)
            for text, cut, names in zip(batch, cuts, self.names.map(batch), strict=True):
                words = self._words(cut, *next(trees), names.spans) if cut else []
                doc = housed(words, text, self.vocab, self.grammar)
                yield mark_inflected(doc)

    def base(self, word: str) -> str:
        """Return what all forms of a word have in common, by which names are compared."""
        if word not in self._bases:
            found = [one for one in self._readings(word.lower()) if str(one.tag.POS) in {"NOUN", "ADJF"}]
            known = next((one.normal_form for one in found if one.is_known), None)
            self._bases[word] = _stem(_lemma(known or word))
        return self._bases[word]

    def _words(self, cut: Sequence[tuple[str, int]], forms: Any, tree: Any, spans: Sequence[Any]) -> list[Word]:
        kinds = {i: _ENTITIES[one.type] for one in spans for i in range(one.start, one.stop)}
        ids = {token.id: index for index, token in enumerate(tree.tokens)}
        words: list[Word] = []
        for index, ((text, start), form, node) in enumerate(zip(cut, forms.tokens, tree.tokens, strict=True)):
            feats = dict(form.feats)
            head = ids.get(node.head_id, -1)
            capital = text[:1].isupper() and (index > 0 or form.pos == "PROPN" or start in kinds)
            upos = "PROPN" if form.pos == "NOUN" and capital and start in kinds else form.pos
            if upos == "ADJ" and capital and kinds.get(start) == "GPE" and not self._is_adjective(text):
                upos = "PROPN"
            part = self._parse(text, upos, feats)
            if part is not None and {"PRTF", "PRTS"} & {str(part.tag.POS)}:
                upos, feats = _participle(upos, feats, str(part.tag))
            words.append(
                Word(
                    text=text,
                    start=start,
                    lemma=_lemma(text if part is None else part.normal_form),
                    base=self._base_of(text, upos, feats, tree.tokens, index),
                    upos=upos,
                    feats=feats,
                    head=head if head != index else -1,
                    deprel="root" if head in {-1, index} else node.rel,
                    entity=kinds.get(start, ""),
                )
            )
        return words

    def _base_of(self, text: str, upos: str, feats: Mapping[str, str], tokens: Sequence[Any], index: int) -> str:
        """Return a word as its name stands alone; a common noun behind another keeps its genitive."""
        bare = tokens[index].rel == "nmod" and not any(
            c.head_id == tokens[index].id and c.rel == "case" for c in tokens
        )
        if upos not in _NAMED or (bare and text[0].islower()):
            return text
        governed = _governed(tokens, index, bare=bare or (upos == "PROPN" and tokens[index].rel == "amod"))
        if governed is None or feats.get("Case") in governed or text.isupper():
            return self._nominative(text, feats)
        # The preposition knows the case of a name better than the network does.
        return self._nominative(text, {"Case": governed[0], "Number": "Sing"})

    def _readings(self, word: str) -> Any:
        """Return the dictionary's readings of a word, each word looked up once."""
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        if word not in self._known:
            self._known[word] = self.dictionary.parse(word)
        return self._known[word]

    def _is_adjective(self, text: str) -> bool:
        return any(one.is_known and str(one.tag.POS) == "ADJF" for one in self._readings(text))

    def _parse(self, text: str, upos: str, feats: Mapping[str, str]) -> Any:
        """Return the dictionary's reading of a word that agrees best with its features, None for what is no word."""
        wanted = _PARTS.get(upos)
        found = self._readings(text)
        if wanted is None or not found:
            return None
        fitting = [one for one in found if str(one.tag.POS) in wanted]
        return max(fitting or found, key=lambda one: (_agreement(one.tag, feats), one.score))

    def _nominative(self, text: str, feats: Mapping[str, str]) -> str:
        """Return the nominative of a name, with the capitals of the text."""
        lower = text.lower()
        still = feats.get("Case") == "Nom" or (feats.get("Case") == "Acc" and feats.get("Gender") != "Fem")
        if still and feats.get("Animacy") != "Anim":
            return text
        # Few names end so that are not countries and regions: "Сирии", "в Кеставии".
        if lower.endswith("ии") and feats.get("Number") != "Plur":
            return f"{text[:-1]}{'Я' if text.isupper() else 'я'}"
        found = [one for one in self._readings(lower) if str(one.tag.POS) in {"NOUN", "ADJF"}]
        if not found or any("Fixd" in one.tag and one.is_known for one in found):
            return text
        best = max(found, key=lambda one: (_agreement(one.tag, feats), one.is_known, one.score))
        if _agreement(best.tag, feats) < sum(feats.get(name) in table for name, table in _FEATURES):
            return _cased(_undeclined(lower, feats), text)
        inflected = best.inflect({"nomn"})
        return _cased(inflected.word, text) if inflected is not None else text


def load(model: str) -> SlovnetParser:
    """Load the networks from the package named `model`; ImportError where that, or what runs them, is not installed."""
    import pymorphy3  # noqa: PLC0415 - takes a moment, and only readers of Russian need it
    import spacy  # noqa: PLC0415
    from navec import Navec  # noqa: PLC0415
    from slovnet import NER, Morph, Syntax  # noqa: PLC0415

    spec = find_spec(model)
    if spec is None or not spec.submodule_search_locations:
        raise ImportError(f"No module named {model!r}", name=model)
    # The package's own code is not run: it wants an older dictionary.
    data = Path(next(iter(spec.submodule_search_locations))) / "data"
    vectors = Navec.load(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")
    networks = [
        kind.load(data / "model" / f"slovnet_{name}_news_v1.tar")
        for kind, name in ((Morph, "morph"), (Syntax, "syntax"), (NER, "ner"))
    ]
    for network in networks:
        network.navec(vectors)
    morph, syntax, names = networks
    dictionary = pymorphy3.MorphAnalyzer(lang=_CODE)
    return SlovnetParser(morph, syntax, names, dictionary, spacy.blank(_CODE).vocab, load_grammar(_CODE))


def _tokens(text: str) -> list[tuple[str, int]]:
    """Return the words with their offsets; a letter and the number on it are one: "М5"."""
    from razdel import tokenize  # noqa: PLC0415

    found: list[tuple[str, int]] = []
    for token in tokenize(text):
        if (
            found
            and found[-1][1] + len(found[-1][0]) == token.start
            and found[-1][0].isalpha()
            and token.text.isdigit()
        ):
            found[-1] = (found[-1][0] + token.text, found[-1][1])
        else:
            found.append((token.text, token.start))
    return found


def _participle(upos: str, feats: Mapping[str, str], tag: str) -> tuple[str, dict[str, str]]:
    """Return a participle, which the network may call an adjective, as a form of its verb."""
    voice = "Pass" if "pssv" in tag else "Act"
    tense = "Pres" if "pres" in tag else "Past"
    kept = {name: value for name, value in feats.items() if name != "Degree"}
    return ("VERB" if upos in {"ADJ", "VERB"} else upos), {**kept, "VerbForm": "Part", "Voice": voice, "Tense": tense}


def _agreement(tag: Any, feats: Mapping[str, str]) -> int:
    """Return how many features a reading of the dictionary shares with those of the network."""
    return sum(table.get(feats.get(name, "")) in tag for name, table in _FEATURES if feats.get(name) in table)


def _undeclined(word: str, feats: Mapping[str, str]) -> str:
    """Return the nominative of a name that the dictionary knows for another word: "Хамы" is no plural of a boor."""
    for gender in (feats.get("Gender", ""), "Fem", "Masc", "Neut"):
        for ending, nominative in _ENDINGS.get((gender, feats.get("Case", "")), ()):
            if word.endswith(ending) and len(word) > len(ending) + 1 and feats.get("Number") == "Sing":
                return word.removesuffix(ending) + nominative
    return word


def _stem(word: str) -> str:
    """Return a word without what is an ending in some declension."""
    ending = next((one for one in _ENDING_OF_ANY if word.endswith(one) and len(word) - len(one) >= _SHORTEST), "")
    return word.removesuffix(ending)


def _governed(tokens: Sequence[Any], index: int, *, bare: bool) -> tuple[str, ...] | None:
    """Return the cases in which a word can stand after its preposition or bare behind a noun, None for any."""
    if bare:
        return ("Gen", "Dat", "Ins")
    above = tokens[index].id
    words = (one.text.lower() for one in tokens if one.head_id == above and one.rel == "case")
    return _GOVERNED.get(next(words, ""))


def _lemma(word: str) -> str:
    """Return a lemma as the word lists have it, without the dots that the press leaves out."""
    return word.lower().replace("ё", "е")


def _cased(word: str, like: str) -> str:
    """Return a word with the capitals of another: "аль-Бабе" to "аль-Баб"."""
    if like.isupper() and len(like) > 1:
        return word.upper()
    parts, old = word.split("-"), like.split("-")
    old += [""] * (len(parts) - len(old))
    return "-".join(p[:1].upper() + p[1:] if o[:1].isupper() else p for p, o in zip(parts, old, strict=False))
