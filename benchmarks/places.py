"""How Marsad finds and resolves places in sets that other people annotated; the sets are never part of the project.

Usage: python benchmarks/places.py [FOLDER] [--errors N]     FOLDER: ../shared/data/geoparsing

GeoWebNews (Gritta, Pilehvar and Collier, "A Pragmatic Guide to Geoparsing Evaluation", 2020) and GeoVirus (the same,
ACL 2018). A set that is not there is skipped. Every article is a report without publisher or date, read without a
theatre.

Detection. Gold are the toponyms with coordinates, without adjectives ("Syrian") and demonyms; names that the set marks
but gives no coordinates count neither for nor against. A span is right where it is the gold span, or overlaps one.
Beside it, in the same run: what the parser takes for GPE, LOC or FAC.

Resolution. Each gold name is taken as it was read at its place; one that was not found is given, and looked up among
the places that were. Scored are names whose gold id the gazetteer has as a settlement (GeoWebNews), by exact id and
within 161 km; and all gold names within 161 km, or within an area that the gold point lies in. Beside it: the most
populous settlement of that very name.

Calibration. Confidence against how often the place was right, for names found at exactly their gold span; countries
left out. The curve was fitted to GeoVirus, so only the figure of the other set is of worth.
"""

from __future__ import annotations

import argparse
import hashlib
import sqlite3
import xml.etree.ElementTree as ET  # the sets are local files of a reader's own
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

from marsad.gazetteer import Context, Gazetteer, kilometres
from marsad.reading import Reader, Unread
from marsad.reading.reader import MODEL
from marsad.records import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from marsad.gazetteer import Match
    from marsad.reading import Toponym
    from marsad.records import Place

    Answer = tuple[str, tuple[float, float] | None, float]

NEAR_KM = 161.0
WORLDLY = {"country", "region", "continent", "ocean", "sea", "union"}


@dataclass(frozen=True)
class Gold:
    """A name of a place with its characters, GeoNames id (empty where the set has none) and point."""

    start: int
    end: int
    name: str
    geonames: str
    point: tuple[float, float]


@dataclass(frozen=True)
class Article:
    """A text with its toponyms and with the spans that count neither for nor against."""

    report: Report
    gold: tuple[Gold, ...]
    neither: tuple[tuple[int, int], ...]


def main() -> None:
    parser = argparse.ArgumentParser(description="Score places on outside annotated sets.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/data/geoparsing"))
    parser.add_argument("--errors", type=int, default=0, help="names missed, and names wrongly found, to print")
    asked = parser.parse_args()
    sets = {"GeoWebNews": geowebnews, "GeoVirus": geovirus}
    with Gazetteer.open(build_if_missing=True) as gazetteer:
        reader = Reader(gazetteer, network=None)
        for name, load in sets.items():
            path = asked.folder / f"{name}.xml"
            if path.exists():
                score(name, tuple(load(path)), reader, asked.errors)
            else:
                print(f"{name}: not there")


# ---- the sets -------------------------------------------------------------------------------------------------------


def geowebnews(path: Path) -> Iterator[Article]:
    for node in ET.parse(path).getroot():
        gold, neither = [], []
        for one in node.find("toponyms") or ():
            cells = {cell.tag: cell.text or "" for cell in one}
            kind, span = cells["type"], (int(cells["start"]), int(cells["end"]))
            if kind.endswith("_Expression"):
                continue
            left_out = kind in {"Demonym", "Non_Toponym", "Language", "Homonym"} or cells["modifierType"] == "Adjective"
            if left_out or not cells.get("latitude"):
                neither.append(span)
            else:
                point = float(cells["latitude"]), float(cells["longitude"])
                gold.append(Gold(*span, cells["extractedName"], cells["geonamesID"], point))
        yield Article(report(text(node, "text")), tuple(gold), tuple(neither))


