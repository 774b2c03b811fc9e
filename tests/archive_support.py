"""Small archives, and what tests look for in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from marsad.archive.tables import read_table
from marsad.monitor import Monitor
from marsad.serial import from_json

if TYPE_CHECKING:
    from pathlib import Path

    from marsad.archive import ArchiveReceipt

THEATRE = """
name = "Exampleland, 2021"

[sides.government]
opposes = ["rebels"]
forces = "Army of Exampleland"

[sides.rebels]
opposes = ["government"]
forces = "Northern Front"

[sides.neutral]

[[actors]]
name = "Army of Exampleland"
kind = "state"
side = "government"
aliases = ["the army"]

[[actors]]
name = "Ministry of Defence"
kind = "state"
side = "government"

[[actors]]
name = "Northern Front"
kind = "armed_group"
side = "rebels"
aliases = ["the rebels"]

[[actors]]
name = "Monitor"
kind = "monitor"
side = "neutral"
"""

STORY = (
    "Rebels of the Northern Front captured Hama on Thursday, residents said. The army denied that rebels had entered "
    "Hama. Two soldiers were killed in shelling near Homs, according to Monitor, a group that follows the war. "
    "Troops and tanks moved north along the road before dawn while families fled the fighting toward the coast."
)
OTHER = (
    "The army shelled Homs on Friday and killed four civilians, Monitor said. The Ministry of Defence said that its "
    "troops had repelled an attack on the town. Rebels said that they hold Hama and that soldiers had surrendered."
)


def rows() -> list[dict[str, Any]]:
    """Reports as lines of JSON: two stories, a copy, a version, one twice, another language, and one of no war."""
    first = {"id": "a", "publisher": "Post", "title": "Hama", "text": STORY, "published": "2024-12-10T12:00:00Z"}
    return [
        first,
        {**first, "id": "b", "publisher": "Echo", "published": "2024-12-10T15:00:00Z"},
        {**first, "id": "c", "publisher": "Wire", "title": "Homs", "text": OTHER, "published": "2024-12-11T09:00:00Z"},
        {**first, "text": f"{STORY} Shops opened again.", "updated": "2024-12-11T10:00:00Z"},
        {
            **first,
            "id": "d",
            "text": "Staden är lugn efter två dagars strider. " * 20,
            "published": "2024-12-12T10:00:00Z",
        },
        {**first, "id": "e", "title": "Music", "text": PEACE, "published": "2024-12-12T11:00:00Z"},
        {"id": "f", "publisher": "Undated", "text": OTHER.replace("Friday", "Monday")},
        first,
    ]


PEACE = (
    " ".join(
        f"The orchestra plays {work} in the great hall this evening, and its conductor talks about melody with {guest}."
        for work, guest in zip(
            (
                "a quartet",
                "an overture",
                "three songs",
                "the sonata",
                "a waltz",
                "old dances",
                "new pieces",
                "a serenade",
            ),
            ("pupils", "singers", "teachers", "critics", "poets", "painters", "listeners", "composers"),
            strict=True,
        )
    )
    + " Tickets cost less for students, who can also hear rehearsals on weekday mornings; coffee and cake are free,"
    " and a bookshop beside the garden sells scores, posters, records and small presents until midnight."
)


def write_lines(path: Path, lines: list[Any]) -> Path:
    """Write lines of JSON, and words as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in lines)
    path.write_text(text, "utf-8")
    return path


def made(inputs: list[Path | str], out: Path, **options: Any) -> ArchiveReceipt:
    """Make an archive here, by the rules alone."""
    given = {"network": None, "workers": 1, "size": 1000, "theatre": theatre_file(out.parent)}
    return Monitor.archive(inputs, out, **(given | options))


def theatre_file(folder: Path) -> Path:
    path = folder / "exampleland.toml"
    path.write_text(THEATRE, "utf-8")
    return path


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def told(folder: Path, table: str, record: type) -> list[Any]:
    """The records of a table, in an order of their own."""
    return sorted((from_json(record, dict(row)) for row in read_table(folder, table)), key=repr)
