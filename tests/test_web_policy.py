"""Under a policy the web tells only what may leave, and nobody judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_support import filled
from webserver import ANA, bearer, serving, tokens

if TYPE_CHECKING:
    from pathlib import Path


def test_every_answer_says_which_policy_it_passed_and_texts_keep_only_their_sentences(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with serving(path) as whole, serving(path, policy="public") as public:
        assert whole.get("/api/claims").json()["policy"] == "internal 1"
        assert public.get("/api/claims").json()["policy"] == "public 1"
        told, kept = (client.get("/api/reports/r2").json()["text"] for client in (whole, public))
    assert told.startswith("Gen. A. Dar said")
    assert len(kept) == len(told)
    assert "The army denied that rebels had taken Qarn." in kept
    assert "Nothing happened" not in kept


def test_nobody_judges_what_is_given_out(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with serving(path, known=tokens(tmp_path), policy="public") as client:
        ruled = {"kind": "accept", "subject": "c-taken", "reason": "as it says"}
        refused = client.post("/api/judgements", json=ruled, headers=bearer(ANA))
        assert refused.status_code == 422
        assert "open under the policy 'public'" in refused.json()["detail"]
        assert client.get("/api/judgements").json()["total"] == 0
