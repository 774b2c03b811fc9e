"""What the rules ask about a proposition: who says what now, who changed its word, and against whose interest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.weighing.interest import Interest, interest
from marsad.weighing.voices import weigh

if TYPE_CHECKING:
    from datetime import datetime

    from marsad.records import Proposition, Voice
    from marsad.vocabulary import Rule
    from marsad.weighing.voices import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A proposition's voices as they stand; each of `now_for` and `now_against` by its last word alone.

    `concession` is the voice that settled a dispute against its own interest.
    """

    voices_for: tuple[Voice, ...]
    voices_against: tuple[Voice, ...]
    now_for: tuple[Voice, ...]
    now_against: tuple[Voice, ...]
    concession: Voice | None
    self_serving: bool
    opposed_sides: bool

    @property
    def agreed(self) -> bool:
        """Whether it was denied, and all who denied it now say it."""
        return bool(self.voices_against and not self.now_against and self.now_for)

    @property
    def withdrawn(self) -> bool:
        """Whether it was said, and all who said it now deny it."""
        return bool(self.voices_for and not self.now_for and self.now_against)

    @property
    def settled_on(self) -> datetime | None:
        """When the dispute ended, where it did."""
        if self.concession:
            return conceded_on(self.concession, self.voices_against)
        return max((voice.last for voice in self.now_for if voice.last), default=None) if self.agreed else None

    def fulfil(self, rule: Rule) -> bool:
        """Tell whether all conditions of a rule hold."""
        counts = {"voices_for": len(self.now_for), "voices_against": len(self.now_against)}
        holds = {
            "no_voice_for": not self.now_for,
            "no_voice_against": not self.now_against,
            "against_interest": any(voice.against_interest for voice in self.now_for),
            "self_serving": self.self_serving,
            "opposed_sides": self.opposed_sides,
            "conceded": self.concession is not None,
            "agreed": self.agreed,
            "withdrawn": self.withdrawn,
        }
        return all(
            counts[name] >= wanted if name in counts else holds[name] is wanted for name, wanted in rule.when.items()
        )


def find_facts(proposition: Proposition, case: Case) -> Facts | None:
    """Return the facts of a proposition; None where nobody has spoken on it by then."""
    affirm, deny = weigh(proposition, case)
    if not affirm and not deny:
        return None
    theatre = case.theatre
    now_for = tuple(voice for voice in affirm if not _turned(voice, deny))
    saying = {voice.name for voice in now_for}
    now_against = tuple(voice for voice in deny if voice.name not in saying)
    stakes = [interest(voice.side, proposition, theatre, case.rules, affirms=True) for voice in now_for]
    return Facts(
        voices_for=affirm,
        voices_against=deny,
        now_for=now_for,
        now_against=now_against,
        concession=_concession(now_for, deny),
        self_serving=bool(stakes) and all(stake is Interest.SERVING for stake in stakes),
        opposed_sides=theatre is not None
        and any(theatre.opposed(one.side, other.side) for one in now_for for other in now_for),
    )


def _turned(voice: Voice, deny: tuple[Voice, ...]) -> bool:
    """Tell whether a voice's last word is a denial; of two words at one time the one against its interest counts."""
    denial = next((other for other in deny if other.name == voice.name), None)
    if denial is None or denial.last is None or voice.last is None:
        return False
    return denial.last > voice.last or (denial.last == voice.last and not voice.against_interest)


def _concession(now_for: tuple[Voice, ...], deny: tuple[Voice, ...]) -> Voice | None:
    """Return the earliest voice that says, against its interest, what was denied before and by nobody after."""
    denied = max((voice.last for voice in deny if voice.last), default=None)
    if denied is None:
        return None
    return next((one for one in now_for if one.against_interest and one.last and one.last >= denied), None)


def conceded_on(concession: Voice, deny: tuple[Voice, ...]) -> datetime | None:
    """Return when the conceding word fell: the voice's first word, or its last where it had been denied between."""
    denied = max((voice.last for voice in deny if voice.last), default=None)
    first_holds = denied is None or (concession.first is not None and concession.first >= denied)
    return concession.first if first_holds else concession.last
