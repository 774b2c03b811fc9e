"""What a picture has that can be news: how disputes, verdicts and control stand, each under a subject of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from marsad.outputs.wording import control_headline, headline
from marsad.serial import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marsad.outputs.picture import Picture
    from marsad.records import Assessment, ControlState, Proposition, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a subject stands, in a picture: `state` changes where there may be news of the `kind`.

    `told` is whether the state itself is news; `always` whether it is at first sight too, or only as a change. `about`
    is the id of what it is of, `data` what somebody who is told of it needs, as JSON.
    """

    kind: str
    subject: str
    state: str
    told: bool
    always: bool
    about: str
    data: dict[str, Any]


def standings(picture: Picture) -> Iterator[Standing]:
    """Yield how every dispute, verdict and spell of control stands, in the order of the picture."""
    open_ = {dispute.proposition: dispute.open for dispute in picture.disputes}
    for one in picture.linked.propositions:
        verdict = picture.assessments[one.id]
        settled = verdict.settled_as.value if verdict.settled_as and not verdict.by_hand else ""
        rows = (
            ("dispute", "open" if open_.get(one.id) else "", True),
            ("settled", settled, True),
            ("verdict", verdict.stands, False),
        )
        for kind, state, always in rows:
            yield Standing(
                kind=kind,
                subject=f"{kind} {one.id}",
                state=state,
                told=bool(state),
                always=always,
                about=one.id,
                data=_verdict(one, verdict),
            )
    yield from _control(picture)


def _control(picture: Picture) -> Iterator[Standing]:
    for state in picture.control:
        if state.end is None:
            site = picture.sites.site(state.place) or state.place.name
            yield Standing(
                kind="control",
                subject=f"control {site} {state.according_to} {state.holder}",
                state=f"{state.status.value} {state.start or ''}",
                told=True,
                always=True,
                about=state.claims[0] if state.claims else "",
                data=_spell(state),
            )


def _verdict(one: Proposition, verdict: Assessment) -> dict[str, Any]:
    return {
        "proposition": one.id,
        "headline": headline(one),
        "grade": verdict.stands,
        "graded_by": verdict.by_hand.user if verdict.by_hand else None,
        "settled_as": to_json(verdict.settled_as),
        "rules": f"{verdict.rule_set} {verdict.rule_version}",
        "voices_for": [_voice(voice) for voice in verdict.voices_for],
        "voices_against": [_voice(voice) for voice in verdict.voices_against],
        "claims": [member.claim for member in one.members],
    }


def _voice(voice: Voice) -> dict[str, Any]:
    return {"name": voice.name, "side": voice.side, "claims": list(voice.claims), "last": to_json(voice.last)}


def _spell(state: ControlState) -> dict[str, Any]:
    return {
        "headline": control_headline(state),
        "place": state.place.name,
        "gazetteer_id": state.place.gazetteer_id,
        "lat": state.place.lat,
        "lon": state.place.lon,
        "holder": state.holder,
        "according_to": state.according_to,
        "side": state.side,
        "status": state.status.value,
        "since": to_json(state.start),
        "last_heard": to_json(state.last_heard),
        "claims": list(state.claims),
    }
