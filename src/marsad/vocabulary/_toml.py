"""Data files with line numbers: what a loader needs to say where a file is wrong."""

from __future__ import annotations

import math
import re
import tomllib
from typing import TYPE_CHECKING, Any, NoReturn

from marsad.errors import DataFileError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*(\"[^\"]*\"|'[^']*'|[A-Za-z0-9_.-]+)\s*=")


class DataFile:
    """A parsed TOML file that can say on which line a key stands."""

    def __init__(self, path: Path, text: str | None = None) -> None:
        """Read and parse `path`, or `text` in its place; raise DataFileError where it cannot be read or is not TOML."""
        self.path = path
        try:
            self.text_read = path.read_text("utf-8") if text is None else text
            self._lines = self.text_read.splitlines()
            self.data: dict[str, Any] = tomllib.loads("\n".join(self._lines))
        except OSError as error:
            raise DataFileError(f"{path}: cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise DataFileError(f"{path}: not UTF-8 (byte {error.start})") from error
        except tomllib.TOMLDecodeError as error:
            raise DataFileError(f"{path}: not TOML: {error}") from error
        except RecursionError as error:
            raise DataFileError(f"{path}: not TOML that anybody wrote: nested too deep") from error

    def line_of(self, *keys: str | int) -> int:
        """Return the 1-based line of a key path or of its longest prefix; an int is the n-th table of an array."""
        best, depth = 1, 0
        header: tuple[str | int, ...] = ()
        seen: dict[tuple[str | int, ...], int] = {}
        for number, line in enumerate(self._lines, start=1):
            path: tuple[str | int, ...]
            if match := _HEADER.match(line):
                header = _split(match[2])
                if match[1] == "[[":
                    index = seen.get(header, -1) + 1
                    seen[header] = index
                    header = (*header, index)
                path = header
            elif match := _KEY.match(line):
                path = (*header, *_split(match[1]))
            else:
                continue
            common = 0
            for ours, theirs in zip(path, keys, strict=False):
                if ours != theirs:
                    break
                common += 1
            if common == len(path) and common > depth:
                best, depth = number, common
        return best

    def fail(self, reason: str, *keys: str | int) -> NoReturn:
        """Raise DataFileError that names the file, the line of `keys` and the reason."""
        raise DataFileError(f"{self.path}:{self.line_of(*keys)}: {reason}")

    def only(self, table: Mapping[str, Any], allowed: Collection[str], *keys: str | int) -> None:
        """Refuse keys of `table` that are not in `allowed`, naming the line of the first."""
        for key in table:
            if key not in allowed:
                self.fail(f"unknown key '{key}'; known here: {', '.join(sorted(allowed))}", *keys, key)

    def text(self, table: Mapping[str, Any], key: str, *keys: str | int, default: str | None = None) -> str:
        """Return a non-empty string, or `default` where the key is absent and a default is given."""
        value = table.get(key, default)
        if not isinstance(value, str) or not (value.strip() or default == value):
            self.fail(f"'{key}' must be a non-empty string", *keys, key)
        return value

    def texts(self, table: Mapping[str, Any], key: str, *keys: str | int) -> tuple[str, ...]:
        """Return a list of non-empty strings as a tuple, empty where the key is absent."""
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.fail(f"'{key}' must be a list of non-empty strings", *keys, key)
        return tuple(value)

    def choice(
        self, table: Mapping[str, Any], key: str, allowed: Collection[str], *keys: str | int, default: str | None = None
    ) -> str:
        """Return a string that is one of `allowed`."""
        value = self.text(table, key, *keys, default=default)
        if value not in allowed:
            self.fail(f"'{key}' is '{value}'; it must be one of {', '.join(sorted(allowed))}", *keys, key)
        return value

    def number(
        self,
        table: Mapping[str, Any],
        key: str,
        *keys: str | int,
        above: float | None = None,
        most: float = math.inf,
    ) -> float:
        """Return a number from 0 to `most`; with `above` it must be greater than that."""
        value = table.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.fail(f"'{key}' must be a number", *keys, key)
        if value < 0 or value > most or (above is not None and value <= above):
            least = f"above {above:g}" if above is not None else "at least 0"
            bound = "" if math.isinf(most) else f" and at most {most:g}"
            self.fail(f"'{key}' is {value:g}; it must be {least}{bound}", *keys, key)
        return float(value)

    def table(self, table: Mapping[str, Any], key: str, *keys: str | int) -> Mapping[str, Any]:
        """Return a sub-table, empty where the key is absent."""
        value = table.get(key, {})
        if not isinstance(value, dict):
            self.fail(f"'{key}' must be a table", *keys, key)
        return value


def _split(key: str) -> tuple[str | int, ...]:
    """Split a dotted key, quoted parts kept whole."""
    return tuple(part.strip("\"'") for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^.\s]+", key))