def geovirus(path: Path) -> Iterator[Article]:
    for node in ET.parse(path).getroot():
        rows = [{cell.tag: cell.text or "" for cell in one} for one in node.find("locations") or ()]
        gold = (
            Gold(int(row["start"]) - 1, int(row["end"]) - 1, row["name"], "", (float(row["lat"]), float(row["lon"])))
            for row in rows
        )
        yield Article(report(text(node, "text")), tuple(gold), ())


def text(node: ET.Element, tag: str) -> str:
    return node.findtext(tag) or ""


def report(words: str) -> Report:
    digest = hashlib.sha256(words.encode()).hexdigest()
    return Report(id=digest[:12], publisher="", kind="wire", title="", text=words, published=None, sha256=digest)


# ---- the scores -----------------------------------------------------------------------------------------------------


def score(name: str, articles: Sequence[Article], reader: Reader, errors: int) -> None:
    names = sum(len(article.gold) for article in articles)
    print(f"\n{name}: {len(articles)} articles, {names} toponyms")
    read = [found if not isinstance(found := reader.places(one.report), Unread) else () for one in articles]
    parser = spacy.load(MODEL)
    entities = [parsed(parser, article.report.text) for article in articles]
    detection("Marsad", articles, [[(one.start, one.end) for one in found] for found in read], errors)
    detection("parser", articles, entities, 0)
    resolution(articles, read, reader.gazetteer)
    calibration(articles, read)


def parsed(parser: spacy.language.Language, words: str) -> list[tuple[int, int]]:
    """Return the spans that the parser takes for places, without their articles and possessive endings."""
    spans = []
    for entity in parser(words).ents:
        if entity.label_ not in {"GPE", "LOC", "FAC"}:
            continue
        start = entity.start + (entity[0].lower_ == "the")
        end = entity.end - (entity[-1].tag_ == "POS")
        if start < end:
            spans.append((entity.doc[start].idx, entity.doc[end - 1].idx + len(entity.doc[end - 1])))
    return spans


def detection(label: str, articles: Sequence[Article], found: Sequence[Sequence[tuple[int, int]]], errors: int) -> None:
    counts: Counter[str] = Counter()
    missed, wrong = [], []
    for article, spans in zip(articles, found, strict=True):
        gold = [(one.start, one.end) for one in article.gold]
        words = article.report.text
        for span in gold:
            counts["gold"] += 1
            counts["exactly found"] += span in spans
            counts["found"] += any(overlap(span, other) for other in spans)
            if not any(overlap(span, other) for other in spans):
                missed.append(excerpt(words, span))
        for span in spans:
            right = any(overlap(span, other) for other in gold)
            if not right and any(overlap(span, other) for other in article.neither):
                continue
            counts["given"] += 1
            counts["exactly right"] += span in gold
            counts["right"] += right
            if not right:
                wrong.append(excerpt(words, span))
    recall = f"{counts['exactly found'] / counts['gold']:.3f} exact, {counts['found'] / counts['gold']:.3f} overlapping"
    exact, near = counts["exactly right"] / counts["given"], counts["right"] / counts["given"]
    print(f"  detection, {label}: recall {recall}; precision {exact:.3f} exact, {near:.3f} overlapping")
    for title, some in (("missed", missed), ("no toponym", wrong)):
        for line in some[:errors]:
            print(f"    {title}: {line}")


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def excerpt(words: str, span: tuple[int, int]) -> str:
    around = f"{words[max(0, span[0] - 30) : span[0]]}[{words[slice(*span)]}]{words[span[1] : span[1] + 30]}"
    return " ".join(around.split())


