"""What the sentences of all detectors share: titles, figures, and "consistent with"."""

from __future__ import annotations

from toolkit.sentence import Sentence, figure, say

#: Detector → what it is called on the page and on the sheet.
TITLES = {
    "bought_followers": say("Bought followers"),
    "automated": say("Automated account"),
    "growth_spike": say("Growth spike"),
    "score_above_audience": say("Score above its audience"),
    "score_above_work": say("Score above the work"),
}
CAUTION = (
    "Suspected is not proved. Followers are bought for people who never asked for it, and an "
    "ordinary account can look odd."
)


def whole(number: float) -> Sentence:
    """A count for reading.

    Examples
    --------
    >>> whole(1_000_000.0)
    '1,000,000'
    """
    return figure(f"{number:,.0f}")


def brief(number: float) -> Sentence:
    """A figure for reading: whole from 100 on, otherwise with one decimal.

    Examples
    --------
    >>> brief(61.04), brief(612.4), brief(50.0)
    ('61', '612', '50')
    >>> brief(3.25)
    '3.2'
    """
    return figure(f"{number:,.0f}" if abs(number) >= 100 else f"{number:,.1f}".removesuffix(".0"))


def percent(share: float) -> Sentence:
    """A share for reading; what is not quite all or nothing is not rounded to it.

    Examples
    --------
    >>> percent(0.987), percent(0.9999), percent(0.0001)
    ('99 %', 'over 99 %', 'under 1 %')
    """
    if 0.995 <= share < 1.0:
        return say("over {number} %", number=99)
    if 0.0 < share < 0.005:
        return say("under {number} %", number=1)
    return say("{number} %", number=figure(f"{100 * share:.0f}"))


def counted(number: float, one: str, many: str = "") -> str:
    """A count with its noun, in English alone.

    Examples
    --------
    >>> counted(0, "post"), counted(1, "post"), counted(2, "post")
    ('no posts', '1 post', '2 posts')
    """
    nouns = many or f"{one}s"
    if number == 0:
        return f"no {nouns}"
    return f"1 {one}" if number == 1 else f"{whole(number)} {nouns}"
