"""The sentences of this package: figures quoted, "consistent with", never an accusation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from toolkit.fairness.verdict import p_in_words

#: Detector → what it is called on the page and on the sheet.
TITLES = {
    "bought_followers": "Bought followers",
    "automated": "Automated account",
    "growth_spike": "Growth spike",
    "score_above_audience": "Score above its audience",
    "score_above_work": "Score above the work",
}
CAUTION = (
    "Suspected is not proved. Followers are bought for people who never asked for it, and an "
    "ordinary account can look odd."
)


def whole(number: float) -> str:
    """A count for reading.

    Examples
    --------
    >>> whole(1_000_000.0)
    '1,000,000'
    """
    return f"{number:,.0f}"


def brief(number: float) -> str:
    """A figure for reading: whole from 100 on, otherwise with one decimal.

    Examples
    --------
    >>> brief(61.04), brief(612.4), brief(50.0)
    ('61', '612', '50')
    >>> brief(3.25)
    '3.2'
    """
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:,.1f}".removesuffix(".0")


def percent(share: float) -> str:
    """A share for reading; what is not quite all or nothing is not rounded to it.

    Examples
    --------
    >>> percent(0.987), percent(0.9999), percent(0.0001)
    ('99 %', 'over 99 %', 'under 1 %')
    """
    if 0.995 <= share < 1.0:
        return "over 99 %"
    if 0.0 < share < 0.005:
        return "under 1 %"
    return f"{100 * share:.0f} %"


def listing(parts: Sequence[str]) -> str:
    """Parts as a list in words.

    Examples
    --------
    >>> listing(["no posts", "no picture", "no biography"])
    'no posts, no picture and no biography'
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def counted(number: float, one: str, many: str = "") -> str:
    """A count with its noun.

    Examples
    --------
    >>> counted(0, "post"), counted(1, "post"), counted(2, "post")
    ('no posts', '1 post', '2 posts')
    """
    nouns = many or f"{one}s"
    if number == 0:
        return f"no {nouns}"
    return f"1 {one}" if number == 1 else f"{whole(number)} {nouns}"


def on(platform: str) -> str:
    """Where, as the start of a sentence about an account.

    Examples
    --------
    >>> on("Twitter"), on("")
    ('On Twitter: ', '')
    """
    return f"On {platform}: " if platform else ""


# ------------------------------------------------------------------ bought followers


def follow_back_ring(followers: float, following: float) -> str:
    return (
        f"{whole(followers)} followers while following {whole(following)}: consistent with a "
        "follow-back ring, in which accounts follow each other for the number."
    )


def silent_audience(followers: float, posts: float, following: float) -> str:
    follows = "" if np.isnan(following) else f" and follows {whole(following)}"
    return (
        f"{whole(followers)} followers for {counted(posts, 'post')}: the account has published "
        f"next to nothing{follows}. Consistent with bought followers."
    )


def audited(fake_share: float, inactive_share: float) -> str:
    inactive = "" if np.isnan(inactive_share) else f" and {brief(inactive_share)} % inactive"
    return (
        f"An audit found {brief(fake_share)} % of the sampled followers fake{inactive}. "
        "Consistent with bought followers."
    )


def audited_inactive(inactive_share: float) -> str:
    return f"An audit found {brief(inactive_share)} % of the sampled followers inactive."


def looks_sold(followers: float, following: float, facts: Sequence[str]) -> str:
    more = f", with {listing(facts)}" if facts else ""
    return (
        "The account itself looks like one made to be sold as a follower: it follows "
        f"{whole(following)} and is followed by {whole(followers)}{more}."
    )


WOULD_CHANGE = {
    "ring": "An audit of a sample of the followers that finds few of them fake or inactive.",
    "silent": "A verified account, older posts that were taken down, or an audience that was "
    "won elsewhere (television, books, another network).",
    "audit": "A second audit of a larger sample, or one from before the followers came. "
    "Anybody can buy followers for anybody.",
    "sample": "A sample that was drawn in another way, or from before the followers came. "
    "Anybody can buy followers for anybody.",
    "larger sample": "A larger sample of the followers.",
    "model": "Knowing that this is not the account the person works with, or that it is new.",
    "automated": "Knowing who writes: a team, a newsroom or a service account posts a lot "
    "without being a programme.",
    "spike": "A cause in that month: news, a talk, a launch, a campaign that is on record.",
    "audience": "Facts from the date of the score, an audience on other networks that the "
    "score counts too, or a change of the provider's scale since 2013.",
    "work": "Work that is not in the evidence yet, or evidence rated by somebody else.",
}


def weighs_low(facts: Sequence[str]) -> str:
    what = f": {listing(facts)}" if facts else ""
    return f"The account does not look like one that is sold as a follower{what}."


