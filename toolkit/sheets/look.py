"""How a document looks, whatever it says: paper, language, and whose document it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from toolkit.errors import SheetError
from toolkit.sheets.branding import PLAIN, Branding
from toolkit.sheets.coverage import FAMILIES
from toolkit.sheets.texts import Texts, checked_language

Paper = Literal["a4", "us-letter"]
PAPERS: tuple[Paper, ...] = ("a4", "us-letter")

#: What a template is given: strings, numbers, truth values, and lists and mappings of them.
Page = dict[str, object]


@dataclass(frozen=True)
class Look:
    """Paper, language and branding of a document.

    Parameters
    ----------
    paper : {"a4", "us-letter"}
    language : str
        Of everything but what people wrote, one of `texts.LANGUAGES`.
    branding : Branding
        Whose document it is.

    Raises
    ------
    SheetError
        If the paper or the language is not known.
    """

    paper: Paper = "a4"
    language: str = "en"
    branding: Branding = PLAIN

    def __post_init__(self) -> None:
        checked_paper(self.paper)
        checked_language(self.language)

    def page(self, t: Texts) -> Page:
        """What every template needs of the look, beside its own words."""
        return {
            "language": self.language,
            "paper": self.paper,
            "fonts": list(FAMILIES),
            "t": dict(t.document),
            "brand": self.branding.page(t),
        }


def checked_paper(paper: Paper) -> Paper:
    """The paper, if the sheets know it.

    Raises
    ------
    SheetError
        If they do not.
    """
    if paper not in PAPERS:
        raise SheetError(
            f"'{paper}' is not a paper size of the sheets. Choose {' or '.join(PAPERS)}."
        )
    return paper


#: A4, English, nobody's colours.
USUAL = Look()
