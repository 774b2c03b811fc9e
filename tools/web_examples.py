"""Write the examples in the description of the web API: `python tools/web_examples.py`.

Each is what the demonstration answers, with lists cut to their first item. A test fails where they are out of date.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from marsad.demo import demo_reports, demo_theatre
from marsad.monitor import Monitor
from marsad.web.examples import examples_of

_WHERE = Path(__file__).parents[1] / "src" / "marsad" / "web" / "examples.json"


def main() -> None:
    """Read the demonstration, ask it all, and write."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MARSAD_ROADS"] = folder
        with Monitor.open(Path(folder) / "demo.marsad", theatre=demo_theatre()) as held:
            held.add([demo_reports()])
            found = examples_of(held)
    _WHERE.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
