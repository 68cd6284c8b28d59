"""What agreement means, in sentences that a panel can act on."""

from __future__ import annotations

from toolkit.estimate import Estimate
from toolkit.review.agreement import TARGET, Agreement, AgreementOn
from toolkit.review.independence import ONE_THING, PERHAPS


def headline(found: Agreement) -> str:
    """The first sentence: would other reviewers have come to the same?"""
    whole = found.overall
    one, mean = whole.icc["ICC(A,1)"], whole.icc["ICC(A,k)"]
    if one.value is None or mean.value is None:
        return f"How far reviewers agree cannot be said. {one.why or mean.why}"
    each = f"{whole.k:.3g} ratings" if whole.k is not None and whole.k > 1 else "one rating"
    return (
        f"Where one reviewer rates, {_share(one)} of what tells ratings apart is about the "
        f"candidates, and the rest about reviewers and chance; in the mean of {each} it is "
        f"{_share(mean)}."
    )


def sentences(on: AgreementOn) -> list[str]:
    """What else is worth saying, most important first."""
    said = []
    if not on.connected:
        groups = "; ".join(", ".join(island) for island in on.islands)
        said.append(
            "Reviewers cannot all be compared: no candidate, nor a chain of candidates, links "
            f"these groups of reviewers: {groups}. Let somebody of each rate a candidate of "
            "another. Until then no total is adjusted for severity."
        )
    if on.variance["candidate"].value is not None:
        said.append(_needed(on))
    far = [
        one for one in on.severity if one.se > 0 and abs(one.severity) > 2 * one.se and on.connected
    ]
    for one in sorted(far, key=lambda one: -abs(one.severity)):
        way = "lower" if one.severity > 0 else "higher"
        said.append(
            f"{one.reviewer} rates about {abs(one.severity):.2f} points {way} than the average "
            f"reviewer (give or take {2 * one.se:.2f}, {one.ratings:,} ratings)."
        )
    if on.drift is not None:
        said += on.drift.sentences()
    return said


def overlap_sentences(found: Agreement) -> list[str]:
    """Which criteria measure one thing, or may; nothing where all are told apart."""
    return [one.sentence for one in found.overlaps if one.verdict in (ONE_THING, PERHAPS)]


def _needed(on: AgreementOn) -> str:
    if on.needed is None:
        return (
            "These ratings do not tell candidates apart: no number of reviewers would make "
            "their mean dependable."
        )
    people = "One reviewer" if on.needed == 1 else f"{on.needed:,} reviewers"
    return (
        f"{people} a candidate would reach a dependability of {TARGET:.2f}, as far as these tell."
    )


def _share(estimate: Estimate) -> str:
    if estimate.value is None:
        return "an unknown share"
    value = _percent(estimate.value)
    if estimate.low is None or estimate.high is None:
        return value
    return f"{value} ({_percent(estimate.low)} to {_percent(estimate.high)})"


def _percent(share: float) -> str:
    # An intraclass correlation can come out below nothing, and a share cannot.
    return f"{100 * max(share, 0.0):.0f} %"
