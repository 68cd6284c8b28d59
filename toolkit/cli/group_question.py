"""What is asked of one table with group columns, answered from its rows or its counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.errors import InputError, UnknownName

if TYPE_CHECKING:
    from toolkit.fairness.before_after import BeforeAfter
    from toolkit.fairness.outcome_impact import OutcomeImpact
    from toolkit.fairness.result import Impact
    from toolkit.fairness.score_impact import ScoreImpact
    from toolkit.intake.cohort import Cohort
    from toolkit.intake.raw_table import RawTable
    from toolkit.screening.screen import Screen


@dataclass(frozen=True)
class GroupQuestion:
    """Which columns are compared, and how.

    Parameters
    ----------
    groups : tuple of str
        Columns with group attributes.
    selected : str or None
        Column that says who, or with `total` how many, were selected. May be left out with
        a score: to score above the median of everybody is the decision then.
    selected_value : str or None
        The value that means selected.
    total : str or None
        Column with all people of a row: the table has counts.
    stratum, score, outcome : str or None
        Columns.
    share : float or None
        With a score: the share that would be selected from the top.
    good_from : float or None
        With an outcome: from which value on it is good.
    resamples : int
        None where 0.
    screen : bool
        Whether a screen decides; the file then holds candidates.

    Raises
    ------
    InputError
        If these contradict each other.
    """

    groups: tuple[str, ...]
    selected: str | None = None
    selected_value: str | None = None
    total: str | None = None
    stratum: str | None = None
    score: str | None = None
    share: float | None = None
    outcome: str | None = None
    good_from: float | None = None
    resamples: int = 0
    screen: bool = False

    def __post_init__(self) -> None:
        if self.screen:
            named = [
                option
                for option, value in (
                    ("--selected", self.selected),
                    ("--selected-value", self.selected_value),
                    ("--total", self.total),
                )
                if value is not None
            ]
            if named:
                raise InputError(
                    f"With --screen the screen decides who is selected. Leave out "
                    f"{' and '.join(named)}."
                )
        elif self.selected is None and self.score is None:
            raise InputError(
                "Name the column that says who was selected with --selected, or one with a score "
                "with --score, or give a screen with --screen."
            )
        if self.total is not None and self.selected_value is not None:
            raise InputError(
                "--selected-value is for a column of decisions, and --total for a column of "
                "counts. Leave one of them out."
            )
        if self.selected is None and self.selected_value is not None:
            raise InputError("--selected-value needs the column it stands in: add --selected.")
        if self.outcome is not None and self.total is not None:
            raise InputError(
                "--outcome needs one row a person, and with --total the file has counts. Leave "
                "one of them out."
            )
        if self.outcome is not None and self.selected is None and not self.screen:
            raise InputError("--outcome is compared with a decision: add --selected.")
        if self.good_from is not None and self.outcome is None:
            raise InputError("--good-from is about an outcome: add --outcome.")
        if self.share is not None and self.score is None:
            raise InputError("--share is selected from the top of a score: add --score.")
        if self.share is not None and not 0 < self.share <= 1:
            raise InputError(
                f"The share to select is {self.share:g}. It must be above 0 and at most 1, for "
                "instance 0.2 for one in five."
            )

    @property
    def columns(self) -> list[str]:
        """Every column that the table must have."""
        others = (self.selected, self.total, self.stratum, self.score, self.outcome)
        return [*self.groups, *(column for column in others if column is not None)]


@dataclass(frozen=True)
class GroupAnswer:
    """What was found.

    Parameters
    ----------
    impact : Impact
        Of the decision, the first of several, or of scoring above the median.
    scores : ScoreImpact or None
    outcomes : OutcomeImpact or None
    compared : BeforeAfter or None
        With a screen: the same without each score and by evidence only.
    by_median : bool
        Whether to score above the median took the place of a decision.
    """

    impact: Impact
    scores: ScoreImpact | None = None
    outcomes: OutcomeImpact | None = None
    compared: BeforeAfter | None = None
    by_median: bool = False

    @property
    def meaning(self) -> str:
        """What "selected" means where nobody decided; empty where somebody did."""
        if not self.by_median or self.scores is None:
            return ""
        return (
            f"Nobody decided here: selected means above the median of {self.scores.score}, "
            f"which is {self.scores.median:g}."
        )

    def to_dict(self) -> dict[str, object]:
        """The JSON of the command ``impact``."""
        return {
            **self.impact.to_dict(),
            "scores": {self.scores.score: self.scores.to_dict()} if self.scores else {},
            "outcomes": {self.outcomes.outcome: self.outcomes.to_dict()} if self.outcomes else {},
            **(self.compared.to_dict() if self.compared else {}),
        }


def answer_question(table: RawTable, asked: GroupQuestion) -> GroupAnswer:
    """Compare the groups of a table.

    Parameters
    ----------
    table : RawTable
        With the columns that are asked for.
    asked : GroupQuestion

    Raises
    ------
    InputError
        If a cell is not what its column should hold; file, row and column are named.
    TooFewData
        If nobody has a score, or an outcome.
    """
    return (
        _of_people(table, asked) if asked.total is None else _of_counts(table, asked, asked.total)
    )


def answer_screen(cohort: Cohort, screen: Screen, asked: GroupQuestion) -> GroupAnswer:
    """Compare the groups of a cohort under a screen, without its scores, and by evidence only.

    Parameters
    ----------
    cohort : Cohort
    screen : Screen
    asked : GroupQuestion
        Groups, score and outcome name columns of the cohort.

    Raises
    ------
    UnknownName, ScreenError
        If a column or a signal is not there.
    TooFewData
        If nobody has the score, or the outcome.
    """
    import numpy as np

    from toolkit.fairness.outcome_impact import outcome_impact
    from toolkit.fairness.score_impact import score_impact
    from toolkit.influence.group_comparison import decisions_compared, groups_compared
    from toolkit.influence.influence import influence
    from toolkit.screening.decisions import decide
    from toolkit.screening.evidence_only import evidence_only

    evidence, groups = evidence_only(cohort, screen), list(asked.groups)
    decisions = decisions_compared(
        influence(cohort, screen), None if evidence is None else decide(cohort, evidence)
    )
    compared = groups_compared(cohort, decisions, groups, asked.stratum, asked.resamples)
    values = None
    if asked.score is not None:
        cohort.signal(asked.score, "--score")
        values = cohort.signals[asked.score].to_numpy(np.float64, na_value=np.nan)
    scores = (
        None
        if values is None or asked.score is None
        else score_impact(
            cohort.groups,
            values,
            groups,
            name=asked.score,
            share=asked.share,
            resamples=asked.resamples,
        )
    )
    outcomes = None
    if asked.outcome is not None:
        if asked.outcome not in cohort.outcomes.columns:
            raise UnknownName("outcome", asked.outcome, map(str, cohort.outcomes.columns))
        outcomes = outcome_impact(
            cohort.groups,
            next(iter(decisions.values())),
            cohort.outcomes[asked.outcome].to_numpy(np.float64, na_value=np.nan),
            groups,
            good_from=asked.good_from,
            scores=values,
            outcome_name=asked.outcome,
            score_name=asked.score or "",
        )
    return GroupAnswer(compared.impacts[compared.first], scores, outcomes, compared)


def _of_people(table: RawTable, asked: GroupQuestion) -> GroupAnswer:
    from toolkit.fairness.impact import impact
    from toolkit.fairness.outcome_impact import outcome_impact
    from toolkit.fairness.score_impact import score_impact
    from toolkit.fairness.scoring_rate import above_median
    from toolkit.intake.decision_column import selected_of
    from toolkit.intake.number_column import numbers_of

    frame, groups = table.frame, list(asked.groups)
    values = None if asked.score is None else numbers_of(table, asked.score)
    scores = None
    if values is not None and asked.score is not None:
        scores = score_impact(
            frame,
            values,
            groups,
            name=asked.score,
            share=asked.share,
            resamples=asked.resamples,
        )
    if asked.selected is None:
        assert values is not None
        scored = values == values
        found = impact(
            frame.loc[scored],
            above_median(values)[scored],
            groups,
            stratum=asked.stratum,
            resamples=asked.resamples,
        )
        return GroupAnswer(found, scores, by_median=True)
    where = f"{table.name}, column '{asked.selected}'"
    chosen = selected_of(frame[asked.selected], table.rows.tolist(), where, asked.selected_value)
    found = impact(frame, chosen, groups, stratum=asked.stratum, resamples=asked.resamples)
    outcomes = None
    if asked.outcome is not None:
        outcomes = outcome_impact(
            frame,
            chosen,
            numbers_of(table, asked.outcome),
            groups,
            good_from=asked.good_from,
            scores=values,
            outcome_name=asked.outcome,
            score_name=asked.score or "",
        )
    return GroupAnswer(found, scores, outcomes)


def _of_counts(table: RawTable, asked: GroupQuestion, total: str) -> GroupAnswer:
    import numpy as np

    from toolkit.fairness.impact import impact_of_counts
    from toolkit.fairness.score_impact import score_impact_of_counts
    from toolkit.intake.decision_column import counts_of
    from toolkit.intake.number_column import numbers_of

    rows, groups = table.rows.tolist(), list(asked.groups)
    people = counts_of(table.frame[total], rows, f"{table.name}, column '{total}'")
    counts = table.frame.assign(**{total: people})
    scores = None
    selected = asked.selected
    if asked.score is not None:
        values = numbers_of(table, asked.score)
        counts = counts.assign(**{asked.score: values})
        scores = score_impact_of_counts(
            counts, asked.score, total, groups, share=asked.share, resamples=asked.resamples
        )
        if selected is None:
            selected = _free("above the median", counts.columns)
            scored = ~np.isnan(values)
            above = np.where(values > scores.lower_middle, people, 0)
            counts = counts.assign(**{selected: above}).loc[scored]
    if asked.selected is not None:
        where = f"{table.name}, column '{asked.selected}'"
        counts = counts.assign(
            **{asked.selected: counts_of(table.frame[asked.selected], rows, where)}
        )
    assert selected is not None
    found = impact_of_counts(
        counts, selected, total, groups, stratum=asked.stratum, resamples=asked.resamples
    )
    return GroupAnswer(found, scores, by_median=asked.selected is None)


def _free(name: str, taken: object) -> str:
    while name in taken:  # type: ignore[operator]
        name += "*"
    return name
