"""A review sheet set by WeasyPrint from HTML."""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import cache
from typing import Any

from scripts.bench.peers.sheet_words import BOX, Block, blocks, footer
from toolkit.sheets.coverage import FONTS

STYLE = """
@font-face {{ font-family: Noto; src: url(file://{fonts}/NotoSans-Regular.ttf); }}
@font-face {{ font-family: Noto; font-weight: 600;
  src: url(file://{fonts}/NotoSans-SemiBold.ttf); }}
@page {{ size: A4; margin: 13mm 18mm 24mm;
  @bottom-left {{ content: "{footer}"; white-space: pre; font: 7pt Noto; }}
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); font: 7pt Noto; }} }}
body {{ font: 9pt Noto; color: #1d2628; }}
h1 {{ font-size: 19pt; }} h2 {{ font-size: 12.5pt; color: #0f6f6b; }} h3 {{ font-size: 10pt; }}
h4 {{ font-size: 9.5pt; }}
.note {{ font-size: 7.6pt; color: #53605f; }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed; break-inside: avoid; }}
td, th {{ border-bottom: .5pt solid #bcc7c6; padding: 1.4mm; text-align: left; }}
.page {{ break-before: page; }}
i {{ display: inline-block; width: 2.9mm; height: 2.9mm; border: .7pt solid; }}
"""


def sheet(page: Mapping[str, Any]) -> bytes:
    """The PDF."""
    from weasyprint import CSS, HTML

    said = "\\A ".join(line.replace('"', "'") for line in footer(page))
    style = CSS(string=STYLE.format(fonts=FONTS, footer=said), font_config=_fonts())
    body = "".join(map(_html, blocks(page))).replace(BOX, "<i></i>")
    text = f"<html lang=en><title>{html.escape(page['document_title'])}</title>{body}</html>"
    made: bytes = HTML(string=text).write_pdf(stylesheets=[style], font_config=_fonts())
    return made


@cache
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _html(block: Block) -> str:
    words = html.escape(block.text)
    if block.kind == "heading":
        return f"<h{block.level}>{words}</h{block.level}>"
    if block.kind == "page":
        return "<div class=page></div>"
    if block.kind in ("paragraph", "note"):
        return f"<p class={block.kind}>{words}</p>"
    if block.kind == "bars":
        rows = "".join(
            f"<tr><td>{html.escape(label)}<td colspan=3><svg width=300 height=10>"
            f"<rect x={300 * left} width={max(300 * (right - left), 1)} height=10 fill=#0f6f6b />"
            f"</svg><td>{html.escape(figure)}"
            for label, left, right, figure in block.bars
        )
        return f"<table>{rows}</table>"
    whole = sum(block.widths)
    columns = "".join(f"<col style='width:{100 * one / whole}%'>" for one in block.widths)
    head, *rest = block.rows
    cells = ["<tr>" + "".join(f"<td>{html.escape(cell)}" for cell in row) for row in rest]
    top = "".join(f"<th>{html.escape(cell)}" for cell in head)
    return f"<table>{columns}<thead><tr>{top}<tbody>{''.join(cells)}</table>"
