"""What each endpoint answers: one call of the monitor, and the rows that the command of the same name writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marsad._version import __version__
from marsad.errors import InputError
from marsad.monitor import (
    beginning_of,
    borders_of,
    day_of,
    instant_of,
    period_of,
    road_classes,
    supposed,
)
from marsad.outputs import (
    access_rows,
    actor_page_row,
    claim_rows,
    control_rows,
    dispute_rows,
    dossier_row,
    grade_rows,
    heading,
    hit_rows,
    judgement_rows,
    map_town_rows,
    network_rows,
    nowcast_rows,
    outlet_rows,
    place_page_row,
    receipt_rows,
    report_list_rows,
    report_page_row,
    review_rows,
    route_features,
    rule_rows,
    rule_set_rows,
    section_rows,
    source_rows,
    unheard,
    version_rows,
    voice_page_row,
)
from marsad.roads import open_roads, road_files
from marsad.serial import to_json
from marsad.theatre import fold, known_outlets
from marsad.vocabulary import load_rules, shipped_rules
from marsad.web.paging import Items

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from marsad.monitor import Monitor
    from marsad.web import asked

_SHOWN = 10  # lines of a long section before those that are folded
_SEARCHED = 1000  # hits that a search looks for at most


def monitor(held: Monitor, _: asked.Weighed) -> dict[str, Any]:
    """Return what this monitor is, how much it holds, and by which rules."""
    picture, theatre = held.picture(), held.theatre
    said = sorted(report.said for report in picture.reports if report.said)
    return {
        "name": held.name.replace("\\", "/").rsplit("/", 1)[-1],
        "theatre": {
            "name": theatre.name,
            "zone": theatre.time_zone.key,
            "countries": list(theatre.countries),
            "sides": list(theatre.sides),
            "parties": [{"name": one.name, "side": one.side, "kind": one.kind} for one in theatre.actors.values()],
        }
        if theatre
        else None,
        "first": to_json(said[0]) if said else None,
        "last": to_json(said[-1]) if said else None,
        "counts": {
            "reports": len(picture.reports),
            "claims": len(picture.claims),
            "propositions": len(picture.linked.propositions),
            "disputes_open": sum(one.open for one in picture.disputes),
            "disputes_settled": sum(not one.open for one in picture.disputes),
            "towns": len({picture.sites.site(state.place) for state in picture.control}),
        },
        "rules": held.rules.name,
        "has_roads": bool(road_files()),
        "version": __version__,
    }


def report(held: Monitor, ask: asked.ReportAsked) -> dict[str, Any]:
    """Return the situation: what is new, disputed or conceded, who stands where by whose account, what nobody tells."""
    told: dict[str, Any] = to_json(held.report(_upto(held, ask), period_of(ask.since, held.zone)))
    return told


def situation(held: Monitor, ask: asked.ReportAsked) -> dict[str, Any]:
    """Return the situation report in lines, section by section, as `marsad report` prints it."""
    found = held.report(_upto(held, ask), period_of(ask.since, held.zone))
    return {
        "heading": list(heading(found)),
        "since": to_json(found.since),
        "reports": found.reports,
        "new_reports": found.new_reports,
        "sections": section_rows(found, _SHOWN),
    }


def claims(held: Monitor, ask: asked.ClaimsAsked) -> Items[Any]:
    """Return claims: who says what happened where."""
    found = held.claims(
        as_of=_upto(held, ask),
        report=ask.report,
        place=ask.place,
        source=ask.source,
        event=ask.event,
        polarity=ask.polarity,
        rejected=ask.rejected,
    )
    return Items(
        found=found,
        rows=lambda some: claim_rows(some, held.reports_of(some), held.zone).full,
        name=lambda one: one.id,
    )


def disputes(held: Monitor, ask: asked.DisputesAsked) -> Items[Any]:
    """Return what some sources affirm and others deny or exclude."""
    picture = held.picture(_upto(held, ask))
    found = [
        one
        for one in picture.disputes
        if (one.open or not ask.open) and (ask.place is None or (one.place and _named(one.place.name, ask.place)))
    ]
    return Items(found=found, rows=lambda some: dispute_rows(some, picture).full, name=lambda one: one.proposition)


def control(held: Monitor, ask: asked.ControlAsked) -> Items[Any]:
    """Return who holds what by whose account, over time; of one place also who has no word on it."""
    when = _upto(held, ask)
    states, picture = held.control(ask.place, day_of(ask.on), ask.according_to, when), held.picture(when)
    silent = unheard(picture, states) if ask.place and not ask.on and not ask.according_to else ()
    return _whole(control_rows(states, held.zone, picture.last_word, silent).full)


def nowcast(held: Monitor, ask: asked.NowcastAsked) -> Items[Any]:
    """Return who probably holds each place on a day: a model's guess, never a finding."""
    if ask.since and not ask.place:
        raise InputError("'since' needs a place")
    found = held.nowcast(ask.place, day_of(ask.on), _upto(held, ask), since=day_of(ask.since))
    return _whole(nowcast_rows(found, held.zone).full)


