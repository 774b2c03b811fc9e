"""The documentation against the code: what it lists is what there is, what it shows is what comes out."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer

import marsad
from marsad.cli import app
from marsad.reading.coded import coded_forms
from marsad.records import (
    Certainty,
    Claim,
    Count,
    Counts,
    DatePrecision,
    Extent,
    Interval,
    Passage,
    Place,
    Polarity,
    Report,
    Stance,
)
from marsad.serial import claim_to_row
from marsad.theatre import ACTOR_KINDS
from marsad.vocabulary import load_events, load_outlets, load_rules, load_unnamed
from marsad.vocabulary.grades import CONDITIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum

    import click

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.md")])
MARSAD = Path(sys.executable).with_name("marsad")


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def section(text: str, heading: str) -> str:
    """Return what stands under a heading, down to the next one."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no heading '{heading}'"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """Return the cells of a table, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def first_names(text: str) -> list[str]:
    """Return the names in code marks in a table's first column."""
    return [name for row in rows(text) for name in re.findall(r"`([^`]+)`", row[0])]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


# Links


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        linked = path.parent / name if name else path
        assert linked.exists(), f"{target} is not there"
        if anchor:
            headings = re.findall(r"^#+ (.*)$", linked.read_text("utf-8"), re.MULTILINE)
            assert anchor in {_anchor(heading) for heading in headings}, f"{target}: no such heading"


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_pages_that_the_code_names_are_there() -> None:
    sources = [path for path in (ROOT / "src").rglob("*") if path.suffix in {".py", ".toml"}]
    named = {name for path in sources for name in re.findall(r"\bdocs/[\w/-]+\.md", path.read_text("utf-8"))}
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        path = waiting.pop().resolve()
        if path in seen or path.suffix != ".md":
            continue
        seen.add(path)
        targets = re.findall(r"\]\(([^)\s#]+)[^)\s]*\)", path.read_text("utf-8"))
        waiting += [path.parent / target for target in targets if not target.startswith("https://")]
    assert {path.resolve() for path in (ROOT / "docs").rglob("*.md")} <= seen


# The codebook


def test_every_form_of_coded_data_is_documented() -> None:
    assert set(first_names(section(page("docs/intake.md"), "Coded data"))) == coded_forms()


def test_the_codebook_has_every_field_of_a_claim() -> None:
    report = Report(id="r", publisher=None, kind="wire", title="", text="They took it.", sha256="")
    anchor = Passage(report="r", start=5, end=9)
    base = {
        "id": "c",
        "report": "r",
        "source": "narrator",
        "event": "capture",
        "polarity": Polarity.AFFIRMED,
        "certainty": Certainty.CERTAIN,
        "stance": Stance.ASSERTS,
        "anchor": anchor,
        "place": Place(name="X"),
        "interval": Interval(),
    }
    names = [field.name for field in fields(Counts)]
    exact = Claim(**base, counts=Counts(**{name: Count(1, 1) for name in names}))  # type: ignore[arg-type]
    bounds = Claim(**base, counts=Counts(**{name: Count(1, 2) for name in names}))  # type: ignore[arg-type]
    keys = claim_to_row(exact, report).keys() | claim_to_row(bounds, report).keys()
    documented = first_names(section(page("docs/reading.md"), "Fields of a claim"))
    assert set(documented) == keys
    assert len(documented) == len(keys)


def test_the_codebook_has_every_field_of_a_report() -> None:
    documented = first_names(section(page("docs/reading.md"), "Fields of a report"))
    assert sorted(documented) == sorted(field.name for field in fields(Report))


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Polarity", Polarity),
        ("Certainty", Certainty),
        ("Stance", Stance),
        ("Extent", Extent),
        ("Precision of a date", DatePrecision),
    ],
)
def test_the_codebook_has_every_value(heading: str, values: type[StrEnum]) -> None:
    assert first_names(section(page("docs/reading.md"), heading)) == [value.value for value in values]


def test_the_codebook_has_every_event_type_as_the_data_has_it() -> None:
    documented = rows(section(page("docs/reading.md"), "Event types"))
    events = load_events().values()
    assert documented == [[f"`{one.name}`", one.what, one.family, one.control] for one in events]


def test_the_codebook_has_every_kind_of_outlet_as_the_data_has_it() -> None:
    documented = rows(section(page("docs/reading.md"), "Kinds of outlet"))
    kinds = load_outlets().items()
    assert documented == [[f"`{name}`", kind.what, "yes" if kind.own_channel else "no"] for name, kind in kinds]


def test_the_codebook_has_every_source_without_a_name() -> None:
    source = next(row for row in rows(section(page("docs/reading.md"), "Fields of a claim")) if row[0] == "`source`")
    assert set(load_unnamed()) <= set(re.findall(r"`([^`]+)`", source[1]))


@pytest.mark.parametrize("name", marsad.shipped_rules())
def test_the_page_on_grades_has_every_rule_in_order(name: str) -> None:
    documented = [
        (row[0].split()[0], row[-1])
        for row in rows(section(page("docs/grades.md"), f"The rules of `{name}`, in order"))
    ]
    assert documented == [(f"`{rule.grade}`", rule.item) for rule in load_rules(name).rules]


