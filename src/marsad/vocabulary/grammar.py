"""The few words by which trees of Universal Dependencies become trees of the house; as data."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from marsad.vocabulary._toml import DataFile
from marsad.vocabulary._words import words_of

SHIPPED = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """Words of one language, lower-case; those of verbs and nouns are lemmas, the others stand as they are written.

    `negations` are the words that make a verb negative, one of which counts where two go together ("ne … pas").
    `relatives` open relative clauses, `contents` what is said, `purposes` an infinitive of what for. `modals` stand
    before an infinitive as "may" does; whoever does what the infinitive of `datives` says stands in the dative
    ("повстанцам удалось войти"). `perfects` are verbs that form their perfect with the verb of the passive. `openers`
    are adverbs that make a preposition with the next ("près de"), `agents` stand before who does it in a passive,
    `reflexives` go with a verb as a particle would, `clitics` are subjects joined to the end of their verb. `days` name
    days, months and times of day, which no verb has for an object; `measures` bound a number. `articles` are small
    words that come and go in names. After `speaking_in` stands a body in which "they" say it. `reporting` are the
    lemmas of the language's cues.
    """

    negations: frozenset[str]
    relatives: frozenset[str]
    contents: frozenset[str]
    purposes: frozenset[str]
    modals: frozenset[str]
    perfects: frozenset[str]
    openers: frozenset[str]
    agents: frozenset[str]
    reflexives: frozenset[str]
    days: frozenset[str]
    articles: frozenset[str]
    clitics: frozenset[str]
    datives: frozenset[str]
    measures: frozenset[str]
    speaking_in: frozenset[str]
    reporting: frozenset[str]


@cache
def load_grammar(code: str, folder: Path = SHIPPED) -> Grammar:
    """Load the words of a language; raise DataFileError with line and reason where the file is wrong."""
    file = DataFile(folder / code / "grammar.toml")
    names = [field.name for field in fields(Grammar) if field.name != "reporting"]
    file.only(file.data, names)
    cues = DataFile(folder / code / "cues.toml")
    rows = (row for name, row in cues.data.items() if name != "particular" and isinstance(row, dict))
    reporting = frozenset(lemma for row in rows for lemma in row.get("lemmas", ()))
    return Grammar(reporting=reporting, **{name: words_of(file, file.data, name) for name in names})
