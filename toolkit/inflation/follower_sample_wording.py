"""The sentences about a sample of an account's followers."""

from __future__ import annotations

from toolkit.inflation.wording import percent, whole
from toolkit.sentence import Sentence, say


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


def _sampled(n: int, share: float, low: float, high: float) -> dict[str, Sentence]:
    return {"n": whole(n), "share": percent(share), "low": percent(low), "high": percent(high)}
