"""Files of places added to the gazetteer: formats, merging, bad rows, all or nothing."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from marsad.cli import app
from marsad.errors import GazetteerError
from marsad.gazetteer import Context, Entry, Gazetteer, add_places, imported, normalise
from marsad.gazetteer.build import write
from marsad.gazetteer.importing.rows import kinds
from marsad.gazetteer.scripts import bones, likeness
from marsad.gazetteer.sources import Row

if TYPE_CHECKING:
    from pathlib import Path

SYRIA = Context(countries=("SY",))


def town(name: str, lat: float, lon: float, country: str, *names: str, kind: str = "city") -> Row:
    entry = Entry(
        id=f"geonames:{name}", name=name, kind=kind, lat=lat, lon=lon, country=country, countries=(country,),
        admin=None, feature="settlement", population=5000, radius_km=1.0, prominence=0.5, source="GeoNames",
    )  # fmt: skip
    return Row(entry, (name, *names))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A gazetteer of a few towns."""
    path = tmp_path / "gazetteer.sqlite"
    rows = [
        town("Hama", 35.13, 36.75, "SY", "حماة"),
        town("Mahardah", 35.25, 36.57, "SY"),
        town("Tarabulus", 34.43, 35.84, "LB", "Tripoli"),
        town("Savur", 37.54, 40.88, "TR"),
    ]
    write(path, rows)
    return path


def dump_row(number: int, name: str, lat: object, lon: object, feature: str = "PPL", **more: object) -> str:
    cells = [
        number,
        name,
        name,
        more.get("others", ""),
        lat,
        lon,
        "P",
        feature,
        more.get("country", "SY"),
        "",
        "",
        "",
        "",
        "",
    ]
    return "\t".join(map(str, [*cells, more.get("population", 0), "", "", "Asia/Damascus", "2024-01-01"])) + "\n"


def text(folder: Path, name: str, content: str) -> Path:
    file = folder / name
    file.write_text(content, "utf-8")
    return file


def osm(folder: Path, *rows: str, name: str = "places.tsv.gz") -> Path:
    file = folder / name
    content = "# © OpenStreetMap contributors\nclass\tname\tlon\tlat\n" + "".join(f"{row}\n" for row in rows)
    file.write_bytes(gzip.compress(content.encode()))
    return file


def entries(path: Path, name: str) -> tuple[Entry, ...]:
    with Gazetteer.open(path) as gazetteer:
        return gazetteer.find(name)


# Formats


@pytest.mark.parametrize("zipped", [True, False])
def test_a_geonames_dump_is_read(path: Path, tmp_path: Path, zipped: bool) -> None:
    content = dump_row(1, "Kafr Zita", 35.37, 36.6, others="كفر زيتا,Kfar Zeita", population=17_000)
    content += dump_row(2, "Tall Mawraq", 35.4, 36.7, "HLL") + dump_row(3, "Wadi Nahr", 35.4, 36.7, "STM")
    file = text(tmp_path, "SY.txt", content)
    if zipped:
        file = tmp_path / "SY.zip"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("readme.txt", "about")
            archive.writestr("SY.txt", content)
    (told,) = add_places([file], path=path)
    assert (told.added, told.merged, told.left_out, told.bad) == (2, 0, 1, ())
    (found,) = entries(path, "Kfar Zeita")
    assert (found.id, found.name, found.country, found.population) == ("geonames:1", "Kafr Zita", "SY", 17_000)
    assert found.source == f"GeoNames dump {file.name}, CC BY 4.0"
    assert [entry.kind for entry in entries(path, "Tall Mawraq")] == ["region"]
    assert entries(path, "Wadi Nahr") == ()


def test_a_list_of_openstreetmap_is_read_and_takes_its_countries_from_the_nearest_towns(
    path: Path, tmp_path: Path
) -> None:
    file = osm(tmp_path, "town\tقمحانة\t36.73333\t35.2", "village\tBnîn\t40.9\t37.5", "farm\tمزرعة\t36.7\t35.2")
    (told,) = add_places([file], path=path)
    assert (told.added, told.left_out) == (2, 1)
    (found,) = entries(path, "قمحانه")
    assert (found.country, found.lat, found.lon) == ("SY", 35.2, 36.73333)
    assert found.source == "OpenStreetMap contributors (places.tsv.gz), ODbL 1.0; country: that of the nearest towns"
    assert entries(path, "Bnin")[0].country == "TR"


