"""Print how long the gazetteer takes to build and to answer, and how large it is: python benchmarks/gazetteer.py."""

from __future__ import annotations

import resource
import tempfile
from pathlib import Path
from time import perf_counter

from marsad.gazetteer import Context, Gazetteer, build

EXACT = ("Homs", "Bakhmut", "El Fasher", "Goma", "Mekelle", "Sanaa", "Gaza", "Moscow", "Washington", "San Antonio")
FUZZY = ("Dayr al Zur", "Zaporizhiya", "Kyaukphyu", "Khaan Shaykhuun", "Novooleksiyivka", "Aleksandriyivka")
CONTEXT = Context(countries=("SY", "UA", "RU", "MM", "SD"), anchors=((34.7, 36.7),))


def milliseconds(gazetteer: Gazetteer, names: tuple[str, ...]) -> list[float]:
    times = []
    for name in names:
        start = perf_counter()
        gazetteer.resolve(name, CONTEXT)
        times.append(1000 * (perf_counter() - start))
    return times


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gazetteer.sqlite"
        start = perf_counter()
        build(path)
        print(f"build   {perf_counter() - start:.1f} s, {path.stat().st_size / 1e6:.0f} MB")
        print(f"peak    {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB resident while building")
        with Gazetteer.open(path) as gazetteer:
            milliseconds(gazetteer, ("Warm up",))
            for label, names in (("exact", EXACT), ("fuzzy", FUZZY), ("cached", EXACT)):
                times = milliseconds(gazetteer, names)
                print(f"{label:7} mean {sum(times) / len(times):.2f} ms, worst {max(times):.2f} ms")


if __name__ == "__main__":
    main()
