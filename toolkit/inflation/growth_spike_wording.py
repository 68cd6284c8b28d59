"""The sentences about months in which a count grew as no other."""

from __future__ import annotations

from toolkit.inflation.wording import brief, percent, whole
from toolkit.sentence import Sentence, say, say_count


def needs_history(months: int) -> Sentence:
    return say(
        "a history of at least {months} months of followers, stars or another count", months=months
    )


def spike(
    score: str, month: str, count: float, share: float, before: float, after: float | None
) -> Sentence:
    told: dict[str, object] = {
        "count": whole(count),
        "score": score,
        "month": month,
        "share": percent(share),
        "before": brief(before),
    }
    if after is None:
        return say(
            "{count} new {score} in {month}, {share} of all in the history, against {before} in a "
            "usual month and what came afterwards is not known. Consistent with a bought campaign.",
            **told,
        )
    return say(
        "{count} new {score} in {month}, {share} of all in the history, against {before} in a "
        "usual month and {after} a month afterwards. Consistent with a bought campaign.",
        **told,
        after=brief(after),
    )


def ordinary_growth(score: str, months: int, spikes: int) -> Sentence:
    if spikes == 0:
        return say("{score}: none of {months} months stands out.", score=score, months=str(months))
    return say_count(
        "{score}: {n} month of {months} stand out, with a shape that news and launches have too.",
        "{score}: {n} months of {months} stand out, with a shape that news and launches have too.",
        spikes,
        score=score,
        n=whole(spikes),
        months=str(months),
    )


WOULD_CHANGE = say("A cause in that month: news, a talk, a launch, a campaign that is on record.")
