"""PDF files, most of them read without the process that guards against hostile ones."""

from __future__ import annotations

import io

import pypdf
import pytest

from tests.intake.documents.made import DATA, pdf, raw_pdf
from toolkit.errors import UnreadableFile
from toolkit.intake.documents.own_process import read_apart
from toolkit.intake.documents.pdf import read_pdf
from toolkit.intake.documents.read_document import read_document


def test_pages_with_their_text_links_and_pictures() -> None:
    data = pdf(
        '#set document(title: "Campaigns", author: "Jane Doe")\n= First\nRaised sales.\n\n'
        '#link("https://example.org/case")[The case]\n#pagebreak()\nSecond page.\nPICTURE'
    )
    found = read_document(data, "work.pdf")
    assert (found.form, found.pages, found.title, found.people) == (
        "pdf",
        2,
        "Campaigns",
        ("Jane Doe",),
    )
    assert [section.place for section in found.sections] == ["page 1", "page 2"]
    assert found.sections[0].text == "First\nRaised sales.\nThe case"
    assert [(link.address, link.place) for link in found.links] == [
        ("https://example.org/case", "page 1")
    ]
    assert found.pictures == 1
    assert found.sections[1].line(0) == "page 2, line 1"


def test_words_stand_apart_where_the_fonts_have_no_space() -> None:
    found = read_pdf((DATA / "documents" / "awesomecv_cv.pdf").read_bytes(), "cv.pdf")
    assert found.pages == 5
    text = found.sections[0].text
    assert "Saved over 30% of the overall AWS costs by establishing a quarterly" in text
    assert "with over 20 enterprise systems" in text  # divided at the end of a line
    assert "Mar. 2010 – Aug. 2017" in text
    assert "https://github.com/posquit0" in [link.address for link in found.links]


def test_a_scanned_file_says_what_to_ask_for() -> None:
    with pytest.raises(UnreadableFile, match=r"no text layer: its pages are pictures.*OCR"):
        read_pdf(pdf("PICTURE"), "scan.pdf")


def test_a_scanned_page_among_others_is_told() -> None:
    data = pdf("Words enough to be read here.\n#pagebreak()\nPICTURE")
    (issue,) = read_pdf(data, "some.pdf").issues
    assert "on page 2: nothing could be read there" in issue.message


@pytest.mark.parametrize("user", ["secret", ""])
def test_protected_files(user: str) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("Words on paper.")))
    writer.encrypt(user, "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    if user:
        with pytest.raises(UnreadableFile, match=r"protected by a password. Ask for a copy"):
            read_pdf(out.getvalue(), "locked.pdf")
    else:
        # One that anybody may open is only protected against printing or changing.
        assert read_pdf(out.getvalue(), "open.pdf").text == "Words on paper."


@pytest.mark.parametrize("cut", [20, 200, 900])
def test_a_damaged_file_is_refused_or_read(cut: int) -> None:
    data = pdf("Words on paper.")
    with pytest.raises(UnreadableFile, match=r"damaged|no text layer|no PDF"):
        read_pdf(data[:cut], "cut.pdf")


def test_pages_beyond_the_limit_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.intake.documents.pdf.MOST_PAGES", 2)
    found = read_pdf(pdf("One\n#pagebreak()\nTwo\n#pagebreak()\nThree"), "long.pdf")
    assert len(found.sections) == 2
    assert "has 3 pages; only the first 2 were read" in str(found.issues[0])


def test_a_file_that_never_ends_is_stopped() -> None:
    hostile = raw_pdf(b"BT /F1 9 Tf (x) Tj ET\n" * 3_000_000)
    assert len(hostile) < 300_000
    with pytest.raises(UnreadableFile, match=r"took too long|too much memory"):
        read_apart(hostile, "slow.pdf", "pdf", seconds=1)


def test_a_stream_that_unpacks_to_very_much_is_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"damaged|took too long|too much memory"):
        read_apart(raw_pdf(b" " * 80_000_000), "bomb.pdf", "pdf", seconds=1)
