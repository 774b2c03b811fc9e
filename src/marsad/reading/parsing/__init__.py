"""Parsing: a sentence of any language that is read to one kind of tree, the only one that the rest of the room knows.

The tree is a spaCy `Doc` with the labels and tags of spaCy's English models; `docs/languages.md` says which of them
count. Each engine is a module here with a function `load(model)` that returns its `Parser`; a language names its engine
in its `language.toml`. A parser of a language whose names change their endings gives the base form of each word as
`norm_`, and marks the tree with `tree.mark_inflected`.
"""

from marsad.reading.parsing.parsers import MissingEngineError, Parser, based, load_parser

__all__ = ["MissingEngineError", "Parser", "based", "load_parser"]