def test_a_point_far_from_any_town_is_of_no_country_unless_one_is_given(path: Path, tmp_path: Path) -> None:
    file = osm(tmp_path, "village\tبعيد\t30.0\t10.0")
    add_places([file], path=path)
    assert entries(path, "بعيد")[0].country is None
    add_places([text(tmp_path, "more.csv", "name,lat,lon\nFaraway,10.5,30.5\n")], path=path, country="SD")
    assert entries(path, "Faraway")[0].country == "SD"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_of_ones_own_is_read_by_its_header(path: Path, tmp_path: Path, delimiter: str) -> None:
    buffer = io.StringIO()
    table = csv.writer(buffer, delimiter=delimiter)
    table.writerow(["Latitude", "remark", "name", "kind", "lng", "names", "Country", "population"])
    table.writerow(["35.5", "two\nlines", "North Gate", "border crossing", "36.5", "باب الشمال|Bab Shamal", "sy", ""])
    (told,) = add_places(
        [text(tmp_path, "mine.csv", "\ufeff" + buffer.getvalue())], path=path, source="Field notes, CC0"
    )
    assert told.added == 1
    (found,) = entries(path, "باب الشمال")
    assert (found.name, found.kind, found.feature, found.country) == ("North Gate", "site", "border crossing", "SY")
    assert found.source == "Field notes, CC0"


def test_points_of_geojson_are_read_and_other_shapes_are_not(path: Path, tmp_path: Path) -> None:
    features = [
        {
            "geometry": {"type": "Point", "coordinates": [36.5, 35.5]},
            "properties": {"name": "Camp One", "names": ["مخيم"]},
        },
        {"geometry": {"type": "Polygon", "coordinates": []}, "properties": {"name": "Field"}},
        {"geometry": None, "properties": None},
    ]
    file = text(tmp_path, "mine.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
    (told,) = add_places([file], path=path)
    assert (told.added, told.bad) == (1, (("no point", 2),))
    assert entries(path, "مخيم")[0].name == "Camp One"


def test_every_kind_of_the_table_is_one_that_entries_have() -> None:
    shown = {kind for table in ("geonames", "openstreetmap", "own") for kind, _ in kinds(table).values()}
    assert shown == {"city", "site", "region", "admin1", "admin2", "country"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.txt", b"Dear diary,\n"),
        ("empty.csv", b""),
        ("table.csv", b"title,author\na,b\n"),
        ("photo.jpg", bytes(range(256)) * 10),
        ("broken.gz", b"\x1f\x8b\x08junk"),
        ("broken.zip", b"PK\x03\x04junk"),
        ("other.json", b'{"type": "Point"}'),
        ("broken.json", b"{"),
        ("deep.json", b"[" * 100_000),
    ],
)
def test_other_files_are_refused_in_one_line_and_nothing_changes(
    path: Path, tmp_path: Path, name: str, content: bytes
) -> None:
    good = text(tmp_path, "good.csv", "name,lat,lon\nSomewhere,35,36\n")
    (tmp_path / name).write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(GazetteerError, match=name) as caught:
        add_places([good, tmp_path / name], path=path)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == before


def test_missing_files_are_told(path: Path, tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"cannot read .*none\.csv: No such file"):
        add_places([tmp_path / "none.csv"], path=path)
    good = text(tmp_path, "good.csv", "name,lat,lon\nSomewhere,35,36\n")
    with pytest.raises(GazetteerError, match="no gazetteer at"):
        add_places([good], path=tmp_path / "none.sqlite")


# Bad rows


