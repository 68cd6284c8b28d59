"""Documents made for a test: PDF with typst, DOCX with python-docx, hostile files by hand."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import docx
import typst
from PIL import Image

DATA = Path(__file__).parents[2] / "data"


def pdf(markup: str) -> bytes:
    """A PDF of typst markup, in which PICTURE stands for a picture."""
    shown = f"#image(bytes(({','.join(map(str, picture()))})))"
    made = typst.compile(markup.replace("PICTURE", shown).encode())
    assert isinstance(made, bytes)
    return made


def word(*paragraphs: tuple[str, str] | str, **properties: str) -> bytes:
    """A DOCX of paragraphs; a pair is a style and the text."""
    document = docx.Document()
    for one in paragraphs:
        style, text = one if isinstance(one, tuple) else (None, one)
        document.add_paragraph(text, style)
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    return saved(document)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "#1b8a84").save(out, "PNG")
    return out.getvalue()


def raw_pdf(content: bytes, compress: bool = True) -> bytes:
    """A PDF of one page with this content stream, written by hand."""
    stream = zlib.compress(content, 9) if compress else content
    extra = b"/Filter /FlateDecode " if compress else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources "
        b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< " + extra + b"/Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF" % (len(objects) + 1, table, len(objects) + 1, len(out))
    )


def repacked(data: bytes, **members: bytes) -> bytes:
    """A DOCX with some of its parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for item in old.infolist():
            if item.filename not in members:
                new.writestr(item.filename, old.read(item.filename))
        for name, content in members.items():
            new.writestr(name, content)
    return out.getvalue()
