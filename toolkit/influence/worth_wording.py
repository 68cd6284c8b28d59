"""What a score is worth, in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.estimate import Estimate
from toolkit.influence.explained_share import ExplainedShare, in_words
from toolkit.influence.incremental_validity import IncrementalValidity
from toolkit.influence.utility import Reached
from toolkit.influence.wording import in_words as number_in_words
from toolkit.influence.wording import quantity
from toolkit.influence.worth_result import ScoreAgainst, ScoreWorth, Worth
from toolkit.sentence import listed

#: Where the criterion is known of more of those with the score, the range is not spoken of.
FEW_LEFT_OUT = 0.9


def coefficient(value: float) -> str:
    """A correlation as papers print it.

    Examples
    --------
    >>> coefficient(0.124), coefficient(-0.137), coefficient(-0.001), coefficient(1.0)
    ('.12', '−.14', '.00', '1.00')
    """
    text = f"{abs(value):.2f}".removeprefix("0")
    return f"−{text}" if value < 0 and text != ".00" else text


def percent(share: float) -> str:
    """A share in whole percent.

    Examples
    --------
    >>> percent(0.647), percent(-0.021)
    ('65 %', '−2 %')
    """
    text = quantity(100 * share, 0)
    return f"{'0' if text == '−0' else text} %"


def possessive(label: str) -> str:
    """A label as an owner.

    Examples
    --------
    >>> possessive("Klout"), possessive("GitHub stars")
    ("Klout's", "GitHub stars'")
    """
    return f"{label}'" if label.endswith("s") else f"{label}'s"


def with_interval(estimate: Estimate) -> str:
    """A correlation with its interval, for a table cell.

    Examples
    --------
    >>> with_interval(Estimate(0.12, -0.14, 0.37)), with_interval(Estimate(None))
    ('.12 (−.14 to .37)', '–')
    """
    if estimate.value is None:
        return "–"
    if estimate.low is None or estimate.high is None:
        return coefficient(estimate.value)
    low, high = coefficient(estimate.low), coefficient(estimate.high)
    return f"{coefficient(estimate.value)} ({low} to {high})"


def share_with_interval(estimate: Estimate) -> str:
    """A share with its interval, for a table cell.

    Examples
    --------
    >>> share_with_interval(Estimate(0.12, -0.04, 0.3)), share_with_interval(Estimate(None))
    ('12 % (−4 to 30 %)', '–')
    """
    if estimate.value is None:
        return "–"
    if estimate.low is None or estimate.high is None:
        return percent(estimate.value)
    low = percent(estimate.low).removesuffix(" %")
    return f"{percent(estimate.value)} ({low} to {percent(estimate.high)})"


def headline(worth: Worth) -> str:
    """One sentence: what the scores say about the first criterion."""
    lead = [score.against[worth.criteria[0]] for score in worth.scores.values() if score.against]
    if len(lead) == 1:
        return correlation_sentence(lead[0])
    label = lead[0].criterion_label
    upward = [one for one in lead if _direction(one) > 0]
    downward = [one for one in lead if _direction(one) < 0]
    unclear = [
        one for one in lead if _direction(one) == 0 and one.correlations.pearson.value is not None
    ]
    silent = len(lead) - len(upward) - len(downward) - len(unclear)
    if not upward and not downward and unclear:
        said = (
            f"These data cannot tell the correlation of {listed([o.score_label for o in unclear])} "
            f"with {label} from none"
        )
        return f"{said}; for {number_in_words(silent)} they are too few." if silent else f"{said}."
    if silent == len(lead):
        people = in_words_of(lead[0].candidates)
        return f"{people} too few to say anything of these {number_in_words(len(lead))} scores."
    parts = []
    for some, way in ((upward, "higher"), (downward, "lower")):
        if some:
            named = listed(
                [f"{o.score_label} {coefficient(o.correlations.pearson.value or 0)}" for o in some]
            )
            parts.append(f"{named} {_goes(some)} with a {way} {label} by more than chance")
    if unclear:
        parts.append(
            f"for {number_in_words(len(unclear))} these data cannot tell the correlation from none"
        )
    if silent:
        parts.append(f"for {number_in_words(silent)} they are too few to say")
    return f"Of {number_in_words(len(lead))} scores: {'; '.join(parts)}."


def in_words_of(candidates: int) -> str:
    """So many candidates as the subject of a sentence.

    Examples
    --------
    >>> in_words_of(3), in_words_of(1)
    ('Three candidates are', 'One candidate is')
    """
    count = number_in_words(candidates).capitalize()
    return f"{count} {'candidate is' if candidates == 1 else 'candidates are'}"


def correlation_sentence(one: ScoreAgainst) -> str:
    """How a score goes with a criterion, and how sure that is."""
    pearson = one.correlations.pearson
    if pearson.value is None:
        return f"{one.score_label} and {one.criterion_label}: {pearson.why}"
    start = (
        f"{possessive(one.score_label)} correlation with {one.criterion_label} is "
        f"{coefficient(pearson.value)}"
    )
    if pearson.low is None or pearson.high is None:
        return f"{start}. {pearson.why}"
    interval = f"(95 % interval {coefficient(pearson.low)} to {coefficient(pearson.high)})"
    if not pearson.differs_from_zero:
        return f"{start} {interval}: these data cannot tell it from none."
    way = "higher" if pearson.value > 0 else "lower"
    return f"{start} {interval}: a higher score goes with a {way} result."


def counts_sentence(one: ScoreAgainst) -> str:
    """How many candidates were used, and how many lack what."""
    used = f"{one.correlations.n:,} of {one.candidates:,} candidates have both."
    lacking = [
        f"{count:,} lack {label}"
        for count, label in (
            (one.missing_score, one.score_label),
            (one.missing_criterion, one.criterion_label),
        )
        if count
    ]
    return f"{used} {listed(lacking)}." if lacking else used


def ranks_sentence(one: ScoreAgainst) -> str | None:
    """The correlation of the ranks, where it says something else than the straight line."""
    pearson, spearman = one.correlations.pearson, one.correlations.spearman
    if pearson.low is None or pearson.high is None or spearman.value is None:
        return None
    if pearson.low <= spearman.value <= pearson.high:
        return None
    return (
        f"By ranks it is {with_interval(spearman)}: the relation is bent, or a few extreme "
        "values weigh heavily. The ranks are the safer figure here."
    )


def restriction_sentence(one: ScoreAgainst) -> str | None:
    """The corrected correlation beside the uncorrected one; None where there is none to say."""
    found, plain = one.restriction, one.correlations.pearson
    if found.sd_ratio is None or found.corrected.value is None:
        return None
    if found.n_used > FEW_LEFT_OUT * found.n_all:
        return None
    assert plain.value is not None
    spread = "narrower" if found.sd_ratio > 1 else "wider"
    return (
        f"{one.criterion_label} is known of {found.n_used:,} of the {found.n_all:,} candidates "
        f"with a score, among whom {possessive(one.score_label)} spread is {spread} "
        f"({quantity(found.sd_used or 0, 1)} against {quantity(found.sd_all or 0, 1)}). Corrected "
        f"for that the correlation is {with_interval(found.corrected)}, uncorrected "
        f"{with_interval(plain)}. The correction holds if the score itself decided of whom it "
        "is known."
    )


def incremental_sentence(one: ScoreAgainst) -> str:
    """What a score adds to evidence."""
    found = one.incremental
    if found.gain.value is None:
        return f"What {one.score_label} adds cannot be said: {found.gain.why}"
    if not found.evidence:
        return (
            f"There is no other evidence to add to. Alone, {one.score_label} predicts "
            f"{_share(found.gain)} of the variance of {one.criterion_label} among people it was "
            f"not fitted on.{_verdict(found)}"
        )
    evidence, both = found.r2_evidence.value or 0, found.r2_with_score.value or 0
    if evidence <= 0:
        start = (
            f"Evidence predicts {one.criterion_label} no better than everybody's mean does "
            f"({percent(evidence)})"
        )
    else:
        start = f"Evidence predicts {percent(evidence)} of the variance of {one.criterion_label}"
    return (
        f"{start}; with {one.score_label} it is {percent(both)}, a difference of "
        f"{_share(found.gain)}.{_verdict(found)}"
    )


def explained_sentence(score: ScoreWorth) -> str:
    """How much of a score its holder's profile explains."""
    found: ExplainedShare = score.explained
    if found.share.value is None:
        return f"What explains {score.label}: {found.share.why}"
    counts = listed(in_words(found.counts)).capitalize()
    interval = _interval(found.share)
    what = f"the logarithm of {score.label}" if found.logarithm_of_score else score.label
    return (
        f"{counts} alone explain {percent(found.share.value)}{interval} of {what} among "
        f"{found.n:,} candidates."
    )


