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

    `lasting` answers take long on a large monitor. `example` is what the description asks for of the demonstration.
    """

    path: str
    asked: type[asked.Asked]
    tell: Callable[..., Any]
    example: str = ""
    lasting: bool = False

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
    Endpoint(path="/api/claims", asked=asked.ClaimsAsked, tell=answers.claims, example="?place=Homs&limit=2"),
    Endpoint(path="/api/disputes", asked=asked.DisputesAsked, tell=answers.disputes, example="?open=true&limit=2"),
    Endpoint(path="/api/control", asked=asked.ControlAsked, tell=answers.control, example="?place=Homs&limit=2"),
    Endpoint(path="/api/nowcast", asked=asked.NowcastAsked, tell=answers.nowcast, lasting=True),
    Endpoint(path="/api/sources", asked=asked.SourcesAsked, tell=answers.sources),
    Endpoint(path="/api/search", asked=asked.SearchAsked, tell=answers.search, lasting=True),
    Endpoint(path="/api/receipts", asked=asked.ReceiptsAsked, tell=answers.receipts),
    Endpoint(path="/api/judgements", asked=asked.JudgementsAsked, tell=answers.judgements),
    Endpoint(path="/api/review", asked=asked.ReviewAsked, tell=answers.review),
    Endpoint(path="/api/rules", asked=asked.Page, tell=answers.rules),
    Endpoint(path="/api/outlets", asked=asked.OutletsAsked, tell=answers.outlets),
    Endpoint(path="/api/assess/{id:path}", asked=asked.Weighed, tell=answers.assess),
    Endpoint(path="/api/reports", asked=asked.ReportsAsked, tell=answers.reports),
    Endpoint(path="/api/reports/{id:path}", asked=asked.Weighed, tell=answers.report_page),
    Endpoint(path="/api/versions/{id:path}", asked=asked.Page, tell=answers.versions),
    Endpoint(path="/api/towns", asked=asked.TownsAsked, tell=answers.towns),
    Endpoint(path="/api/places/{name:path}", asked=asked.Weighed, tell=answers.place),
    Endpoint(path="/api/voices/{name:path}", asked=asked.Weighed, tell=answers.voice),
    Endpoint(path="/api/actors/{name:path}", asked=asked.Weighed, tell=answers.actor),
    Endpoint(path="/api/route", asked=asked.RouteAsked, tell=answers.route, lasting=True),
    Endpoint(path="/api/access", asked=asked.AccessAsked, tell=answers.access, lasting=True),
    Endpoint(path="/api/roads", asked=asked.Page, tell=answers.roads),
)
BY_NAME: Mapping[str, Endpoint] = {one.name: one for one in ENDPOINTS}
