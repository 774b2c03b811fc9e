"""What can be asked of each endpoint: its query parameters, which are the options of the command of the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from marsad.errors import InputError
from marsad.monitor import day_of, instant_of, period_of, road_classes, supposed, topic_of
from marsad.records import JudgementKind, Outcome, Polarity
from marsad.vocabulary import load_events, load_roads, shipped_rules

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 500
"""Items that one answer holds at most."""

_USUAL = 50
_LONGEST = 200  # characters of a name or of words that are searched for
_WORDS = 4000  # characters of a reason or a note
_TRANSLATION = 40_000
_UTC = ZoneInfo("UTC")
_DAY = {"type": "string", "format": "date"}
_INSTANT = {"type": "string", "format": "date-time"}


def _fit(read: Callable[[str], object]) -> AfterValidator:
    """Return a check that words mean something; they stay words, as only the monitor knows their time zone."""

    def checked(words: str) -> str:
        try:
            read(words)
        except InputError as error:
            raise ValueError(str(error)) from None
        return words

    return AfterValidator(checked)


def _either(*kinds: dict[str, str]) -> Callable[[dict[str, Any]], None]:
    def changed(schema: dict[str, Any]) -> None:
        schema.pop("type", None)
        schema["anyOf"] = list(kinds)

    return changed


def _shipped(name: str) -> None:
    """Refuse what is no rule set that ships; a file of rules is the server's to name."""
    if name not in shipped_rules():
        raise InputError(f"it must be one of {', '.join(shipped_rules())}")


Time = Annotated[
    str,
    _fit(lambda words: instant_of(words, _UTC)),
    Field(json_schema_extra=_either(_DAY, _INSTANT), examples=["2024-12-07", "2024-12-07T23:00+03:00"]),
]
Period = Annotated[
    str,
    _fit(lambda words: period_of(words, _UTC)),
    Field(
        json_schema_extra=_either({"type": "string", "pattern": r"^\d{1,3}[mhd]$"}, _DAY, _INSTANT),
        examples=["24h", "7d"],
    ),
]
Day = Annotated[str, _fit(day_of), Field(json_schema_extra={"format": "date"}, examples=["2024-12-07"])]
Text = Annotated[str, Field(min_length=1, max_length=_LONGEST)]
Topic = Annotated[
    str,
    _fit(topic_of),
    Field(json_schema_extra={"enum": sorted({event.family for event in load_events().values()})}),
]
Classes = Annotated[
    str,
    _fit(road_classes),
    Field(json_schema_extra={"enum": ["", *load_roads().speeds, "motorway,trunk,primary"]}, max_length=_LONGEST),
]
Supposed = Annotated[
    str, _fit(supposed), Field(json_schema_extra={"pattern": r"^\w+ held by \w+$"}, max_length=_LONGEST)
]
RuleSetName = Annotated[str, _fit(_shipped), Field(json_schema_extra={"enum": list(shipped_rules())})]
Grade = Annotated[str, Field(min_length=1, max_length=_LONGEST)]
Vehicle = Annotated[str, Field(json_schema_extra={"enum": list(load_roads().vehicles)}, max_length=_LONGEST)]