def sources(held: Monitor, ask: asked.SourcesAsked) -> Items[Any]:
    """Return how each voice's word on each topic fared where it was later settled: counts, never a score."""
    return _whole(source_rows(held.sources(_upto(held, ask), name=ask.name, topic=ask.topic)).full)


def search(held: Monitor, ask: asked.SearchAsked) -> Items[Any]:
    """Return the reports in which all the words stand, the newest first, with the words around and the claims there."""
    found = held.search(
        ask.words,
        place=ask.place,
        source=ask.source,
        event=ask.event,
        grade=ask.grade,
        since=beginning_of(ask.since, held.zone),
        until=instant_of(ask.until, held.zone),
        as_of=_upto(held, ask),
        limit=_SEARCHED,
    )
    return Items(found=found, rows=lambda some: hit_rows(some, held.zone).full, name=lambda one: one.report.id)


def receipts(held: Monitor, ask: asked.ReceiptsAsked) -> Items[Any]:
    """Return every input and what became of it, in order of time."""
    return _whole(receipt_rows(held.receipts(ask.outcome, beginning_of(ask.since, held.zone)), held.zone).full)


def judgements(held: Monitor, ask: asked.JudgementsAsked) -> Items[Any]:
    """Return what people ruled, in order of time, also what was undone since."""
    when = _upto(held, ask)
    found = held.judgements(ask.subject, ask.user, when)
    judged = held.judged(when)
    return Items(found=found, rows=lambda some: judgement_rows(some, judged, held.zone).full, name=lambda one: one.id)


def review(held: Monitor, ask: asked.ReviewAsked) -> Items[Any]:
    """Return the claims that nobody, or this user, has ruled on yet, those first that most hangs on."""
    found = held.review_queue(ask.user, None, _upto(held, ask))
    return Items(found=found, rows=lambda some: review_rows(some).full, name=lambda one: one.claim.id)


def judge(held: Monitor, ask: asked.Judging, user: str) -> dict[str, Any]:
    """Return the judgement that is kept, as `/api/judgements` lists it."""
    made = held.judge(
        ask.kind,
        ask.subject,
        user=user,
        reason=ask.reason,
        values=dict(ask.values),
        other=ask.other,
        grade=ask.grade,
        text=ask.text,
    )
    (row,) = judgement_rows((made,), held.judged(), held.zone).full
    return dict(row)


def rules(held: Monitor, _: asked.Page) -> Items[Any]:
    """Return the rule sets that ship and the one followed here, with the meaning of each grade and each rule."""
    sets = {name: load_rules(name) for name in shipped_rules()}
    sets.setdefault(held.rules.name, held.rules)
    full = [
        {**row, "meanings": list(grade_rows(one).full), "rules": list(rule_rows(one).full)}
        for one, row in zip(sets.values(), rule_set_rows(sets.values()).full, strict=True)
    ]
    return _whole(full)


def outlets(held: Monitor, ask: asked.OutletsAsked) -> Items[Any]:
    """Return the outlets that are known by name or address, and of which kind each is."""
    known = known_outlets(held.theatre)
    if ask.name is None:
        return _whole(outlet_rows(known.outlets).full)
    one = known.at(ask.name) or known.named(ask.name)
    return _whole(outlet_rows((one,) if one else ()).full)


def assess(held: Monitor, ask: asked.Weighed, wanted: str) -> dict[str, Any]:
    """Return verdicts, their working and every word behind them; the id is of a proposition, a claim or a report."""
    return {"items": [dossier_row(one) for one in held.dossiers(wanted, _upto(held, ask))]}


