"""Make the pictures of the pages for the documentation: `python tools/screenshots.py MONITOR FOLDER`.

It serves the monitor and opens every view at a desk and on a telephone, light and dark, in English and Arabic.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser_support import DESK, PHONE, chromium, serving, visiting  # noqa: E402 - it lies with the tests

VIEWS = {
    "now": "/",
    "map": "/map",
    "ledger": "/ledger",
    "search": "/search?words=Homs",
    "sources": "/sources",
    "source": "/sources/government",
    "place": "/places/Homs",
    "actor": "/actors/HTS-led%20alliance",
    "report": "/reports/demo-030",
    "review": "/review",
}
"""The views by the names of their pictures, with what the demonstration has to show."""

SIZES = {"desk": DESK, "phone": PHONE}
COLOURS = ("light", "dark")
LANGUAGES = ("en", "ar")


def main(monitor: Path, folder: Path) -> None:
    """Write a PNG of every view into a folder, named after view, size, colours and language."""
    folder.mkdir(parents=True, exist_ok=True)
    with serving(monitor) as base, chromium() as browser:
        for (size, viewport), colours in product(SIZES.items(), COLOURS):
            with visiting(browser, base, viewport=viewport, color_scheme=colours) as visit:
                for (name, path), language in product(VIEWS.items(), LANGUAGES):
                    page = visit.go(path + ("&" if "?" in path else "?") + f"lang={language}")
                    page.screenshot(path=folder / f"{name}-{size}-{colours}-{language}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
