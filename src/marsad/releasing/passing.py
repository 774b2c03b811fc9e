"""One passage through the gate: a record, or many that belong together, made fit to leave."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from marsad.records import Capture, Claim, Delivery, HandGrade, Judgement, Link, Place, Report
from marsad.releasing.names import Names, joined
from marsad.releasing.texts import only_sentences, telling, without_withheld
from marsad.releasing.walking import DROPPED, Walk, held_in
from marsad.store import Skip
from marsad.theatre import Theatre
from marsad.vocabulary import Fineness, Persons

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from marsad.releasing.places import Atlas
    from marsad.vocabulary import Policy

    Casting = Callable[[Report, Sequence[Claim]], Names]

_SOMEBODY = "a reviewer"
_MACHINE = "machine"
_INPUT = "an input"
_ADDRESS = ("https://", "http://")


class Passing:
    """A record on its way out, with who and what is masked in each report that it has to do with."""

    def __init__(
        self,
        record: Any,
        *,
        policy: Policy,
        atlas: Atlas,
        casting: Casting,
        until: datetime | None,
        reports: Mapping[str, Report] | None,
        claims: Mapping[str, tuple[Claim, ...]] | None,
    ) -> None:
        """Hold the record; `reports` and `claims` are what is out, None where only the record itself tells."""
        self._record, self._policy, self._atlas, self._casting, self._until = record, policy, atlas, casting, until
        held: dict[str, list[Claim]] = defaultdict(list)
        own: dict[str, Report] = {}
        for one in held_in(record, Report, Claim):
            if isinstance(one, Report):
                own[one.id] = one
            else:
                held[one.report].append(one)
        self._held = held
        self._reports = own if reports is None else {**own, **reports}  # those that are whole, where there are both
        self._out = set(reports) if reports is not None else set(own) or None
        self._claims = {name: tuple(found) for name, found in held.items()} if claims is None else claims
        self._involved = dict.fromkeys((*own, *held))
        self._ids = {*self._involved, *(one.id for found in held.values() for one in found)}
        if policy.places is not Fineness.EXACT:
            atlas.meet(one.place for found in held.values() for one in found)
        self._casts: dict[str, Names] = {}
        self._walks: dict[str, Walk] = {}

    def made(self) -> Any:
        """Return the record as it may leave; None where nothing of it may."""
        changes: dict[type, Callable[[Any], Any]] = {
            Report: self._report,
            Claim: self._claim,
            Place: self._atlas.coarse,
            Judgement: self._judgement,
            Delivery: self._delivery,
            Skip: self._delivery,
            Capture: self._capture,
            Theatre: self._profile,
        }
        self._walk = Walk(changes, lru_cache(maxsize=1 << 16)(self._words), str(self._policy))
        made = self._walk.through(self._record)
        return None if made is DROPPED else made

    def _is_late(self, report: str) -> bool:
        return bool(self._policy.delay_hours) and self._out is not None and report not in self._out

    # ---- words ----------------------------------------------------------------------------------------------------

    def _cast(self, report: str) -> Names:
        """Return who is masked in a report."""
        if report not in self._casts:
            known = self._reports.get(report) or _unknown(report)
            told = (*self._claims.get(report, ()), *self._held.get(report, ()))
            self._casts[report] = self._casting(known, told)
        return self._casts[report]

    @cached_property
    def _everybody(self) -> Names:
        """Who is masked in words that are of no single report, those who judge among them where all persons are.

        A name that somebody signs a judgement with is given out otherwise.
        """
        judges = {}
        if self._policy.persons is Persons.MASKED:
            signed = held_in(self._record, Judgement, HandGrade, Link)
            judges = {one.judge if isinstance(one, Link) else one.user: _SOMEBODY for one in signed}
            judges.pop(_MACHINE, None)
        return Names({**joined(map(self._cast, self._involved)).labels, **judges})

    def _words(self, words: str) -> str:
        if words in self._ids:
            return words
        return self._atlas.names.labelled(self._everybody.labelled(words))

    def _inside(self, report: str) -> Walk:
        """Return what goes through a report or a claim of it."""
        if report not in self._walks:
            cast = self._cast(report)

            def words(told: str) -> str:
                return told if told in self._ids else self._atlas.names.labelled(cast.labelled(told))

            self._walks[report] = Walk({Place: self._atlas.coarse}, words, None)
        return self._walks[report]

    # ---- records --------------------------------------------------------------------------------------------------

    def _report(self, report: Report) -> Any:
        if self._is_late(report.id):
            return DROPPED
        cast, places = self._cast(report.id), self._atlas.names
        text = places.blanked(cast.blanked(report.text))
        if "report.text" in self._policy.withheld:
            text = only_sentences(text, report, self._claims.get(report.id, ()))
        walk = self._inside(report.id)
        url = telling(report.url, lambda words: places.labelled(cast.labelled(words)))
        shown = without_withheld(replace(report, text="", url=None), self._policy)
        url = None if "report.url" in self._policy.withheld else url
        made: Report = replace(walk.inside(shown), text=text, url=url)
        return report if made == report else made

    def _claim(self, claim: Claim) -> Any:
        if self._is_late(claim.report):
            return DROPPED
        if "claim.speaker" in self._policy.withheld and claim.speaker is not None:
            claim = replace(claim, speaker=None)
        return self._inside(claim.report).inside(claim)

    def _judgement(self, judgement: Judgement) -> Any:
        """Return a judgement without what it says of persons and places, unless it is on something that is not out."""
        late = self._until is not None and judgement.made > self._until
        if judgement.kind == "translate":
            return DROPPED  # it spells names as its maker does, by which nobody finds who is to be masked
        if late or any(self._is_late(claim.report) for claim in (*judgement.claims, *judgement.others)):
            return DROPPED
        if not judgement.claims and judgement.kind == "retract" and self._is_late(judgement.subject):
            return DROPPED
        return self._walk.inside(judgement)

    def _delivery(self, delivery: Any) -> Any:
        """Return what became of an input without where it lay: paths say whose machine it was."""
        if self._until is not None and delivery.learnt > self._until:
            return DROPPED
        if isinstance(delivery, Delivery) and delivery.report is not None and self._is_late(delivery.report):
            return DROPPED
        told = delivery.origin.startswith(_ADDRESS) and "report.url" not in self._policy.withheld
        origin = telling(delivery.origin, self._words) if told else None
        reason = delivery.reason or ""
        names_it = "/" in reason or "\\" in reason or delivery.origin in reason
        return self._walk.inside(
            replace(delivery, origin=origin or _INPUT, reason="not told" if names_it else delivery.reason)
        )

    def _capture(self, capture: Capture) -> Any:
        """Return the bytes behind a report only where nothing is kept back of it: nothing can be masked in them."""
        plain = self._policy.places is Fineness.EXACT and self._policy.persons is Persons.NAMED
        late = self._until is not None and capture.retrieved > self._until
        return capture if plain and not self._policy.withheld and not late else None

    def _profile(self, theatre: Theatre) -> Any:
        """Return a war's profile without its persons where all are masked, and its places where those are coarse."""
        actors = {
            key: actor
            for key, actor in theatre.actors.items()
            if self._policy.persons is not Persons.MASKED or actor.kind != "person"
        }
        told = self._policy.places in {Fineness.EXACT, Fineness.TOWN}
        if len(actors) == len(theatre.actors) and told:
            return theatre
        return replace(theatre, actors=actors, places=theatre.places if told else ())


def _unknown(report: str) -> Report:
    """Return a report of which nothing is known but claims."""
    return Report(id=report, publisher=None, kind="unknown", title="", text="", sha256="")