def test_the_page_on_grades_has_every_condition() -> None:
    assert set(first_names(section(page("docs/grades.md"), "Conditions"))) == CONDITIONS


# Theatres


def test_the_theatre_of_the_guide_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "theatre.toml"
    (example,) = blocks(page("docs/theatre.md"), "toml")
    path.write_text(example, "utf-8")
    theatre = marsad.load_theatre(path)
    assert theatre.opposed("government", "rebels")


@pytest.mark.parametrize(
    ("heading", "before"),
    [
        ("The file", ""),
        ("`[sides.NAME]`", "name = 'War'\n[sides.a]\n"),
        ("`[[actors]]`", "name = 'War'\n[[actors]]\nname = 'A'\n"),
        ("`[[places]]`", "name = 'War'\n[[places]]\nname = 'A'\n"),
        ("`[[outlets]]`", "name = 'War'\n[[outlets]]\nname = 'A'\n"),
    ],
)
def test_the_guide_to_theatres_has_every_key(heading: str, before: str, tmp_path: Path) -> None:
    path = tmp_path / "theatre.toml"
    path.write_text(f"{before}nonsense = 1\n", "utf-8")
    with pytest.raises(marsad.DataFileError) as refused:
        marsad.load_theatre(path)
    known = set(str(refused.value).partition("known here: ")[2].split(", "))
    assert set(first_names(section(page("docs/theatre.md"), heading))) == known - {
        "sides",
        "actors",
        "places",
        "outlets",
    }


def test_the_guide_to_theatres_has_every_kind_of_actor() -> None:
    assert set(re.findall(r"`([^`]+)`", section(page("docs/theatre.md"), "`[[actors]]`"))) >= ACTOR_KINDS


# Commands


def commands() -> Iterator[tuple[str, click.Command]]:
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        if inner is None:
            yield f"marsad {name}", command
        else:
            yield from ((f"marsad {name} {verb}", one) for verb, one in inner.items())


def test_every_command_is_documented_and_no_other() -> None:
    headings = re.findall(r"^## (marsad [^\n]*)", page("docs/commands.md"), re.MULTILINE)
    documented = {re.sub(r"(?: \[?[A-Z_]+\]?(?:\.\.\.)?)+$", "", heading) for heading in headings}
    assert documented == {name for name, _ in commands()}


@pytest.mark.parametrize(
    ("name", "command"), list(commands()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_option_is_documented_and_no_other(name: str, command: click.Command) -> None:
    text = page("docs/commands.md")
    (heading,) = re.findall(rf"^## ({name}(?: [A-Z_\[\].]+)*)$", text, re.MULTILINE)
    options = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
    documented = set(re.findall(r"--[a-z-]+", section(text, heading)))
    assert documented == options - {"--help"}


@pytest.mark.parametrize("name", sorted({name.split()[1] for name, _ in commands()}))
def test_the_readme_names_every_command(name: str) -> None:
    assert f"marsad {name}" in page("README.md") or f"`{name}`" in page("README.md")


def test_public_names_are_listed() -> None:
    assert first_names(section(page("docs/python.md"), "Public names")) == marsad.__all__


def test_targets_of_make_that_pages_name_are_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.MULTILINE))
    named = {name for path in PAGES for name in re.findall(r"(?:`|\$ )make ([a-z]+)", path.read_text("utf-8"))}
    assert named <= targets


# What the pages show


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the inputs that the README shows, for all its commands in turn."""
    path = tmp_path_factory.mktemp("readme")
    (report,) = blocks(page("README.md"), "json")
    (path / "reports.jsonl").write_text(report, "utf-8")
    return path


def shown() -> list[tuple[str, list[str]]]:
    """Return each `marsad` command of the README with the pieces of its output that are shown."""
    found = []
    for block in blocks(page("README.md"), "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            if command.startswith("marsad "):
                pieces = [_plain(piece) for piece in re.split(r"^\.\.\.$", output, flags=re.MULTILINE)]
                found.append((command, [piece for piece in pieces if piece]))
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.slow
def test_commands_of_the_readme_run_and_print_what_it_shows(folder: Path) -> None:
    assert len(shown()) > 5
    for command, pieces in shown():
        done = subprocess.run(
            [MARSAD, *shlex.split(command)[1:]],
            cwd=folder,
            env={**os.environ, "COLUMNS": "112", "FORCE_COLOR": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        for piece in pieces:
            assert piece in _plain(done.stdout), (
                f"the README shows what `{command}` no longer prints:\n{piece}\nIt prints:\n{done.stdout}"
            )


@pytest.mark.slow
@pytest.mark.parametrize("name", ["README.md", "docs/python.md"])
def test_python_of_the_pages_runs(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    examples = blocks(page(name), "python")
    assert examples
    for example in examples:
        exec(compile(example, name, "exec"), {})
