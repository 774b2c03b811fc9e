"""What the rules ask about a proposition: who says what now, who changed its word, and against whose interest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.records import Interest
from marsad.weighing.voices import speaks_for, weigh

if TYPE_CHECKING:
    from datetime import datetime

    from marsad.records import Proposition, Voice
    from marsad.theatre import Theatre
    from marsad.vocabulary import Rule
    from marsad.weighing.acts import Acts
    from marsad.weighing.voices import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A proposition's voices as they stand; each of `now_for` and `now_against` by its last word alone.

    `concession` is the voice that settled a dispute against its own interest. `accused` where the type is one that a
    party is accused of. Every condition of a rule that is true or false is an attribute.
    """

    proposition: Proposition
    voices_for: tuple[Voice, ...]
    voices_against: tuple[Voice, ...]
    now_for: tuple[Voice, ...]
    now_against: tuple[Voice, ...]
    concession: Voice | None
    accused: bool
    theatre: Theatre | None
    acts: Acts

    @property
    def no_voice_for(self) -> bool:
        """Whether nobody's last word is for it."""
        return not self.now_for

    @property
    def no_voice_against(self) -> bool:
        """Whether nobody's last word is against it."""
        return not self.now_against

    @property
    def against_interest(self) -> bool:
        """Whether a voice for it speaks against its own interest."""
        return any(voice.against_interest for voice in self.now_for)

    @property
    def self_serving(self) -> bool:
        """Whether it serves all who say it."""
        return bool(self.now_for) and all(voice.interest is Interest.SERVING for voice in self.now_for)

    @property
    def opposed_sides(self) -> bool:
        """Whether two of the sides that say it are enemies."""
        theatre = self.theatre
        return theatre is not None and any(
            theatre.opposed(one.side, other.side) for one in self.now_for for other in self.now_for
        )

    @property
    def conceded(self) -> bool:
        """Whether it was denied, then said against the speaker's interest, and not denied since."""
        return self.concession is not None

    @property
    def agreed(self) -> bool:
        """Whether it was denied, and all who denied it now say it."""
        return bool(self.voices_against and not self.now_against and self.now_for)

    @property
    def withdrawn(self) -> bool:
        """Whether it was said, and all who said it now deny it."""
        return bool(self.voices_for and not self.now_for and self.now_against)

    @property
    def accepted(self) -> bool:
        """Whether the party that is accused of it says that it did it."""
        agent = self.proposition.agent
        return self.accused and any(speaks_for(voice, agent, self.theatre) for voice in self.now_for)

    @property
    def violence(self) -> bool:
        """Whether it is an event of violence."""
        return self.proposition.family == "violence"

    @property
    def action_nearby(self) -> bool:
        """Whether a party is known otherwise to have used force at the place about then."""
        return bool(self.acts.nearby(self.proposition))

    @property
    def other_blamed(self) -> bool:
        """Whether the same act of violence is told of another party."""
        return bool(self.acts.rivals(self.proposition))

    @property
    def other_accepted(self) -> bool:
        """Whether another party of which the same act is told says that it did it."""
        return self.accused and any(rival.declared for rival in self.acts.rivals(self.proposition))

    @property
    def settled_on(self) -> datetime | None:
        """When the dispute ended, where it did."""
        if self.concession:
            return conceded_on(self.concession, self.voices_against)
        return max((voice.last for voice in self.now_for if voice.last), default=None) if self.agreed else None

    def fulfil(self, rule: Rule) -> bool:
        """Tell whether all conditions of a rule hold."""
        counts = {"voices_for": len(self.now_for), "voices_against": len(self.now_against)}
        return all(
            counts[name] >= wanted if name in counts else getattr(self, name) is wanted
            for name, wanted in rule.when.items()
        )


def find_facts(proposition: Proposition, case: Case, acts: Acts) -> Facts | None:
    """Return the facts of a proposition among the `acts` of its case; None where nobody has spoken on it by then."""
    affirm, deny = weigh(proposition, case)
    if not affirm and not deny:
        return None
    now_for = tuple(voice for voice in affirm if not _turned(voice, deny))
    saying = {voice.name for voice in now_for}
    return Facts(
        proposition=proposition,
        voices_for=affirm,
        voices_against=deny,
        now_for=now_for,
        now_against=tuple(voice for voice in deny if voice.name not in saying),
        concession=_concession(now_for, deny),
        accused=proposition.event in case.rules.accusations,
        theatre=case.theatre,
        acts=acts,
    )


def _turned(voice: Voice, deny: tuple[Voice, ...]) -> bool:
    """Tell whether a voice's last word is a denial; of two words at one time the one against its interest counts."""
    denial = next((other for other in deny if other.name == voice.name), None)
    if denial is None or denial.last is None or voice.last is None:
        return False
    return denial.last > voice.last or (denial.last == voice.last and not voice.against_interest)


def _concession(now_for: tuple[Voice, ...], deny: tuple[Voice, ...]) -> Voice | None:
    """Return the earliest voice that says, against its interest, what was denied before and by nobody after.

    What a warring side denied only a side that denied it can concede, not its ally.
    """
    denied = max((voice.last for voice in deny if voice.last), default=None)
    if denied is None:
        return None
    sides = {voice.side for voice in deny if voice.side}
    costly = (voice for voice in now_for if voice.against_interest and (not sides or voice.side in sides))
    return next((voice for voice in costly if voice.last and voice.last >= denied), None)


def conceded_on(concession: Voice, deny: tuple[Voice, ...]) -> datetime | None:
    """Return when the conceding word fell: the voice's first word, or its last where it had been denied between."""
    denied = max((voice.last for voice in deny if voice.last), default=None)
    first_holds = denied is None or (concession.first is not None and concession.first >= denied)
    return concession.first if first_holds else concession.last
