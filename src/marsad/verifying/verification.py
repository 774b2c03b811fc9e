"""What is checked of a bundle: every hash, every text and passage, and every verdict made anew."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad._version import __version__
from marsad.errors import InputError
from marsad.exports import CAPTURES, MANIFEST, RECORDS, SUMS, made_of, table
from marsad.outputs import plain
from marsad.records import Fault, Verification
from marsad.verifying.archives import DamagedError, files_of
from marsad.verifying.loading import enclosed_in, manifest_of
from marsad.verifying.rerunning import differences
from marsad.vocabulary import vocabulary_digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marsad.exports import Enclosed
    from marsad.verifying.archives import Files

_SUM = re.compile(r"([0-9a-f]{64}) [ *](.+)")
# What records can do that pass for sound and that nobody wrote with Marsad: the bundle is at fault, not its reader.
_SENSELESS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def verify(path: Path | str) -> Verification:
    """Return what became of an evidence bundle, a .zip or a folder, without a monitor, a network or a file written.

    Raises InputError where it is no bundle, or one so made that it is not looked into: with links, with names that
    stand twice or lead out of it, or with more in it than a bundle may have.
    """
    where = Path(path)
    with files_of(where) as files:
        for name in (SUMS, MANIFEST):
            if name not in files.sizes:
                raise InputError(f"{where}: is no evidence bundle: it has no {name}")
        return _Check(files).made()


class _Check:
    """One bundle being checked: what was counted, what is wrong, and what could not be checked."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._faults: dict[str, str] = {}
        self._notes: list[str] = []
        self._counts = dict.fromkeys(("files", "texts", "passages", "captures", "verdicts"), 0)
        self._hashes: dict[str, str] = {}

    def made(self) -> Verification:
        """Return what was found."""
        manifest = self._hashed()
        about: Mapping[str, Any] = manifest["about"] if manifest else {}
        if manifest:
            self._records(manifest)
        return Verification(
            **self._counts,
            faults=tuple(Fault(path=plain(one), reason=plain(why)) for one, why in sorted(self._faults.items())),
            notes=tuple(map(plain, self._notes)),
            manifest=self._hashes.get(SUMS, ""),
            made_by=plain(f"Marsad {about.get('marsad', 'unknown')}"),
            policy=plain(about.get("policy", "unknown")),
            rules=plain(about.get("rules", "unknown")),
            as_of=about.get("as_of"),
            head=about.get("ledger"),
        )

    def _fault(self, path: str, reason: str) -> None:
        self._faults.setdefault(path, reason)  # the first tells most

    def _hashed(self) -> Mapping[str, Any] | None:
        """Compare every file with both lists; return the manifest where it can be read."""
        for path in sorted(self._files.sizes):
            try:
                digest = hashlib.sha256()
                for chunk in self._files.chunks(path):
                    digest.update(chunk)
                self._hashes[path] = digest.hexdigest()
            except DamagedError as error:
                self._fault(path, str(error))
        listed, manifest = self._sums(), self._manifest()
        rows = {row["path"]: row["sha256"] for row in manifest["files"]} if manifest else listed
        for path in sorted(listed.keys() | rows.keys() | self._files.sizes.keys() - {SUMS, MANIFEST}):
            found = self._hashes.get(path)
            if path not in self._files.sizes:
                self._fault(path, "is missing")
            elif path not in listed and path not in rows:
                self._fault(path, "was added: no list has it")
            elif found is not None and found not in {listed.get(path), rows.get(path)}:
                self._fault(path, "was altered: it has another SHA-256 than listed")
            elif found is not None and found != rows.get(path):
                self._fault(MANIFEST, f"was altered: of {path} it says otherwise than the file and {SUMS}")
            elif found is not None and found != listed.get(path):
                self._fault(SUMS, f"was altered: of {path} it says otherwise than the file and {MANIFEST}")
            else:
                self._counts["files"] += 1
        return manifest

    def _sums(self) -> dict[str, str]:
        try:
            lines = self._files.read(SUMS).decode().splitlines()
        except (DamagedError, UnicodeDecodeError) as error:
            self._fault(SUMS, f"cannot be read: {error}")
            return {}
        found = [match.groups() for line in lines if (match := _SUM.fullmatch(line))]
        if len(found) < len(lines):
            self._fault(SUMS, "was altered: a line of it is none of sha256sum")
        listed = {path: digest for digest, path in found}
        if len(listed) < len(found):
            self._fault(SUMS, "was altered: a file stands in it twice")
        if listed.pop(MANIFEST, None) != self._hashes.get(MANIFEST):
            self._fault(MANIFEST, f"does not fit {SUMS}: one of the two was altered")
        return listed

    def _manifest(self) -> Mapping[str, Any] | None:
        try:
            return manifest_of(self._files.read(MANIFEST))
        except (DamagedError, InputError) as error:
            self._fault(MANIFEST, str(error))
            return None

    def _records(self, manifest: Mapping[str, Any]) -> None:
        """Check what the records say, and make anew what follows from them."""
        try:
            held = enclosed_in(self._files, manifest)
            self._texts(held)
            self._captures(held)
            self._again(held)
        except InputError as error:
            path, _, reason = str(error).partition(": ")
            self._fault(path.partition(":")[0], reason or path)
        except _SENSELESS as error:
            self._fault("records", f"hold what no Marsad wrote: {type(error).__name__}")

    def _texts(self, held: Enclosed) -> None:
        if held.whole:
            for one in held.reports:
                if hashlib.sha256(one.text.encode()).hexdigest() != one.sha256:
                    self._fault(table("reports"), f"the text of {one.id} has another SHA-256 than its report says")
                else:
                    self._counts["texts"] += 1
        else:
            self._notes.append(
                f"policy {held.about['policy']} keeps back words, places or names: {len(held.reports)} texts cannot be "
                "compared with the SHA-256 of the originals"
            )
        self._counts["passages"] = sum(
            span is not None
            for claim in held.claims
            for span in (claim.anchor, claim.cue, claim.source_passage, claim.content)
        )

    def _captures(self, held: Enclosed) -> None:
        named = {f"{CAPTURES}{one.sha256}" for one in held.captures}
        there = {path for path in self._files.sizes if path.startswith(CAPTURES)}
        for path in sorted(named | there):
            if path not in named:
                self._fault(path, f"is of no report: {table('captures')} does not have it")
            elif path not in there:
                self._fault(path, "is missing")
            elif path in self._hashes and self._hashes[path] != path.removeprefix(CAPTURES):
                self._fault(path, "was altered: its name is the SHA-256 of other bytes")
            else:
                self._counts["captures"] += path in self._hashes

    def _again(self, held: Enclosed) -> None:
        """Make the verdicts and the readable files anew, and compare."""
        about = held.about
        same = about["marsad"] == __version__ and about["vocabulary"] == vocabulary_digest()
        if not same:
            self._notes.append(
                f"it was made by Marsad {about['marsad']}, and this is {__version__} with other words or rules: "
                "its pages cannot be compared with its records, and verdicts can differ for that"
            )
        if about["theatre"] is not None and held.theatre is None:
            self._notes.append(f"policy {about['policy']} keeps the theatre back: verdicts cannot be made again")
        else:
            self._verdicts(held)
        altered = any(table(name) in self._faults for name in RECORDS)
        for path, data in made_of(held) if same and not altered else ():
            if path in self._hashes and self._hashes[path] != hashlib.sha256(data).hexdigest():
                self._fault(path, "does not say what the records say")

    def _verdicts(self, held: Enclosed) -> None:
        found = list(differences(held))
        self._counts["verdicts"] = len(held.assessments) - len(found)
        if not found:
            return
        if held.whole:
            more = f", and so do {len(found) - 1} more" if len(found) > 1 else ""
            self._fault(table("assessments"), f"verdicts come out otherwise: {found[0][0]} {found[0][1]}{more}")
        else:
            self._notes.append(
                f"{len(found)} verdicts come out otherwise from what policy {held.about['policy']} leaves, "
                "which tells nothing against them"
            )
