"""Groups of commands that show the things of one kind: which there are, one of them, and whether a file is sound."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup


class Shortened(TyperGroup):
    """Lists all without a verb, and shows the one whose name or file stands in the verb's place."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put in the verb that was left out."""
        if not args:
            args = ["list"]
        elif args[0] not in self.commands and not args[0].startswith("-"):
            args = ["show", *args]
        return super().parse_args(ctx, args)