def expected_sentence(one: ScoreAgainst, base_rate: float, selection_ratio: float) -> str | None:
    """What selecting by the score alone would give; None where it cannot be said."""
    success, gain = one.by_score.success, one.by_score.gain
    if success.value is None or gain.value is None:
        return None
    return (
        f"If the top {percent(selection_ratio)} by {one.score_label} were taken, and "
        f"{percent(base_rate)} of all would do well in {one.criterion_label}, "
        f"{percent(success.value)}{_interval(success)} of those taken would. By lot it is "
        f"{percent(base_rate)}."
    )


def level_sentence(label: str, reached: Reached | None) -> str:
    """Which level of a result the share who do well stands for, among those of whom it is known."""
    if reached is None:
        return f"{label} is known of nobody."
    known = "one candidate" if reached.known == 1 else f"{reached.known:,} candidates"
    return (
        f"Of the {known} whose {label} is known, {percent(reached.share)} reach "
        f"{reached.level:,.12g} or more."
    )


def selected_sentence(one: ScoreAgainst) -> str | None:
    """Those whom the screen selects with the score and without it; None without a screen."""
    found = one.selected
    if found is None or found.with_score.mean is None or found.without_score.mean is None:
        return None
    itself = " The screen looks at it itself." if found.in_screen else ""
    return (
        f"The mean {one.criterion_label} of those selected is "
        f"{quantity(found.with_score.mean, 2)} with {one.score_label} in the screen and "
        f"{quantity(found.without_score.mean, 2)} without it; of all candidates it is "
        f"{quantity(found.mean_of_all or 0, 2)}.{itself}"
    )


def sentences(worth: Worth, one: ScoreAgainst) -> Sequence[str]:
    """Everything there is to say about one score and one criterion."""
    said = [
        correlation_sentence(one),
        ranks_sentence(one),
        counts_sentence(one),
        restriction_sentence(one),
        incremental_sentence(one),
        expected_sentence(one, one.base_rate, worth.selection_ratio),
        selected_sentence(one),
    ]
    return [sentence for sentence in said if sentence]


def _direction(one: ScoreAgainst) -> int:
    pearson = one.correlations.pearson
    if not pearson.differs_from_zero or pearson.value is None:
        return 0
    return 1 if pearson.value > 0 else -1


def _goes(some: Sequence[object]) -> str:
    return "goes" if len(some) == 1 else "go"


def _share(estimate: Estimate) -> str:
    assert estimate.value is not None
    return f"{percent(estimate.value)}{_interval(estimate)}"


def _interval(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    return f" (95 % interval {percent(estimate.low)} to {percent(estimate.high)})"


def _verdict(found: IncrementalValidity) -> str:
    if found.gain.low is not None and found.gain.low > 0:
        return ""
    return " These data do not show that it adds anything."
