"""What agreement means, in sentences that a panel can act on."""

from __future__ import annotations

from toolkit.estimate import Estimate
from toolkit.review.agreement import TARGET, Agreement, AgreementOn
from toolkit.review.independence import ONE_THING, PERHAPS
from toolkit.sentence import NOTHING, Sentence, figure, say, say_count


def headline(found: Agreement) -> Sentence:
    """The first sentence: would other reviewers have come to the same?"""
    whole = found.overall
    one, mean = whole.icc["ICC(A,1)"], whole.icc["ICC(A,k)"]
    if one.value is None or mean.value is None:
        why = one.why or mean.why or NOTHING
        return say("How far reviewers agree cannot be said. {why}", why=why)
    told = {"one": _share(one), "mean": _share(mean)}
    if whole.k is None or whole.k <= 1:
        return say(
            "Where one reviewer rates, {one} of what tells ratings apart is about the candidates, "
            "and the rest about reviewers and chance; in the mean of one rating it is {mean}.",
            **told,
        )
    return say(
        "Where one reviewer rates, {one} of what tells ratings apart is about the candidates, and "
        "the rest about reviewers and chance; in the mean of {k} ratings it is {mean}.",
        **told,
        k=figure(f"{whole.k:.3g}"),
    )


def sentences(on: AgreementOn) -> list[Sentence]:
    """What else is worth saying, most important first."""
    said = []
    if not on.connected:
        said.append(
            say(
                "Reviewers cannot all be compared: no candidate, nor a chain of candidates, links "
                "these groups of reviewers: {groups}. Let somebody of each rate a candidate of "
                "another. Until then no total is adjusted for severity.",
                groups="; ".join(", ".join(island) for island in on.islands),
            )
        )
    if on.variance["candidate"].value is not None:
        said.append(_needed(on))
    far = [
        one for one in on.severity if one.se > 0 and abs(one.severity) > 2 * one.se and on.connected
    ]
    said += [
        say(
            "{reviewer} rates about {points} points {way} than the average reviewer (give or take "
            "{error}, {ratings} ratings).",
            reviewer=one.reviewer,
            points=figure(f"{abs(one.severity):.2f}"),
            way=say("lower") if one.severity > 0 else say("higher"),
            error=figure(f"{2 * one.se:.2f}"),
            ratings=one.ratings,
        )
        for one in sorted(far, key=lambda one: -abs(one.severity))
    ]
    if on.drift is not None:
        said += on.drift.sentences()
    return said


def overlap_sentences(found: Agreement) -> list[str]:
    """Which criteria measure one thing, or may; nothing where all are told apart."""
    return [one.sentence for one in found.overlaps if one.verdict in (ONE_THING, PERHAPS)]


def _needed(on: AgreementOn) -> Sentence:
    if on.needed is None:
        return say(
            "These ratings do not tell candidates apart: no number of reviewers would make "
            "their mean dependable."
        )
    return say_count(
        "One reviewer a candidate would reach a dependability of {target}, as far as these tell.",
        "{n} reviewers a candidate would reach a dependability of {target}, as far as these tell.",
        on.needed,
        n=on.needed,
        target=figure(f"{TARGET:.2f}"),
    )


def _share(estimate: Estimate) -> Sentence:
    if estimate.value is None:
        return say("an unknown share")
    value = _percent(estimate.value)
    if estimate.low is None or estimate.high is None:
        return value
    return say(
        "{value} ({low} to {high})",
        value=value,
        low=_percent(estimate.low),
        high=_percent(estimate.high),
    )


def _percent(share: float) -> Sentence:
    # An intraclass correlation can come out below nothing, and a share cannot.
    return say("{number} %", number=figure(f"{100 * max(share, 0.0):.0f}"))
