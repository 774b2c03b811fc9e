"""The shape of a model's answer, from the vocabulary: the schema that it is bound to, and rows checked by it."""

from __future__ import annotations

import json
from datetime import date  # noqa: TC003 - pydantic asks for it when rows are made
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, WithJsonSchema

from marsad.records import Certainty, Extent, Polarity, Stance  # noqa: TC001 - as above
from marsad.vocabulary import load_events, load_unnamed

_TITLES = frozenset({"title", "description"})
_NOTHING = frozenset({"", "null", "none", "n/a"})


class AnswerError(ValueError):
    """An answer that is none, and why."""


def _of(known: tuple[str, ...], what: str) -> tuple[AfterValidator, WithJsonSchema]:
    """Return what binds a string to the names of a vocabulary."""

    def check(value: str) -> str:
        if value not in known:
            raise ValueError(f"no {what}")
        return value

    return AfterValidator(check), WithJsonSchema({"type": "string", "enum": list(known)})


def _told(words: str | None) -> str | None:
    """Return words, None for what models write where they should write null."""
    return None if words is None or words.strip().casefold() in _NOTHING else words


_Words = Annotated[str | None, AfterValidator(_told)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Party(_Strict):
    """A party by its name in the report and among the known actors."""

    name: str
    known: _Words


class Said(_Strict):
    """Who vouches for a claim."""

    words: str
    name: _Words
    known: _Words
    unnamed: Annotated[str, *_of(tuple(load_unnamed()), "source without a name")] | None
    speaks_for: _Words
    speaker: _Words
    cue: _Words
    via: _Words
    relay: _Words


class When(_Strict):
    """Words of time, and the days that the model takes them for."""

    words: str
    first: date | None
    last: date | None


class Number(_Strict):
    """A number of people in the report's words."""

    what: Literal["killed", "wounded", "detained", "displaced"]
    words: str
    least: int | None
    most: int | None


def _said(source: Said | None) -> Said | None:
    """Return a source, None for one of which nothing is told."""
    return source if source is not None and any(_told(words) for words in source.model_dump().values()) else None


def _named(party: Party | None) -> Party | None:
    return party if party is not None and _told(party.name) else None


def _dated(when: When | None) -> When | None:
    return when if when is not None and _told(when.words) else None


def _numbered(numbers: list[Number]) -> list[Number]:
    return [one for one in numbers if one.least is not None or one.most is not None]


class Row(_Strict):
    """One claim as a model writes it down; nothing in it is checked against the text yet."""

    paragraph: int
    anchor: str
    event: Annotated[str, *_of(tuple(load_events()), "event type")]
    polarity: Polarity
    certainty: Certainty
    stance: Stance
    source: Annotated[Said | None, AfterValidator(_said)]
    content: _Words
    agent: Annotated[Party | None, AfterValidator(_named)]
    target: Annotated[Party | None, AfterValidator(_named)]
    place: _Words
    extent: Extent
    time: Annotated[When | None, AfterValidator(_dated)]
    counts: Annotated[list[Number], AfterValidator(_numbered)]


class _Answer(_Strict):
    claims: list[Row]


@cache
def schema() -> dict[str, Any]:
    """Return the JSON schema of an answer as strict endpoints ask for it: every field required, no other allowed."""
    found: dict[str, Any] = _bare(_Answer.model_json_schema())
    return found


def rows(answer: str) -> tuple[list[Row], int]:
    """Return the claims of an answer that have the right shape, and how many have not.

    Raises AnswerError where the whole is no JSON, or holds no list of claims.
    """
    try:
        whole = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise AnswerError("the answer is no JSON") from error
    listed = whole.get("claims") if isinstance(whole, dict) else None
    if not isinstance(listed, list):
        raise AnswerError("the answer is off the schema")
    found: list[Row] = []
    for one in listed:
        try:
            found.append(Row.model_validate_json(json.dumps(one), strict=True))
        except ValidationError:
            continue
    return found, len(listed) - len(found)


def _bare(node: Any) -> Any:
    """Return a schema without the titles and descriptions that pydantic takes from the code."""
    if isinstance(node, list):
        return [_bare(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {key: _bare(value) for key, value in node.items() if not (key in _TITLES and isinstance(value, str))}