def sampled_fakes(n: int, share: float, low: float, high: float) -> str:
    """A sample of which many look fake, in words.

    Examples
    --------
    >>> sampled_fakes(400, 0.52, 0.38, 0.66)[:62]
    'Of 400 sampled followers about 52 % (38 % to 66 %) are consist'
    """
    return (
        f"{_sampled(n, share, low, high)} are consistent with fake accounts, the detector's own "
        "error taken out. Consistent with bought followers."
    )


def sampled_genuine(n: int, share: float, low: float, high: float) -> str:
    return f"{_sampled(n, share, low, high)} look fake: hardly more than anybody has."


def sampled_unsure(n: int, share: float, low: float, high: float) -> str:
    return f"{_sampled(n, share, low, high)} look fake: too few, or too unsure, to speak for it."


def unlike_sample(n: int) -> str:
    return (
        f"{whole(n)} sampled followers are unlike the accounts that the detector was fitted on, so "
        "they count neither way."
    )


def _sampled(n: int, share: float, low: float, high: float) -> str:
    said = f"({percent(low)} to {percent(high)})"
    return f"Of {whole(n)} sampled followers about {percent(share)} {said}"


def low_audit(fake_share: float) -> str:
    return f"An audit found only {brief(fake_share)} % of the sampled followers fake."


VERIFIED = "The account is verified."


def fake_followers(n: int, share: float, low: float, high: float, unlike: bool) -> str:
    """The share of fakes in a sample of followers, in words.

    Examples
    --------
    >>> fake_followers(1000, 0.31, 0.22, 0.4, False)[:68]
    'Of 1,000 sampled followers, about 31 % are consistent with fake acco'
    """
    said = (
        f"Of {whole(n)} sampled followers, about {percent(share)} are consistent with fake "
        f"accounts (95 % interval {percent(low)} to {percent(high)}, the detector's own error "
        "taken out)."
    )
    if not unlike:
        return said
    return said + (
        " The sample is unlike the accounts that the detector was fitted on, so its error on them "
        "is not known: treat the figure as a guess."
    )


# ------------------------------------------------------------------------- automated


def looks_automated(facts: Sequence[str]) -> str:
    what = f" What weighs most: {listing(facts)}." if facts else ""
    return f"The profile is consistent with an account that a programme writes.{what}"


NOT_AUTOMATED = "The profile does not stand out as automated."


# ---------------------------------------------------------------------- growth spike


def spike(
    score: str, month: str, count: float, share: float, before: float, after: float | None
) -> str:
    left = (
        "what came afterwards is not known"
        if after is None
        else f"{brief(after)} a month afterwards"
    )
    return (
        f"{whole(count)} {score} in {month}, {percent(share)} of all in the history, "
        f"against {brief(before)} in a usual month and {left}. Consistent with a bought campaign."
    )


def ordinary_growth(score: str, months: int, spikes: int) -> str:
    if spikes == 0:
        return f"{score}: none of {months} months stands out."
    return (
        f"{score}: {counted(spikes, 'month')} of {months} stand out, with a shape that news "
        "and launches have too."
    )


# -------------------------------------------------------------- score above something


def above_audience(
    label: str, value: float, expected: float, low: float, high: float, share: float, r2: float
) -> str:
    return (
        f"{label} {brief(value)}, where accounts with this audience and activity had "
        f"{brief(expected)} (90 % of them between {brief(low)} and {brief(high)}). It is higher "
        f"than {percent(share)} of such accounts. Audience and activity explain "
        f"{percent(r2)} of the score's variance in the sample of 2013."
    )


def within_audience(label: str, value: float, expected: float) -> str:
    return (
        f"{label} {brief(value)} is within what this audience and activity support "
        f"({brief(expected)} expected)."
    )


def above_work(
    label: str, value: float, expected: float, low: float, high: float, share: float, n: int
) -> str:
    return (
        f"{label} {brief(value)}, where candidates of this requisition with such evidence have "
        f"{brief(expected)} (90 % prediction interval {brief(low)} to {brief(high)}, from "
        f"{n} candidates). It is higher than {percent(share)} of scores to expect."
    )


def within_work(label: str, value: float, expected: float) -> str:
    return (
        f"{label} {brief(value)} is within what this evidence of work supports "
        f"({brief(expected)} expected)."
    )


# ---------------------------------------------------------------------------- topics


def credited_with(related: Sequence[str], unrelated: Sequence[str]) -> str:
    """What a score credits somebody with, beside the criteria.

    Examples
    --------
    >>> credited_with([], ["juggling", "rodents"])
    'The score credits juggling and rodents, of which the criteria say nothing.'
    >>> credited_with(["social media"], [])
    'The score credits social media, which the criteria ask for.'
    """
    if not related:
        return f"The score credits {listing(list(unrelated))}, of which the criteria say nothing."
    said = f"The score credits {listing(list(related))}, which the criteria ask for"
    if not unrelated:
        return said + "."
    return said + f", and {listing(list(unrelated))}, of which they say nothing."


