"""The endpoints that read: path, what can be asked, what answers, and which command says the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from marsad.web import answers, asked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One endpoint: `tell` answers what is `asked` of a monitor, with what the path names where it names something.

    `lasting` answers take long on a large monitor. `live` ones are of what the monitor is now, whatever picture is
    shown. What is not `kept` may change without an addition. What `writes` is told who asks. `example` is what the
    description asks the demonstration; without one, the path alone.
    """

    path: str
    asked: type[asked.Asked]
    tell: Callable[..., Any]
    example: str = ""
    lasting: bool = False
    live: bool = False
    kept: bool = True
    writes: bool = False

    @property
    def name(self) -> str:
        """Its name, that of the command where one says the same."""
        return self.path.split("/")[2] + ("_page" if self.named and self.path.startswith("/api/reports") else "")

    @property
    def says(self) -> str:
        """What it answers, in a line."""
        words = (self.tell.__doc__ or "").removeprefix("Return ").splitlines()[0]
        return words[:1].upper() + words[1:]

    @property
    def named(self) -> str | None:
        """What the path names, None where it names nothing."""
        return self.path.split("{")[1].split(":")[0] if "{" in self.path else None


ENDPOINTS = (
    Endpoint(path="/api/monitor", asked=asked.Asked, tell=answers.monitor),
    Endpoint(path="/api/report", asked=asked.ReportAsked, tell=answers.report, lasting=True),
    Endpoint(path="/api/situation", asked=asked.ReportAsked, tell=answers.situation, lasting=True),
    Endpoint(path="/api/claims", asked=asked.ClaimsAsked, tell=answers.claims, example="/api/claims?place=Homs"),
    Endpoint(path="/api/disputes", asked=asked.DisputesAsked, tell=answers.disputes, example="/api/disputes?open=true"),
    Endpoint(path="/api/control", asked=asked.ControlAsked, tell=answers.control, example="/api/control?place=Homs"),
    Endpoint(
        path="/api/nowcast",
        asked=asked.NowcastAsked,
        tell=answers.nowcast,
        example="/api/nowcast?place=Homs",
        lasting=True,
    ),
    Endpoint(
        path="/api/sources", asked=asked.SourcesAsked, tell=answers.sources, example="/api/sources?name=government"
    ),
    Endpoint(
        path="/api/search",
        asked=asked.SearchAsked,
        tell=answers.search,
        example="/api/search?words=Homs",
        live=True,
        lasting=True,
    ),
    Endpoint(path="/api/receipts", asked=asked.ReceiptsAsked, tell=answers.receipts, live=True),
    Endpoint(path="/api/judgements", asked=asked.JudgementsAsked, tell=answers.judgements, lasting=True, live=True),
    Endpoint(path="/api/review", asked=asked.ReviewAsked, tell=answers.review, lasting=True),
    Endpoint(path="/api/rules", asked=asked.Page, tell=answers.rules, live=True),
    Endpoint(path="/api/outlets", asked=asked.OutletsAsked, tell=answers.outlets, live=True),
    Endpoint(path="/api/assess/{id:path}", asked=asked.Weighed, tell=answers.assess, example="/api/assess/demo-031"),
    Endpoint(path="/api/reports", asked=asked.ReportsAsked, tell=answers.reports),
    Endpoint(
        path="/api/reports/{id:path}", asked=asked.Weighed, tell=answers.report_page, example="/api/reports/demo-003"
    ),
    Endpoint(
        path="/api/versions/{id:path}",
        asked=asked.Page,
        tell=answers.versions,
        example="/api/versions/demo-003",
        live=True,
    ),
    Endpoint(path="/api/towns", asked=asked.TownsAsked, tell=answers.towns, lasting=True),
    Endpoint(path="/api/places/{name:path}", asked=asked.Weighed, tell=answers.place, example="/api/places/Homs"),
    Endpoint(path="/api/voices/{name:path}", asked=asked.Weighed, tell=answers.voice, example="/api/voices/government"),
    Endpoint(
        path="/api/actors/{name:path}",
        asked=asked.Weighed,
        tell=answers.actor,
        example="/api/actors/HTS-led%20alliance",
    ),
    Endpoint(
        path="/api/route",
        asked=asked.RouteAsked,
        tell=answers.route,
        example="/api/route?start=Damascus&end=Tartus",
        lasting=True,
    ),
    Endpoint(
        path="/api/access",
        asked=asked.AccessAsked,
        tell=answers.access,
        example="/api/access?from=Damascus&town=Homs",
        lasting=True,
    ),
    Endpoint(path="/api/roads", asked=asked.Page, tell=answers.roads, live=True, kept=False),
)
JUDGE = Endpoint(path="/api/judgements", asked=asked.Judging, tell=answers.judge, lasting=True, writes=True)
"""What a person rules: told with the user's name by whoever knows it."""

BY_NAME: Mapping[str, Endpoint] = {**{one.name: one for one in ENDPOINTS}, "judge": JUDGE}
