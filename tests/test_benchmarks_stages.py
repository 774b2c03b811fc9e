"""The command that measures every stage, and the pages that its measurements stand on."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

ROOT = Path(__file__).parents[1]
BENCHMARKS = ROOT / "benchmarks"
MEASURED = BENCHMARKS / "measured.json"

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    sys.path.insert(0, str(BENCHMARKS))
    from _news import write_news
    from _stages import keep_claims

    path = tmp_path_factory.mktemp("news") / "news.jsonl"
    write_news(path, 5, 0.6)
    keep_claims(path)
    yield path
    sys.path.remove(str(BENCHMARKS))


def told() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(MEASURED.read_text("utf-8"))
    return found


def cell(page: str, row: str, column: int) -> str:
    """Return a cell of the row of a table that begins with some words."""
    lines = (ROOT / "docs" / page).read_text("utf-8").splitlines()
    line = next(one for one in lines if one.startswith(f"| {row} |"))
    return [part.strip() for part in line.strip("|").split("|")][column]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stage", "tells"),
    [
        ("parse alone", "words"),
        ("intake", "reports"),
        ("relevance filter", "passed"),
        ("reading by rules", "claims"),
        ("reading everything", "claims"),
        ("origins", "copies"),
        ("linking", "propositions"),
        ("weighing", "disputes"),
        ("control", "spells"),
        ("marsad add", "claims"),
        ("marsad archive", "rows"),
    ],
)
def test_every_stage_works_on_a_few_reports(news: Path, stage: str, tells: str) -> None:
    from _results import ON_RAY
    from _stages import STAGES

    assert tells in STAGES[stage](news, 1)()
    assert set(STAGES) == {*stages_of_the_test(), ON_RAY}


def stages_of_the_test() -> set[str]:
    (mark,) = (one for one in test_every_stage_works_on_a_few_reports.pytestmark if one.name == "parametrize")
    return {stage for stage, _ in mark.args[1]}


@pytest.mark.slow
def test_the_command_measures_in_processes_and_prints_a_row_a_stage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import stages
    from _results import load

    kept = tmp_path / "measured.json"
    few = ["--reports", "4", "--runs", "2", "--size", "0", "--cores", "1", "2", "--news", "archive"]
    stages.main([*few, "--stage", "intake", "--out", str(kept)])
    printed = capsys.readouterr().out
    assert re.search(r"^\| intake \| [\d.,]+ \| [\d.,]+ \| [\d.,]+ \| [\d.,]+ \|", printed, re.MULTILINE)
    found = load(kept)
    assert [(one.stage, one.cores, len(one.runs)) for one in found.stages] == [("intake", 1, 2), ("intake", 2, 2)]
    assert all(run.wall > 0 and run.cpu > 0 and run.mb > 0 for one in found.stages for run in one.runs)


@pytest.mark.slow
def test_news_are_the_same_each_time_and_as_much_of_war_as_asked(tmp_path: Path) -> None:
    from _news import write_news

    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    write_news(one, 10, 0.6)
    write_news(other, 10, 0.6)
    assert one.read_bytes() == other.read_bytes()
    publishers = [json.loads(line)["publisher"] for line in one.read_text("utf-8").splitlines()]
    elsewhere = {"Business Daily", "Sport Today", "The Morning Post", "City Journal", "University News"}
    assert sum(publisher in elsewhere for publisher in publishers) == 6


def test_growth_tells_each_stage_once() -> None:
    from _growth import DENSER, LONGER, grow

    for shape in (LONGER, DENSER):
        assert [stage for stage, *_ in grow(30, shape)] == ["origins", "linking", "weighing", "control"]


def test_a_fit_finds_the_power_and_says_how_far_off_it_is() -> None:
    from _tables import fit

    exact = fit([(10**n, 3 * 10 ** (1.5 * n)) for n in range(3, 6)])
    assert exact is not None
    assert (exact.exponent, exact.off) == pytest.approx((1.5, 1.0))
    bent = fit([(10, 10), (100, 200), (1000, 1000)])
    assert bent is not None
    assert bent.off > 1.2
    assert fit([(10, 10)]) is None


def test_the_documentation_shows_what_was_measured() -> None:
    import stages
    from _planning import PLANS
    from _results import load
    from _tables import TABLES, made, placed

    found = load(MEASURED)
    tables = {**made(found, TABLES), **made(found, PLANS)}
    for page in stages.PAGES:
        text = page.read_text("utf-8")
        assert placed(text, tables) == text, f"{page.name}: python benchmarks/stages.py --kept {MEASURED} --update-docs"
    shown = {name for page in stages.PAGES for name in re.findall(r"<!-- measured: (\w+) -->", page.read_text("utf-8"))}
    assert shown == {*TABLES, *PLANS}


def test_each_stage_stands_in_the_table() -> None:
    shown = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    for stage in stages_of_the_test():
        assert f"\n| {stage} | " in shown


def test_the_plan_follows_from_what_was_measured_by_the_formulas_that_it_shows() -> None:
    found = told()
    fewer, more = found["archived"]
    reports = more["reports"] - fewer["reports"]
    work = sum(cpu for _, _, cpu in more["steps"]) - sum(cpu for _, _, cpu in fewer["steps"])
    written = sum(more["written"].values()) - sum(fewer["written"].values())
    for column, articles in ((2, 300_000), (3, 100_000_000)):
        hours = float(cell("archives-planning.md", "core-hours", column).replace(",", ""))
        assert hours == pytest.approx(articles * work / reports / 3600, rel=0.05)
        size, unit = cell("archives-planning.md", "tables", column).split()
        factor = {"MB": 1e6, "GB": 1e9, "TB": 1e12}[unit]
        assert float(size.replace(",", "")) * factor == pytest.approx(articles * written / reports, rel=0.05)


def test_ten_times_the_share_costs_a_hundredth_of_the_looking() -> None:
    from _planning import Basis, look_hours, looks_at_par
    from _results import load

    basis = Basis.of(load(MEASURED))
    assert look_hours(basis, 1e8, 1000) == pytest.approx(100 * look_hours(basis, 1e8, 10_000))
    at_par = looks_at_par(basis, 1000)
    assert look_hours(basis, at_par, 1000) == pytest.approx(at_par * basis.work / 3600)


def test_one_more_core_never_takes_longer_and_what_is_alone_stays() -> None:
    from _planning import Basis, core_hours, wall_hours
    from _results import load

    basis = Basis.of(load(MEASURED))
    hours = [wall_hours(basis, 1e6, cores) for cores in (1, 16, 64, 256)]
    assert hours == sorted(hours, reverse=True)
    assert hours[0] == pytest.approx(core_hours(basis, 1e6))
    assert hours[-1] > 1e6 * basis.alone / 3600
