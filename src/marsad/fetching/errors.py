"""What a fetch fails with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.errors import InputError

if TYPE_CHECKING:
    from datetime import timedelta


class FetchError(InputError):
    """An address that gave nothing, and why, in one line.

    `status` is what its server answered, if anything; `final` says that asking again will not help; `wait` is for how
    long the server asks to be left alone.
    """

    def __init__(
        self, reason: str, *, status: int | None = None, final: bool = False, wait: timedelta | None = None
    ) -> None:
        """Say why."""
        super().__init__(reason)
        self.status = status
        self.final = final
        self.wait = wait


def shown(text: str) -> str:
    """Return a stranger's words as a reason quotes them: printable ASCII, at most some 60 characters."""
    words = ascii(text)[1:-1]
    return words if len(words) <= 60 else f"{words[:57]}..."
