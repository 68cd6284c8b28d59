"""A review sheet set by ReportLab, which writes no tags."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

from scripts.bench.peers.sheet_words import BOX, Block, blocks, footer
from toolkit.sheets.coverage import FONTS

#: A4 without its margins, in points.
WIDTH = 174 / 25.4 * 72


def sheet(page: Mapping[str, Any]) -> bytes:
    """The PDF."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    lines = footer(page)

    def foot(canvas: Any, document: Any) -> None:
        canvas.setFont("Noto", 7)
        for n, line in enumerate(lines):
            canvas.drawString(18 * mm, (16 - 3 * n) * mm, line)
        canvas.drawRightString(192 * mm, 13 * mm, f"Page {document.page}")

    target = io.BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        title=page["document_title"],
        leftMargin=18 * mm,
        rightMargin=18 * mm,
        topMargin=13 * mm,
        bottomMargin=24 * mm,
    )
    styles = _styles()
    flow = [made for block in blocks(page) for made in _flowables(block, styles)]
    document.build(flow, onFirstPage=foot, onLaterPages=foot)
    return target.getvalue()


@cache
def _styles() -> dict[str, Any]:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("Noto", str(FONTS / "NotoSans-Regular.ttf")))
    pdfmetrics.registerFont(TTFont("NotoBold", str(FONTS / "NotoSans-SemiBold.ttf")))
    pdfmetrics.registerFont(TTFont("Boxes", str(FONTS / "NotoSansSymbols2-Regular.ttf")))
    ink, quiet, accent = map(HexColor, ("#1d2628", "#53605f", "#0f6f6b"))
    sizes = {"heading1": 19, "heading2": 12.5, "heading3": 10, "heading4": 9.5}
    styles = {
        name: ParagraphStyle(
            name,
            fontName="NotoBold",
            fontSize=size,
            leading=1.3 * size,
            textColor=accent if name == "heading2" else ink,
            spaceBefore=6,
            spaceAfter=4,
            keepWithNext=1,
        )
        for name, size in sizes.items()
    }
    styles["paragraph"] = ParagraphStyle("p", fontName="Noto", fontSize=9, leading=11.5)
    styles["note"] = ParagraphStyle(
        "note", fontName="Noto", fontSize=7.6, leading=9.6, textColor=quiet
    )
    styles["cell"] = ParagraphStyle("cell", fontName="Noto", fontSize=8, leading=10)
    return styles


def _flowables(block: Block, styles: Mapping[str, Any]) -> list[Any]:
    from reportlab.graphics.shapes import Drawing, Rect
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import PageBreak, Paragraph, Table

    accent, hair = HexColor("#0f6f6b"), HexColor("#bcc7c6")
    if block.kind == "heading":
        return [Paragraph(escape(block.text), styles[f"heading{block.level}"])]
    if block.kind == "page":
        return [PageBreak()]
    if block.kind in ("paragraph", "note"):
        return [Paragraph(escape(block.text), styles[block.kind])] if block.text else []
    if block.kind == "bars":
        rows: list[list[Any]] = []
        for label, left, right, figure in block.bars:
            bar = Drawing(260, 9)
            bar.add(Rect(260 * left, 0, max(260 * (right - left), 1), 8, fillColor=accent))
            words = [Paragraph(escape(one), styles["cell"]) for one in (label, figure)]
            rows.append([words[0], bar, words[1]])
        return [Table(rows, colWidths=[130, 270, WIDTH - 400])] if rows else []
    whole = sum(block.widths)
    cells = [[Paragraph(_boxed(cell), styles["cell"]) for cell in row] for row in block.rows]
    return [
        Table(
            cells,
            colWidths=[WIDTH * one / whole for one in block.widths],
            repeatRows=1 if len(cells) > 1 else 0,
            style=[
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, hair),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ],
        )
    ]


def _boxed(words: str) -> str:
    return escape(words).replace(BOX, f"<font name=Boxes>{BOX}</font>")
