"""A monitor under a policy: whatever it is asked, what it answers goes through the gate."""

from __future__ import annotations

import inspect
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from marsad.errors import MarsadError, MissingError
from marsad.vocabulary import Fineness

if TYPE_CHECKING:
    from collections.abc import Callable

    from marsad.releasing import Gate, Out

KEEPING = frozenset({"add", "back_up", "judge", "reread", "watch"})
"""What a monitor does for those who keep it: under a policy it refuses to."""

ON_ROADS = frozenset({"access", "route"})
"""What is asked between towns on a map, and would tell which they are: a policy that tells no towns refuses it."""

_OPEN = frozenset({"close", "policy", "rules", "zone"})  # says nothing of what is held
# Goes through the gate where it is drawn. What is told of an export are the asker's own words: a label in place of one
# would tell which place it stands for.
_DRAWN = frozenset({"export", "picture"})


class Gated(Protocol):
    """What has a gate."""

    _gate: Gate

    def _out(self, gate: Gate) -> Out: ...


Kind = TypeVar("Kind", bound=type[Gated])


def gated(kind: Kind) -> Kind:
    """Let all public methods and properties of a class answer through its gate: also those of its bases.

    An `as_of` is never later than the policy allows; what is in `KEEPING` raises MarsadError. Where the policy lets all
    out, everything is as it was.
    """
    for name in dir(kind):
        member = inspect.getattr_static(kind, name)
        if name.startswith("_") or name in _OPEN:
            continue
        if isinstance(member, property) and member.fget is not None:
            setattr(kind, name, property(_asked(name, member.fget)))
        elif inspect.isfunction(member):
            setattr(kind, name, _asked(name, member))
    return kind


def _asked(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    shape = inspect.signature(method)

    @wraps(method)
    def answer(self: Gated, *args: Any, **kwargs: Any) -> Any:
        gate = self._gate
        if gate.policy.lets_all_out:
            return method(self, *args, **kwargs)
        if name in KEEPING:
            raise MarsadError(
                f"the monitor is open under the policy '{gate.policy.name}', for giving out: open it without a policy "
                f"to {name.replace('_', ' ')}"
            )
        if name in ON_ROADS and gate.policy.places not in {Fineness.EXACT, Fineness.TOWN}:
            raise MarsadError(f"the policy '{gate.policy.name}' tells no towns, and {name} would tell which they are")
        given = shape.bind(self, *args, **kwargs)
        if "as_of" in shape.parameters:
            given.arguments["as_of"] = gate.until(given.arguments.get("as_of"), datetime.now(UTC))
        told = method(*given.args, **given.kwargs)
        if name in _DRAWN:
            return told
        leaves = gate.release(told, self._out(gate))
        if leaves is None and told is not None and "None" not in str(shape.return_annotation):
            raise MissingError("nothing of that may leave")
        return leaves

    return answer
