"""What leaves a monitor as files: claims and what follows from them, through the gate of a policy."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.exports import EXPORT_FORMATS, About, Account, Exported, Holdings, Told, export_format, own_export, sink
from marsad.judging import judged, retracted
from marsad.monitor.listing import Listing, ruled_on
from marsad.store import Store
from marsad.vocabulary import Fineness, Policy, load_policy

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from typing import BinaryIO
    from zoneinfo import ZoneInfo

    from marsad.exports import LeftOut
    from marsad.outputs import Detail, Picture
    from marsad.records import Claim, Polarity, Report
    from marsad.releasing import Gate, Out
    from marsad.roads import RoadWord
    from marsad.theatre import Theatre
    from marsad.vocabulary import RuleSet

_DRAWN = frozenset({Fineness.EXACT, Fineness.TOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which claims leave: those to which all of these apply that are not None; names match in all known spellings.

    `about` is the id of a proposition, a claim or a report: all claims of the propositions that it means.
    """

    report: str | None = None
    place: str | None = None
    source: str | None = None
    event: str | None = None
    polarity: Polarity | None = None
    about: str | None = None

    def told(self) -> tuple[tuple[str, str], ...]:
        """Return what was chosen, by name."""
        values = ((name, getattr(self, name)) for name in sorted(self.__slots__))
        return tuple((name, str(value)) for name, value in values if value is not None)