# ------------------------------------------------------------------------- dismissal


def dismissed(reason: str, date: str, reviewer: str) -> str:
    """A reviewer's answer to a flag.

    Examples
    --------
    >>> dismissed("The account of the whole newsroom.", "2026-11-22", "")
    'Dismissed by a reviewer on 2026-11-22: “The account of the whole newsroom.”'
    """
    return f"Dismissed by {reviewer or 'a reviewer'} on {date}: “{reason.strip()}”"


# ---------------------------------------------------------------------------- reward


def reward_sentence(
    odds_ratio: float, low: float, high: float, p: float, counts: Sequence[int], strata: int
) -> str:
    """The reward test in words; `counts` are selected and all, inflated then others."""
    among = "With the same evidence" if strata > 1 else "Whatever their evidence"
    selected_inflated, inflated, selected_other, other = map(whole, counts)
    if np.isinf(odds_ratio):
        odds = "higher than these numbers can tell"
    else:
        odds = f"{_odds(odds_ratio)} times those of another"
    upper = "no upper limit" if np.isinf(high) else _odds(high)
    shown = p_in_words(p, 0.05)
    if low > 1.0:
        verdict = "The screen selects suspected candidates more often than chance explains."
    elif high < 1.0:
        verdict = "The screen selects suspected candidates less often than chance explains."
    else:
        verdict = "Such a difference can be chance."
    return (
        f"{selected_inflated} of {inflated} candidates with a suspicion are selected, "
        f"{selected_other} of {other} of the others. {among}, the odds of a suspected candidate "
        f"are {odds} (95 % interval {_odds(low)} to {upper}, "
        f"p {shown if shown.startswith('below') else f'= {shown}'}). {verdict}"
    )


def penalised_sentence(odds_ratio: float, low: float, high: float, p: float) -> str:
    """The penalised test in words, for strata that are too thin for the exact one alone."""
    upper = "no upper limit" if np.isinf(high) else _odds(high)
    shown = p_in_words(p, 0.05)
    return (
        "The strata are thin, so a penalised logistic regression (Firth) on the evidence itself is "
        f"given beside it: an odds ratio of {_odds(odds_ratio)} (95 % interval {_odds(low)} to "
        f"{upper}, p {shown if shown.startswith('below') else f'= {shown}'})."
    )


def deflated_sentence(lowered: int, out: Sequence[str], displaced: Sequence[str]) -> str:
    """What lowering the flagged scores would change, in words."""
    if not lowered:
        return (
            "No flagged candidate has a score of this screen that lies above what audience and "
            "work support, so lowering the scores changes nobody's place."
        )
    if not out and not displaced:
        return (
            f"With {counted(lowered, 'score')} lowered to what audience and work support, the "
            "same people would be selected."
        )
    losing, gaining = listing(list(out)) or "nobody", listing(list(displaced)) or "nobody"
    return (
        f"With {counted(lowered, 'score')} lowered to what audience and work support, {losing} "
        f"would lose the place, and {gaining} would have one."
    )


def without_sentence(label: str, odds_ratio: float | None, low: float, high: float) -> str:
    """The reward test without a score, in words."""
    if odds_ratio is None:
        return f"Without {label}: nothing to compare."
    ratio = "higher than these numbers can tell" if np.isinf(odds_ratio) else _odds(odds_ratio)
    upper = "no upper limit" if np.isinf(high) else _odds(high)
    return f"Without {label}: {ratio} (95 % interval {_odds(low)} to {upper})."


def _odds(ratio: float) -> str:
    """Two digits, or as many as show on which side of 1 an odds ratio lies."""
    if ratio >= 10:
        return whole(ratio)
    for digits in range(2, 8):
        text = f"{ratio:.{digits}g}"
        if (float(text) > 1.0, float(text) < 1.0) == (ratio > 1.0, ratio < 1.0):
            break
    return text


def no_reward(selected: int, inflated: int, other: int) -> str:
    """Why there is no odds ratio."""
    if inflated + other == 0:
        return "No candidate could be assessed, so nothing can be compared."
    if inflated == 0:
        return "No candidate carries a suspicion, so there is nobody to compare with the others."
    if other == 0:
        return "Every candidate carries a suspicion, so there is nobody to compare them with."
    if selected == 0:
        return "Nobody is selected, so the screen rewards nothing."
    if selected == inflated + other:
        return "Everybody is selected, so the screen rewards nothing."
    return (
        "In no stratum of evidence are there candidates with and without a suspicion of whom "
        "some, not all, are selected: like cannot be compared with like."
    )
