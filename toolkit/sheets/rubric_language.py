"""A rubric that came with the program, in another language."""

from __future__ import annotations

from dataclasses import replace

from toolkit.review.rubric import Criterion, Rubric
from toolkit.sheets.spoken import spoken
from toolkit.sheets.texts import Texts, texts_of


def rubric_in(rubric: Rubric, language: str) -> Rubric:
    """The rubric with each text that came with the program in a language.

    Keys and weights stay, so that ratings by one are ratings by the other; what somebody wrote
    stays too.

    Parameters
    ----------
    rubric : Rubric
    language : {"en", "de", "fr", "es"}

    Raises
    ------
    SheetError
        If the language is not known.

    Examples
    --------
    >>> from toolkit.review.rubric import portfolio_rubric
    >>> rubric_in(portfolio_rubric(), "de").criteria[0].label
    'Qualität der gezeigten Arbeit'
    """
    return rubric_told(rubric, texts_of("candidate", language))


def rubric_told(rubric: Rubric, t: Texts) -> Rubric:
    """The same in the language of some texts."""
    return replace(
        rubric,
        name=spoken(rubric.name, t),
        about=spoken(rubric.about, t),
        criteria=tuple(_criterion(one, t) for one in rubric.criteria),
    )


def _criterion(criterion: Criterion, t: Texts) -> Criterion:
    lowest, middle, highest = criterion.anchors
    return replace(
        criterion,
        label=spoken(criterion.label, t),
        definition=spoken(criterion.definition, t),
        job_analysis=spoken(criterion.job_analysis, t),
        anchors=(spoken(lowest, t), spoken(middle, t), spoken(highest, t)),
    )
