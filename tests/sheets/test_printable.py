import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.sheets.coverage import coverage, covered_anywhere
from toolkit.sheets.printable import Printable, code_point, printable, printable_tree

#: Every category of Unicode, halves of surrogate pairs among them.
ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cs", "Cc", "Cf", "Co"]),
        st.characters(categories=["Mn", "Mc", "Me"]),
        st.sampled_from("abc \n\t‏‍أनำ한漢😀"),
    ),
    max_size=40,
)


def test_a_name_stays_as_it_is_and_a_trick_becomes_visible():
    assert printable("Zoë Łukasiewicz 李小龍 فاطمة") == Printable("Zoë Łukasiewicz 李小龍 فاطمة")
    assert printable("Ann\u202egpj.exe 😀") == Printable(
        "Ann⟨U+202E⟩gpj.exe ⟨U+1F600⟩", ("U+202E", "U+1F600")
    )


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("two\r\nlines\rthree\u2028four", "two\nlines\nthree\nfour"),
        ("tab\there", "tab here"),
        ("bell\x07", "bell⟨U+0007⟩"),
        ("nul\x00", "nul⟨U+0000⟩"),
        ("half \ud83d", "half ⟨U+D83D⟩"),
        ("private \ue000", "private ⟨U+E000⟩"),
        ("unassigned \u0378", "unassigned ⟨U+0378⟩"),
        ("byte order \ufeff", "byte order ⟨U+FEFF⟩"),
        ("Cafe\u0301", "Café"),
        ("گل\u200cآرا", "گل\u200cآرا"),
        ("#let x = 1 $ * _ <b> =SUM(A1) \\", "#let x = 1 $ * _ <b> =SUM(A1) \\"),
    ],
)
def test_what_each_kind_of_character_becomes(text: str, printed: str):
    assert printable(text).text == printed


def test_long_words_may_break_and_short_ones_may_not():
    assert printable("x" * 20).text == "x" * 20
    broken = printable("x" * 10_000).text
    assert broken.replace("\u200b", "") == "x" * 10_000
    assert max(map(len, broken.split("\u200b"))) == 6
    assert printable("x" * 100, breakable=False).text == "x" * 100


def test_a_percent_sign_stays_with_its_number():
    assert printable("10 % of 3 % names").text == "10\u00a0% of 3\u00a0% names"


def test_a_break_never_parts_a_letter_from_its_marks():
    broken = printable("नि" * 30).text
    assert all(unicodedata.category(piece[0]) == "Lo" for piece in broken.split("\u200b"))


def test_a_pile_of_marks_is_taken_apart():
    piled = "a" + "\u0323" * 200
    assert printable(piled).text.replace("\u200b", "").count("⟨U+0323⟩") >= 199
    assert printable("ậ").replaced == ()


def test_trees_are_printable_throughout_but_hashes_stay_whole():
    tree, replaced = printable_tree(
        {"a": ["😀", {"b": "x" * 30}], "digest": "f" * 64, "n": 1.5, "yes": True, "none": None}
    )
    assert tree == {
        "a": ["⟨U+1F600⟩", {"b": "\u200b".join(["x" * 6] * 5)}],
        "digest": "f" * 64,
        "n": 1.5,
        "yes": True,
        "none": None,
    }
    assert replaced == ("U+1F600",)


@given(ANY_TEXT)
@settings(max_examples=100)
def test_whatever_comes_in_has_glyphs_and_loses_nothing(text: str):
    result = printable(text)
    shown = result.text.replace("\u200b", "").replace("\n", "")
    invisible = set("\u00ad\u061c\u200c\u200d\u200e\u200f\u2060")
    assert all(ord(c) in covered_anywhere() or c in invisible for c in shown)
    for code in result.replaced:
        assert f"⟨{code}⟩" in result.text.replace("\u200b", "")
    for character in unicodedata.normalize("NFC", text):
        if character not in "\t\r\n\v\f\x85\u2028\u2029\u200b":
            assert character in shown or code_point(ord(character)) in result.replaced


@given(ANY_TEXT)
@settings(max_examples=100)
def test_printing_twice_is_printing_once(text: str):
    once = printable(text).text
    assert printable(once).text == once


def test_the_marks_that_stand_for_characters_are_in_the_fonts():
    assert all(ord(c) in covered_anywhere() for c in "⟨⟩U+0123456789ABCDEF")
    assert all(ord(c) in coverage()["Noto Sans"] for c in "U+0123456789ABCDEF")
