"""How many reviewers to ask for, before there is a rating."""

from __future__ import annotations

from toolkit.estimate import Estimate
from toolkit.review.agreement import TARGET
from toolkit.review.decision_study import decision_study, reviewers_needed

#: Reliability of one rater in structured interviews, to plan by: three reach .70.
PUBLISHED = 0.44


def plan_sentence(single: float, each: int, target: float = TARGET) -> str:
    """What so many reviewers would reach, and how many would reach the target.

    Parameters
    ----------
    single : float
        Dependability of one rating, assumed or from an earlier round; above 0 and below 1.
    each : int
        Reviewers a candidate.
    target : float

    Examples
    --------
    >>> plan_sentence(0.44, 2)
    'If one rating has a dependability of .44, the mean of 2 would reach .61; 3 would reach .70.'
    """
    reached = decision_study(Estimate(single), most=each)[-1].phi.value
    needed = reviewers_needed(single, target)
    mean = "one alone would reach" if each == 1 else f"the mean of {each} would reach"
    said = (
        f"If one rating has a dependability of {_two(single)}, {mean} "
        f"{_two(0.0 if reached is None else reached)}"
    )
    if needed is None or needed == each:
        enough = f", which is enough where {_two(target)} is asked for" if needed == each else ""
        return f"{said}{enough}."
    return f"{said}; {needed:,} would reach {_two(target)}."


def _two(share: float) -> str:
    return f"{share:.2f}".removeprefix("0")
