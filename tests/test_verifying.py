"""Evidence bundles: what they enclose, that they are found sound, and that nobody can change one unseen."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import stat
import subprocess
import sys
import warnings
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import marsad
from evidence_support import PAGE, bundle, evidence, forged, members, packed
from marsad.verifying import archives
from monitor_support import START, at

if TYPE_CHECKING:
    from collections.abc import Callable

MARSAD = Path(sys.executable).with_name("marsad")
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return evidence(tmp_path_factory.mktemp("war"))


@pytest.fixture(scope="module")
def made(war: Path) -> bytes:
    return bundle(war)


@pytest.fixture(scope="module")
def files(made: bytes) -> Files:
    return members(made)


def checked(files: Files, folder: Path) -> marsad.Verification:
    return marsad.verify(packed(files, folder / "evidence.zip"))


def altered(found: marsad.Verification) -> set[str]:
    return {fault.path for fault in found.faults}


# What is enclosed


def test_a_bundle_is_sound_and_says_how_much_was_checked(files: Files, tmp_path: Path) -> None:
    found = checked(files, tmp_path)
    assert found.sound
    assert found.notes == ()
    assert found.texts == 8
    assert found.captures == 1
    assert found.verdicts == len(json.loads(files["manifest.json"])["asked"]) > 5
    assert found.manifest == hashlib.sha256(files["manifest.sha256"]).hexdigest()
    assert found.policy == "internal 1"
    assert found.head == json.loads(files["manifest.json"])["about"]["ledger"] is not None


@pytest.mark.parametrize("choice", [{"place": "Qarn"}, {"event": "casualties"}, {"since": at(6)}, {"as_of": at(6)}])
def test_any_choice_makes_a_sound_bundle(war: Path, choice: dict[str, object], tmp_path: Path) -> None:
    found = checked(members(bundle(war, **choice)), tmp_path)
    assert found.faults == ()
    assert found.verdicts


def test_every_verdict_alone_comes_out_the_same_again(war: Path, tmp_path: Path) -> None:
    with marsad.Monitor.open(war) as monitor:
        ids = [one.id for one in monitor.propositions()]
    for one in ids:
        held = members(bundle(war, about=one))
        assert json.loads(held["manifest.json"])["asked"] == [one]
        found = checked(held, tmp_path)
        assert (found.faults, found.verdicts) == ((), 1)


def test_the_same_choice_gives_the_same_bytes(war: Path, made: bytes) -> None:
    assert bundle(war) == made


def test_captures_are_enclosed_as_they_came(files: Files) -> None:
    digest = hashlib.sha256(PAGE).hexdigest()
    assert files[f"captures/{digest}"] == PAGE
    (said,) = map(json.loads, files["records/captures.jsonl"].splitlines())
    assert said["url"] == "https://qarn.example/6"
    assert said["reports"] == ["x/6 ثانٍ"]


def test_the_rule_set_and_the_theatre_are_enclosed_as_they_were_read(files: Files) -> None:
    from monitor_support import THEATRE

    shipped = Path(marsad.__file__).parent / "vocabulary" / "rules" / "marsad-1.toml"
    assert files["rules.toml"] == shipped.read_bytes()
    assert files["theatre.toml"] == THEATRE.encode()


def test_a_grade_given_by_hand_is_enclosed_and_stands_again(files: Files) -> None:
    verdicts = [json.loads(line) for line in files["records/assessments.jsonl"].splitlines()]
    (graded,) = [one for one in verdicts if one["by_hand"]]
    assert graded["by_hand"]["grade"] == "admitted"
    assert "I was there" in files["index.html"].decode()


def test_nothing_of_a_proposition_makes_no_bundle(war: Path) -> None:
    with pytest.raises(marsad.InputError, match="nothing to give evidence of"):
        bundle(war, place="Nowhere")


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_sha256sum_checks_a_bundle_without_marsad(files: Files, tmp_path: Path) -> None:
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    command = ["sha256sum", "--check", "--strict", "manifest.sha256"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert len(done.stdout.splitlines()) == len(files) - 1
    assert marsad.verify(tmp_path).sound  # the folder that it was unpacked to is as good


def test_provenance_is_what_the_prov_library_reads(files: Files) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from prov.model import ProvDocument

        document = ProvDocument.deserialize(content=files["prov.json"].decode(), format="json")
    claims = len(files["records/claims.jsonl"].splitlines())
    kinds = [str(value) for one in document.get_records() for value in one.get_attribute("prov:type")]
    assert kinds.count("claim") == claims
    assert kinds.count("capture") == 1
    relations = {type(one).__name__ for one in document.get_records()}
    assert {"ProvDerivation", "ProvAttribution", "ProvGeneration", "ProvAssociation"} <= relations


def test_a_verdict_can_be_followed_back_to_a_capture(files: Files) -> None:
    document = json.loads(files["prov.json"])
    behind: dict[str, set[str]] = {}
    for one in document["wasDerivedFrom"].values():
        behind.setdefault(one["prov:generatedEntity"], set()).add(one["prov:usedEntity"])
    waiting = {name for name, one in document["entity"].items() if one["prov:type"] == "assessment"}
    seen: set[str] = set()
    while waiting:
        seen |= waiting
        waiting = {older for name in waiting for older in behind.get(name, ())} - seen
    assert {document["entity"][name]["prov:type"] for name in seen} == {
        "assessment", "proposition", "claim", "report", "capture", "judgement",
    }  # fmt: skip


# The readable files


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_runs_nothing_and_asks_nobody(files: Files) -> None:
    tags = _Tags(files["index.html"].decode()).tags
    assert {tag for tag, _ in tags} & {"script", "img", "link", "iframe", "object", "embed", "form", "base"} == set()
    assert all(
        value.startswith("#") for _, given in tags for name, value in given.items() if name in {"href", "src"} and value
    )
    assert not [name for _, given in tags for name in given if name.startswith("on")]


def test_what_was_reported_is_text_on_the_page(files: Files) -> None:
    page = files["index.html"].decode()
    assert "&lt;img src=x onerror=" in page
    assert "&lt;script&gt;" in page
    assert "javascript:alert(1)" in page  # told as an address, and no link


def test_quotations_mark_source_cue_and_event_in_any_script(files: Files) -> None:
    page = files["index.html"].decode()
    assert '<mark class="cue">قال</mark> <mark class="source">المرصد المحلي</mark>' in page
    assert '<mark class="event">دخلوا قرن</mark>' in page
    assert '<blockquote dir="auto">' in page


def test_page_and_markdown_tell_verdict_both_sides_and_hashes(files: Files) -> None:
    digest = hashlib.sha256(PAGE).hexdigest()
    for name in ("index.html", "README.md"):
        text = files[name].decode()
        for words in ("Working", "For it", "Against it", "marsad-1 1.0", digest, "internal 1", "2021-03-01 11:00 UTC"):
            assert words in text, f"{name}: {words}"


def test_links_on_the_page_lead_somewhere(files: Files) -> None:
    page = files["index.html"].decode()
    ids = {given["id"] for _, given in _Tags(page).tags if "id" in given}
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids
    assert not [name for name in ids if not name or re.search(r"\s", name)]


def test_the_guide_names_every_file_of_a_bundle_and_no_other(files: Files) -> None:
    guide = (Path(__file__).parents[1] / "docs" / "evidence.md").read_text("utf-8")
    told = set(re.findall(r"^\| `([^`]+)` \|", guide, re.MULTILINE))
    assert told == {re.sub(r"^captures/.*", "captures/", name) for name in files}


# What was altered


def test_a_changed_file_is_named(files: Files, tmp_path: Path) -> None:
    for name in files.keys() - {"manifest.json", "manifest.sha256"}:
        found = checked({**files, name: files[name] + b" "}, tmp_path)
        assert name in altered(found)


def test_missing_and_added_files_are_named(files: Files, tmp_path: Path) -> None:
    fewer = {name: data for name, data in files.items() if name != "policy.json"}
    found = checked({**fewer, "notes.txt": b"mine"}, tmp_path)
    assert {one.path: one.reason for one in found.faults} == {
        "policy.json": "is missing",
        "notes.txt": "was added: no list has it",
    }


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_flipped_byte_is_seen_and_its_file_named(files: Files, tmp_path: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(name for name in files if files[name])))
    at = data.draw(st.integers(0, len(files[name]) - 1))
    flip = data.draw(st.integers(1, 255))
    changed = bytearray(files[name])
    changed[at] ^= flip
    found = checked({**files, name: bytes(changed)}, tmp_path)
    lists = {"manifest.json", "manifest.sha256"}
    assert altered(found) & (lists if name in lists else {name})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0), flip=st.integers(1, 255))
def test_a_flipped_byte_of_the_archive_is_seen_or_changes_no_file(
    made: bytes, files: Files, tmp_path: Path, at: int, flip: int
) -> None:
    changed = bytearray(made)
    changed[at % len(made)] ^= flip
    path = tmp_path / "evidence.zip"
    path.write_bytes(changed)
    try:
        found = marsad.verify(path)
    except marsad.InputError:
        return
    assert not found.sound or members(bytes(changed)) == files


# What somebody forged who made the lists anew


def _text(files: Files) -> None:
    files["records/reports.jsonl"] = files["records/reports.jsonl"].replace(b"God is great", b"God is good!")


def _grade(files: Files) -> None:
    files["records/assessments.jsonl"] = files["records/assessments.jsonl"].replace(b'"single"', b'"corroborated"', 1)


def _rules(files: Files) -> None:
    files["rules.toml"] = files["rules.toml"].replace(b'grade = "single"', b'grade = "denied"')


def _page(files: Files) -> None:
    files["index.html"] = files["index.html"].replace(b"I was there", b"I was away")


def _member(files: Files) -> None:
    files["records/propositions.jsonl"] = files["records/propositions.jsonl"].replace(b'"denies"', b'"asserts"')


def _side(files: Files) -> None:
    files["theatre.toml"] = (
        files["theatre.toml"].replace(b'opposes = ["rebels"]', b"").replace(b'opposes = ["government"]', b"")
    )


def _source(files: Files) -> None:
    files["records/claims.jsonl"] = files["records/claims.jsonl"].replace(
        b"Exampleland Monitor", b"Army of Exampleland"
    )


def _span(files: Files) -> None:
    files["records/claims.jsonl"] = re.sub(rb'"end": \d+', b'"end": 99999', files["records/claims.jsonl"])


def _capture(files: Files) -> None:
    files[f"captures/{hashlib.sha256(PAGE).hexdigest()}"] = b"something else"


def _no_theatre(files: Files) -> None:
    manifest = json.loads(files["manifest.json"])
    manifest["about"]["theatre"] = None
    files["manifest.json"] = json.dumps(manifest).encode()
    del files["theatre.toml"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (_text, "records/reports.jsonl"),
        (_grade, "records/assessments.jsonl"),
        (_rules, "records/assessments.jsonl"),
        (_page, "index.html"),
        (_member, "records/assessments.jsonl"),
        (_side, "records/assessments.jsonl"),
        (_source, "records/assessments.jsonl"),
        (_span, "records/claims.jsonl"),
        (_capture, f"captures/{hashlib.sha256(PAGE).hexdigest()}"),
        (_no_theatre, "records/assessments.jsonl"),
    ],
)
def test_a_forgery_with_new_hashes_does_not_fit_itself(
    files: Files, tmp_path: Path, change: Callable[[Files], None], where: str
) -> None:
    assert not checked(forged(files, lambda held: None), tmp_path).faults
    assert where in altered(checked(forged(files, change), tmp_path))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_records_that_make_no_sense_are_a_fault_and_no_crash(files: Files, tmp_path: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(one for one in files if one.startswith("records/") and files[one])))
    lines = files[name].splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    row = json.loads(lines[number])
    key = data.draw(st.sampled_from(sorted(row)))
    row[key] = data.draw(st.sampled_from([None, "", "x", "2021-03-01T00:00:00", -1, 10**30, [], {}, ["x"], [[]], True]))
    lines[number] = json.dumps(row).encode()

    def change(held: Files) -> None:
        held[name] = b"\n".join(lines) + b"\n"

    checked(forged(files, change), tmp_path)  # whatever it finds


# What may not be opened


def test_what_is_no_bundle_is_refused_in_one_line(tmp_path: Path, files: Files) -> None:
    text = tmp_path / "a.txt"
    text.write_text("hello")
    for path, why in (
        (text, "is no zip archive"),
        (tmp_path / "none.zip", "No such file"),
        (packed({"x": b""}, tmp_path / "x.zip"), "has no manifest.sha256"),
        (packed({"manifest.sha256": b""}, tmp_path / "y.zip"), "has no manifest.json"),
    ):
        with pytest.raises(marsad.InputError, match=why) as refused:
            marsad.verify(path)
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "name", ["../up", "/etc/passwd", "a/../../b", "C:/x", "a\\b", "a//b", "./a", "x" * 2000, "a\nb"]
)
def test_names_that_lead_out_of_a_bundle_are_refused(files: Files, tmp_path: Path, name: str) -> None:
    with pytest.raises(marsad.InputError, match=r"leads out of it or is no name") as refused:
        checked({**files, name: b"x"}, tmp_path)
    assert len(str(refused.value)) < 300
    assert sorted(tmp_path.iterdir()) == [tmp_path / "evidence.zip"]


def test_names_that_stand_twice_are_refused(files: Files, tmp_path: Path) -> None:
    path = packed(files, tmp_path / "evidence.zip")
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("index.html", "another page")
    with pytest.raises(marsad.InputError, match=r"'index.html' stands in it twice"):
        marsad.verify(path)


def test_links_are_refused(files: Files, tmp_path: Path) -> None:
    path = packed(files, tmp_path / "evidence.zip")
    entry = zipfile.ZipInfo("captures/link")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(marsad.InputError, match="is a link or a device"):
        marsad.verify(path)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link").symlink_to("/etc/passwd")
    with pytest.raises(marsad.InputError, match="is a link or a device"):
        marsad.verify(folder)


def test_bombs_are_refused_before_they_are_unpacked(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 1_000_000)
    with pytest.raises(marsad.InputError, match=r"unpacks to [0-9,]+ bytes, more than a bundle may"):
        checked({**files, "captures/zeros": b"\0" * 1_000_000}, tmp_path)
    monkeypatch.setattr(archives, "MOST_FILES", 10)
    with pytest.raises(marsad.InputError, match=r"holds [0-9]+ files, more than a bundle may: 10"):
        checked(files, tmp_path)


def test_a_table_too_large_to_read_is_a_fault(files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_PARSED", 4_000)
    assert any("more than are read at once" in one.reason for one in checked(files, tmp_path).faults)


@pytest.mark.parametrize(
    "manifest",
    [
        b"", b"[]", b"{}", b"\xff", b"[" * 100_000,
        b'{"about": {}, "asked": [], "files": []}', b'{"about": 1, "asked": 2, "files": 3}',
    ],
)  # fmt: skip
def test_an_absurd_manifest_is_a_fault(files: Files, tmp_path: Path, manifest: bytes) -> None:
    found = checked({**files, "manifest.json": manifest}, tmp_path)
    assert "manifest.json" in altered(found)


def test_a_later_layout_is_told(files: Files, tmp_path: Path) -> None:
    later = json.loads(files["manifest.json"])
    later["about"]["bundle"] = 2
    found = checked({**files, "manifest.json": json.dumps(later).encode()}, tmp_path)
    assert not found.sound


# Policies and versions


@pytest.mark.parametrize("policy", ["public", "guarded"])
def test_what_a_policy_keeps_back_is_told_and_no_fault(war: Path, tmp_path: Path, policy: str) -> None:
    found = checked(members(bundle(war, policy=policy)), tmp_path)
    assert found.faults == ()
    assert any("cannot be compared with the SHA-256 of the originals" in note for note in found.notes)


def test_a_policy_that_masks_all_persons_keeps_the_theatre_back(war: Path, tmp_path: Path) -> None:
    held = members(bundle(war, policy="guarded"))
    assert "theatre.toml" not in held
    assert any("verdicts cannot be made again" in note for note in checked(held, tmp_path).notes)


def test_a_bundle_of_another_version_is_checked_as_far_as_it_can_be(files: Files, tmp_path: Path) -> None:
    def change(held: Files) -> None:
        manifest = json.loads(held["manifest.json"])
        manifest["about"]["marsad"] = "9.9"
        held["manifest.json"] = json.dumps(manifest).encode()
        held["index.html"] = b"<p>as 9.9 would write it"

    found = checked(forged(files, change), tmp_path)
    assert found.sound
    assert found.verdicts
    assert any("made by Marsad 9.9" in note for note in found.notes)


# The command


def test_the_command_says_what_was_altered_and_exits_with_1(files: Files, tmp_path: Path) -> None:
    good = packed(files, tmp_path / "good.zip")
    bad = packed({**files, "index.html": b""}, tmp_path / "bad.zip")
    told = [
        subprocess.run([MARSAD, "verify", path], capture_output=True, text=True, check=False)
        for path in (good, bad, tmp_path / "x")
    ]
    assert [one.returncode for one in told] == [0, 1, 2]
    assert told[0].stdout.splitlines()[-1] == "sound"
    assert "index.html: was altered" in told[1].stderr
    assert len(told[2].stderr.splitlines()) == 1


def test_the_command_exports_one_proposition(war: Path, tmp_path: Path) -> None:
    out = tmp_path / "evidence.zip"
    command = [MARSAD, "export", "bundle", "--about", "c-inside", "--out", out, "--monitor", war]
    subprocess.run(command, check=True, capture_output=True)
    assert marsad.verify(out).sound
    assert START.isoformat()[:10] in members(out.read_bytes())["README.md"].decode()