def test_bad_rows_are_counted_with_their_reasons_and_the_rest_is_added(path: Path, tmp_path: Path) -> None:
    rows = ["name,lat,lon,country,population,kind", "Good One,35,36,SY,10,village"]
    rows += ["North,91,36,,,", "East,35,181,,,", ",35,36,,,", "Nan,nan,36,,,", "Empty,,36,,,", "Short,35"]
    rows += ["Words,35,36,Syria,,", "Many,35,36,,-4,", "Odd,35,36,,,spaceport", "...,35,36,,,", "Good Two,36,36,,,"]
    file = tmp_path / "mine.csv"
    file.write_bytes("\n".join(rows).encode() + b"\nBad\xff,35,36,,,\n")
    (told,) = add_places([file], path=path)
    assert told.added == 2
    assert [(row.line, row.reason) for row in told.bad_rows] == [
        (3, "the latitude is out of range"),
        (4, "the longitude is out of range"),
        (5, "no name"),
        (6, "the latitude is out of range"),
        (7, "no latitude"),
        (8, "2 columns instead of 6"),
        (9, "the country is no ISO 3166-1 alpha-2 code"),
        (10, "the population is no whole number"),
        (11, "unknown kind 'spaceport'"),
        (12, "a name without letters"),
        (14, "not UTF-8"),
    ]
    assert dict(told.bad)["the latitude is out of range"] == 2


def test_bad_rows_of_dumps_and_lists_are_passed_over_too(path: Path, tmp_path: Path) -> None:
    dump = tmp_path / "XX.txt"
    good, short = dump_row(1, "Good", 35, 36).encode(), b"2\tShort\n"
    dump.write_bytes(good + short + good.replace(b"Good", b"Bad\xfe") + dump_row(3, "Far", 99, 36).encode())
    places = osm(tmp_path, "village\t\t36\t35", "village\tname", "village\tقرية\t36\t35.5")
    told = add_places([dump, places], path=path)
    assert [one.added for one in told] == [1, 1]
    assert [[row.reason for row in one.bad_rows] for one in told] == [
        ["2 columns instead of 19", "not UTF-8", "the latitude is out of range"],
        ["no name", "2 columns instead of 4"],
    ]


def test_no_more_than_a_hundred_bad_rows_are_kept_but_all_are_counted(path: Path, tmp_path: Path) -> None:
    (told,) = add_places([text(tmp_path, "mine.csv", "name,lat,lon\n" + "x,99,0\n" * 250)], path=path)
    assert told.bad == (("the latitude is out of range", 250),)
    assert len(told.bad_rows) == 100


# Merging


def test_a_row_of_a_known_name_nearby_gives_its_names_to_the_place_and_its_source_too(
    path: Path, tmp_path: Path
) -> None:
    file = text(tmp_path, "mine.csv", "name,lat,lon,names\nHama,35.14,36.75,Hamat\n")
    (told,) = add_places([file], path=path, source="Field notes, CC0")
    assert (told.added, told.merged) == (0, 1)
    (found,) = entries(path, "Hamat")
    assert (found.id, found.lat) == ("geonames:Hama", 35.13)
    assert found.source == "GeoNames; Field notes, CC0"


def test_the_same_name_far_away_or_of_another_kind_is_another_place(path: Path, tmp_path: Path) -> None:
    content = "name,lat,lon,country,kind\nHama,36.5,37.5,SY,village\nHama,35.13,36.75,SY,airport\n"
    assert add_places([text(tmp_path, "mine.csv", content)], path=path)[0].added == 2
    assert len(entries(path, "Hama")) == 3


def test_the_same_name_across_a_border_is_another_place(path: Path, tmp_path: Path) -> None:
    content = "name,lat,lon,country\nSavur,37.54,40.88,SY\n"
    assert add_places([text(tmp_path, "mine.csv", content)], path=path)[0].added == 1
    assert {entry.country for entry in entries(path, "Savur")} == {"TR", "SY"}


def test_a_native_name_beside_its_latin_spelling_is_the_same_place(path: Path, tmp_path: Path) -> None:
    (told,) = add_places([osm(tmp_path, "town\tمحردة\t36.571\t35.251")], path=path)
    assert told.merged == 1
    assert entries(path, "محردة")[0].name == "Mahardah"


