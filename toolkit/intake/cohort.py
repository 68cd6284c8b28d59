"""The cohort: everything known about the candidates of one requisition, validated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arrays import Floats
from toolkit.errors import UnknownName
from toolkit.intake.fixed_column import FixedColumn, fixed_column
from toolkit.intake.issue import Issue

Role = Literal["score", "evidence", "fact"]


@dataclass(frozen=True)
class Signal:
    """What is known of one signal column.

    Parameters
    ----------
    name : str
        Column name in `Cohort.signals`; a score's catalogue key where it is a score.
    label : str
        Name shown to people.
    role : {"score", "evidence", "fact"}
        A score comes from a provider outside the employer; evidence is a portfolio rating
        or a task result; a fact is any other number, such as years of experience.
    low, high : float, optional
        Admissible range in the signal's own units; None where it is open.
    decimals : int
        Decimals of the values as uploaded. One step is ``10 ** -decimals``.
    """

    name: str
    label: str
    role: Role
    low: float | None = None
    high: float | None = None
    decimals: int = 0

    @property
    def is_score(self) -> bool:
        return self.role == "score"


def _no_rows(*columns: str) -> pd.DataFrame:
    return pd.DataFrame({column: pd.Series(dtype=object) for column in columns})


@dataclass(frozen=True, eq=False)
class Cohort:
    """Candidates of one requisition and what is known of them. Made only by intake.

    Parameters
    ----------
    candidates : DataFrame, index ``candidate_id``
        One row a candidate, in the order of the upload: ``name`` and other text columns.
    signals : DataFrame of float64, index ``candidate_id``
        One numeric column a signal; NaN where missing. Same rows and order as `candidates`.
    about : mapping of str to Signal
        What is known of each column of `signals`.
    accounts : DataFrame
        Public profile facts: ``candidate_id, platform, followers, following, posts,
        listed, likes, created, verified, has_picture, has_bio, fake_share,
        inactive_share``; columns that were not uploaded are absent.
    score_history : DataFrame
        ``candidate_id, score, date, value``.
    follower_samples : DataFrame
        One row a sampled follower, with ``candidate_id``.
    groups : DataFrame, index ``candidate_id``
        Group attributes (sex, race/ethnicity, ...), kept apart: no screen can read them and
        no reviewer sees them. Missing membership is NaN.
    outcomes : DataFrame of float64, index ``candidate_id``
        Later results, for instance a performance rating.
    portfolio : DataFrame
        ``candidate_id, title, url, role, outcome, date, rating``: items of real work.
    issues : tuple of Issue
        Every exclusion, repair and warning.
    sources : mapping of str to str
        File name to SHA-256 of the uploaded bytes.
    """

    candidates: pd.DataFrame
    signals: pd.DataFrame
    about: Mapping[str, Signal]
    accounts: pd.DataFrame = field(default_factory=lambda: _no_rows("candidate_id"))
    score_history: pd.DataFrame = field(
        default_factory=lambda: _no_rows("candidate_id", "score", "date", "value")
    )
    follower_samples: pd.DataFrame = field(default_factory=lambda: _no_rows("candidate_id"))
    groups: pd.DataFrame = field(default_factory=pd.DataFrame)
    outcomes: pd.DataFrame = field(default_factory=pd.DataFrame)
    portfolio: pd.DataFrame = field(default_factory=lambda: _no_rows("candidate_id", "title"))
    issues: tuple[Issue, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    _fixed: dict[str, FixedColumn] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.candidates)

    @property
    def candidate_ids(self) -> pd.Index:
        return self.candidates.index

    @cached_property
    def ids(self) -> npt.NDArray[np.object_]:
        """The candidates' ids as an array of str, converted once and kept."""
        return self.candidates.index.astype(object).to_numpy()

    @property
    def scores(self) -> list[str]:
        """Names of the signals that come from providers outside the employer."""
        return [name for name, signal in self.about.items() if signal.is_score]

    @property
    def evidence(self) -> list[str]:
        """Names of the portfolio ratings and task results."""
        return [name for name, signal in self.about.items() if signal.role == "evidence"]

    def name_of(self, candidate_id: str) -> str:
        """The candidate's name where one was uploaded, otherwise the candidate's code."""
        if "name" in self.candidates.columns:
            name = self.candidates.at[candidate_id, "name"]
            if isinstance(name, str) and name:
                return name
        return candidate_id

    def signal(self, name: str, where: str = "") -> Signal:
        """What is known of one signal.

        Raises
        ------
        UnknownName
            If the cohort has no such signal; group columns are never signals.
        """
        if name not in self.about:
            raise UnknownName("signal", name, self.about, where)
        return self.about[name]

    def fixed(self, name: str) -> FixedColumn:
        """The signal as exact integers, converted once and kept."""
        if name not in self._fixed:
            about = self.signal(name)
            values = self.signals[name].to_numpy(dtype=np.float64)
            self._fixed[name] = fixed_column(values, about.decimals)
        return self._fixed[name]

    def with_signal(self, name: str, values: Floats) -> Cohort:
        """The cohort with one signal's values replaced, for asking what would happen if.

        Parameters
        ----------
        name : str
        values : float array, shape (n_candidates,)
            NaN where missing; kept at the signal's decimals.
        """
        self.signal(name)
        kept = {other: column for other, column in self._fixed.items() if other != name}
        return replace(self, signals=self.signals.assign(**{name: values}), _fixed=kept)
