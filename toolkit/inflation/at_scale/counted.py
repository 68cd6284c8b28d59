"""Who is suspected among many rows, counted by detector and group, and the reward test."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa

from toolkit.arrays import Bools, Floats, Ints
from toolkit.engine.engine import Engine
from toolkit.errors import InputError
from toolkit.inflation.at_scale.judge import NOT_RUN, RUN, Judge
from toolkit.inflation.at_scale.lines import Work, fitted_lines
from toolkit.inflation.at_scale.profile import Profile, profile_of, unread_issues
from toolkit.inflation.at_scale.quarters import quarters
from toolkit.inflation.evidence_level import strata_between
from toolkit.inflation.reward import Reward, reward_of
from toolkit.inflation.reward_counts import RewardCounts, counts_of
from toolkit.inflation.suspicion import FALSE_FLAG_RATE, rate_of_one_detector
from toolkit.intake.issue import Issue
from toolkit.progress import Progress, parts
from toolkit.scores.catalogue import Catalogue
from toolkit.screening.at_scale.columns import Cells, SignalColumns, signal_columns
from toolkit.screening.at_scale.contest import Contest
from toolkit.screening.at_scale.cut import Cut
from toolkit.screening.at_scale.freezing import freeze_at_scale
from toolkit.screening.at_scale.select import ID, Ground
from toolkit.screening.at_scale.set_aside import values_set_aside
from toolkit.screening.at_scale.survey import Survey, survey
from toolkit.screening.screen import Screen


@dataclass(frozen=True, eq=False)
class Tally:
    """Counts of some rows.

    Parameters
    ----------
    assessed, flagged : int64 array, shape (n_detectors + 1, n_cells)
        By detector in the order of `RUN`, then by any.
    rewards : tuple of RewardCounts
        Of the screen, and of it without each of its scores.
    unread : mapping of (str, str) to int
        Cells of accounts that could not be read.
    """

    assessed: Ints
    flagged: Ints
    rewards: tuple[RewardCounts, ...]
    unread: Counter[tuple[str, str]]

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.assessed + other.assessed,
            self.flagged + other.flagged,
            tuple(a + b for a, b in zip(self.rewards, other.rewards, strict=True)),
            self.unread + other.unread,
        )


@dataclass(frozen=True, eq=False)
class Trial:
    """A screen whose selection is tested.

    Parameters
    ----------
    contest : Contest
        The screen, and it without each of its scores.
    cuts : tuple of Cut
    quarters : float array
        Levels of evidence at which the upper strata begin.
    id_column : str or None
    """

    contest: Contest
    cuts: tuple[Cut, ...]
    quarters: Floats
    id_column: str | None

    @property
    def columns(self) -> list[str]:
        return [*self.contest.columns.names, *([self.id_column] if self.id_column else [])]

    def selected(self, batch: pa.RecordBatch) -> Iterator[Bools]:
        """Who is selected by each variant."""
        ids = None if self.id_column is None else batch.column(self.id_column)
        for cut, standing in zip(self.cuts, self.contest.standings(batch), strict=True):
            yield cut.selects(standing, ids)


@dataclass(frozen=True)
class TallyKernel:
    """Counts the suspected of a batch."""

    judge: Judge
    cells: Cells
    trial: Trial | None

    def __call__(self, batch: pa.RecordBatch) -> Tally:
        judged, cell = self.judge.judged(batch), self.cells.of_rows(batch)
        found = [judged.findings[name].strength for name in RUN]
        flagged = [strength >= 0.5 for strength in found] + [judged.flagged]
        assessed = [~np.isnan(strength) for strength in found] + [judged.assessed]

        def counted(each: Sequence[Bools]) -> Ints:
            rows = [np.bincount(cell[who], minlength=len(self.cells)) for who in each]
            return np.array(rows, dtype=np.int64)

        rewards: tuple[RewardCounts, ...] = ()
        if self.trial is not None:
            strata = strata_between(judged.level, self.trial.quarters)
            rewards = tuple(
                counts_of(selected, judged.flagged, strata, judged.assessed)
                for selected in self.trial.selected(batch)
            )
        return Tally(counted(assessed), counted(flagged), rewards, judged.unread)


@dataclass(frozen=True, eq=False)
class InflationAtScale:
    """Suspected inflation among many rows.

    Parameters
    ----------
    engine : Engine
    judge : Judge
        What judges a row, for writing out who is suspected.
    cells : Cells
        Combinations of the groups asked for.
    people : int64 array, shape (n_cells,)
    tally : Tally
    reward : Reward or None
        None without a screen. Without the penalised regression and the lowered scores, which
        look at all candidates together.
    id_column : str or None
    set_aside : tuple of Issue
        Values that no such column can have.
    """

    engine: Engine
    judge: Judge
    cells: Cells
    people: Ints
    tally: Tally
    reward: Reward | None
    id_column: str | None
    set_aside: tuple[Issue, ...]

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What was set aside, and columns that could not be read."""
        return (*self.judge.work.profile.issues, *self.set_aside)

    @property
    def candidates(self) -> int:
        return int(self.people.sum())

    @property
    def flagged(self) -> int:
        return int(self.tally.flagged[-1].sum())

    @property
    def not_assessed(self) -> int:
        """On how many no detector had facts."""
        return self.candidates - int(self.tally.assessed[-1].sum())

    def by_group(self, detector: str | None = None) -> pd.DataFrame:
        """Counts of each combination of groups: ``n``, ``assessed`` and ``flagged``.

        Parameters
        ----------
        detector : str, optional
            One of those that were run; by any of them where left out.

        Returns
        -------
        DataFrame, one row a combination
        """
        at = -1 if detector is None else RUN.index(detector)
        frame = pd.DataFrame(
            {
                name: pd.Series([row[place] for row in self.cells.members], dtype=object)
                for place, name in enumerate(self.cells.columns)
            }
        )
        return frame.assign(
            n=self.people, assessed=self.tally.assessed[at], flagged=self.tally.flagged[at]
        )

    def to_dict(self) -> dict[str, object]:
        """The JSON of ``inflation`` over many rows, which lists no candidates."""
        profile = self.judge.work.profile
        return {
            "candidates": self.candidates,
            "engine": self.engine.name,
            "false_flag_rate": self.judge.false_flag_rate,
            "flagged": self.flagged,
            "not_assessed": self.not_assessed,
            "groups": self._groups(),
            "detectors": {
                name: {
                    "assessed": int(self.tally.assessed[at].sum()),
                    "flagged": int(self.tally.flagged[at].sum()),
                    "groups": self._groups(name),
                }
                for at, name in enumerate(RUN)
            },
            "not_run": dict(NOT_RUN),
            "columns": {
                "scores": profile.scores,
                "evidence": profile.evidence,
                "accounts": [vars(one) for one in profile.accounts],
            },
            "reward": None if self.reward is None else self.reward.to_dict(),
            "set_aside": [issue.to_dict() for issue in self.issues],
        }

    def _groups(self, detector: str | None = None) -> list[dict[str, object]]:
        if not self.cells.columns:
            return []
        frame = self.by_group(detector).astype(object)
        return [dict(zip(frame.columns, row, strict=True)) for row in frame.to_numpy().tolist()]


