"""FollowTheMoney, read back with its own library: entities, and who says which of their values."""

from __future__ import annotations

import csv
import io
import json
import warnings
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

import marsad
from evidence_support import evidence
from marsad.exports.ftm import COLUMNS
from marsad.exports.ftm_book import dataset_of
from marsad.exports.ftm_words import load_ftm

if TYPE_CHECKING:
    from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from followthemoney import model
    from followthemoney.dataset import Dataset
    from followthemoney.dataset.util import dataset_name_check
    from followthemoney.statement import Statement
    from followthemoney.statement.entity import StatementEntity
    from followthemoney.statement.serialize import CSV_COLUMNS, read_csv_statements
    from followthemoney.types import registry

Entity = dict[str, Any]


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return evidence(tmp_path_factory.mktemp("war"))


def exported(war: Path, form: str, **options: Any) -> tuple[bytes, marsad.Exported]:
    with marsad.Monitor.open(war, create=False) as monitor:
        to = io.BytesIO()
        done = monitor.export(form, to, policy="internal", **options)
        return to.getvalue(), done


@pytest.fixture(scope="module")
def entities(war: Path) -> dict[str, Entity]:
    lines = exported(war, "ftm")[0].decode().splitlines()
    return {one["id"]: one for one in map(json.loads, lines)}


@pytest.fixture(scope="module")
def statements(war: Path) -> list[Statement]:
    return list(read_csv_statements(io.BytesIO(exported(war, "ftm-statements")[0])))


def of(war: Path, claim: str) -> str:
    """Return the id of the event that a claim is itself of."""
    with marsad.Monitor.open(war) as monitor:
        for one in monitor.propositions():
            if any(member.claim == claim and not member.reasons for member in one.members):
                return f"marsad-{one.id}"
    raise AssertionError(claim)


# What the library says of them


def test_every_entity_is_one_that_the_model_knows_with_clean_values(entities: dict[str, Entity]) -> None:
    for entity in entities.values():
        proxy = model.get_proxy(entity, cleaned=True)
        proxy.schema.validate(entity)
        cleaned = model.get_proxy(entity, cleaned=False)
        for name, values in entity["properties"].items():
            assert sorted(cleaned.get(name)) == sorted(values), (entity["id"], name)


def test_schemas_are_those_meant_and_no_control_is_stated(entities: dict[str, Entity]) -> None:
    schemas = {one["schema"] for one in entities.values()}
    assert schemas <= {"Event", "Article", "Note", "Address", "Organization", "PublicBody", "Person", "LegalEntity"}
    assert {"Event", "Article", "Note", "Address", "Organization", "PublicBody"} <= schemas


def test_what_entities_refer_to_is_there_and_of_the_right_kind(entities: dict[str, Entity]) -> None:
    for entity in entities.values():
        schema = model.get(entity["schema"])
        for name, values in entity["properties"].items():
            prop = schema.properties[name]
            for value in values if prop.type is registry.entity else ():
                assert model.get(entities[value]["schema"]).is_a(prop.range), (entity["id"], name)


def test_types_and_lengths_of_the_data_file_are_those_of_the_model() -> None:
    words = load_ftm()
    schemas = [model.get(name) for name in ("Event", "Article", "Note", "Address", *set(words.actors.values()))]
    for name, of in words.types.items():
        kinds = {(schema.properties[name].type.name) for schema in schemas if name in schema.properties}
        assert kinds == {of}, name
    for name, most in words.longest.items():
        assert registry.get(name).max_length >= most
    for two, three in words.languages.items():
        assert registry.language.clean(two) == three


def test_statements_have_the_columns_and_the_ids_of_the_library(statements: list[Statement]) -> None:
    assert list(COLUMNS) == CSV_COLUMNS
    for one in statements:
        key = Statement.make_key(one.dataset, one.entity_id, one.prop, one.value, one.external, lang=one.lang)
        assert one.id == key
        dataset_name_check(one.dataset)


def test_statements_make_the_same_entities(statements: list[Statement], entities: dict[str, Entity]) -> None:
    held: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        held[one.canonical_id].append(one)
    home = Dataset.make({"name": "marsad", "title": "Marsad"})
    assert held.keys() == entities.keys()
    for name, rows in held.items():
        entity = StatementEntity.from_statements(home, rows)
        expected = entities[name]["properties"]
        assert {prop: sorted(entity.get(prop)) for prop in expected} == {
            prop: sorted(f"'{value}" if value.startswith("=") else value for value in values)
            for prop, values in expected.items()
        }
        assert entity.schema.name == entities[name]["schema"]


# Who says what


def test_conflicting_values_are_statements_of_two_datasets(war: Path, statements: list[Statement]) -> None:
    event = of(war, "c-inside")
    said = {one.dataset for one in statements if one.entity_id == event and one.prop == "name"}
    assert "source_exampleland_monitor" in said
    assert len(said) == 2  # and the monitor that writes in Arabic
    assert dataset_of("المرصد المحلي") in said


