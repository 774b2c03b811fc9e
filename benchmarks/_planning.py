"""What the measurements mean for archives larger than this machine: each figure by a formula that the page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from _measuring import median
from _results import ARCHIVE, ARCHIVING
from _tables import figure, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from _results import Archived, Measurements


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """So many articles of so many days; how many, is an assumption."""

    name: str
    articles: float
    days: float


AMOUNTS = (
    Amount(name="a day of the world's news", articles=300_000, days=1),
    Amount(name="a decade of an archive", articles=100_000_000, days=3650),
)

CORES = (16, 64, 256)
SHARES = (1_000, 10_000)
"""Reports a share of work: what `Monitor.archive` takes without being told, and ten times as many."""

CREDITED = 0.1
"""The share of the reports that are read that credit the commonest agency: an assumption."""

_SHUFFLES = 5  # steps that look for ranges of keys in the parts of another: reading, copies (2), places, linking
_NEAR_DAYS = 7  # reports that credit one agency are compared where they are of so many days: three before, three after
_GB = 64  # of a machine's memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What the plan rests on, of one report where nothing else is said: seconds of the processor, and bytes.

    `alone` is what one process must do while all others wait. `name`, `spot` and `sketch` are bytes in memory: of a
    report that shares marks with another, of a place, of a report that is looked at for copies. `look` is the time of
    one look into one part, `pair` that of comparing two reports.
    """

    work: float
    alone: float
    passed: float
    raw: float
    tables: float
    kept: float
    marks: float
    kin: float
    blocks: float
    worker_mb: float
    name: float
    spot: float
    places: int
    look: float
    sketch: float
    pair: float

    @classmethod
    def of(cls, found: Measurements) -> Basis:
        """Return it from what one report more took: the difference of two archives that one process made.

        So what starting takes is not in it, nor what a file takes whatever it holds.
        """
        fewer, more = found.archived
        news = next(one for one in found.news if one.name == ARCHIVE)
        run = median(next(s.runs for s in found.stages if (s.news, s.stage, s.cores) == (ARCHIVE, ARCHIVING, 1)))
        holding = found.holding
        assert holding is not None

        def one_more(of: Callable[[Archived], float]) -> float:
            return max(0.0, (of(more) - of(fewer)) / (more.reports - fewer.reports))

        def kept(*names: str) -> float:
            return one_more(lambda one: sum(one.kept.get(name, 0) for name in names))

        return cls(
            work=one_more(lambda one: sum(cpu for _, _, cpu in one.steps)),
            alone=one_more(lambda one: sum(cpu for name, _, cpu in one.steps if _alone(name))),
            passed=news.passed / news.reports,
            raw=one_more(lambda one: one.raw),
            tables=one_more(lambda one: sum(one.written.values())),
            kept=one_more(lambda one: sum(one.kept.values())),
            marks=kept("read/marks", "match/pairs"),
            kin=kept("gather/kin", "trace/origins"),
            blocks=kept("place/blocks"),
            worker_mb=run.mb,
            name=holding.name,
            spot=holding.spot,
            places=holding.places,
            look=holding.look,
            sketch=holding.sketch,
            pair=holding.pair,
        )


def core_hours(basis: Basis, articles: float) -> float:
    """Return the core-hours of all steps."""
    return articles * basis.work / 3600


def wall_hours(basis: Basis, articles: float, cores: int) -> float:
    """Return the hours on so many cores."""
    return articles * ((basis.work - basis.alone) / cores + basis.alone) / 3600


def look_hours(basis: Basis, articles: float, share: int) -> float:
    """Return the core-hours in which every range is looked for in every part."""
    return _SHUFFLES * (articles / share) ** 2 * basis.look / 3600


def worker_mb(basis: Basis) -> float:
    """Return the MB of a process that reads and links."""
    return basis.worker_mb + basis.places * basis.spot / 1e6


def driver_mb(basis: Basis, articles: float) -> float:
    """Return the MB of the process that leads, where every report that is read shares a mark with another."""
    return worker_mb(basis) + articles * basis.passed * basis.name / 1e6


def looks_at_par(basis: Basis, share: int) -> float:
    """Return how many articles it takes until looking costs as much as all the rest."""
    return basis.work * share**2 / (_SHUFFLES * basis.look)


