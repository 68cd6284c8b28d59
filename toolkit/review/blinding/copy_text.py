"""A blinded copy as a text file."""

from __future__ import annotations

from toolkit.intake.documents.document import FORMS
from toolkit.review.blinding.blind import Blinded


def copy_text(copy: Blinded) -> str:
    """The text of a copy with its places, below it the links that stayed and what was taken out.

    Only kinds and counts are told of what was taken out, never the words.
    """
    document = copy.document
    pages = "" if document.pages is None else f" of {document.pages:,} pages"
    parts = [f"Blinded copy. {FORMS[document.form]}{pages}."]
    for section in document.sections:
        head = f"--- {section.place} ---\n" if section.place else ""
        parts.append(f"{head}{section.text}")
    if document.links:
        links = [
            f"{one.words}: {one.address}" if one.words else one.address for one in document.links
        ]
        parts.append("Links, not opened:\n" + "\n".join(dict.fromkeys(links)))
    counts = copy.counts()
    if counts:
        parts.append("Taken out: " + ", ".join(f"{kind} {n:,}" for kind, n in counts.items()) + ".")
    return "\n\n".join(parts) + "\n"
