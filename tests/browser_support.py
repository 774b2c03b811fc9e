"""Browsing a served monitor: the machine's Chromium, driven by Playwright's Python package, on the pages as built.

Playwright is the Python package and not that of npm, so that monitor, server and reader are of one test. It downloads
no browser. Names of other machines lead nowhere: whatever the pages ask for elsewhere fails, and fails the test.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "src" / "marsad" / "web" / "site" / "index.html"
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--use-angle=swiftshader",  # WebGL without a graphics card, for the map
    "--enable-unsafe-swiftshader",
)
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}

needs_browser = pytest.mark.skipif(
    CHROMIUM is None or not SITE.is_file() or not AXE.is_file(),
    reason="needs Chromium and the built pages: apt-get install chromium, make site",
)
"""A mark for modules whose tests open pages."""

_STARTS = 60  # seconds in which a server must answer
_TRIES = 0.1
_BUSY = ".waiting, .redrawing, [aria-busy=true]"
_DRAWING = "status of 503"  # a busy machine still draws the picture; the page asks again by itself
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Visit:
    """A reader's visit: a browser page at a server, with what went wrong in it.

    `faults` are errors and warnings of the console, errors of scripts and requests to anywhere else; `expected` are
    parts of those that a test itself provokes.
    """

    page: Page
    base: str
    faults: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=lambda: [_DRAWING])

    def __post_init__(self) -> None:
        """Listen to what goes wrong."""
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("request", self._asked)

    def go(self, path: str) -> Page:
        """Open a page by its path, and return it when its answer is there."""
        self.page.goto(self.base + path)
        return self.ready()

    def ready(self) -> Page:
        """Return the page when nothing is awaited any more."""
        self.page.locator("main h1").wait_for()
        self.page.locator(f"main :is({_BUSY})").first.wait_for(state="detached", timeout=_STARTS * 1000)
        return self.page

    def text(self) -> str:
        """Return the words of the page itself, without its frame."""
        return self.page.locator("main").inner_text()

    def check(self) -> None:
        """Fail if anything went wrong that was not expected."""
        assert not [one for one in self.faults if not any(part in one for part in self.expected)]

    def accessible(self, without: Sequence[str] = ()) -> None:
        """Fail if axe finds that a rule of WCAG 2.2 AA, or of good practice, is broken; `without` names rules."""
        self.page.evaluate(AXE.read_text("utf-8"))
        options = {"runOnly": _TAGS, "rules": {name: {"enabled": False} for name in without}}
        found: dict[str, Any] = self.page.evaluate(f"axe.run(document, {json.dumps(options)})")
        told = [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]
        assert not told, "\n".join(told)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme not in {"data", "blob"} and f"{asked.scheme}://{asked.netloc}" != self.base:
            self.faults.append(f"asked elsewhere: {request.url}")


@contextmanager
def serving(monitor: Path, *options: str) -> Iterator[str]:
    """Serve a monitor by `marsad serve` on a port of this machine, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "marsad", "serve", "--monitor", str(monitor), "--port", str(port), *options]
    base = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, env=os.environ | {"PYTHONWARNINGS": "ignore"}, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(base, server)
            yield base
        finally:
            server.terminate()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the machine's browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visiting(browser: Browser, base: str, **options: Any) -> Iterator[Visit]:
    """Begin a visit in a new profile, far from the theatre's zone, and check at its end that nothing went wrong.

    `options` are those of Playwright's `new_context`, such as `viewport=PHONE` or `color_scheme="dark"`.
    """
    given = {"viewport": DESK, "locale": "en-GB", "timezone_id": "America/Lima", "reduced_motion": "reduce", **options}
    context = browser.new_context(**given)
    context.set_default_timeout(15_000)
    try:
        visit = Visit(context.new_page(), base)
        yield visit
        visit.check()
    finally:
        context.close()


def _wait(base: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _STARTS
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(f"{base}/api/monitor", trust_env=False).status_code < 500:
                return
        except httpx.TransportError:
            pass
        time.sleep(_TRIES)
    raise AssertionError(f"marsad serve did not answer; it ended with {server.poll()}")
