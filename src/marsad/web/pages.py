"""The pages for a browser: files that were built beforehand, found by their whole path and never by a path's parts."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

_LASTING = "public, max-age=31536000, immutable"
_HASHED = "/assets/"
_FRONT = "/index.html"
_KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
    ".pmtiles": "application/vnd.pmtiles",
}
_NOT_BUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Marsad</title></head>
<body><h1>Marsad</h1>
<p>The pages were not built; the API is at <a href="/api/monitor">/api</a>, its description at
<a href="/api/openapi.json">/api/openapi.json</a>.</p></body></html>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the pages: its bytes, what they are, and how long a browser may keep them."""

    data: bytes
    kind: str
    keeping: str


class Site:
    """All files of the pages by their path; what is none of them is a view of the front page."""

    def __init__(self, folder: Traversable) -> None:
        """Look which files are there; they are read when they are first asked for."""
        self._paths: Mapping[str, Traversable] = dict(_walk(folder, "/")) if folder.is_dir() else {}
        self._read: dict[str, File] = {}

    def at(self, path: str) -> File | None:
        """Return the file at a path, the front page for a view, None for a hashed file that is not there."""
        if path not in self._paths:
            if path.startswith(_HASHED):
                return None
            path = _FRONT
        if path not in self._paths:
            return File(data=_NOT_BUILT.encode(), kind=_KINDS[".html"], keeping="no-store")
        if path not in self._read:
            keeping = _LASTING if path.startswith(_HASHED) else "no-cache"
            self._read[path] = File(data=self._paths[path].read_bytes(), kind=_kind(path), keeping=keeping)
        return self._read[path]


def shipped() -> Site:
    """Return the pages that were built into the package."""
    return Site(files("marsad.web").joinpath("site"))


def _walk(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _walk(one, f"{path}{one.name}/")
        elif one.is_file():
            yield path + one.name, one


def _kind(path: str) -> str:
    suffix = path[path.rfind(".") :] if "." in path else ""
    return _KINDS.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
