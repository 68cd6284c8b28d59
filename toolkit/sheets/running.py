"""What stands on every page of a document besides its body: title, metadata and footer."""

from __future__ import annotations

import datetime as dt

from toolkit.sheets.look import Page
from toolkit.sheets.requisition import Requisition
from toolkit.sheets.texts import Texts

#: Digits of a SHA-256 that stand in the footer; the record shows all 64.
SHORT_DIGEST = 16
_LONGEST_IN_FOOTER = 60


def running(
    t: Texts,
    *,
    title: str,
    belongs_to: str,
    digest: str,
    inputs: str,
    screen: str,
    version: str,
    remark: str,
    retain_until: dt.date | None,
    signed: bool,
) -> Page:
    """Title, metadata and footer of a document.

    Parameters
    ----------
    t : Texts
        Of the document.
    title : str
        For the document's metadata and the window that shows it.
    belongs_to : str
        What the document is about, for the footer.
    digest, inputs, screen : str
        SHA-256 of the content, of the input files (empty where there is none) and of the rule.
    version : str
        Of this program.
    remark : str
        First line of the footer.
    retain_until : date, optional
        A blank where nothing was said.
    signed : bool
        Whether the footer holds lines for signature and date.
    """
    return {
        "document_title": title,
        "keywords": [f"content-sha256:{digest}", f"cloutproof:{version}"],
        "page_of": t("page_of"),
        "job_related": remark,
        "signature": t("signature") if signed else "",
        "date_label": t("date"),
        "belongs_to": shortened(belongs_to),
        "retain": t("retain_until", date=t.date(retain_until))
        if retain_until
        else t("retain_blank"),
        "hash_line": t(
            "hash_line",
            content=digest[:SHORT_DIGEST],
            inputs=inputs[:SHORT_DIGEST] if inputs else "–",
            screen=screen[:SHORT_DIGEST] if screen else "–",
            version=version,
        ),
    }


def title_of(requisition: Requisition) -> str:
    """What the opening is called, on one line."""
    return " ".join(requisition.title.split())


def shortened(text: str, longest: int = _LONGEST_IN_FOOTER) -> str:
    """Text on one line, with an ellipsis where it is longer than the footer bears."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
