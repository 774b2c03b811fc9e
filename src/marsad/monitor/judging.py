"""The part of a monitor by which people overrule it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from marsad.errors import InputError
from marsad.judging import Subject, agreement, correction, judged, make, the_one
from marsad.monitor.versions import versions_of
from marsad.outputs import gold, review_queue
from marsad.records import JudgementKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from marsad.outputs import Gold, Picture, ReviewItem
    from marsad.records import Agreement, Judged, Judgement
    from marsad.store import Store
    from marsad.theatre import Theatre
    from marsad.vocabulary import RuleSet

_ON_CLAIMS = frozenset({JudgementKind.ACCEPT, JudgementKind.CORRECT, JudgementKind.REJECT})
_REMARKS = frozenset({JudgementKind.NOTE, JudgementKind.LABEL})


class Judging(ABC):
    """Judgements made and asked for; a part of `Monitor`."""

    _store: Store
    _theatre: Theatre | None
    _rules: RuleSet

    @abstractmethod
    def picture(self, as_of: datetime | None = None) -> Picture:
        """Return everything known at an instant."""

    def judge(
        self,
        kind: JudgementKind | str,
        subject: str,
        *,
        user: str,
        reason: str = "",
        values: Mapping[str, object] | None = None,
        other: Sequence[str] = (),
        grade: str | None = None,
        text: str | None = None,
    ) -> Judgement:
        """Keep a judgement by `user` and return it; every later picture obeys it.

        `subject` is the id of a claim (accept, correct, reject), of a proposition (merge, split, grade), of either
        (note, label), of a report (retract: all its versions until now; translate: a machine's `text`, with what made
        it as `reason`, is shown beside the report and never read) or of a judgement (undo); its beginning will do.
        `values` are those of a correction by column of
        claims.jsonl, empty for unknown; `other` are the propositions to merge with, or the claims to split off; `grade`
        is one of the monitor's rule set. Raises InputError where something is missing or cannot be, and MarsadError
        where an id is not unique.
        """
        kinds = [one.value for one in JudgementKind]
        if kind not in kinds:
            raise InputError(f"'{kind}' is no judgement; it must be one of {', '.join(kinds)}")
        kind = JudgementKind(kind)
        if grade is not None and grade not in self._rules.grades:
            raise InputError(f"'{grade}' is no grade of {self._rules.name}: {', '.join(self._rules.grades)}")
        now = self.judged()
        whom, others = self._subjects(kind, subject, other, now)
        new = None
        if values:
            if kind is not JudgementKind.CORRECT:
                raise InputError(f"'{kind.value}' takes no values")
            places = [claim.place for claim in (*now.claims, *now.rejected) if claim.place]
            new = correction(values, whom.claims[0], self._theatre, places)
        judgement = make(
            kind,
            whom,
            user=user,
            reason=reason,
            made=datetime.now(UTC),
            others=others,
            values=new,
            grade=grade,
            text=text,
        )
        self._store.add_judgement(judgement)
        return judgement

    def judgements(
        self, subject: str | None = None, user: str | None = None, as_of: datetime | None = None
    ) -> tuple[Judgement, ...]:
        """Return the judgements made by `as_of` in order of time, also those undone or orphaned.

        `subject` is the id of what was judged: a claim, a proposition or a judgement, also where it is `other`.
        """
        return tuple(
            one
            for one in self._store.judgements(made_until=as_of)
            if (subject is None or subject in (one.subject, *one.other)) and (user is None or one.user == user)
        )

    def judged(self, as_of: datetime | None = None) -> Judged:
        """Return all claims as the judgements made by `as_of` left them, and which of these hold."""
        with self._store.snapshot():
            return judged(self._store.claims(), self._store.judgements(made_until=as_of))

    def review_queue(
        self, user: str | None = None, most: int | None = None, as_of: datetime | None = None
    ) -> tuple[ReviewItem, ...]:
        """Return the claims that `user` (None: anybody) has not ruled on, the most valuable first, `most` at most."""
        return review_queue(self.picture(as_of), user, most)

    def agreement(self, one: str, other: str) -> tuple[Agreement, ...]:
        """Return how far two users agree: on which claims stand, then on each field that either corrected.

        Raises MarsadError where the package that computes Krippendorff's alpha is not installed.
        """
        return agreement(self.judged(), one, other)

    def gold(self) -> Gold:
        """Return the claims that people accepted or corrected, with their reports, as an annotated corpus."""
        return gold(self.picture())

    def _subjects(
        self, kind: JudgementKind, subject: str, other: Sequence[str], now: Judged
    ) -> tuple[Subject, tuple[Subject, ...]]:
        """Return what a judgement is on, and what it names beside."""
        if kind is JudgementKind.UNDO:
            return _judgement(subject, now), tuple(map(_named, other))
        if kind is JudgementKind.RETRACT:
            return self._report(subject, other)
        if kind is JudgementKind.TRANSLATE:
            return self._version(subject), tuple(map(_named, other))
        if kind in _ON_CLAIMS:
            return _claim(subject, now), tuple(map(_named, other))
        picture = self.picture()
        whom = _claim_or_proposition(subject, now, picture) if kind in _REMARKS else _proposition(subject, picture)
        if kind is JudgementKind.SPLIT:
            out = tuple(_claim(one, now) for one in dict.fromkeys(other))
            _check_split(whom, out)
            return whom, out
        others = tuple(_proposition(one, picture) for one in other) if kind is JudgementKind.MERGE else ()
        if whom.id in {one.id for one in others}:
            raise InputError(f"'{whom.id}' cannot be merged with itself")
        return whom, others or tuple(map(_named, other))

    def _report(self, wanted: str, other: Sequence[str]) -> tuple[Subject, tuple[Subject, ...]]:
        """Return a report, and its other versions."""
        if other:
            raise InputError(f"'{JudgementKind.RETRACT.value}' takes no other")
        match = self._version(wanted)
        versions = (one.id for one in versions_of(match.id, self._store))
        return match, tuple(Subject(id=one) for one in versions if one != match.id)

    def _version(self, wanted: str) -> Subject:
        """Return a report, as that version alone has it."""
        match = the_one(self._store.report_ids(wanted), wanted)
        if match is None:
            raise InputError(f"no report with the id '{wanted}'")
        return Subject(id=match)


def _named(name: str) -> Subject:
    return Subject(id=name)


def _claim(wanted: str, now: Judged) -> Subject:
    known = {claim.id: claim for claim in (*now.claims, *now.rejected)}
    match = the_one(known, wanted)
    if match is None:
        raise InputError(f"no claim with the id '{wanted}'")
    return Subject(id=match, claims=(known[match],))


def _proposition(wanted: str, picture: Picture) -> Subject:
    match = the_one((*picture.proposition_by_id, *picture.linked.redirects), wanted)
    if match is None:
        raise InputError(f"no proposition with the id '{wanted}'")
    proposition = picture.proposition_by_id[picture.linked.redirects.get(match, match)]
    own = tuple(picture.claim_by_id[one.claim] for one in proposition.members if not one.reasons)
    return Subject(id=proposition.id, claims=own)


def _claim_or_proposition(wanted: str, now: Judged, picture: Picture) -> Subject:
    propositions = (*picture.proposition_by_id, *picture.linked.redirects)
    return _proposition(wanted, picture) if the_one(propositions, wanted) else _claim(wanted, now)


def _judgement(wanted: str, now: Judged) -> Subject:
    if (match := the_one((one.id for one in now.undone), wanted)) is not None:
        raise InputError(f"judgement '{match}' is undone already")
    match = the_one((one.id for one in (*now.standing, *now.orphaned)), wanted)
    if match is None:
        raise InputError(f"no judgement with the id '{wanted}'")
    return Subject(id=match)


def _check_split(whom: Subject, out: Iterable[Subject]) -> None:
    own = {claim.id for claim in whom.claims}
    stray = next((one.id for one in out if one.id not in own), None)
    if stray is not None:
        raise InputError(f"claim '{stray}' is not of proposition '{whom.id}'")
    if own == {one.id for one in out}:
        raise InputError(f"these are all claims of '{whom.id}': nothing would be left of it")
