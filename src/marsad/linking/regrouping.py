"""Propositions that people put together or took apart, whatever the rules of linking say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from marsad.linking.propositions import founded_by, gathered
from marsad.records import JudgementKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from marsad.linking.linking import Linked
    from marsad.linking.propositions import Cluster
    from marsad.records import Regrouping


def regrouped(clusters: Sequence[Cluster], regroupings: Iterable[Regrouping]) -> list[Cluster]:
    """Return the clusters, in order of their first statement, as `regroupings` have them one after the other.

    A proposition is the one that holds the most of the claims by which a judgement names it. Where there is none by
    then, or nothing is left to take apart, the regrouping changes nothing.
    """
    found = list(clusters)
    for one in regroupings:
        home = _holding(one.claims, found)
        if home is None:
            continue
        if one.kind is JudgementKind.MERGE:
            other = _holding(one.others, found)
            if other is None or other is home:
                continue
            both = gathered([*home.statements, *other.statements])
            both.apart = (home.apart | other.apart) - {statement.claim.id for statement in both.statements}
            parts = [both]
        else:
            out = [statement for statement in home.statements if statement.claim.id in one.others]
            kept = [statement for statement in home.statements if statement.claim.id not in one.others]
            if not out or not kept:
                continue
            other, parts = home, [gathered(kept), gathered(out)]
            for part, rest in zip(parts, (out, kept), strict=True):
                part.apart = home.apart | {statement.claim.id for statement in rest}
        found = [cluster for cluster in found if cluster is not home and cluster is not other] + parts
    return sorted(found, key=lambda cluster: cluster.seed.order)


def _holding(claims: Collection[str], clusters: Iterable[Cluster]) -> Cluster | None:
    """Return the cluster that holds the most of these claims, the earliest of several; None where none holds any."""
    counts = [(sum(one.claim.id in claims for one in cluster.statements), cluster) for cluster in clusters]
    most = max((count for count, _ in counts), default=0)
    return next((cluster for count, cluster in counts if count == most), None) if most else None


def redirected(linked: Linked, rejected: Iterable[str], kept: Mapping[str, str]) -> Linked:
    """Return `linked` with redirects from the ids of propositions whose founding claim was rejected.

    They lead to where most of the proposition's other claims are now; `kept` says of which proposition each claim was.
    """
    home = {m.claim: one.id for one in linked.propositions for m in one.members if not m.reasons}
    lost = {founded_by(claim) for claim in rejected} - set(home.values())
    company: dict[str, Counter[str]] = {}
    for claim, proposition in kept.items():
        if proposition in lost and claim in home:
            company.setdefault(proposition, Counter())[home[claim]] += 1
    led = {proposition: min(homes, key=lambda one: (-homes[one], one)) for proposition, homes in company.items()}
    return replace(linked, redirects={**linked.redirects, **led})
