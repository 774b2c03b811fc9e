"""Trees of a sentence without a trained parser: an analyser of words, the language's small words, and rules.

For languages whose words can be analysed but for which no parser is to be had. Phrases are found first, then clauses,
then who does what by case or by the order of words; `vocabulary/<code>/grammar.toml` says what differs between
languages.
"""

from marsad.reading.parsing.shallow._parser import ShallowParser, load

__all__ = ["ShallowParser", "load"]
