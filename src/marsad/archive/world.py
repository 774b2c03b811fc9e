"""What all claims together tell, small enough for every process to hold: which places are one, who is against whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from marsad.archive.entries import entry, read_entries
from marsad.archive.families import Groups
from marsad.archive.job import theatre_of
from marsad.archive.reading import NOW, PAST, UNREAL
from marsad.archive.tables import partition
from marsad.archive.work import ROWS, parts
from marsad.linking import Parties, Sites, spot_of, thing_of
from marsad.records import Spot
from marsad.serial import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from marsad.archive.entries import Entry
    from marsad.archive.job import Job
    from marsad.archive.work import Share
    from marsad.records import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The sites of what is told as real, those of all claims, the parties, and the block of each spot.

    These are of reports that stand there; `kept` are the sites of what is told as real by any version of a report. A
    block is the least within which claims are linked and weighed as among all: its spots are of one site by any of the
    three.
    """

    kept: Sites
    real: Sites
    all: Sites
    parties: Parties
    blocks: Mapping[Spot, str]

    def block_of(self, claim: Claim) -> str:
        """Return the block of a claim; without a place, claims of one thing can be of one proposition."""
        return self.blocks[spot_of(claim.place)] if claim.place else f"nowhere {thing_of(claim.event)}"


def gather_world(job: Job, share: Share) -> Iterator[tuple[str, Entry]]:  # noqa: ARG001 - all of it is one share
    """Yield every spot with its sites and its block, and every pair of names of whom one acts against the other."""
    spots: dict[str, set[Spot]] = {NOW: set(), PAST: set(), UNREAL: set()}
    for path in parts(job, "read", "told"):
        for one in read_entries([path]):
            if one.key == "spot":
                spots[one.kind].add(from_json(Spot, one.value))
            else:
                yield "world", one
    found = {
        "kept": Sites((), spots[NOW] | spots[PAST]),
        "real": Sites((), spots[NOW]),
        "all": Sites((), spots[NOW] | spots[UNREAL]),
    }
    roots = {kind: sites.roots for kind, sites in found.items()}
    blocks, names = Groups(), {str(spot): spot for some in spots.values() for spot in some}
    for sites in roots.values():
        for spot, root in sites.items():
            blocks.join(str(spot), str(root))
    for name, spot in sorted(names.items()):
        told = {"spot": to_json(spot), "block": blocks.of(name)}
        told |= {kind: to_json(sites[spot]) for kind, sites in roots.items() if spot in sites}
        yield "world", entry("spot", name, told)
        if spot in roots["kept"]:
            row = {**to_json(spot), "site": found["kept"].of_spot(spot)}
            yield ROWS, entry(partition("sites"), name, row)


@cache
def world_of(job: Job) -> World:
    """Return what was gathered."""
    sites: dict[str, dict[Spot, Spot]] = {"kept": {}, "real": {}, "all": {}}
    blocks: dict[Spot, str] = {}
    attacked: list[tuple[str, str]] = []
    for one in read_entries(parts(job, "world", "world")):
        if one.key != "spot":
            attacked.append(tuple(one.value))
            continue
        told = one.value
        spot = from_json(Spot, told["spot"])
        blocks[spot] = told["block"]
        for kind, roots in sites.items():
            if kind in told:
                roots[spot] = from_json(Spot, told[kind])
    return World(
        kept=Sites.known(sites["kept"]),
        real=Sites.known(sites["real"]),
        all=Sites.known(sites["all"]),
        parties=Parties.known(theatre_of(job), attacked),
        blocks=blocks,
    )