def test_adding_the_same_file_again_changes_nothing(path: Path, tmp_path: Path) -> None:
    rows = ["town\tقمحانة\t36.73\t35.2", "village\tقمحانة\t36.75\t35.2", "village\tحماة\t36.75\t35.13"]
    file = osm(tmp_path, *rows)
    (first,) = add_places([file], path=path)
    assert (first.added, first.merged) == (1, 2)
    before = path.read_bytes()
    (again,) = add_places([file], path=path)
    assert (again.added, again.merged, again.known) == (0, 0, 3)
    assert path.read_bytes() == before
    assert imported(path) == ("places.tsv.gz",)


def test_a_newer_edition_adds_what_is_new_and_keeps_what_was(path: Path, tmp_path: Path) -> None:
    old, new = "name,lat,lon,names\nKafr A,35,36,\n", "name,lat,lon,names\nKafr A,35,36,Kafr Alif\nKafr B,35.5,36,\n"
    add_places([text(tmp_path, "mine.csv", old)], path=path)
    (told,) = add_places([text(tmp_path, "mine.csv", new)], path=path)
    assert (told.added, told.merged) == (1, 1)
    assert entries(path, "Kafr Alif")[0].name == "Kafr A"


def test_only_rows_of_the_countries_asked_for_are_added(path: Path, tmp_path: Path) -> None:
    rows = dump_row(1, "Here", 35, 36.5) + dump_row(2, "There", 37.5, 41, country="TR")
    (told,) = add_places([text(tmp_path, "allCountries.txt", rows)], path=path, only=["SY"])
    assert (told.added, told.left_out) == (1, 1)


# All or nothing


def test_a_file_that_breaks_off_changes_nothing_and_leaves_nothing(path: Path, tmp_path: Path) -> None:
    good = osm(tmp_path, "town\tقمحانة\t36.73\t35.2", name="good.tsv.gz")
    whole = osm(tmp_path, *(f"village\tقرية {number}\t36\t35" for number in range(20_000)))
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    files, before = sorted(tmp_path.iterdir()), path.read_bytes()
    with pytest.raises(GazetteerError, match=r"cannot read .*places\.tsv\.gz"):
        add_places([good, whole], path=path)
    assert (sorted(tmp_path.iterdir()), path.read_bytes()) == (files, before)


def test_progress_rises_to_the_size_of_all_files(path: Path, tmp_path: Path) -> None:
    files = [osm(tmp_path, "town\tقمحانة\t36.73\t35.2"), text(tmp_path, "mine.csv", "name,lat,lon\nx,1,2\n")]
    told: list[tuple[int, int]] = []
    add_places(files, path=path, progress=lambda done, total: told.append((done, total)))
    total = sum(file.stat().st_size for file in files)
    assert told == sorted(told)
    assert told[-1] == (total, total)


def test_who_holds_the_old_file_open_keeps_it_and_a_change_meanwhile_is_not_overwritten(
    path: Path, tmp_path: Path
) -> None:
    first, second = (text(tmp_path, f"{name}.csv", f"name,lat,lon\n{name},35,36\n") for name in ("Aaa", "Bbb"))
    with Gazetteer.open(path) as old:

        def meanwhile(done: int, total: int) -> None:
            if done == total:
                add_places([second], path=path)

        with pytest.raises(GazetteerError, match="was changed by somebody else meanwhile"):
            add_places([first], path=path, progress=meanwhile)
        assert old.find("Bbb") == ()
    assert len(entries(path, "Bbb")) == 1


# Names across scripts


@pytest.mark.parametrize(
    ("latin", "native"),
    [
        ("Qamhana", "قمحانة"),
        ("Kafr Hamrah", "كفر حمرة"),
        ("Kafr Hamra", "كفر حمرة"),
        ("Khan Sheikhoun", "خان شيخون"),
        ("Ma'arrat al-Nu'man", "معرة النعمان"),
        ("Idlib", "إدلب"),
        ("Gedaref", "القضارف"),
        ("Horlivka", "Горлівка"),
        ("Gorlovka", "Горловка"),
        ("Netivot", "נתיבות"),
    ],
)
def test_latin_spellings_are_heard_in_native_names(latin: str, native: str) -> None:
    assert set(bones(normalise(latin))) & set(bones(normalise(native)))
    assert likeness(normalise(latin), normalise(native)) > 90