def resolution(articles: Sequence[Article], read: Sequence[Sequence[Toponym]], gazetteer: Gazetteer) -> None:
    database = sqlite3.connect(gazetteer.path)
    settlements = {row[0] for row in database.execute("SELECT id FROM place WHERE kind = 'city'")}
    divisions = geonames_of_divisions()
    counts: dict[str, Counter[tuple[str, bool]]] = {"Marsad": Counter(), "most populous": Counter()}
    for article, toponyms in zip(articles, read, strict=True):
        at = {(one.start, one.end): one.place for one in toponyms}
        called = {one.place.name: one.place for one in toponyms}
        around = context(toponyms)
        for gold in article.gold:
            place = at.get((gold.start, gold.end)) or called.get(gold.name)
            given = {
                "Marsad": answer(place) if place else told(gazetteer.resolve(gold.name, around)),
                "most populous": most_populous(gazetteer, gold.name),
            }
            for label, (identity, point, radius) in given.items():
                distance = kilometres(gold.point, point) if point is not None else None
                counts[label]["all", distance is not None and distance <= max(NEAR_KM, radius)] += 1
                if f"geonames:{gold.geonames}" in settlements:
                    same = divisions.get(identity, identity) == f"geonames:{gold.geonames}"
                    counts[label]["towns by id", same] += 1
                    counts[label]["towns within 161 km", distance is not None and distance <= NEAR_KM] += 1
    for label, some in counts.items():
        sizes = {what: some[what, True] + some[what, False] for what, _ in some}
        shares = (f"{what} {some[what, True] / size:.3f} of {size}" for what, size in sizes.items())
        print(f"  resolution, {label}: {'; '.join(shares)}")


def geonames_of_divisions() -> dict[str, str]:
    """Return the GeoNames id of each division, by the gazetteer's id."""
    import marsad.gazetteer as room  # noqa: PLC0415

    rows = (Path(room.__file__).with_name("divisions.tsv")).read_text("utf-8").splitlines()
    cells = (row.split("\t") for row in rows if not row.startswith("#"))
    return {f"division:{code}": f"geonames:{number}" for code, number, *_ in cells}


def point_of(place: Place) -> tuple[float, float] | None:
    return None if place.lat is None or place.lon is None else (place.lat, place.lon)


def context(toponyms: Sequence[Toponym]) -> Context:
    """Return what the names that were found say of where a text plays."""
    places = [one.place for one in toponyms]
    countries = Counter(place.country for place in places if place.country)
    anchors = tuple(point for place in places if (point := point_of(place)) and place.feature not in WORLDLY)
    return Context(countries=tuple(code for code, _ in countries.most_common(4)), anchors=anchors, local=False)


def answer(place: Place) -> Answer:
    return place.gazetteer_id or "", point_of(place), place.radius_km or 0.0


def told(match: Match | None) -> Answer:
    return (match.entry.id, match.entry.point, match.entry.radius_km) if match else ("", None, 0.0)


def most_populous(gazetteer: Gazetteer, name: str) -> Answer:
    towns = [entry for entry in gazetteer.find(name, limit=200) if entry.kind == "city"]
    best = max(towns, key=lambda entry: entry.population, default=None)
    return (best.id, best.point, best.radius_km) if best else ("", None, 0.0)


def calibration(articles: Sequence[Article], read: Sequence[Sequence[Toponym]]) -> None:
    pairs = []
    for article, toponyms in zip(articles, read, strict=True):
        gold = {(one.start, one.end): one for one in article.gold}
        for one in toponyms:
            true, point = gold.get((one.start, one.end)), point_of(one.place)
            if true is None or point is None or one.confidence is None or one.place.feature in WORLDLY:
                continue
            near = kilometres(true.point, point) <= max(NEAR_KM, one.place.radius_km or 0.0)
            pairs.append((one.confidence, near))
    print(f"  calibration over {len(pairs)} names: mean error {error(pairs):.3f}")
    for low in (0.0, 0.6, 0.7, 0.8, 0.9):
        high = 1.01 if low == 0.9 else (0.6 if low == 0.0 else low + 0.1)
        some = [(sure, right) for sure, right in pairs if low <= sure < high]
        if some:
            said, was = (sum(part) / len(some) for part in zip(*some, strict=True))
            print(f"    said {said:.2f}, was right {was:.2f}, {len(some)} names")


def error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error over ten bins of equal width."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for pair in pairs:
        bins.setdefault(min(9, int(pair[0] * 10)), []).append(pair)
    gaps = (abs(sum(sure for sure, _ in some) - sum(right for _, right in some)) for some in bins.values())
    return sum(gaps) / max(1, len(pairs))


if __name__ == "__main__":
    main()
