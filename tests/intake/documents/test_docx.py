from __future__ import annotations

import io

import docx
import pytest

from tests.intake.documents.made import picture, repacked, saved, word
from toolkit.errors import UnreadableFile
from toolkit.intake.documents.docx import read_docx
from toolkit.intake.documents.read_document import read_document

MAIN = "word/document.xml"


def test_sections_by_heading_with_lists_and_tables() -> None:
    document = docx.Document()
    document.core_properties.author = "Jane Doe"
    document.core_properties.title = "Portfolio"
    document.add_paragraph("Jane Doe")
    document.add_heading("Campaigns", 1)
    document.add_paragraph("Raised sales from 2 to 5 %.", "List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Before", "After"
    document.add_heading("Contact", 2)
    document.sections[0].footer.paragraphs[0].text = "Page foot"
    document.add_picture(io.BytesIO(picture()))
    found = read_document(saved(document), "work.docx")
    assert (found.form, found.title, found.people) == ("docx", "Portfolio", ("Jane Doe",))
    assert [(s.place, s.heading, s.text) for s in found.sections] == [
        ("section 1", "", "Page foot"),
        ("section 2", "", "Jane Doe"),
        ("section 3", "Campaigns", "Campaigns\n• Raised sales from 2 to 5 %.\nBefore | After"),
        ("section 4", "Contact", "Contact\n[picture]"),
    ]
    assert found.pictures == 1


def test_text_boxes_links_and_what_was_struck_out() -> None:
    base = word("Anchor")
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = (
        f"<w:document {w} {mc}><w:body><w:p><w:r><w:t>Outside</w:t></w:r>"
        "<w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del>"
        "<mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p>"
        "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>Boxed</w:t>"
        "</w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:p></w:body></w:document>"
    )
    assert read_docx(repacked(base, **{MAIN: body.encode()}), "x.docx").text == "Outside\nBoxed"


def test_deep_nesting_does_no_harm() -> None:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    deep = "<w:sdt><w:sdtContent>" * 3_000
    shallow = "</w:sdtContent></w:sdt>" * 3_000
    body = f"<w:document {w}><w:body>{deep}<w:p/>{shallow}</w:body></w:document>"
    with pytest.raises(UnreadableFile, match=r"damaged|no words"):
        read_docx(repacked(word("x"), **{MAIN: body.encode()}), "deep.docx")


def test_an_entity_bomb_is_refused() -> None:
    bomb = (
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
        + "".join(
            f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
        )
        + ']><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>"
    )
    with pytest.raises(UnreadableFile):
        read_docx(repacked(word("x"), **{MAIN: bomb.encode()}), "bomb.docx")


def test_a_zip_bomb_is_refused() -> None:
    data = repacked(word("x"), **{"word/media/a.xml": b" " * 40_000_000})
    assert len(data) < 200_000
    with pytest.raises(UnreadableFile, match="unpacks to far more"):
        read_docx(data, "bomb.docx")


@pytest.mark.parametrize("cut", [30, 3_000])
def test_a_damaged_file_is_refused(cut: int) -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        read_docx(word("x")[:cut], "cut.docx")


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no words"):
        read_docx(word(), "empty.docx")
