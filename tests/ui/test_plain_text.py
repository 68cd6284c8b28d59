from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from toolkit.ui.plain_text import plain


def test_a_name_cannot_call_another_host() -> None:
    assert plain("![x](https://example.org/x.png)") == (
        r"\!\[x\]\(https\:\/\/example\.org\/x\.png\)".replace(r"\/", "/")
    )


def test_line_breaks_and_invisible_marks_do_not_hide_words() -> None:
    assert plain("two\nlines\u202egnp.exe") == r"two linesgnp\.exe"


def test_letters_of_every_script_stay() -> None:
    assert plain("Łukasz Müller 山田太郎 Zoë O’Brien") == "Łukasz Müller 山田太郎 Zoë O’Brien"


@given(st.text())
def test_no_markup_is_left_unescaped(text: str) -> None:
    unescaped = re.sub(r"\\.", "", plain(text))
    assert not set(unescaped) & set("\\`*_{}[]()<>#+-!|~$:\n")


@given(st.text(st.characters(blacklist_categories=["C", "Z"])))
def test_nothing_visible_is_lost(text: str) -> None:
    assert re.sub(r"\\(.)", r"\1", plain(text)) == text