def inflation_at_scale(
    engine: Engine,
    screen: Screen | None = None,
    groups: Sequence[str] = (),
    *,
    false_flag_rate: float = FALSE_FLAG_RATE,
    as_of: dt.date | None = None,
    id_column: str | None = None,
    catalogue: Catalogue | None = None,
    progress: Progress | None = None,
) -> InflationAtScale:
    """Judge any number of rows, one a candidate, and count who is suspected.

    The detectors and the reward test are those of `toolkit.inflation.inflation.inflation`, and
    give each row what they would give it in a cohort of all rows.

    Parameters
    ----------
    engine : Engine
    screen : Screen, optional
        Whose decisions the reward test looks at.
    groups : sequence of str
        Columns to count by; no detector looks at them.
    false_flag_rate : float
        As in `inflation`.
    as_of : date, optional
        When the account facts were read; without it, no account has an age.
    id_column : str, optional
        The column of codes; ``candidate_id`` where there is one.
    catalogue : Catalogue, optional
    progress : callable, optional

    Raises
    ------
    InputError
        If no column says anything of scores or accounts, or there are no rows.
    UnknownName, ScreenError
        If a column is not there or cannot be what it is asked for.
    ValueError
        If the false-flag rate is not between 0 and 1.
    """
    rate_of_one_detector(false_flag_rate)
    steps = parts(progress, 2)
    if id_column is None and ID in engine.schema.names:
        id_column = ID
    profile = profile_of(engine.schema, as_of, catalogue, [*groups, *([id_column or ""])])
    if not profile.names:
        raise InputError(
            "No column holds a score, a fact of an account or evidence of work. Columns are "
            "known by their names: klout, followers, posts, portfolio."
        )
    used = {} if screen is None else signal_columns(engine.schema, screen, (), catalogue).about
    every = SignalColumns({**profile.numbers.about, **used})
    found, every = survey(engine, every, tuple(groups), next(steps))
    faulty = {name: every.about[name] for name, _ in found.set_aside}
    issues = values_set_aside(engine, SignalColumns(faulty)) if faulty else ()
    numbers = SignalColumns({n: every.about[n] for n in profile.numbers.names}, every.checked)
    profile = Profile(numbers, profile.accounts, as_of, profile.issues)
    work = Work(profile, {name: found.figures[name] for name in profile.evidence})
    cells = Cells.of(groups, list(found.groups)) if groups else Cells()
    judge = Judge(work, fitted_lines(engine, work, found.figures), false_flag_rate)
    trial = None if screen is None else _trial(engine, screen, every, found, id_column, work)
    columns = [*judge.columns, *groups, *([] if trial is None else trial.columns)]
    kernel = TallyKernel(judge, cells, trial)
    tally = engine.add_up(list(dict.fromkeys(columns)), kernel, next(steps))
    assert tally is not None
    everyone = found.groups
    people = [everyone[row] for row in cells.members] if groups else [found.rows]
    return InflationAtScale(
        engine=engine,
        judge=judge,
        cells=cells,
        people=np.array(people, dtype=np.int64),
        tally=tally,
        reward=None if trial is None else _reward(tally, trial),
        id_column=id_column,
        set_aside=(*issues, *unread_issues(tally.unread)),
    )


def _trial(
    engine: Engine,
    screen: Screen,
    every: SignalColumns,
    found: Survey,
    id_column: str | None,
    work: Work,
) -> Trial:
    """The cuts of the screen, and of it without each of its scores."""
    columns = SignalColumns({s: every.about[s] for s in screen.signals}, every.checked)
    frozen = freeze_at_scale(engine, columns, found.figures, screen, found.rows)
    ground = Ground(engine, columns, found, frozen, Cells(), id_column)
    scores = [name for name in screen.signals if columns.about[name].is_score]
    contest, seats = ground.seats(((), *((name,) for name in scores)))
    return Trial(contest, seats.cuts, quarters(engine, work), id_column)


def _reward(tally: Tally, trial: Trial) -> Reward:
    whole, *others = map(reward_of, tally.rewards)
    names = [removed[0] for removed in trial.contest.removed[1:]]
    without: Mapping[str, Reward] = dict(zip(names, others, strict=True))
    return replace(whole, without=without)
