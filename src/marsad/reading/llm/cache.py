"""Answers that were given before, by what was asked: a file an answer, whole or not there at all."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.errors import MarsadError

if TYPE_CHECKING:
    from collections.abc import Callable

    from marsad.reading.llm.tally import Counting


@dataclass(frozen=True, slots=True)
class Cache:
    """Keeps answers in a folder that is its user's alone; what is damaged there is passed over and counted."""

    folder: Path
    counting: Counting

    @classmethod
    def open(cls, folder: Path, counting: Counting) -> Cache:
        """Make the folder where it is missing; raise MarsadError where that cannot be."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise MarsadError(f"{folder}: answers cannot be kept there: {error.strerror}") from error
        return cls(folder, counting)

    def get(self, asked: bytes, fits: Callable[[str], object]) -> str | None:
        """Return the answer to a request, None where none is kept for which `fits` raises no ValueError."""
        try:
            kept = json.loads(self._path(asked).read_text("utf-8"))
            answer = str(kept["answer"])
            fits(answer)
            whole = kept["sha256"] == _digest(answer)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            whole = False
        self.counting.add("cached" if whole else "damaged")
        return answer if whole else None

    def put(self, asked: bytes, answer: str) -> None:
        """Keep the answer to a request; one that cannot be written is counted, and the reading goes on."""
        path = self._path(asked)
        entry = {"answer": answer, "sha256": _digest(answer)}
        try:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            handle, new = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(entry, file)
            Path(new).replace(path)
        except OSError:
            self.counting.add("damaged")

    def _path(self, asked: bytes) -> Path:
        name = hashlib.sha256(asked).hexdigest()
        return self.folder / name[:2] / f"{name}.json"


def _digest(answer: str) -> str:
    return hashlib.sha256(answer.encode("utf-8", "surrogatepass")).hexdigest()
