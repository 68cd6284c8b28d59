"""A sweep over many rows: every weight of a score and cut-off on it, each decided exactly.

The screen's figures and the cut of the screen without scores come from the engine's looks at
all rows; one more look gathers a few numbers of each candidate who passes the gates: the
composite of everything else, the score's, the cut-offs that the score reaches, the group. With
these the sweep is the one of a cohort in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.arrays import Floats, Ints
from toolkit.engine.engine import Engine
from toolkit.errors import ScreenError, UnknownName
from toolkit.fairness.cells import assign_cells
from toolkit.influence.along_weights import count_along
from toolkit.influence.at_scale.gathered import GatherKernel
from toolkit.influence.sweep import Sweep, current_screen, percents_of
from toolkit.influence.sweep_figures import Ground as Compared
from toolkit.influence.sweep_parts import (
    WHOLE,
    evenly,
    spread_cutoffs,
    thresholds_of,
    without_gates,
)
from toolkit.intake.cohort import Signal
from toolkit.progress import Progress, parts
from toolkit.scores.catalogue import Catalogue
from toolkit.screening.at_scale.columns import SignalColumns, signal_columns
from toolkit.screening.at_scale.freezing import MOST_VALUES, freeze_at_scale, value_counts
from toolkit.screening.at_scale.select import Ground, ground_of_rows
from toolkit.screening.screen import Screen


@dataclass(frozen=True, eq=False)
class SweepAtScale:
    """A sweep, and the rows that it was made over.

    Parameters
    ----------
    sweep : Sweep
        As of a cohort in memory; nobody's score is judged, so no share is inflated.
    ground : Ground
        With the screen without scores, which every other one is compared with.
    about : Signal
        The score.
    groups : tuple of str
        Of the attribute, where one was asked for.
    people : int64 array, shape (n_groups,)
        Candidates of each.
    by_group : int64 array, shape (n_weights, n_cutoffs, n_groups)
        How many of each group are selected.
    """

    sweep: Sweep
    ground: Ground
    about: Signal
    groups: tuple[str, ...]
    people: Ints
    by_group: Ints

    def records(self) -> list[dict[str, object]]:
        """One row a screen; with an attribute, beside the sweep's figures who is selected."""
        records = self.sweep.records()
        if not self.groups:
            return records
        counts = self.by_group.reshape(-1, len(self.groups)).tolist()
        return [
            record | {"selected_by_group": dict(zip(self.groups, own, strict=True))}
            for record, own in zip(records, counts, strict=True)
        ]

    def to_dict(self) -> dict[str, object]:
        """The JSON of ``sweep`` over many rows."""
        survey = self.ground.survey
        return {
            "score": self.sweep.score,
            "candidates": survey.rows,
            "engine": self.ground.engine.name,
            "groups": dict(zip(self.groups, self.people.tolist(), strict=True)),
            "set_aside": [issue.to_dict() for issue in self.ground.issues],
            "screens": self.records(),
        }