@pytest.mark.parametrize(
    ("latin", "native"), [("Amity", "معتي"), ("Aurora", "عرور"), ("Homs", "حماة"), ("Dale", "دال")]
)
def test_names_that_only_share_some_letters_are_not(latin: str, native: str) -> None:
    assert likeness(normalise(latin), normalise(native)) < 90


def test_a_native_row_is_found_by_a_latin_spelling_inside_its_country_only(path: Path, tmp_path: Path) -> None:
    add_places([osm(tmp_path, "town\tقمحانة\t36.73333\t35.2")], path=path)
    with Gazetteer.open(path) as gazetteer:
        match = gazetteer.resolve("Qamhana", SYRIA)
        assert match is not None
        assert match.entry.name == "قمحانة"
        assert gazetteer.resolve("Qamhana", Context(countries=("TR",))) is None


# Ranking


def test_a_site_of_ones_own_comes_before_the_town_that_it_is_named_after(path: Path, tmp_path: Path) -> None:
    with Gazetteer.open(path) as gazetteer:
        match = gazetteer.resolve("Hama airport", SYRIA)
        assert match is not None
        assert match.entry.name == "Hama"
    content = "name,lat,lon,kind,country\nHama Airport,35.118,36.711,airport,SY\n"
    add_places([text(tmp_path, "mine.csv", content)], path=path)
    with Gazetteer.open(path) as gazetteer:
        match = gazetteer.resolve("Hama airport", SYRIA)
        assert match is not None
        assert (match.entry.name, match.entry.kind) == ("Hama Airport", "site")


def test_ranking_gives_all_candidates_with_reasons_and_those_ruled_out_last(path: Path, tmp_path: Path) -> None:
    content = "name,lat,lon,country\nHama,36.5,37.5,SY\nHama,10,10,NG\n"
    add_places([text(tmp_path, "mine.csv", content)], path=path)
    with Gazetteer.open(path) as gazetteer:
        matches = gazetteer.rank("Hama", SYRIA)
        assert [(match.entry.country, match.possible) for match in matches] == [
            ("SY", True),
            ("SY", True),
            ("NG", False),
        ]
        assert matches[0].score > matches[1].score > matches[2].score == 0
        assert all(match.reasons for match in matches)
        assert gazetteer.resolve("Hama", SYRIA) == matches[0]


# The commands


def test_the_command_adds_tells_what_was_skipped_and_finds(path: Path, tmp_path: Path) -> None:
    file = text(tmp_path, "mine.csv", "name,lat,lon\nقمحانة,35.2,36.73333\nNowhere,99,0\n")
    told = CliRunner().invoke(app, ["gazetteer", "add", str(file), "--path", str(path), "--source", "Notes, CC0"])
    assert told.exit_code == 1
    assert "mine.csv: 1 places added, 0 merged into known ones, 0 known before (Notes, CC0)" in told.stdout
    assert "1 rows: the latitude is out of range (rows 3)" in told.stderr
    found = CliRunner().invoke(app, ["gazetteer", "find", "Qamhana", "--countries", "sy", "--path", str(path)])
    assert found.exit_code == 0
    assert "قمحانة, settlement in SY" in found.stdout
    assert "spelt alike (95 of 100)" in found.stdout
    assert "Notes, CC0" in found.stdout


def test_the_command_refuses_other_files_and_codes_and_tells_of_no_place(path: Path, tmp_path: Path) -> None:
    def run(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["gazetteer", *words, "--path", str(path)])
        return result.exit_code, result.stderr

    assert run("find", "Hama", "--countries", "Syria")[0] == 2
    assert run("find", "Nowhere")[0] == 1
    code, error = run("add", str(text(tmp_path, "notes.txt", "Dear diary\n")))
    assert code == 2
    assert error.count("\n") == 1
