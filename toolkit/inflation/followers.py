"""How many of a candidate's followers are fake, from a sample of them.

Every sampled follower gets a probability by the model of sold accounts. Counting those above a
threshold would count some genuine followers and miss some fakes, so the share is corrected by the
detector's sensitivity and specificity (`toolkit.inflation.fake_share`), whose uncertainty includes
that the two sets of labelled accounts disagree about them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from toolkit.arrays import Bools, Floats, Ints
from toolkit.errors import TooFewData
from toolkit.inflation import follower_sample_wording as wording
from toolkit.inflation.account_facts import AccountFacts
from toolkit.inflation.account_features import account_features
from toolkit.inflation.fake_share import DetectorError, FakeShare, fake_share
from toolkit.inflation.follower_detector import (
    FollowerDetector,
    follower_detector,
    pattern_numbers,
)
from toolkit.inflation.follower_rows import FollowerRows, follower_rows
from toolkit.intake.issue import Issue

#: Rows whose probabilities are worked out at a time.
AT_ONCE = 100_000


@dataclass(frozen=True, eq=False)
class Followers:
    """A sample of followers, classified.

    Parameters
    ----------
    rows : int array, shape (m,)
        Row numbers as a spreadsheet shows them.
    fake : float array, shape (m,)
        Probability that each follower is fake; NaN where followers or following are unknown.
    counted : bool array, shape (m,)
        Which count as fake before the correction.
    n : int
        Rows that could be classified.
    share : FakeShare
        With the detector's error taken out, and its 95 % interval.
    error : DetectorError
        Sensitivity and specificity for the facts that these rows have.
    distance, unlike_from : float
        How far the sample's counts are from any mix of the accounts that the detector was
        fitted on (0 to 1), and from where on it is unlike them.
    issues : tuple of Issue
    """

    rows: Ints
    fake: Floats
    counted: Bools
    n: int
    share: FakeShare
    error: DetectorError
    distance: float
    unlike_from: float
    issues: tuple[Issue, ...]

    @property
    def unlike(self) -> bool:
        """The sample is unlike the accounts that the detector was fitted on."""
        return self.distance >= self.unlike_from

    @property
    def sentence(self) -> str:
        """The result in words."""
        return wording.fake_followers(
            self.n, self.share.share, self.share.low, self.share.high, self.unlike
        )

    def to_dict(self, *, with_rows: bool = True) -> dict[str, object]:
        """The JSON of the command ``followers``; `with_rows` without is short."""
        found: dict[str, object] = {
            "n": self.n,
            "fake_share": self.share.share,
            "low": self.share.low,
            "high": self.share.high,
            "counted_fake": int(self.counted.sum()),
            "sensitivity": self.error.sensitivity,
            "specificity": self.error.specificity,
            "sensitivity_sd": self.error.sensitivity_sd,
            "specificity_sd": self.error.specificity_sd,
            "unlike_training_data": self.unlike,
            "distance": self.distance,
            "unlike_from": self.unlike_from,
            "sentence": self.sentence,
            "issues": [issue.to_dict() for issue in self.issues],
        }
        if with_rows:
            pairs = zip(self.rows.tolist(), self.fake.tolist(), strict=True)
            found["rows"] = [{"row": row, "fake": p if p == p else None} for row, p in pairs]
        return found


def followers(
    frame: pd.DataFrame,
    *,
    file: str = "The table",
    sheet: str | None = None,
    today: dt.date | None = None,
) -> Followers:
    """Classify a sample of followers and estimate the share of fakes.

    Parameters
    ----------
    frame : DataFrame
        One row a follower: ``followers, following`` and where known ``posts, has_picture,
        has_bio``. See `toolkit.inflation.follower_rows.follower_rows`.
    file, sheet : str, optional
        Where the table stands, for messages.
    today : date, optional
        What is created after this date is in the future.

    Raises
    ------
    InputError
        If a cell cannot be used; every such row is named.
    TooFewData
        If no row can be classified.

    Examples
    --------
    >>> sold = {"followers": 3, "following": 4200, "posts": 0, "has_picture": 0, "has_bio": 0}
    >>> real = {"followers": 420, "following": 380, "posts": 95, "has_picture": 1, "has_bio": 1}
    >>> found = followers(pd.DataFrame([sold] * 30 + [real] * 70))
    >>> found.share.low < 0.3 < found.share.high
    True
    """
    return classified(follower_rows(frame, file=file, sheet=sheet, today=today))


def classified(table: FollowerRows, detector: FollowerDetector | None = None) -> Followers:
    """The result for rows that were read.

    Raises
    ------
    TooFewData
        If no row has both followers and following.
    """
    detector = detector or follower_detector()
    pattern = pattern_numbers(table.facts, detector.patterns)
    n = int((pattern >= 0).sum())
    if not n:
        raise TooFewData(
            "No row of the sample has both followers and following, so no follower can be "
            "classified. Fill in the two columns."
        )
    fake = np.full(len(table), np.nan)
    counted = np.zeros(len(table), dtype=np.bool_)
    compared = {name: np.full(len(table), np.nan) for name in detector.spreads}
    thresholds = np.array([p.threshold for p in detector.patterns])
    for start in range(0, len(table), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        facts = _hidden(_part(table.facts, part), pattern[part], detector)
        features = account_features(facts)
        for name in compared:
            compared[name][part] = features[name]
        known = pattern[part] >= 0
        fake[part] = np.where(known, detector.model.probability(features), np.nan)
        counted[part] = known & (fake[part] >= thresholds[pattern[part]])
    weights = np.bincount(pattern[pattern >= 0], minlength=len(detector.patterns)) / n
    error = _mixed([p.error for p in detector.patterns], weights)
    share = fake_share(int(counted.sum()), n, error)
    return Followers(
        table.rows,
        fake,
        counted,
        n,
        share,
        error,
        detector.unlikeness(compared, share.share),
        detector.unlike_from,
        table.issues,
    )


def _part(facts: AccountFacts, part: slice) -> AccountFacts:
    cut = {
        name: values[part] for name, values in vars(facts).items() if isinstance(values, np.ndarray)
    }
    length = cut["followers"].size
    return replace(facts, n_candidates=length, platform=facts.platform[part], **cut)


def _hidden(facts: AccountFacts, pattern: Ints, detector: FollowerDetector) -> AccountFacts:
    """The facts without those that a row's pattern counts as unknown."""
    hidden: dict[str, Any] = {
        name: np.where(
            np.isin(pattern, [i for i, p in enumerate(detector.patterns) if name in p.unknown]),
            np.nan,
            getattr(facts, name),
        )
        for name in {name for p in detector.patterns for name in p.unknown}
    }
    return replace(facts, **hidden)


def _mixed(errors: list[DetectorError], weights: Floats) -> DetectorError:
    """The errors of a sample whose rows have different facts; uncertainties move together."""

    def mean(part: str) -> float:
        return float(sum(w * getattr(e, part) for w, e in zip(weights, errors, strict=True)))

    return DetectorError(
        mean("sensitivity"), mean("specificity"), mean("sensitivity_sd"), mean("specificity_sd")
    )