class Exporting(Listing):
    """Exports written; a part of `Monitor`."""

    _gate: Gate
    _theatre: Theatre | None
    _rules: RuleSet

    @property
    @abstractmethod
    def zone(self) -> ZoneInfo:
        """The theatre's time zone."""

    @abstractmethod
    def picture(self, as_of: datetime | None = None) -> Picture:
        """Return everything known at an instant."""

    @abstractmethod
    def assess(self, wanted: str, as_of: datetime | None = None) -> tuple[Detail, ...]:
        """Return the propositions that an id means."""

    @abstractmethod
    def _road_words(self, now: Picture, *, lines: bool) -> Iterator[RoadWord]: ...

    @abstractmethod
    def _gate_of(self, policy: Policy, theatre: Theatre | None) -> Gate: ...

    @abstractmethod
    def _out(self, gate: Gate) -> Out: ...

    def export(
        self,
        form: str,
        to: Path | BinaryIO,
        *,
        choice: Choice | None = None,
        as_of: datetime | None = None,
        since: datetime | None = None,
        policy: Policy | Path | str | None = None,
        licence: str = "",
        publisher: str = "",
        site: str = "",
        hxl: bool = False,
        left_out: LeftOut | None = None,
    ) -> Exported:
        """Write claims, and what follows from them, in one of `export_formats()` to a new file, or a stream.

        A format of many files goes to a new folder, or a `.zip`. Statements published after `as_of` do not count; with
        `since` only claims published from then on leave. `policy` is a shipped one, or the file of another, None for
        the format's own. `licence` is under what you give out your part, `publisher` who you are, and `site` the
        address under which you give it out. `hxl` puts HXL hashtags beneath the header of a table. `left_out` is told
        of each thing that the format cannot hold, by id and reason. The choice is made among what may leave: a name
        that the policy masks chooses nothing. Raises InputError for an unknown format, hashtags in one that has none,
        another policy than that of a monitor which has one, or where `to` is there already or cannot be written, and
        DataFileError for a wrong policy; then nothing is left there.
        """
        chosen, shape = choice or Choice(), export_format(form)
        if hxl and not shape.tagged:
            raise InputError(f"'{form}' has no HXL hashtags; these formats have: {', '.join(_tagged())}")
        gate = self._passed(policy, shape.policy)
        until = gate.until(as_of, datetime.now(UTC))
        about = About(
            format=form,
            policy=gate.policy,
            rules=self._rules,
            as_of=until,
            since=since,
            filters=chosen.told(),
            head=self._store.head(),
            licence=licence,
            publisher=publisher,
            site=site,
        )
        account = Account(left_out)
        with self._store.snapshot(), sink(to, many=shape.many) as files:
            shape.write(replace(self._holdings(about, gate, chosen), tagged=hxl), files, account)
        return Exported(about=about, rows=dict(account.rows), left_out=dict(account.reasons))

    @staticmethod
    def import_from(exported: Path | str, path: Path | str) -> None:
        """Fill an empty or new monitor at `path` with an export in `jsonl` or `parquet`, wholly or not at all.

        `exported` is the folder or the `.zip`. Its ledger is built up again row by row, so that the monitor has the
        head that the export had. Raises InputError, naming file and line, where the export is not lossless, is of a
        later version, or a row is not what it must be; and StoreError where a row is not as the ledger has it, or the
        monitor holds anything.
        """
        with own_export(Path(exported)) as found:
            Store.fill(path, found, found.head)

    def _passed(self, policy: Policy | Path | str | None, usual: str) -> Gate:
        """Return the gate of the policy that was asked for, else of the usual one; the monitor's where it has one."""
        if self._gate.policy.lets_all_out:
            chosen = policy if isinstance(policy, Policy) else load_policy(policy or usual)
            return self._gate_of(chosen, self._theatre)
        if policy is not None and (policy if isinstance(policy, Policy) else load_policy(policy)) != self._gate.policy:
            raise InputError(f"the monitor is open under the policy '{self._gate.policy.name}': no other can be chosen")
        return self._gate

    def _holdings(self, about: About, gate: Gate, choice: Choice) -> Holdings:
        fits = self._chooser(choice, about)
        whole = about.policy.lets_all_out and fits is None and about.as_of is None and self._store.tells_all

        def chosen() -> frozenset[str]:
            now = drawn(about.as_of)
            return frozenset(one.id for one in now.claims if fits is None or fits(one, now.report_by_id[one.report]))

        @cache  # a release goes through everything, and a format asks more than once
        def drawn(until: datetime | None) -> Picture:
            return gate.release(self.picture(until), self._out(gate))

        since = about.since
        earlier = since if since is None or about.as_of is None else min(since, about.as_of)
        return Holdings(
            about=about,
            theatre=gate.release(self._theatre),
            zone=self.zone,
            told=partial(self._told, about, gate, fits),
            picture=partial(drawn, about.as_of),
            capture=lambda report: gate.release(self.capture_of(report.id), self._out(gate)),
            chosen=None if fits is None else chosen,
            before=None if earlier is None else partial(drawn, earlier),
            # Roads drawn round the point of a district would be those of another place.
            roads=lambda: self._road_words(drawn(about.as_of), lines=about.policy.places in _DRAWN),
            facts=self._store.facts if whole else None,
        )

    def _chooser(self, choice: Choice, about: About) -> Callable[[Claim, Report], bool] | None:
        """Return what tells whether a claim was asked for, None where all were."""
        if not choice.told() and about.since is None:
            return None
        among: Collection[str] | None = None
        if choice.about is not None:
            details = self.assess(choice.about, about.as_of)
            among = {member.claim for one in details for member in one.proposition.members}

        def fits(claim: Claim, report: Report) -> bool:
            return (
                (choice.report is None or claim.report == choice.report)
                and (choice.polarity is None or claim.polarity is choice.polarity)
                and (among is None or claim.id in among)
                and (about.since is None or (report.said is not None and report.said >= about.since))
                and self._fits(claim, choice.place, choice.source, choice.event)
            )

        return fits

    def _told(self, about: About, gate: Gate, fits: Callable[[Claim, Report], bool] | None) -> Iterator[Told]:
        """Yield reports with the claims that people left of them, as they may leave."""
        rulings = self._store.judgements()
        touched = ruled_on(rulings)
        ruled: dict[str, list[Claim]] = {name: [] for name in touched}
        for claim in judged(self._store.claims_like(besides=touched, report="") if touched else (), rulings).claims:
            ruled[claim.report].append(claim)
        hidden = self._replaced(about.as_of) | retracted(rulings)
        for report, read in self._store.told(published_from=about.since, published_until=about.as_of):
            if report.id in hidden:
                continue
            left = tuple(ruled[report.id]) if report.id in touched else read
            whole, claims = gate.told(report, left)
            if fits is None:
                yield Told(report=whole, claims=claims)
            elif asked := tuple(claim for claim in claims if fits(claim, whole)):
                whole, asked = gate.told(whole, asked)
                yield Told(report=whole, claims=asked)


def _tagged() -> list[str]:
    return sorted(name for name, one in EXPORT_FORMATS.items() if one.tagged)