class Asked(BaseModel):
    """What is asked; a parameter that is none is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Instant(Asked):
    """Asks for the picture of an instant."""

    as_of: Time | None = Field(None, description="Only what was published by then; a date means its whole day.")


class Page(Asked):
    """Asks for a part of a list."""

    limit: int = Field(_USUAL, ge=1, le=MOST, description="How many items at most.")
    after: str | None = Field(
        None, max_length=_LONGEST, description="Go on after this: the `next` of the answer before, unchanged."
    )


class Weighed(Instant):
    """Asks for verdicts."""

    rules: RuleSetName | None = Field(None, description="The rule set that gives the verdicts; else the server's.")


class ReportAsked(Weighed):
    """Asks for the situation report."""

    since: Period = Field("24h", description="How far back news is told: a period, a date or an instant.")


class ClaimsAsked(Instant, Page):
    """Asks for claims."""

    report: Text | None = Field(None, description="Only of this report, by its id.")
    place: Text | None = Field(None, description="Only about this place, by name.")
    source: Text | None = Field(None, description="Only of this source or speaker, by name.")
    event: Text | None = Field(None, description="Only of this type, such as `withdraw`.")
    polarity: Polarity | None = Field(None, description="Only these.")
    rejected: bool = Field(False, description="Those that people rejected or retracted.")


class DisputesAsked(Weighed, Page):
    """Asks for disputes."""

    open: bool = Field(False, description="Leave out what was settled since.")
    place: Text | None = Field(None, description="Only about this place, by name.")


class ControlAsked(Instant, Page):
    """Asks who holds what."""

    place: Text | None = Field(None, description="Only this place, by name.")
    on: Day | None = Field(None, description="Only what stood on this day.")
    according_to: Text | None = Field(None, description="Only the word of this side or source.")


class NowcastAsked(Instant, Page):
    """Asks who probably holds what."""

    place: Text | None = Field(None, description="Only this place, by name.")
    on: Day | None = Field(None, description="The day; else the last of which anything is known.")
    since: Day | None = Field(None, description="Every day from this one on; needs a place.")


class SourcesAsked(Weighed, Page):
    """Asks how voices fared."""

    name: Text | None = Field(None, description="Only this voice or side.")
    topic: Topic | None = Field(None, description="Only this family of events.")


class SearchAsked(Weighed, Page):
    """Asks where words stand."""

    words: str = Field(max_length=_LONGEST, description='What must stand in a report; "in quotation marks" in a row.')
    place: Text | None = Field(None, description="Only in claims about this place, by name.")
    source: Text | None = Field(None, description="Only in claims of this source or speaker, or this publisher's.")
    event: Text | None = Field(None, description="Only in claims of this type.")
    grade: Grade | None = Field(None, description="Only in claims with this verdict.")
    since: Time | None = Field(None, description="Published then or later.")
    until: Time | None = Field(None, description="Published by then.")


class ReceiptsAsked(Page):
    """Asks what became of inputs."""

    outcome: Outcome | None = Field(None, description="Only these.")
    since: Time | None = Field(None, description="Only what came in then or later.")


class JudgementsAsked(Instant, Page):
    """Asks what people ruled."""

    subject: Text | None = Field(None, description="Only on this claim, proposition, report or judgement.")
    user: Text | None = Field(None, description="Only this user's.")


class ReviewAsked(Instant, Page):
    """Asks what a person should look at first."""

    user: Text | None = Field(None, description="Leave out what this user has ruled on; else what anybody has.")


class OutletsAsked(Page):
    """Asks which outlets are known."""

    name: Text | None = Field(None, description="Only the one of this name or address.")


class ReportsAsked(Instant, Page):
    """Asks for reports."""

    publisher: Text | None = Field(None, description="Only of this publisher, by name.")
    since: Time | None = Field(None, description="Published then or later.")
    until: Time | None = Field(None, description="Published by then.")


class TownsAsked(Instant, Page):
    """Asks for the places of a map."""

    on: Day | None = Field(None, description="Only spells that cover this day; the nowcast is of it.")
    according_to: Text | None = Field(None, description="Only the word of this side or source.")


class _RoadsAsked(Instant):
    on: Day | None = Field(None, description="The day; else the last of which anything is known.")
    traffic: Text | None = Field(None, alias="for", description="Whose traffic; `nobody` for that of no side.")
    according_to: Text | None = Field(None, description="Only this account or side.")
    radius: float | None = Field(None, gt=0, le=load_roads().farthest, description="Kilometres that a holder reaches.")
    classes: Classes = Field("", description="Only roads of these classes, with commas between.")
    avoid: Literal["border"] | None = Field(None, description="`border`: cross none.")
    vehicle: Vehicle = Field("car", description="What drives.")
    roads: Text | None = Field(None, description="Which roads, by a name that `/api/roads` lists.")


class RouteAsked(_RoadsAsked):
    """Asks for a way."""

    start: Text = Field(description="Where the way begins.")
    end: Text = Field(description="Where it ends.")
    suppose: list[Supposed] = Field([], alias="if", max_length=8, description="Suppose that it is so.")


class AccessAsked(_RoadsAsked, Page):
    """Asks which towns can be reached."""

    starts: list[Text] = Field(alias="from", min_length=1, max_length=8, description="From where.")
    town: list[Text] = Field([], max_length=50, description="Which towns; else the larger ones among the roads.")


class Judging(Asked):
    """What a person rules."""

    kind: JudgementKind
    subject: Text = Field(description="The id of a claim, proposition, report or judgement; its beginning will do.")
    reason: str = Field(
        "",
        max_length=_WORDS,
        description="Why; notes and labels may do without. For `translate`: what made the translation.",
    )
    values: dict[Text, str | int | float | bool | None] = Field(
        {}, max_length=32, description="For `correct`: new values by column of claims.jsonl, null for unknown."
    )
    other: list[Text] = Field(
        [], max_length=100, description="For `merge`: other propositions. For `split`: claims to take out."
    )
    grade: Text | None = Field(None, description="For `grade`: one of the rule set's.")
    text: str | None = Field(
        None,
        max_length=_TRANSLATION,
        description="For `note` and `label`: the words. For `translate`: the translation.",
    )
