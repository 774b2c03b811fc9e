"""The parser that goes by rules, and which analyser a language needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from marsad import vocabulary
from marsad.reading.parsing.shallow._clauses import ClauseMaker
from marsad.reading.parsing.shallow._draft import Draft
from marsad.reading.parsing.shallow._grammar import Grammar, load_grammar
from marsad.reading.parsing.shallow._phrases import PhraseMaker
from marsad.reading.parsing.shallow._roles import RoleMaker
from marsad.reading.parsing.shallow._tagging import tagged
from marsad.vocabulary.language import Language, load_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from marsad.reading.parsing.shallow._words import Analyser

_VOCABULARY = Path(vocabulary.__file__).parent


@dataclass
class ShallowParser:
    """Makes trees by rules from the words that an analyser reads."""

    analyser: Analyser
    grammar: Grammar
    language: Language

    @cached_property
    def _vocab(self) -> Vocab:
        import spacy  # noqa: PLC0415 - a second of start-up that commands without reading need not pay

        return spacy.blank(self.language.code).vocab

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield the tree of each sentence, in order."""
        return (self._parsed(text) for text in texts)

    def base(self, word: str) -> str:
        """Return the base form of a word that stands alone, cased as it is."""
        return self.analyser.base(word)

    def _parsed(self, text: str) -> Doc:
        words, fixed = tagged(self.analyser.words(text), self.grammar)
        draft = Draft(words, articles=not self.grammar.cased)
        if words:
            phrases = PhraseMaker(draft, self.grammar, self.language, fixed).made()
            clauses = ClauseMaker(draft, self.grammar, self.language, fixed).made(phrases)
            draft.finish(RoleMaker(draft, self.grammar, self.language).made(clauses))
        return draft.doc(text, self._vocab)


def load(model: str) -> ShallowParser:
    """Return the parser of the language of that code; raise ImportError where its analyser is not installed."""
    folder = _VOCABULARY / model
    grammar = load_grammar(folder / "grammar.toml")
    analyser: Analyser
    if grammar.cased:
        from marsad.reading.parsing.shallow._inflected import load_analyser  # noqa: PLC0415 - of an extra

        analyser = load_analyser(model)
    else:
        from marsad.reading.parsing.shallow._clitics import load_analyser as load_clitics  # noqa: PLC0415

        analyser = load_clitics(folder, load_language(model))
    return ShallowParser(analyser, grammar, load_language(model))
