"""Words that say what kind of place a name is of, where each language puts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from marsad.errors import DataFileError
from marsad.gazetteer import features, site_of
from marsad.gazetteer.features import load_features, strip_feature

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "bare", "site"),
    [
        ("Varenna International Airport", "varenna", "airport"),
        ("Varenna air base", "varenna", "airport"),
        ("airport of Varenna", "varenna", "airport"),
        ("aéroport international de Varenna", "varenna", "airport"),
        ("aérodrome d'Alep", "alep", "airport"),
        ("аэродром Ветрогорье", "ветрогорье", "airport"),
        ("Сулеймский мост", "сулеимскии", "bridge"),
        ("аеродром Вітрогір'я", "вітрогіря", "airport"),
        ("مطار حماة العسكري", "حماه", "airport"),
        ("جسر سليم", "سليم", "bridge"),
    ],
)
def test_a_site_is_known_by_its_word_in_any_language(name: str, bare: str, site: str) -> None:
    assert site_of(name) == (bare, site)


@pytest.mark.parametrize("name", ["Varenna", "Varenna countryside", "airport", "Port Varenna", "Каменовск", "ريف حماة"])
def test_a_town_and_the_ground_around_it_are_no_site(name: str) -> None:
    assert site_of(name)[1] == ""


@pytest.mark.parametrize(
    ("name", "bare", "kind"),
    [
        ("Idlib province", "idlib", "admin1"),
        ("province of Idlib", "idlib", "admin1"),
        ("province d’Idlib", "idlib", "admin1"),
        ("провинция Идлиб", "идлиб", "admin1"),
        ("Донецька область", "донецька", "admin1"),
        ("مدينة حمص", "حمص", "city"),
        ("Lake Chad", None, None),
        ("Camp Speicher", None, None),
    ],
)
def test_a_feature_stands_where_its_language_has_it(name: str, bare: str | None, kind: str | None) -> None:
    assert strip_feature(name) == (bare, kind)


def test_words_of_a_language_are_its_own() -> None:
    assert features("ru")["город"] == "city"
    assert "город" not in features()
    assert features("xx") == {}


def test_a_word_of_two_kinds_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "features.toml"
    path.write_text('[en]\nbehind = true\nbefore = false\ncity = ["camp"]\n[en.site]\nbase = ["camp"]\n', "utf-8")
    with pytest.raises(DataFileError, match="'camp' is a site and another kind of place"):
        load_features(path)
