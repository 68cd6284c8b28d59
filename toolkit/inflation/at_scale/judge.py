"""The detectors that look at one row at a time, on the figures of all rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from toolkit.arrays import Bools, Floats
from toolkit.inflation.at_scale.lines import Work
from toolkit.inflation.automated import automated
from toolkit.inflation.bought_followers import bought_followers
from toolkit.inflation.finding import Finding
from toolkit.inflation.score_above_audience import beside_audience, comparable
from toolkit.inflation.score_above_work import Comparison, beside_work
from toolkit.inflation.suspicion import flagged_from_rate, rate_of_one_detector, suspicion

#: Detectors and comparisons that take several rows for each candidate, and why that rules them out.
NOT_RUN = {
    "growth_spike": "It looks at histories, which take many rows for each candidate. Run it on the "
    "histories of those who are suspected.",
    "follower_samples": "Samples of followers take many rows for each candidate. Bring those of "
    "the suspected as --followers of a small cohort.",
    "topics": "Topics are compared with the criteria of one post, in a small cohort.",
}


@dataclass(frozen=True, eq=False)
class Judged:
    """What the detectors say of one batch of n rows.

    Parameters
    ----------
    findings : mapping of detector to Finding
    suspicion : float array, shape (n,)
        NaN where no detector had facts.
    level : float array, shape (n,)
        Of evidence.
    unread : mapping of (str, str) to int
        Cells of accounts that could not be read; see `Profile.facts`.
    """

    findings: Mapping[str, Finding]
    suspicion: Floats
    level: Floats
    unread: Counter[tuple[str, str]]

    @property
    def assessed(self) -> Bools:
        """On whom some detector had facts."""
        known: Bools = ~np.isnan(self.suspicion)
        return known

    @property
    def flagged(self) -> Bools:
        flagged: Bools = self.suspicion >= 0.5
        return flagged

    @property
    def flagged_from_rate(self) -> Floats:
        """See `toolkit.inflation.suspicion.flagged_from_rate`."""
        return flagged_from_rate({n: f.false_flag_rate for n, f in self.findings.items()})


@dataclass(frozen=True)
class Judge:
    """Judges the rows of a batch by the functions of a small cohort.

    Parameters
    ----------
    work : Work
    lines : tuple of Comparison
        The social scores, with their lines on the evidence.
    false_flag_rate : float
    """

    work: Work
    lines: tuple[Comparison, ...]
    false_flag_rate: float

    @property
    def columns(self) -> list[str]:
        return self.work.profile.names

    def judged(self, batch: pa.RecordBatch) -> Judged:
        """What every detector says of every row."""
        profile, rate = self.work.profile, rate_of_one_detector(self.false_flag_rate)
        about = profile.numbers.about
        facts, unread = profile.facts(batch)
        level = self.work.level(batch)
        scores = profile.values(batch, profile.scores)
        with_relation = {name: scores[name] for name in comparable(about)}
        findings: dict[str, Finding] = {
            "bought_followers": bought_followers(facts, rate),
            "automated": automated(facts, rate),
            "score_above_audience": beside_audience(with_relation, about, facts, rate),
            "score_above_work": beside_work(self.lines, scores, level, rate),
        }
        strengths = {name: finding.strength for name, finding in findings.items()}
        return Judged(findings, suspicion(strengths), level, unread)


#: The detectors that are run, in their usual order.
RUN = ("bought_followers", "automated", "score_above_audience", "score_above_work")