def sweep_at_scale(
    engine: Engine,
    screen: Screen,
    score: str,
    *,
    weights: Sequence[int] | None = None,
    cutoffs: Sequence[float] | None = None,
    values: int = WHOLE,
    attribute: str | None = None,
    id_column: str | None = None,
    catalogue: Catalogue | None = None,
    progress: Progress | None = None,
) -> SweepAtScale:
    """Decide with every weight of a score and every cut-off on it, among many rows.

    Parameters
    ----------
    engine : Engine
    screen, score, weights, cutoffs
        As in `toolkit.influence.sweep.sweep`.
    values : int
        How many cut-offs are tried at most beside none and the screen's own, where `cutoffs`
        is left out.
    attribute : str, optional
        Column of groups.
    id_column : str, optional
        The column of codes, for lots; ``candidate_id`` where there is one.
    catalogue : Catalogue, optional
    progress : callable, optional

    Raises
    ------
    UnknownName, ScreenError, InputError
        If a column is not there or cannot be what it is asked for, a weight is not a whole
        percent, or lots have to be drawn among rows without codes.
    """
    percents = percents_of(weights)
    if score not in engine.schema.names:
        raise UnknownName("signal", score, engine.schema.names, "the sweep")
    first, second, third = parts(progress, 3)
    every = signal_columns(engine.schema, screen, [score], catalogue)
    scores = {name for name, signal in every.about.items() if signal.is_score} | {score}
    ground = ground_of_rows(
        engine,
        screen.without(*(signal for signal in screen.signals if signal in scores)),
        [] if attribute is None else [attribute],
        others=every.names,
        id_column=id_column,
        catalogue=catalogue,
        progress=first,
    )
    plain, seats = ground.seats()
    figures = ground.survey.figures
    steps = (
        _spread(engine, ground.columns, screen, score, ground, values)
        if cutoffs is None
        else np.array(cutoffs, dtype=np.float64)
    )
    rule = without_gates(evenly(screen, [score]), [score])
    frozen = freeze_at_scale(
        engine, ground.columns, figures, rule, ground.survey.rows, WHOLE.bit_length()
    )
    groups, group = _groups(ground)
    compared = Compared(
        cell=group,
        n_cells=4 * (len(groups) + 1),
        value=np.zeros(0),
        n_chosen=int(seats.selected.sum()),
        people=np.bincount(group, ground.people, len(groups) + 1)[:-1].astype(np.int64),
        judged=False,
        grouped=attribute is not None,
    )
    bits = (compared.n_cells - 1).bit_length()
    thresholds = thresholds_of(figures[score], steps)
    kernel = GatherKernel(
        plain, seats.cuts[0], frozen, score, thresholds, ground.cells, group, bits, ground.id_column
    )
    columns = dict.fromkeys([*ground.columns.names, *ground.cells.columns])
    if ground.id_column is not None:
        columns[ground.id_column] = None
    gathered = engine.add_up(list(columns), kernel, second)
    assert gathered is not None
    everybody = gathered.everybody(frozen, bits, steps.size)
    counts, totals = count_along(everybody, percents, compared.n_cells, third)
    table = counts.reshape(*counts.shape[:-1], len(groups) + 1, 4)
    return SweepAtScale(
        sweep=Sweep(
            **vars(compared.figures(counts, totals)),
            score=score,
            weights=percents,
            cutoffs=steps,
            current=current_screen(
                screen, score, percents, steps, lacking=bool(figures[score].missing)
            ),
        ),
        ground=ground,
        about=ground.columns.about[score],
        groups=groups,
        people=compared.people,
        by_group=table[..., :-1, :].sum(axis=-1),
    )


def _groups(ground: Ground) -> tuple[tuple[str, ...], Ints]:
    """The groups of the attribute, and the number of each cell's; unknown ones are last."""
    names = ground.cells.columns
    if not names:
        return (), np.zeros(1, dtype=np.int64)
    members = pd.DataFrame(ground.cells.members, columns=list(names), dtype=object)
    cells = assign_cells(members, list(names))
    labels = tuple(cells.layout.labels[0])
    member = cells.layout.members[cells.of_row, 0]
    return labels, np.where(member < 0, len(labels), member).astype(np.int64)


def _spread(
    engine: Engine,
    columns: SignalColumns,
    screen: Screen,
    score: str,
    ground: Ground,
    values: int,
) -> Floats:
    """The usual cut-offs of the score."""

    def ranked(at: Ints) -> Ints:
        asked = SignalColumns({score: columns.about[score]})
        try:
            present, count = value_counts(engine, asked, [score])[score]
        except ScreenError as error:
            raise ScreenError(
                f"'{score}' has no upper end and more than {MOST_VALUES:,} different values, too "
                "many to spread cut-offs over. Round the values."
            ) from error
        return present[np.searchsorted(np.cumsum(count), at, side="right")]

    about = columns.about[score]
    return spread_cutoffs(about, screen, ground.survey.figures[score], ranked, values)
