"""How far two people agree on the claims that both judged, beyond what chance would give."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from marsad.errors import MarsadError
from marsad.judging.values import FIELDS, corrected
from marsad.records import Agreement, JudgementKind

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from marsad.records import Claim, Judged, Judgement

_RULING = frozenset({JudgementKind.ACCEPT, JudgementKind.CORRECT, JudgementKind.REJECT})


def agreement(judged: Judged, one: str, other: str) -> tuple[Agreement, ...]:
    """Return how far two users agree: on which claims stand, then on each field that either of them corrected.

    The last word of each user on a claim counts, also where nobody reads it any more. A field is compared on the claims
    that both let stand, by the value that each left it with. Raises MarsadError where the package that computes
    Krippendorff's alpha is not installed.
    """
    if find_spec("krippendorff") is None:
        raise MarsadError("agreement needs `pip install marsad[agreement]`")
    words = {user: _last_words(judged, user) for user in (one, other)}
    both = sorted(words[one].keys() & words[other].keys())
    pairs = [(words[one][claim], words[other][claim]) for claim in both]
    verdicts = [tuple(word.kind is not JudgementKind.REJECT for word in pair) for pair in pairs]
    left = [(_left(first), _left(second)) for first, second in pairs if _stands(first) and _stands(second)]
    touched = {name for pair in pairs for word in pair if word.values for name in word.values.fields}
    return (
        _measured("verdict", verdicts),
        *(
            _measured(name, [(getattr(first, name), getattr(second, name)) for first, second in left])
            for name in FIELDS
            if name in touched
        ),
    )


def _last_words(judged: Judged, user: str) -> Mapping[str, Judgement]:
    """Return the user's last ruling on each claim, by what the claim's id is now, else by what it was."""
    ours = [word for word in (*judged.standing, *judged.orphaned) if word.user == user and word.kind in _RULING]
    ours.sort(key=lambda word: word.made)
    return {judged.found.get(word.id, (word.claims[0].id,))[0]: word for word in ours}


def _stands(word: Judgement) -> bool:
    return word.kind is not JudgementKind.REJECT


def _left(word: Judgement) -> Claim:
    """Return the claim as the user left it."""
    (seen,) = word.claims
    return corrected(seen, word.values) if word.values else seen


def _measured(question: str, pairs: Sequence[tuple[Hashable, ...]]) -> Agreement:
    agreed = sum(first == second for first, second in pairs)
    return Agreement(question=question, claims=len(pairs), agreed=agreed, alpha=_alpha(pairs))


def _alpha(pairs: Sequence[tuple[Hashable, ...]]) -> float | None:
    """Return Krippendorff's alpha of nominal values; None where there are not two values to tell apart."""
    codes: dict[Any, int] = {}
    for pair in pairs:
        for value in pair:
            codes.setdefault(value, len(codes))
    if len(codes) < 2:
        return None
    import krippendorff  # noqa: PLC0415 - an extra, and slow

    ratings = [[codes[pair[user]] for pair in pairs] for user in (0, 1)]
    return float(krippendorff.alpha(reliability_data=ratings, level_of_measurement="nominal"))
