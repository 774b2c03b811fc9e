"""Print what the gazetteer costs in time, size and memory: python benchmarks/gazetteer.py [FILE_OF_PLACES...]."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from marsad.gazetteer import Context, Gazetteer, add_places, build

EXACT = ("Homs", "Bakhmut", "El Fasher", "Goma", "Mekelle", "Sanaa", "Gaza", "Moscow", "Washington", "San Antonio")
FUZZY = ("Dayr al Zur", "Zaporizhiya", "Kyaukphyu", "Khaan Shaykhuun", "Novooleksiyivka", "Aleksandriyivka")
# Latin spellings for rows that have an Arabic name alone, a short one of many namesakes among them.
ACROSS = ("Mahla", "Bayt Ali", "Qaryat Salim", "al-Hajar", "Sharaf", "Makil")
ARABIA = Context(countries=("YE", "SA", "OM"))
CONTEXT = Context(countries=("SY", "UA", "RU", "MM", "SD"), anchors=((34.7, 36.7),))
MADE_PLACES = 50_000


def made_places(folder: Path) -> Path:
    """Write a list of places with made-up Arabic names, spread over the Arabian peninsula."""
    chosen = random.Random(7)
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    path = folder / "made.tsv"
    with path.open("w", encoding="utf-8") as file:
        file.write("class\tname\tlon\tlat\n")
        for _ in range(MADE_PLACES):
            name = "".join(chosen.choices(letters, k=chosen.randint(3, 8)))
            file.write(f"village\t{name}\t{chosen.uniform(42, 52):.5f}\t{chosen.uniform(13, 24):.5f}\n")
    return path


def megabytes(path: Path) -> float:
    return path.stat().st_size / 1e6


def times(gazetteer: Gazetteer, names: tuple[str, ...], context: Context = CONTEXT) -> list[float]:
    """Return the microseconds that resolving each name takes."""
    found = []
    for name in names:
        start = perf_counter()
        gazetteer.resolve(name, context)
        found.append(1e6 * (perf_counter() - start))
    return found


def look_ups(path: Path) -> None:
    """Print how long answers take, each name for the first time and again."""
    with Gazetteer.open(path) as gazetteer:
        times(gazetteer, ("Warm up", "Mahra"), ARABIA)
        for label, names, context in (
            ("resolve", EXACT, CONTEXT),
            ("again", EXACT, CONTEXT),
            ("fuzzy", FUZZY, CONTEXT),
            ("across", ACROSS, ARABIA),
        ):
            found = times(gazetteer, names, context)
            print(f"{label:8} mean {sum(found) / len(found):.0f} us, worst {max(found):.0f} us")
        start = perf_counter()
        for name in EXACT:
            gazetteer.find(name)
        print(f"find     mean {1e6 * (perf_counter() - start) / len(EXACT):.0f} us, cached")
        print(f"queries  {resident():.0f} MB resident with Python and the package")


def resident() -> float:
    """Return the most megabytes that this process has held so far, by the kernel's own account (Linux)."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gazetteer.sqlite"
        start = perf_counter()
        build(path)
        print(f"build    {perf_counter() - start:.1f} s, {megabytes(path):.0f} MB, {resident():.0f} MB resident")
        for file in [Path(word) for word in sys.argv[1:]] or [made_places(Path(folder))]:
            before, start = megabytes(path), perf_counter()
            (told,) = add_places([file], path=path)
            spent, rows = perf_counter() - start, told.added + told.merged + told.known
            print(
                f"add      {file.name}: {rows} rows ({told.added} new, {told.merged} merged) in {spent:.1f} s, "
                f"{before:.1f} MB before, {megabytes(path):.1f} MB after"
            )
        # A process of its own, whose memory the building did not touch.
        sys.stdout.flush()
        subprocess.run([sys.executable, __file__, "--look-ups", str(path)], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--look-ups"]:
        print(f"idle     {resident():.0f} MB resident with Python and the package")
        look_ups(Path(sys.argv[2]))
    else:
        main()