def group(basis: Basis, articles: float) -> float:
    """Return how many reports credit the commonest agency: all of them are one group, which one process traces."""
    return articles * basis.passed * CREDITED


def group_gb(basis: Basis, articles: float) -> float:
    """Return the GB of the process that traces that group."""
    return group(basis, articles) * basis.sketch / 1e9


def group_hours(basis: Basis, articles: float, days: float) -> float:
    """Return the hours in which it compares each report with those of the days around it."""
    return group(basis, articles) ** 2 * min(_NEAR_DAYS, days) / (2 * days) * basis.pair / 3600


def driver_full(basis: Basis) -> float:
    """Return how many articles fill the memory of the process that leads."""
    return (_GB * 1e9 - worker_mb(basis) * 1e6) / (basis.passed * basis.name)


def group_full(basis: Basis) -> float:
    """Return how many articles fill the memory of the process that traces the largest group."""
    return _GB * 1e9 / (basis.passed * CREDITED * basis.sketch)


def steps(found: Measurements) -> str:
    """Return what each step of an archive takes of the whole, and what one process must do alone, start left out."""
    fewer, more = ({name: cpu for name, _, cpu in one.steps} for one in found.archived)
    taken = {name: max(0.0, cpu - fewer.get(name, 0.0)) for name, cpu in more.items()}
    whole = sum(taken.values())
    rows = [[name, f"{cpu / whole:.1%}"] for name, cpu in taken.items() if not _alone(name)]
    rows.append(
        ["what one process does alone", f"{sum(filter(None, map(taken.get, filter(_alone, taken)))) / whole:.1%}"]
    )
    return table(["step", "of the processor"], rows)


def _alone(step: str) -> bool:
    return step.startswith("after") or step == "start"


def million(found: Measurements) -> str:
    """Return the core-hours that a million articles cost, stage by stage, at the share of war that was measured."""
    news = next(one for one in found.news if one.name == ARCHIVE)
    measured = [one for one in found.stages if (one.news, one.cores) == (ARCHIVE, 1)]
    rows = [(one.stage, median(one.runs).cpu / news.reports) for one in measured if one.stage != ARCHIVING]
    rows.append((f"{ARCHIVING}, start left out", Basis.of(found).work))
    return table(
        ["stage", "core-hours for a million articles"], ([name, figure(1e6 * cpu / 3600)] for name, cpu in rows)
    )


def basis_table(found: Measurements) -> str:
    """Return what the plan rests on, with the letters that its formulas use."""
    one = Basis.of(found)
    rows = [
        ("*w*", "processor time of `marsad archive`, a report", f"{one.work * 1000:.1f} ms"),
        ("*a*", "of it what one process does alone", f"{one.alone * 1000:.2f} ms"),
        ("*p*", "share of reports that pass the filter and are read", f"{one.passed:.2f}"),
        ("*r*", "raw JSON lines, a report", f"{one.raw:,.0f} B"),
        ("*t*", "tables, a report", f"{one.tables:,.0f} B"),
        ("*k*", "parts that are kept until the end, a report", f"{one.kept:,.0f} B"),
        ("*m*", "of them marks and pairs, by which copies are found", f"{one.marks:,.0f} B"),
        ("*f*", "reports brought together with their copies", f"{one.kin:,.0f} B"),
        ("*b*", "claims brought together by block", f"{one.blocks:,.0f} B"),
        ("*M*", "most memory of one process that does every step", f"{one.worker_mb:,.0f} MB"),
        ("*n*", "memory of a report's id, where it shares marks", f"{one.name:,.0f} B"),
        ("*g*", "memory of a place with its site and block", f"{one.spot:,.0f} B"),
        ("*P*", "settlements of the gazetteer: places at most, about", f"{one.places:,}"),
        ("*l*", "processor time of a look for one range in one part", f"{one.look * 1000:.2f} ms"),
        ("*h*", "memory of a report of 300 words while copies are looked for", f"{one.sketch:,.0f} B"),
        ("*c*", "processor time of comparing two of them", f"{one.pair * 1e6:.0f} µs"),
        ("*q*", "share of the reports read that credit the commonest agency: assumed", f"{CREDITED:.2f}"),
    ]
    return table(["", "of one report, place or look", ""], rows)


