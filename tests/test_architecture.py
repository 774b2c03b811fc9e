"""The shape of the code: who may import whom, how large things may grow, what a facade shows."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "marsad"
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 50

# Each room may import those of earlier rows only. `demo` is data; the package's own `__init__` shows the public names.
ROWS = (
    {"_version", "errors", "ids", "records", "demo"},
    {"vocabulary", "serial"},
    {"theatre", "store", "fetching"},
    {"intake", "gazetteer"},
    {"reading"},
    {"judging"},  # what people rule is obeyed before anything is linked
    {"linking"},
    {"weighing"},
    {"roads"},
    {"releasing"},
    {"outputs"},
    {"exports"},
    {"verifying"},  # bundles are checked without a monitor
    {"archive"},  # the same stages, over more than a monitor holds
    {"monitor"},
    {"evaluation"},
    {"plots"},
    {"web"},
    {"__init__"},
    {"cli"},
    {"__main__"},
)
ROW = {room: number for number, rooms in enumerate(ROWS) for room in rooms}

# Modules that other rooms may import beside a room's `__init__`, and why.
SIDE_DOORS = {"vocabulary.language": "the words of one language, of use only to what parses or cuts its sentences"}


@dataclass(frozen=True)
class Import:
    """One import of our own code; `target` is dotted, below `marsad`."""

    module: str
    line: int
    target: str
    for_types: bool

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"

    @property
    def rooms(self) -> tuple[str, str]:
        return self.module.split(".")[0], self.target.split(".")[0]


@cache
def modules() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(SOURCE.rglob("*.py"))
    }


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def shown_by(tree: ast.Module) -> set[str]:
    """Names that a module takes from our own code or defines, at its top or for types only."""
    taken = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("marsad")
        for alias in node.names
    }
    return taken | {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}


@cache
def imports() -> tuple[Import, ...]:
    trees = {module: parsed(path) for module, path in modules().items()}
    found: list[Import] = []
    for module, tree in trees.items():
        guards = (
            node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        )
        for_types = {id(inner) for guard in guards for inner in ast.walk(guard)}
        for node in ast.walk(tree):
            found += [
                Import(module, getattr(node, "lineno", 0), name, id(node) in for_types)
                for name in sorted(_imported(node, trees))
            ]
    return tuple(found)


def _imported(node: ast.AST, trees: dict[str, ast.Module]) -> set[str]:
    """Return what a statement imports of ours, dotted, below `marsad`; a facade's name before a module of that name."""
    if isinstance(node, ast.Import):
        return {_below(alias.name) for alias in node.names if alias.name.split(".")[0] == "marsad"}
    if not isinstance(node, ast.ImportFrom) or (node.module or "").split(".")[0] != "marsad":
        return set()
    home = _below(node.module or "")
    inner = {alias.name: f"{home}.{alias.name}".removeprefix("__init__.") for alias in node.names}
    known = shown_by(trees[home]) if home in trees else set()
    return {module if module in trees and name not in known else home for name, module in inner.items()}


def _below(name: str) -> str:
    return name.removeprefix("marsad").lstrip(".") or "__init__"


def functions() -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    return [
        (module, node)
        for module, path in modules().items()
        for node in ast.walk(parsed(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]


def facades() -> list[str]:
    return [module for module, path in modules().items() if path.name == "__init__.py" and module != "cli"]


def test_every_room_has_a_row() -> None:
    assert {module.split(".")[0] for module in modules()} - set(ROW) == set()


def test_no_room_imports_a_later_one_or_a_neighbour() -> None:
    wrong = [one for one in imports() if (rooms := one.rooms)[0] != rooms[1] and ROW[rooms[0]] <= ROW[rooms[1]]]
    assert not wrong, "\n".join(map(str, wrong))


def test_rooms_are_entered_through_their_facade() -> None:
    wrong = [
        one for one in imports() if one.rooms[0] != one.rooms[1] and "." in one.target and one.target not in SIDE_DOORS
    ]
    assert not wrong, "\n".join(map(str, wrong))


def test_no_module_of_a_room_imports_its_own_facade() -> None:
    wrong = [one for one in imports() if "." in one.module and one.target == one.rooms[0]]
    assert not wrong, "\n".join(map(str, wrong))


def test_no_circle_of_imports() -> None:
    graph: dict[str, set[str]] = defaultdict(set)
    for one in imports():
        if not one.for_types:
            graph[one.module].add(one.target)
    tuple(TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle


def test_demo_is_data_and_imports_nothing_of_ours() -> None:
    assert [one for one in imports() if one.rooms[0] == "demo"] == []


def test_modules_stay_short() -> None:
    lines = {module: len(path.read_text("utf-8").splitlines()) for module, path in modules().items()}
    assert {module: count for module, count in lines.items() if count > MAX_MODULE_LINES} == {}


def test_functions_stay_short() -> None:
    lines = {f"{module}.{node.name}": (node.end_lineno or 0) - node.lineno + 1 for module, node in functions()}
    assert {name: count for name, count in lines.items() if count > MAX_FUNCTION_LINES} == {}


@pytest.mark.parametrize("module", facades())
def test_facades_list_what_they_show_sorted(module: str) -> None:
    path = modules()[module]
    tree = parsed(path)
    (listed,) = (
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.dump(node.targets[0]).startswith("Name(id='__all__'")
    )
    assert listed == sorted(listed, key=_as_sorted_by_kind)
    shown = shown_by(tree)
    assert set(listed) == {name for name in shown if not name.startswith("_") or name == "__version__"}


def _as_sorted_by_kind(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest, as the linter sorts them."""
    if re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
        return 0, name
    return (1, name) if name[0].isupper() else (2, name)


def test_pure_rooms_never_read_the_clock() -> None:
    pure = {
        "records",
        "serial",
        "vocabulary",
        "theatre",
        "intake",
        "gazetteer",
        "reading",
        "judging",
        "linking",
        "weighing",
        "outputs",
    }
    clocks = {"now", "today", "utcnow", "time", "time_ns"}
    wrong = [
        f"{module}:{node.lineno}"
        for module, path in modules().items()
        if module.split(".")[0] in pure
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in clocks
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time"}
    ]
    assert wrong == []