def reports(held: Monitor, ask: asked.ReportsAsked) -> Items[Any]:
    """Return the reports by publication, the newest first, without their texts."""
    picture = held.picture(_upto(held, ask))
    first, last = beginning_of(ask.since, held.zone), instant_of(ask.until, held.zone)
    found = [
        one
        for one in reversed(picture.reports)
        if (ask.publisher is None or _named(one.publisher, ask.publisher))
        and (first is None or (one.said is not None and one.said >= first))
        and (last is None or (one.said is not None and one.said <= last))
    ]
    return Items(found=found, rows=lambda some: report_list_rows(some, picture), name=lambda one: one.id)


def report_page(held: Monitor, ask: asked.Weighed, wanted: str) -> dict[str, Any]:
    """Return a report: text, origin, versions, archived bytes, and each claim with the spans that it stands on."""
    when = _upto(held, ask)
    return report_page_row(held.report_page(wanted, when), held.picture(when), held.zone)


def versions(held: Monitor, _: asked.Page, wanted: str) -> Items[Any]:
    """Return the versions of a report, the first one first, and what each changed."""
    return _whole(version_rows(held.versions(wanted), held.zone).full)


def towns(held: Monitor, ask: asked.TownsAsked) -> Items[Any]:
    """Return every place of which anybody says who holds it, with each account's spells and the likeliest holder."""
    when = _upto(held, ask)
    now = held.picture(when).last_word
    return Items(
        found=held.towns(day_of(ask.on), ask.according_to, when),
        rows=lambda some: list(map_town_rows(some, held.zone, now)),
        name=lambda one: one.place.gazetteer_id or one.place.name,
    )


def place(held: Monitor, ask: asked.Weighed, wanted: str) -> dict[str, Any]:
    """Return a place: its spellings, control by each account, the nowcast, disputes and the latest claims."""
    when = _upto(held, ask)
    return place_page_row(held.place_page(wanted, when), held.picture(when), held.zone)


def voice(held: Monitor, ask: asked.Weighed, wanted: str) -> dict[str, Any]:
    """Return a voice: how its word fared, the names that it speaks by, disputes and its latest claims."""
    when = _upto(held, ask)
    return voice_page_row(held.voice_page(wanted, when), held.picture(when), held.zone)


def actor(held: Monitor, ask: asked.Weighed, wanted: str) -> dict[str, Any]:
    """Return an actor: where it stands by each account, disputes, and the latest claims of what it does and suffers."""
    when = _upto(held, ask)
    return actor_page_row(held.actor_page(wanted, when), held.picture(when), held.zone)


def route(held: Monitor, ask: asked.RouteAsked) -> dict[str, Any]:
    """Return which way is open between two places, by whose account, and what would cut it; with GeoJSON to draw."""
    found = held.route(
        ask.start,
        ask.end,
        roads=_roads(ask.roads),
        as_of=_upto(held, ask),
        on=day_of(ask.on),
        traffic=ask.traffic,
        according_to=ask.according_to,
        radius=ask.radius,
        kinds=road_classes(ask.classes),
        borders=borders_of(ask.avoid),
        vehicle=ask.vehicle,
        suppose=dict(map(supposed, ask.suppose)),
    )
    return {"answer": to_json(found), "features": route_features(found)}


def access(held: Monitor, ask: asked.AccessAsked) -> Items[Any]:
    """Return which towns can be reached from some places, from which and in how long."""
    found = held.access(
        ask.starts,
        ask.town,
        roads=_roads(ask.roads),
        as_of=_upto(held, ask),
        on=day_of(ask.on),
        traffic=ask.traffic,
        according_to=ask.according_to,
        radius=ask.radius,
        kinds=road_classes(ask.classes),
        borders=borders_of(ask.avoid),
        vehicle=ask.vehicle,
    )
    return _whole(access_rows(found).full)


def roads(_: Monitor, __: asked.Page) -> Items[Any]:
    """Return the roads that are kept, by name."""
    return _whole(network_rows({name: open_roads(path) for name, path in road_files().items()}).full)


def _upto(held: Monitor, ask: asked.Instant) -> datetime | None:
    return instant_of(ask.as_of, held.zone)


def _named(name: str | None, wanted: str) -> bool:
    return name is not None and fold(name) == fold(wanted)


def _roads(name: str | None) -> str | None:
    """Return the name of kept roads; whatever else it may be is never taken for a file."""
    if name is not None and name not in road_files():
        raise InputError(f"no roads are kept under the name '{name}'")
    return name


def _whole(rows: Sequence[Any]) -> Items[Any]:
    """Return rows that are made together, which have no name but their number."""
    return Items(found=tuple(enumerate(rows)), rows=lambda some: [row for _, row in some], name=lambda one: str(one[0]))
