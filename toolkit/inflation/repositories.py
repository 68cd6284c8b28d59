"""Whose stars came with little else: repositories judged by the proportions of their events."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from toolkit.arrays import Bools, Floats
from toolkit.inflation import wording
from toolkit.inflation.additive_model import AdditiveModel, shipped_model
from toolkit.inflation.repository_events import (
    EVENTS,
    OTHERS,
    RepositoryEvents,
    repository_events,
    repository_features,
)
from toolkit.inflation.suspicion import FALSE_FLAG_RATE
from toolkit.sentence import listed

#: At most so many facts are named, and none that moves the log odds by less than this.
MOST_FACTS = 3
LEAST_WEIGHT = 0.3
#: Count → one and many of it, in words.
WORDS = {
    "stars": ("star", "stars"),
    "forks": ("fork", "forks"),
    "issues": ("event of an issue", "events of issues"),
    "comments": ("comment", "comments"),
    "pull_requests": ("event of a pull request", "events of pull requests"),
    "pushes": ("push", "pushes"),
    "branches": ("branch or tag made", "branches and tags made"),
    "releases": ("release", "releases"),
}


@dataclass(frozen=True)
class Repository:
    """One repository.

    Parameters
    ----------
    repository : str
    bought : float or None
        Probability that most of its stars are bought, among repositories of which as large a
        share is suspected as in the training data; None where there are too few stars.
    suspected : bool
        It reaches the operating point.
    reasons : tuple of str
        What speaks for it, where it is suspected.
    """

    repository: str
    bought: float | None
    suspected: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class RepositoriesFound:
    """What was found in a table of n repositories.

    Parameters
    ----------
    events : RepositoryEvents
    bought : float array, shape (n,)
        NaN where a repository has too few stars to be judged.
    model : AdditiveModel
    operating_point, false_flag_rate : float
        Probability from which on a repository is suspected, and the share of the random
        sample that reaches it.
    """

    events: RepositoryEvents
    bought: Floats
    model: AdditiveModel
    operating_point: float
    false_flag_rate: float

    @property
    def suspected(self) -> Bools:
        """Which reach the operating point, shape (n,)."""
        return self.bought >= self.operating_point

    @cached_property
    def repositories(self) -> tuple[Repository, ...]:
        """Every repository, in the order of the file."""
        names, counts = self.events.names, self.events.counts
        at = np.flatnonzero(self.suspected)
        some = {name: values[at] for name, values in counts.items()}
        weights = self.model.contributions(repository_features(some)) if at.size else np.empty(0)
        reasons = {int(row): self._reason(int(row), weights[:, i]) for i, row in enumerate(at)}
        return tuple(
            Repository(
                name,
                None if bought != bought else bought,
                row in reasons,
                (reasons[row],) if row in reasons else (),
            )
            for row, (name, bought) in enumerate(
                zip(names.tolist(), self.bought.tolist(), strict=True)
            )
        )

    def to_dict(self) -> dict[str, object]:
        """The JSON of the command ``repositories``."""
        return {
            "not_judged": int(np.isnan(self.bought).sum()),
            "false_flag_rate": self.false_flag_rate,
            "operating_point": self.operating_point,
            "suspected": int(self.suspected.sum()),
            "repositories": [
                {**vars(one), "reasons": list(one.reasons)} for one in self.repositories
            ],
            "issues": [issue.to_dict() for issue in self.events.issues],
        }

    def _reason(self, row: int, weights: Floats) -> str:
        counts = {name: float(self.events.counts[name][row]) for name in EVENTS}
        facts = []
        for j in np.argsort(-weights, kind="stable")[:MOST_FACTS]:
            if weights[j] < LEAST_WEIGHT:
                break
            name = self.model.features[j].removesuffix("_per_star")
            if name in WORDS:
                facts.append(wording.counted(counts[name], *WORDS[name]))
            else:
                others = sum(counts[other] for other in OTHERS)
                facts.append(wording.counted(others, "other event") + " in all")
        stars = wording.counted(counts["stars"], *WORDS["stars"])
        beside = f" beside {listed(facts)}" if facts else " and what came with them"
        return f"{stars}{beside}: consistent with bought stars"


def repositories(
    frame: pd.DataFrame,
    *,
    false_flag_rate: float = FALSE_FLAG_RATE,
    file: str = "The table",
    sheet: str | None = None,
) -> RepositoriesFound:
    """Say of each repository how likely most of its stars are bought.

    Parameters
    ----------
    frame : DataFrame
        One row a repository: ``repository`` and the counts ``stars``, ``forks``, ``issues``,
        ``comments``, ``pull_requests``, ``pushes``, ``branches``, ``releases``, or the names of
        their events. See `repository_events`.
    false_flag_rate : float
        Share of random repositories that may be suspected; gives the operating point.
    file, sheet : str, optional
        Where the table stands, for messages.

    Raises
    ------
    InputError
        If a cell cannot be used; every such cell is named.
    ValueError
        If the rate is not between 0 and 1.

    Examples
    --------
    >>> counts = dict(stars=180, forks=0, issues=0, comments=0, pull_requests=0, pushes=2)
    >>> row = pd.DataFrame([dict(repository="x", **counts, branches=2, releases=0)])
    >>> repositories(row).repositories[0].suspected
    True
    """
    if not 0.0 < false_flag_rate < 1.0:
        raise ValueError(f"A false-flag rate lies between 0 and 1; {false_flag_rate} does not.")
    events = repository_events(frame, file=file, sheet=sheet)
    model = shipped_model("repositories")
    probability = model.probability(repository_features(events.counts))
    return RepositoriesFound(
        events,
        np.where(events.judged, probability, np.nan),
        model,
        model.false_flags.threshold(false_flag_rate),
        false_flag_rate,
    )