def test_a_statement_says_when_it_was_said_and_by_which_claims(war: Path, statements: list[Statement]) -> None:
    (name,) = (
        one
        for one in statements
        if one.entity_id == of(war, "c-inside") and one.prop == "name" and one.dataset == "source_exampleland_monitor"
    )
    assert (name.first_seen, name.last_seen) == ("2021-03-01T13:00:00", "2021-03-01T13:00:00")
    assert name.origin == "c-inside"


def test_a_denial_is_no_statement_on_the_event_but_a_note_on_it(
    war: Path, statements: list[Statement], entities: dict[str, Entity]
) -> None:
    event = of(war, "c-denied")
    assert "source_army_of_exampleland" not in {one.dataset for one in statements if one.entity_id == event}
    note = entities["marsad-c-denied"]
    assert note["schema"] == "Note"
    assert event in note["properties"]["entity"]
    assert any("Army of Exampleland" in text and "denies" in text for text in note["properties"]["summary"])


def test_what_is_only_denied_is_no_event_and_is_counted(war: Path, entities: dict[str, Entity]) -> None:
    left: list[str] = []
    _, done = exported(war, "ftm", left_out=lambda item, reason: left.append(item))
    event = of(war, "c-no")
    assert event not in entities
    assert event.removeprefix("marsad-") in left
    assert "c-plan" in left
    assert sum(done.left_out.values()) == len(left)
    (on,) = entities["marsad-c-no"]["properties"]["entity"]
    assert entities[on]["schema"] == "Address"


def test_what_counts_for_an_event_in_other_words_is_a_note_too(war: Path, statements: list[Statement]) -> None:
    with marsad.Monitor.open(war) as monitor:
        inferred = {
            (f"marsad-{one.id}", member.claim)
            for one in monitor.propositions()
            for member in one.members
            if member.reasons and member.stance is not marsad.Stance.DENIES
        }
    assert inferred
    stated = {(one.entity_id, claim) for one in statements if one.origin for claim in one.origin.split()}
    assert not stated & inferred


def test_verdicts_are_the_word_of_marsad_alone(statements: list[Statement]) -> None:
    verdicts = [
        one for one in statements if one.schema == "Event" and one.value.startswith(("verdict: ", "Verdict by"))
    ]
    assert verdicts
    assert {one.dataset for one in verdicts} == {"marsad"}


def test_figures_keep_their_bounds_and_certainty_is_told(war: Path, entities: dict[str, Entity]) -> None:
    event = entities[of(war, "c-evil")]["properties"]
    assert event["notes"] == ["killed: 3 to ? (c-evil)"]
    assert "certainty: possible" in event["keywords"]
    assert not {"date", "startDate", "endDate", "country"} & event.keys()


def test_an_address_that_could_be_run_and_a_country_that_is_none_are_left_out(entities: dict[str, Entity]) -> None:
    values = [value for one in entities.values() for held in one["properties"].values() for value in held]
    assert not [value for value in values if value.startswith("javascript:")]
    assert not [one for one in entities.values() if "country" in one["properties"]]  # XA is nobody's


def test_other_scripts_keep_their_letters_and_their_language(statements: list[Statement]) -> None:
    (note,) = (one for one in statements if one.entity_id == "marsad-c-ar" and one.prop == "description")
    assert note.value.startswith("قال المرصد المحلي")
    assert note.lang == "ara"
    assert note.dataset.isascii()


@pytest.mark.parametrize("name", ["The Army's", "army", "Ärzte ohne Grenzen", "المرصد", "=cmd|x", "a-b c", "١٢"])
def test_every_source_has_a_dataset_name_that_is_one(name: str) -> None:
    dataset_name_check(dataset_of(name))


def test_names_that_are_compared_alike_share_a_dataset_and_others_do_not() -> None:
    assert dataset_of("the Army's ") == dataset_of("Army’s")
    assert len({dataset_of(name) for name in ("المرصد", "الجيش", "Army", "Marsad")} | {"marsad"}) == 5


# The files


def test_no_spreadsheet_runs_a_value(war: Path) -> None:
    rows = list(csv.reader(io.StringIO(exported(war, "ftm-statements")[0].decode(), newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t"))]


def test_the_files_say_which_policy_they_passed(entities: dict[str, Entity]) -> None:
    about = [one for one in entities.values() if one["id"].startswith("marsad-about")]
    assert len(about) == 1
    assert "policy: internal 1" in about[0]["properties"]["description"][0]


@pytest.mark.parametrize("form", ["ftm", "ftm-statements"])
def test_the_same_monitor_gives_the_same_bytes(war: Path, form: str) -> None:
    assert exported(war, form)[0] == exported(war, form)[0]


@pytest.mark.parametrize("form", ["ftm", "ftm-statements"])
def test_only_what_was_chosen_leaves(war: Path, form: str) -> None:
    text = exported(war, form, choice=marsad.Choice(place="Bay"))[0].decode()
    assert "marsad-c-no" in text
    assert "marsad-c-taken" not in text
