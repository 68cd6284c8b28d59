"""What a document on an opening begins with: whose it is, its heading, and its running lines."""

from __future__ import annotations

from toolkit.sheets.look import Look, Page
from toolkit.sheets.requisition import Requisition
from toolkit.sheets.running import running, title_of
from toolkit.sheets.texts import Texts


def opening_head(
    requisition: Requisition,
    look: Look,
    t: Texts,
    *,
    rule: str,
    remark: str,
    digest: str,
    inputs: str,
    screen: str,
    version: str,
    titled: str = "document_title",
    untitled_document: str = "document_untitled",
    untitled: str = "untitled",
) -> Page:
    """Look, running lines, organisation and heading.

    Parameters
    ----------
    requisition : Requisition
    look : Look
    t : Texts
        Of the document.
    rule : str
        Name of the screen or rubric, which the document belongs to where the opening has no title.
    remark, digest, inputs, screen, version : str
        See `toolkit.sheets.running.running`.
    titled, untitled_document, untitled : str
        Keys of the document's title, with the opening's and without it, and of the heading
        without it.
    """
    title = title_of(requisition)
    return {
        **look.page(t),
        **running(
            t,
            title=t(titled, requisition=title) if title else t(untitled_document),
            belongs_to=title or rule,
            digest=digest,
            inputs=inputs,
            screen=screen,
            version=version,
            remark=remark,
            retain_until=requisition.retain_until or look.branding.retain_until,
            signed=True,
        ),
        "organisation": requisition.organisation or look.branding.organisation,
        "heading": title or t(untitled),
    }
