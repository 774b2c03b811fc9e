"""The outlets that are known: by which names and addresses, of which kind, and what a report takes from that."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from intake_support import NOW, reports, write
from marsad import DataFileError, Publisher, Publishers, Taken, load_publishers, read_inputs
from marsad.vocabulary import load_outlets


def known(tmp_path: Path, content: str) -> Publishers:
    return load_publishers(write(tmp_path, "outlets.toml", content))


# The shipped list


def test_the_shipped_list_covers_the_world() -> None:
    outlets = load_publishers().outlets
    assert len(outlets) > 250
    owners = {one.owner for one in outlets if one.owner}
    assert len(owners) > 60
    assert {one.kind for one in outlets} <= set(load_outlets())


def test_only_media_of_a_state_have_an_owner_and_each_has_one() -> None:
    for one in load_publishers().outlets:
        assert (one.owner is not None) == (one.kind == "state_media"), one.name


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("AFP", "Agence France-Presse"),
        ("agence france presse", "Agence France-Presse"),
        ("Guardian", "The Guardian"),
        ("THE GUARDIAN", "The Guardian"),
        ("Médecins sans frontières", "Médecins Sans Frontières"),
        ("Medecins Sans Frontieres", "Médecins Sans Frontières"),
        ("B’Tselem", "B'Tselem"),
        ("Guardian Angels", None),
        ("The", None),
        ("", None),
        (None, None),
    ],
)
def test_an_outlet_is_known_by_any_spelling_of_its_names(name: str | None, found: str | None) -> None:
    one = load_publishers().named(name)
    assert (one.name if one else None) == found


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://www.reuters.com/world/x", "Reuters"),
        ("http://english.alarabiya.net/x", "Al Arabiya"),
        ("https://NEWS.UN.ORG/en/story", "UN News"),
        ("https://www.un.org/x", "United Nations"),
        ("https://www.pbs.org/newshour/world/x?y=1", "PBS NewsHour"),
        ("https://www.pbs.org/video", None),
        ("https://notreuters.com/x", None),
        ("https://reuters.com.example.org/x", None),
        ("https://reuters.com@example.org/x", None),
        ("https://example.org/reuters.com", None),
        ("https://com/", None),
        ("http://[::1", None),
        ("reuters.com", None),
        ("", None),
        (None, None),
    ],
)
def test_an_outlet_is_known_by_the_beginning_of_its_address(url: str | None, found: str | None) -> None:
    one = load_publishers().at(url)
    assert (one.name if one else None) == found


def test_endless_addresses_and_names_are_looked_up_at_once() -> None:
    began = time.process_time()
    assert load_publishers().at("https://" + "a." * 500_000 + "b/" + "c/" * 500_000) is None
    assert load_publishers().named("a " * 500_000) is None
    assert time.process_time() - began < 2


# Files of one's own


def test_outlets_of_ones_own_go_before_the_shipped_ones(tmp_path: Path) -> None:
    mine = known(
        tmp_path,
        '[[outlets]]\nname = "Front Media"\nkind = "party_channel"\naliases = ["FM"]\ndomains = ["t.me/frontmedia"]\n'
        '[[outlets]]\nname = "Reuters"\nkind = "newspaper"\n',
    )
    both = load_publishers().extended(mine.outlets)
    assert both.at("https://t.me/FrontMedia/17") == both.named("fm") == mine.outlets[0]
    assert both.at("https://t.me/other/17") is None
    assert both.named("Reuters") == Publisher(name="Reuters", kind="newspaper")
    assert (one := both.at("https://reuters.com/x"))
    assert one.kind == "wire"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('[[outlets]]\nkind = "wire"\n', "'name' must be a non-empty string"),
        ('[[outlets]]\nname = "A"\nkind = "blog"\n', "outlets.toml:3: 'kind' is 'blog'; it must be one of live_blog"),
        ('[[outlets]]\nname = "A"\nkind = "wire"\nowner = "Exampleland"\n', ":4: 'Exampleland' is not an ISO 3166-1"),
        ('[[outlets]]\nname = "A"\nkind = "wire"\ndomains = ["https://a.org"]\n', ":4: 'https://a.org' must be a host"),
        ('[[outlets]]\nname = "A"\nkind = "wire"\ndomains = ["www.a.org"]\n', ":4: 'www.a.org' must be a host"),
        ('[[outlets]]\nname = "A"\nkind = "wire"\nside = "rebels"\n', ":4: unknown key 'side'"),
        (
            '[[outlets]]\nname = "A"\nkind = "wire"\n[[outlets]]\nname = "B"\nkind = "wire"\naliases = ["The A"]\n',
            ":4: 'The A' stands for both 'A' and 'B'",
        ),
        ('outlets = "A"\n', "'outlets' must be an array of tables"),
        ("[[publishers]]\n", "unknown key 'publishers'"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(DataFileError, match=r"outlets\.toml") as refused:
        known(tmp_path, content)
    assert reason in str(refused.value)


# What a report takes from them


def row(**fields: object) -> str:
    return json.dumps({"text": "Rebels entered the town.", **fields}) + "\n"


def test_a_known_outlet_fills_in_what_the_input_does_not_say(tmp_path: Path) -> None:
    named, unsaid, addressed = reports(
        write(
            tmp_path,
            "a.jsonl",
            row(publisher="reuters") + row(publisher="WAFA", kind="unknown") + row(url="https://www.tass.com/1"),
        )
    )
    assert (named.publisher, named.kind) == ("reuters", "wire")
    assert unsaid.kind == "state_media"
    assert (addressed.publisher, addressed.kind) == ("TASS", "state_media")


def test_what_the_input_says_stands(tmp_path: Path) -> None:
    stated, odd, elsewhere = reports(
        write(
            tmp_path,
            "a.jsonl",
            row(publisher="Reuters", kind="ngo")
            + row(publisher="Reuters", kind="blog")
            + row(publisher="Example News", url="https://www.tass.com/1"),
        )
    )
    assert (stated.kind, odd.kind) == ("ngo", "unknown")
    assert (elsewhere.publisher, elsewhere.kind) == ("Example News", "unknown")


def test_an_id_does_not_depend_on_the_list(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", row(url="https://front.example/1"))
    front = Publisher(name="Front Media", kind="party_channel", domains=("front.example",))
    taken = [
        item
        for publishers in (Publishers(), Publishers((front,)))
        for item in read_inputs([path], retrieved=NOW, publishers=publishers)
        if isinstance(item, Taken)
    ]
    assert [item.report.publisher for item in taken] == [None, "Front Media"]
    assert taken[0].report.id == taken[1].report.id


def test_invented_outlets_of_the_demonstration_are_not_known() -> None:
    bundled = Path(__file__).parents[1] / "src" / "marsad" / "demo" / "reports.jsonl"
    rows = [json.loads(line) for line in bundled.read_text("utf-8").splitlines()]
    assert [one.kind for one in reports(bundled)] == [one["kind"] for one in rows]
