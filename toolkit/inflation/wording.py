"""The sentences of this package: figures quoted, "consistent with", never an accusation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from toolkit.fairness.verdict import p_value
from toolkit.sentence import Sentence, day, figure, in_a_row, listed, say, say_count

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


def posts(number: float) -> Sentence:
    """So many posts.

    Examples
    --------
    >>> posts(0), posts(1), posts(1200)
    ('no posts', '1 post', '1,200 posts')
    """
    if number == 0:
        return say("no posts")
    return say_count("{n} post", "{n} posts", number, n=whole(number))


def followers(number: float) -> Sentence:
    if number == 0:
        return say("no followers")
    return say_count("{n} follower", "{n} followers", number, n=whole(number))


def on_lists(number: float) -> Sentence:
    if number == 0:
        return say("on no lists")
    return say_count("on {n} list", "on {n} lists", number, n=whole(number))


def likes_given(number: float) -> Sentence:
    if number == 0:
        return say("no likes given")
    return say_count("{n} like given", "{n} likes given", number, n=whole(number))


def age(days: float) -> Sentence:
    if days == 0:
        return say("an account no days old")
    return say_count("an account {n} day old", "an account {n} days old", days, n=whole(days))


def follows(following: float) -> Sentence:
    return say("follows {n}", n=whole(following))


def posts_beside_followers(number: float, audience: float) -> Sentence:
    return say("{posts} for {followers}", posts=posts(number), followers=followers(audience))


def posts_while_following(number: float, following: float) -> Sentence:
    return say("{posts} while following {n}", posts=posts(number), n=whole(following))


def posts_a_day(number: float) -> Sentence:
    return say("{n} posts a day", n=brief(number))


def more_followers_than_followed(audience: float) -> Sentence:
    return say("{n} followers, more than it follows", n=whole(audience))


VERIFIED_FACT, NOT_VERIFIED_FACT = say("verified"), say("not verified")
PICTURE, NO_PICTURE = say("a picture"), say("no picture")
BIOGRAPHY, NO_BIOGRAPHY = say("a biography"), say("no biography")


def on(platform: str, said: Sentence) -> Sentence:
    """A sentence about an account, with where it is.

    Examples
    --------
    >>> on("Twitter", VERIFIED), on("", VERIFIED)
    ('On Twitter: The account is verified.', 'The account is verified.')
    """
    return say("On {platform}: {sentence}", platform=platform, sentence=said) if platform else said


# ------------------------------------------------------------------ bought followers


NEEDS_BOUGHT = say(
    "followers and following of an account on a network of followers, an audit, or a sample of the "
    "followers"
)


def follow_back_ring(followers: float, following: float) -> Sentence:
    return say(
        "{followers} followers while following {following}: consistent with a follow-back ring, in "
        "which accounts follow each other for the number.",
        followers=whole(followers),
        following=whole(following),
    )


def silent_audience(audience: float, number: float, following: float) -> Sentence:
    if np.isnan(following):
        return say(
            "{followers} followers for {posts}: the account has published next to nothing. "
            "Consistent with bought followers.",
            followers=whole(audience),
            posts=posts(number),
        )
    return say(
        "{followers} followers for {posts}: the account has published next to nothing and follows "
        "{following}. Consistent with bought followers.",
        followers=whole(audience),
        posts=posts(number),
        following=whole(following),
    )


def audited(fake_share: float, inactive_share: float) -> Sentence:
    if np.isnan(inactive_share):
        return say(
            "An audit found {fake} % of the sampled followers fake. Consistent with bought "
            "followers.",
            fake=brief(fake_share),
        )
    return say(
        "An audit found {fake} % of the sampled followers fake and {inactive} % inactive. "
        "Consistent with bought followers.",
        fake=brief(fake_share),
        inactive=brief(inactive_share),
    )


def audited_inactive(inactive_share: float) -> Sentence:
    return say(
        "An audit found {inactive} % of the sampled followers inactive.",
        inactive=brief(inactive_share),
    )


def looks_sold(audience: float, following: float, facts: Sequence[str]) -> Sentence:
    if not facts:
        return say(
            "The account itself looks like one made to be sold as a follower: it follows "
            "{following} and is followed by {followers}.",
            following=whole(following),
            followers=whole(audience),
        )
    return say(
        "The account itself looks like one made to be sold as a follower: it follows {following} "
        "and is followed by {followers}, with {facts}.",
        following=whole(following),
        followers=whole(audience),
        facts=listed(facts),
    )


WOULD_CHANGE = {
    "ring": say("An audit of a sample of the followers that finds few of them fake or inactive."),
    "silent": say(
        "A verified account, older posts that were taken down, or an audience that was won "
        "elsewhere (television, books, another network)."
    ),
    "audit": say(
        "A second audit of a larger sample, or one from before the followers came. Anybody can buy "
        "followers for anybody."
    ),
    "sample": say(
        "A sample that was drawn in another way, or from before the followers came. Anybody can "
        "buy followers for anybody."
    ),
    "larger sample": say("A larger sample of the followers."),
    "model": say("Knowing that this is not the account the person works with, or that it is new."),
    "automated": say(
        "Knowing who writes: a team, a newsroom or a service account posts a lot without being a "
        "programme."
    ),
    "spike": say("A cause in that month: news, a talk, a launch, a campaign that is on record."),
    "audience": say(
        "Facts from the date of the score, an audience on other networks that the score counts "
        "too, or a change of the provider's scale since 2013."
    ),
    "work": say("Work that is not in the evidence yet, or evidence rated by somebody else."),
}


def weighs_low(facts: Sequence[str]) -> Sentence:
    if not facts:
        return say("The account does not look like one that is sold as a follower.")
    return say(
        "The account does not look like one that is sold as a follower: {facts}.",
        facts=listed(facts),
    )


def sampled_fakes(n: int, share: float, low: float, high: float) -> Sentence:
    """A sample of which many look fake, in words.

    Examples
    --------
    >>> sampled_fakes(400, 0.52, 0.38, 0.66)[:62]
    'Of 400 sampled followers about 52 % (38 % to 66 %) are consist'
    """
    return say(
        "Of {n} sampled followers about {share} ({low} to {high}) are consistent with fake "
        "accounts, the detector's own error taken out. Consistent with bought followers.",
        **_sampled(n, share, low, high),
    )


def sampled_genuine(n: int, share: float, low: float, high: float) -> Sentence:
    return say(
        "Of {n} sampled followers about {share} ({low} to {high}) look fake: hardly more than "
        "anybody has.",
        **_sampled(n, share, low, high),
    )


def sampled_unsure(n: int, share: float, low: float, high: float) -> Sentence:
    return say(
        "Of {n} sampled followers about {share} ({low} to {high}) look fake: too few, or too "
        "unsure, to speak for it.",
        **_sampled(n, share, low, high),
    )


def unlike_sample(n: int) -> Sentence:
    return say(
        "{n} sampled followers are unlike the accounts that the detector was fitted on, so they "
        "count neither way.",
        n=whole(n),
    )


def _sampled(n: int, share: float, low: float, high: float) -> dict[str, Sentence]:
    return {"n": whole(n), "share": percent(share), "low": percent(low), "high": percent(high)}


def low_audit(fake_share: float) -> Sentence:
    return say(
        "An audit found only {fake} % of the sampled followers fake.", fake=brief(fake_share)
    )


VERIFIED = say("The account is verified.")


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


def needs_automated(posts: int) -> Sentence:
    return say(
        "followers, following and at least {posts} posts of an account on a network of followers",
        posts=posts,
    )


def looks_automated(facts: Sequence[str]) -> Sentence:
    if not facts:
        return say("The profile is consistent with an account that a programme writes.")
    return say(
        "The profile is consistent with an account that a programme writes. What weighs most: "
        "{facts}.",
        facts=listed(facts),
    )


NOT_AUTOMATED = say("The profile does not stand out as automated.")


# ---------------------------------------------------------------------- growth spike


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


# -------------------------------------------------------------- score above something


NEEDS_AUDIENCE = say("a Klout or Kred score together with the followers of a Twitter account")


def needs_work(candidates: int) -> Sentence:
    return say(
        "a social score beside evidence of work, for at least {candidates} candidates who are not "
        "all alike",
        candidates=candidates,
    )


def above_audience(
    label: str, value: float, expected: float, low: float, high: float, share: float, r2: float
) -> Sentence:
    return say(
        "{label} {value}, where accounts with this audience and activity had {expected} (90 % of "
        "them between {low} and {high}). It is higher than {share} of such accounts. Audience and "
        "activity explain {explained} of the score's variance in the sample of 2013.",
        label=label,
        value=brief(value),
        expected=brief(expected),
        low=brief(low),
        high=brief(high),
        share=percent(share),
        explained=percent(r2),
    )


def within_audience(label: str, value: float, expected: float) -> Sentence:
    return say(
        "{label} {value} is within what this audience and activity support ({expected} expected).",
        label=label,
        value=brief(value),
        expected=brief(expected),
    )


def above_work(
    label: str, value: float, expected: float, low: float, high: float, share: float, n: int
) -> Sentence:
    return say(
        "{label} {value}, where candidates of this requisition with such evidence have "
        "{expected} (90 % prediction interval {low} to {high}, from {n} candidates). It is higher "
        "than {share} of scores to expect.",
        label=label,
        value=brief(value),
        expected=brief(expected),
        low=brief(low),
        high=brief(high),
        n=str(n),
        share=percent(share),
    )


def within_work(label: str, value: float, expected: float) -> Sentence:
    return say(
        "{label} {value} is within what this evidence of work supports ({expected} expected).",
        label=label,
        value=brief(value),
        expected=brief(expected),
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
        return f"The score credits {listed(unrelated)}, of which the criteria say nothing."
    said = f"The score credits {listed(related)}, which the criteria ask for"
    if not unrelated:
        return said + "."
    return said + f", and {listed(unrelated)}, of which they say nothing."


# ------------------------------------------------------------------------- dismissal


def dismissed(reason: str, date: dt.date, reviewer: str) -> Sentence:
    """A reviewer's answer to a flag.

    Examples
    --------
    >>> dismissed("The account of the whole newsroom.", dt.date(2026, 11, 22), "")
    'Dismissed by a reviewer on 2026-11-22: “The account of the whole newsroom.”'
    """
    if not reviewer:
        return say(
            "Dismissed by a reviewer on {date}: “{reason}”", date=day(date), reason=reason.strip()
        )
    return say(
        "Dismissed by {reviewer} on {date}: “{reason}”",
        reviewer=reviewer,
        date=day(date),
        reason=reason.strip(),
    )


# ---------------------------------------------------------------------------- reward

LESS_CERTAIN = say("higher than these numbers can tell")
NO_UPPER_LIMIT = say("no upper limit")


def reward_sentence(
    odds_ratio: float, low: float, high: float, p: float, counts: Sequence[int], strata: int
) -> Sentence:
    """The reward test in words; `counts` are selected and all, inflated then others."""
    selected_inflated, inflated, selected_other, other = map(whole, counts)
    counted_out = say(
        "{selected_suspected} of {suspected} candidates with a suspicion are selected, "
        "{selected_others} of {others} of the others.",
        selected_suspected=selected_inflated,
        suspected=inflated,
        selected_others=selected_other,
        others=other,
    )
    if np.isinf(odds_ratio):
        odds = LESS_CERTAIN
    else:
        odds = say("{odds} times those of another", odds=_odds(odds_ratio))
    told = {"odds": odds, "low": _odds(low), "high": _upper(high), "p": p_value(p, 0.05)}
    if strata > 1:
        compared = say(
            "With the same evidence, the odds of a suspected candidate are {odds} (95 % interval "
            "{low} to {high}, {p}).",
            **told,
        )
    else:
        compared = say(
            "Whatever their evidence, the odds of a suspected candidate are {odds} (95 % interval "
            "{low} to {high}, {p}).",
            **told,
        )
    if low > 1.0:
        verdict = say("The screen selects suspected candidates more often than chance explains.")
    elif high < 1.0:
        verdict = say("The screen selects suspected candidates less often than chance explains.")
    else:
        verdict = say("Such a difference can be chance.")
    return in_a_row([counted_out, compared, verdict])


def penalised_sentence(odds_ratio: float, low: float, high: float, p: float) -> Sentence:
    """The penalised test in words, for strata that are too thin for the exact one alone."""
    return say(
        "The strata are thin, so a penalised logistic regression (Firth) on the evidence itself is "
        "given beside it: an odds ratio of {odds} (95 % interval {low} to {high}, {p}).",
        odds=_odds(odds_ratio),
        low=_odds(low),
        high=_upper(high),
        p=p_value(p, 0.05),
    )


def deflated_sentence(lowered: int, out: Sequence[str], displaced: Sequence[str]) -> Sentence:
    """What lowering the flagged scores would change, in words."""
    if not lowered:
        return say(
            "No flagged candidate has a score of this screen that lies above what audience and "
            "work support, so lowering the scores changes nobody's place."
        )
    scores = say_count("{n} score", "{n} scores", lowered, n=whole(lowered))
    if not out and not displaced:
        return say(
            "With {scores} lowered to what audience and work support, the same people would be "
            "selected.",
            scores=scores,
        )
    return say(
        "With {scores} lowered to what audience and work support, {losing} would lose the place, "
        "and {gaining} would have one.",
        scores=scores,
        losing=listed(out) if out else say("nobody"),
        gaining=listed(displaced) if displaced else say("nobody"),
    )


def without_sentence(label: str, odds_ratio: float | None, low: float, high: float) -> Sentence:
    """The reward test without a score, in words."""
    if odds_ratio is None:
        return say("Without {label}: nothing to compare.", label=label)
    return say(
        "Without {label}: {odds} (95 % interval {low} to {high}).",
        label=label,
        odds=LESS_CERTAIN if np.isinf(odds_ratio) else _odds(odds_ratio),
        low=_odds(low),
        high=_upper(high),
    )


def _upper(high: float) -> Sentence:
    return NO_UPPER_LIMIT if np.isinf(high) else _odds(high)


def _odds(ratio: float) -> Sentence:
    """Two digits, or as many as show on which side of 1 an odds ratio lies."""
    if ratio >= 10:
        return whole(ratio)
    for digits in range(2, 8):
        text = f"{ratio:.{digits}g}"
        if (float(text) > 1.0, float(text) < 1.0) == (ratio > 1.0, ratio < 1.0):
            break
    return figure(text)


def no_reward(selected: int, inflated: int, other: int) -> Sentence:
    """Why there is no odds ratio."""
    if inflated + other == 0:
        return say("No candidate could be assessed, so nothing can be compared.")
    if inflated == 0:
        return say(
            "No candidate carries a suspicion, so there is nobody to compare with the others."
        )
    if other == 0:
        return say("Every candidate carries a suspicion, so there is nobody to compare them with.")
    if selected == 0:
        return say("Nobody is selected, so the screen rewards nothing.")
    if selected == inflated + other:
        return say("Everybody is selected, so the screen rewards nothing.")
    return say(
        "In no stratum of evidence are there candidates with and without a suspicion of whom "
        "some, not all, are selected: like cannot be compared with like."
    )
