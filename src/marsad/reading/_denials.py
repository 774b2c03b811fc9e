"""Denials that name no event but point back to one: "the army rejected this", "she calls that slander"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from marsad.reading._identity import claim_id
from marsad.reading.factuality import anaphoric_denial
from marsad.records import Certainty, Claim, Counts, Polarity, Stance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from marsad.reading._scene import Scene
    from marsad.reading.actors import ActorReader
    from marsad.reading.attribution import Cue
    from marsad.reading.sources import Source

_ANCHOR_WORDS = 3


def denials(
    scene: Scene, cue: Cue, sources: Sequence[Source], recent: Sequence[Claim], actors: ActorReader
) -> Iterator[Claim]:
    """Yield what a cue denies of the `recent` claims of others; nothing where its object does not point back."""
    verb = scene.doc[cue.verb]
    kind = None if cue.phrase else anaphoric_denial(verb, actors.language, denies=cue.stance is Stance.DENIES)
    if kind is None:
        return
    for source in sources:
        # Who denies responsibility denies to have done it, whoever was said to have.
        own = actors.forces.of(source.name) if kind == "responsibility" else None
        for claim in recent:
            if claim.polarity is Polarity.AFFIRMED and claim.source != source.name:
                yield _denied(scene, cue, source, claim, own or claim.agent)


def _denied(scene: Scene, cue: Cue, source: Source, claim: Claim, agent: str | None) -> Claim:
    anchor = scene.anchor(cue.verb, min(cue.verb + _ANCHOR_WORDS, len(scene.doc)))
    return replace(
        claim,
        id=claim_id(claim.report, source.name, claim.event, Polarity.DENIED, anchor.start, claim.id),
        source=source.name,
        speaker=source.speaker,
        via=source.via,
        speaks_for=source.speaks_for,
        relays=(),
        nested=False,
        polarity=Polarity.DENIED,
        certainty=Certainty.CERTAIN,
        stance=Stance.DENIES,
        anchor=anchor,
        agent=agent,
        counts=Counts(),
        cue=scene.passage(cue.start, cue.end),
        source_passage=scene.source(cue),
        content=None,
    )
