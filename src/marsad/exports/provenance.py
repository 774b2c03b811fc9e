"""How each record of a bundle came from which, as W3C PROV-JSON.

Captures, reports, claims, propositions and assessments are entities; retrieving, reading, linking, weighing and judging
activities; publishers, claimants, judges and Marsad agents. `prov.json` follows https://www.w3.org/submissions/prov-json/.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from marsad.ids import identifier
from marsad.linking import source_of
from marsad.outputs import headline, plain
from marsad.records import JudgementKind
from marsad.serial import to_json

if TYPE_CHECKING:
    from marsad.exports.enclosed import Enclosed
    from marsad.records import Claim, Report

_PREFIXES = {"marsad": "urn:marsad:"}
_SOFTWARE = "marsad:software"

Values = dict[str, Any]


def provenance(held: Enclosed) -> dict[str, Any]:
    """Return the document as what JSON knows, always the same for the same records."""
    return _Document(held).made()


class _Document:
    """One document in the making: records by kind and id, relations numbered in their order."""

    def __init__(self, held: Enclosed) -> None:
        self._held = held
        self._kinds: dict[str, dict[str, Values]] = defaultdict(dict)

    def made(self) -> dict[str, Any]:
        """Return it with everything."""
        about = self._held.about
        self._put(
            "agent", _SOFTWARE, {"prov:type": _name("prov:SoftwareAgent"), "prov:label": f"Marsad {about['marsad']}"}
        )
        for name, what in (("linking", "linking"), ("weighing", f"weighing by {about['rules']}")):
            self._activity(f"marsad:{name}", what)
        for report in self._held.reports:
            self._report(report)
        self._captures()
        self._copies()
        for claim in self._held.claims:
            self._claim(claim)
        self._propositions()
        self._assessments()
        self._judgements()
        return {"prefix": _PREFIXES, **self._kinds}

    def _put(self, kind: str, name: str, values: Values) -> None:
        self._kinds[kind].setdefault(name, {key: value for key, value in values.items() if value is not None})

    def _relate(self, kind: str, **ends: str) -> None:
        self._put(kind, f"_:{kind}{len(self._kinds[kind]) + 1}", {f"prov:{end}": name for end, name in ends.items()})

    def _derived(self, new: str, old: str) -> None:
        self._relate("wasDerivedFrom", generatedEntity=new, usedEntity=old)

    def _activity(self, name: str, label: str, by: str = _SOFTWARE) -> str:
        if name not in self._kinds["activity"]:
            self._put("activity", name, {"prov:label": label})
            self._relate("wasAssociatedWith", activity=name, agent=by)
        return name

    def _agent(self, name: str, kind: str | None = None) -> str:
        whole = _id("agent", name)
        self._put("agent", whole, {"prov:label": plain(name), "prov:type": _name(kind) if kind else None})
        return whole

    def _report(self, report: Report) -> None:
        name = _id("report", report.id)
        values = {
            "prov:type": "report",
            "prov:label": plain(report.title) or report.id,
            "marsad:id": report.id,
            "marsad:sha256": report.sha256,
            "marsad:published": to_json(report.published),
            "marsad:retrieved": to_json(report.retrieved),
            "marsad:url": report.url,
        }
        self._put("entity", name, values)
        if report.narrator:
            self._relate("wasAttributedTo", entity=name, agent=self._agent(report.narrator))

    def _captures(self) -> None:
        for one in self._held.captures:
            name = _id("capture", one.sha256)
            self._put("entity", name, {"prov:type": "capture", "marsad:sha256": one.sha256, "marsad:url": one.url})
            when = to_json(one.retrieved)
            retrieving = self._activity(_id("retrieving", one.sha256), "retrieving")
            self._kinds["activity"][retrieving] |= {"prov:startTime": when, "prov:endTime": when}
            self._relate("wasGeneratedBy", entity=name, activity=retrieving)
            for report in one.reports:
                self._derived(_id("report", report), name)

    def _copies(self) -> None:
        for one in self._held.origins:
            if one.origin != one.report and one.origin in self._held.report_by_id:
                self._derived(_id("report", one.report), _id("report", one.origin))

    def _claim(self, claim: Claim) -> None:
        name, report = _id("claim", claim.id), self._held.report_by_id[claim.report]
        start, end = claim.anchor.start, claim.anchor.end
        values = {"prov:type": "claim", "prov:label": plain(headline(claim)), "marsad:id": claim.id}
        values |= {"marsad:polarity": claim.polarity.value, "marsad:characters": f"{start}-{end}"}
        self._put("entity", name, values)
        self._derived(name, _id("report", claim.report))
        reading = self._activity(_id("reading", claim.extractor), f"reading by {claim.extractor}")
        self._relate("wasGeneratedBy", entity=name, activity=reading)
        origin = self._held.report_by_id.get(source_of(claim, self._held.origin_by_id), report)
        source = (origin.narrator or origin.id) if claim.source == "narrator" else claim.source
        self._relate("wasAttributedTo", entity=name, agent=self._agent(source))

    def _propositions(self) -> None:
        for one in self._held.propositions:
            name = _id("proposition", one.id)
            values = {"prov:type": "proposition", "prov:label": plain(headline(one)), "marsad:id": one.id}
            self._put("entity", name, values)
            self._relate("wasGeneratedBy", entity=name, activity="marsad:linking")
            for member in one.members:
                self._derived(name, _id("claim", member.claim))

    def _assessments(self) -> None:
        for one in self._held.assessments:
            name = _id("assessment", one.proposition)
            self._put("entity", name, {"prov:type": "assessment", "prov:label": one.grade, "marsad:stands": one.stands})
            self._relate("wasGeneratedBy", entity=name, activity="marsad:weighing")
            self._derived(name, _id("proposition", one.proposition))
            if one.by_hand:
                self._derived(name, _id("judgement", one.by_hand.judgement))

    def _judgements(self) -> None:
        for ruling in self._held.judgements:
            one = ruling.judgement
            name = _id("judgement", one.id)
            label = f"{one.kind.value} {one.grade}" if one.kind is JudgementKind.GRADE else one.kind.value
            self._put("entity", name, {"prov:type": "judgement", "prov:label": label, "marsad:id": one.id})
            judge = self._agent(one.user, "prov:Person")
            made = to_json(one.made)
            judging = self._activity(_id("judging", one.id), "judging", judge)
            self._kinds["activity"][judging] |= {"prov:startTime": made, "prov:endTime": made}
            self._relate("wasGeneratedBy", entity=name, activity=judging)
            self._relate("wasAttributedTo", entity=name, agent=judge)


def _name(qualified: str) -> Values:
    return {"$": qualified, "type": "prov:QUALIFIED_NAME"}


def _id(kind: str, of: str) -> str:
    """Return a qualified name that holds no character which such names cannot have."""
    return f"marsad:{kind}-{identifier('x', kind, of).removeprefix('x-')}"
