from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.opened import checked, words
from toolkit.ui.components.document_text import markdown_of


def drawn() -> None:
    from toolkit.intake.documents.claims import find_claims
    from toolkit.intake.documents.document import Document, Link, Section
    from toolkit.review.blinding.blind import blind_document
    from toolkit.ui.components.blinded_document import blinded_document

    text = "Jane Doe\n• Doubled sales\n![x](https://tracker.example/x.png) <b>$x$</b>"
    document = Document(
        "cv.txt",
        "text",
        "",
        (Section("", "", text),),
        (Link("https://example.org/work", "", "line 3"),),
        pictures=2,
    )
    copy = blind_document(document, ["Jane Doe"])
    blinded_document(copy.document, find_claims(copy.document), copy.counts(), key="one")


def test_what_a_reviewer_sees() -> None:
    test = checked(AppTest.from_function(drawn, default_timeout=60).run())
    shown = words(test)
    assert "Text. Withheld: name. 2 pictures are not shown." in shown
    assert ":gray-background[name withheld]" in shown
    assert "Jane" not in shown
    assert test.dataframe[0].value["Change"].tolist() == ["+100 %"]
    assert test.code[0].value == "https://example.org/work"
    # Nothing of the text is drawn as what it looks like.
    assert "![x]" not in shown
    assert "<b>" not in shown


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("One\nTwo", "One  \nTwo  "),
        ("• One\n• Two\nThree", "- One\n- Two\n\nThree  "),
        ("# Work", "\\# Work  "),
        ("a@b.example", "a\u2060@b\\.example  "),
        ("https://x.y www.z.org", "http\u2060s\\://x\\.y www\u2060\\.z\\.org  "),
    ],
)
def test_lines_stay_lines(text: str, drawn: str) -> None:
    assert markdown_of(text) == drawn
    assert markdown_of("# Work", "Work") == "**\\# Work**  "
