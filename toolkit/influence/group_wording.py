"""What adverse impact says in one sentence, the same on the page and in the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.fairness.result import AttributeImpact, GroupImpact, Impact
from toolkit.influence.wording import in_words
from toolkit.sentence import Sentence, in_a_row, listed, say, say_count

_INDICATED = "adverse impact indicated"
_BEYOND = "above four-fifths, but beyond chance"
_CHANCE = "below four-fifths, consistent with chance"
_SMALL = "too small to say"
_NONE = "no adverse impact indicated at these numbers"


def impact_sentence(impact: Impact) -> Sentence:
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
        said = say("Adverse impact is indicated for {groups}.", groups=_named(indicated))
        return in_a_row([said, worst[1].reading])
    beyond = [pair for pair in judged if pair[1].verdict == _BEYOND]
    if beyond:
        said = say(
            "Selected less often than chance explains, though not below four-fifths: {groups}.",
            groups=_named(beyond),
        )
        return in_a_row([said, beyond[0][1].reading])
    by_chance = [pair for pair in judged if pair[1].verdict == _CHANCE]
    if by_chance:
        said = say(
            "Below four-fifths, the rule of thumb of one guideline, yet within chance: {groups}.",
            groups=_named(by_chance),
        )
        return in_a_row([said, by_chance[0][1].reading])
    if any(group.verdict == _NONE for _, group in judged):
        said = say("No adverse impact is indicated at these numbers.")
        small = sum(group.verdict == _SMALL for _, group in judged)
        if not small:
            return said
        rest = say_count(
            "For {count} of the groups the numbers are too small to say.",
            "For {count} of the groups the numbers are too small to say.",
            small,
            count=in_words(small),
        )
        return in_a_row([said, rest])
    if judged:
        return say(
            "The numbers are too small to say whether any group is selected less often by more "
            "than chance. That is not the same as no difference."
        )
    return say("There is no comparison to make: no two groups can be compared on these candidates.")


def _judged(tables: Sequence[AttributeImpact]) -> Iterator[tuple[AttributeImpact, GroupImpact]]:
    """Every compared group with its table; an intersection only after the attributes."""
    for table in tables:
        for group in table.groups:
            if group.group != table.referent and group.verdict != "no comparison":
                yield table, group


def _named(pairs: Sequence[tuple[AttributeImpact, GroupImpact]]) -> Sentence:
    names = [
        say("{group} ({attribute})", group=group.group, attribute=table.name)
        for table, group in pairs
    ]
    if len(names) > 4:
        left = len(names) - 3
        more = say_count("{count} more groups", "{count} more groups", left, count=in_words(left))
        names = [*names[:3], more]
    return listed(names)