def plan(found: Measurements) -> str:
    """Return what amounts of articles take, each line with its formula."""
    one = Basis.of(found)
    gigabytes = "{:,.1f} GB".format
    lines: list[tuple[str, str, Callable[[Amount], str]]] = [
        ("articles", "*N*", lambda n: f"{n.articles:,.0f}"),
        ("days", "*D*", lambda n: f"{n.days:,.0f}"),
        ("core-hours", "*N w* / 3600", lambda n: _number(core_hours(one, n.articles))),
        *((f"hours on {c} cores", *_on(one, c)) for c in CORES),
        ("memory a worker", "*M* + *P g*", lambda _: gigabytes(worker_mb(one) / 1000)),
        (
            "of the leading process, at most",
            "*M* + *P g* + *N p n*",
            lambda n: gigabytes(driver_mb(one, n.articles) / 1000),
        ),
        ("reports of the largest group of copies", "*N p q*", lambda n: _number(group(one, n.articles))),
        ("memory of the process that traces it", "*N p q h*", lambda n: gigabytes(group_gb(one, n.articles))),
        (
            "hours of that process",
            f"(*N p q*)² min({_NEAR_DAYS}, *D*) / (2 *D*) *c* / 3600",
            lambda n: _hours(group_hours(one, n.articles, n.days)),
        ),
        ("raw articles", "*N r*", lambda n: _bytes(n.articles * one.raw)),
        ("tables", "*N t*", lambda n: _bytes(n.articles * one.tables)),
        ("parts kept until the end", "*N k*", lambda n: _bytes(n.articles * one.kept)),
        ("of them shuffled: marks and pairs", "*N m*", lambda n: _bytes(n.articles * one.marks)),
        ("of them shuffled: copies", "*N f*", lambda n: _bytes(n.articles * one.kin)),
        ("of them shuffled: blocks", "*N b*", lambda n: _bytes(n.articles * one.blocks)),
        *((f"looking, core-hours, {size:,} reports a share", *_looking(one, size)) for size in SHARES),
    ]
    rows = [[what, formula, *(show(amount) for amount in AMOUNTS)] for what, formula, show in lines]
    return table(["", "formula", *(amount.name for amount in AMOUNTS)], rows)


def _on(one: Basis, cores: int) -> tuple[str, Callable[[Amount], str]]:
    formula = f"*N* ((*w* - *a*) / {cores} + *a*) / 3600"
    return formula, lambda amount: _hours(wall_hours(one, amount.articles, cores))


def _looking(one: Basis, size: int) -> tuple[str, Callable[[Amount], str]]:
    formula = f"{_SHUFFLES} (*N* / {size:,})² *l* / 3600"
    return formula, lambda amount: _number(look_hours(one, amount.articles, size))


def limits(found: Measurements) -> str:
    """Return what breaks at how many articles, the first first."""
    one = Basis.of(found)
    rows = [
        (group_full(one), f"the largest group of copies fills {_GB} GB of one process", f"{_GB} GB / (*p q h*)"),
        (
            driver_full(one),
            f"the ids that the leading process holds fill {_GB} GB",
            f"({_GB} GB - *M* - *P g*) / (*p n*)",
        ),
        *(
            (
                looks_at_par(one, size),
                f"looking for ranges costs as much as all else, at {size:,} reports a share",
                f"*w* · {size:,}² / ({_SHUFFLES} *l*)",
            )
            for size in SHARES
        ),
    ]
    return table(["articles", "what", "formula"], ([_number(n), what, how] for n, what, how in sorted(rows)))


_MAKE = {"steps": steps, "million": million, "basis": basis_table, "plan": plan, "limits": limits}
PLANS = {name: (make, ("archived", "holding")) for name, make in _MAKE.items()}
"""By the name of their place in the documentation, with what must have been measured."""


def _bytes(number: float) -> str:
    for unit, size in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if number >= size:
            return f"{_number(number / size)} {unit}"
    return f"{number:,.0f} B"


def _hours(hours: float) -> str:
    return f"{_number(60 * hours)} min" if hours < 1 else f"{_number(hours)} h"


def _number(number: float) -> str:
    """Return a number with two digits that count, written out."""
    if number >= 100:
        return f"{float(f'{number:.2g}'):,.0f}"
    return f"{number:.2g}" if number < 10 else f"{number:.0f}"
