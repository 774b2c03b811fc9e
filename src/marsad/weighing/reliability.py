"""How far the words of each class of speaker are to be trusted: prior counts, and what this monitor saw settled."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from marsad.records import Polarity
from marsad.vocabulary import SpeakerCounts, load_events
from marsad.weighing.interest import interest
from marsad.weighing.observations import speaker_class
from marsad.weighing.sources import first_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marsad.linking import Linked
    from marsad.records import Assessment
    from marsad.theatre import Theatre
    from marsad.vocabulary import NowcastModel, RuleSet


def reliabilities(
    linked: Linked,
    assessments: Mapping[str, Assessment],
    theatre: Theatre | None,
    model: NowcastModel,
    rules: RuleSet,
) -> Mapping[str, SpeakerCounts]:
    """Return the counts of each class of speaker: the model's prior, and the settled cases over who holds a place.

    Each voice counts once for each case, by its first word on it.
    """
    seen: Counter[tuple[str, bool]] = Counter()
    for proposition in linked.propositions:
        verdict, event = assessments.get(proposition.id), load_events().get(proposition.event)
        if verdict is None or verdict.settled_as is None or event is None or event.family != "territory":
            continue
        for voice, affirms in first_words(verdict):
            stake = interest(voice.side, proposition, theatre, rules, affirms=affirms)
            seen[speaker_class(stake, affirms=affirms), affirms is (verdict.settled_as is Polarity.AFFIRMED)] += 1
    return {
        name: SpeakerCounts(right=prior.right + seen[name, True], wrong=prior.wrong + seen[name, False])
        for name, prior in model.reliability.items()
    }
