"""Pieces of HTML as plain paragraphs."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import InputError
from marsad.intake.fragments import text_of_html

TEXTS = {
    "<p>Rebels <b>entered</b> Qarn.</p><p>The army left.</p>": "Rebels entered Qarn.\n\nThe army left.",
    "Rebels entered.<br>The army\n left.<br/><br/>More.": "Rebels entered.\nThe army left.\nMore.",
    "<ul><li>Qarn<li>Dolmar</ul>and more": "Qarn\n\nDolmar\n\nand more",
    "a<script>b()</script><style>p{}</style><!-- c --><svg><title>d</title></svg>e": "ae",
    "Rebels &amp; army&nbsp;&lt;left&gt; &quot;Qarn&quot; &#8212; &unknown;": 'Rebels & army <left> "Qarn" — &unknown;',
    "No  markup\nat all\n\n\nexcept &amp; one entity": "No markup\nat all\n\nexcept & one entity",
    "<p>Rebels <b>entered": "Rebels entered",
    "</p></div>Rebels": "Rebels",
    "Losses < 5 & falling": "Losses < 5 & falling",
    "حمص <i>سقطت</i>": "حمص سقطت",
    "<p> </p><p></p>": "",
    "<p>a\0b</p>": "ab",
}


@pytest.mark.parametrize(("markup", "text"), TEXTS.items(), ids=range(len(TEXTS)))
def test_html_is_read_as_paragraphs(markup: str, text: str) -> None:
    assert text_of_html(markup) == text


REFUSED = {
    "long": ("<p>" + "x" * 8_000_000, "HTML is too long: 8,000,003 characters, the limit is 8,000,000"),
    "many tags": ("<p>" * 300_000, "HTML is too long: 300,000 tags, the limit is 200,000"),
    "a lone surrogate": ("<p>\ud800</p>", "HTML is not text: lone surrogate at character 3"),
}


@pytest.mark.parametrize(("markup", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_html_of_a_text_is_refused(markup: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        text_of_html(markup)


SLOW = ["<div>" * 200_000, "<b>" * 200_000, "<table>" * 200_000, "&amp" * 1_000_000, "<a " + "b=c " * 1_000_000]


@pytest.mark.parametrize("markup", SLOW, ids=range(len(SLOW)))
def test_odd_html_takes_no_time(markup: str) -> None:
    started = time.process_time()
    text_of_html(markup)
    assert time.process_time() - started < 5


def test_no_entity_of_its_own_is_made_use_of() -> None:
    declared = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "bbb">]><p>&a;&b;</p>'
    assert "root:" not in text_of_html(declared)
    assert "bbb" not in text_of_html(declared.split("]>")[1])


@given(markup=st.text(alphabet=st.sampled_from("<>/&;!-ap br\n\"'"), max_size=60))
def test_anything_gives_lines_without_white_space_around_them(markup: str) -> None:
    lines = text_of_html(markup).split("\n")
    assert lines == [line.strip() for line in lines]
