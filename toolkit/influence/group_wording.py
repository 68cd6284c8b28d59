"""What adverse impact says in one sentence, the same on the page and in the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.fairness.result import AttributeImpact, GroupImpact, Impact
from toolkit.influence.wording import in_words, joined

_INDICATED = "adverse impact indicated"
_BEYOND = "above four-fifths, but beyond chance"
_CHANCE = "below four-fifths, consistent with chance"
_SMALL = "too small to say"
_NONE = "no adverse impact indicated at these numbers"


def impact_sentence(impact: Impact) -> str:
    """The one sentence that page and report open with; uploaded text in it is not made plain.

    Parameters
    ----------
    impact : Impact
        Of the screen as it is.
    """
    judged = list(_judged(impact.tables))
    indicated = [pair for pair in judged if pair[1].verdict == _INDICATED]
    if indicated:
        worst = min(indicated, key=lambda pair: pair[1].impact_ratio or 0)
        return f"Adverse impact is indicated for {_named(indicated)}. {worst[1].reading}"
    for verdict, said in (
        (_BEYOND, "Selected less often than chance explains, though not below four-fifths"),
        (_CHANCE, "Below four-fifths, the rule of thumb of one guideline, yet within chance"),
    ):
        found = [pair for pair in judged if pair[1].verdict == verdict]
        if found:
            return f"{said}: {_named(found)}. {found[0][1].reading}"
    if any(group.verdict == _NONE for _, group in judged):
        small = sum(group.verdict == _SMALL for _, group in judged)
        rest = f" For {in_words(small)} of the groups the numbers are too small to say."
        return "No adverse impact is indicated at these numbers." + (rest if small else "")
    if judged:
        return (
            "The numbers are too small to say whether any group is selected less often by more "
            "than chance. That is not the same as no difference."
        )
    return "There is no comparison to make: no two groups can be compared on these candidates."


def _judged(tables: Sequence[AttributeImpact]) -> Iterator[tuple[AttributeImpact, GroupImpact]]:
    """Every compared group with its table; an intersection only after the attributes."""
    for table in tables:
        for group in table.groups:
            if group.group != table.referent and group.verdict != "no comparison":
                yield table, group


def _named(pairs: Sequence[tuple[AttributeImpact, GroupImpact]]) -> str:
    names = [f"{group.group} ({table.name})" for table, group in pairs]
    if len(names) > 4:
        names = [*names[:3], f"{in_words(len(names) - 3)} more groups"]
    return joined(names)
