"""Deciding over rows that do not fit into memory: who is selected, counted by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.arrays import Ints
from toolkit.engine.engine import Engine
from toolkit.intake.issue import Issue
from toolkit.progress import Progress, parts
from toolkit.scores.catalogue import Catalogue
from toolkit.screening.at_scale.columns import Cells, SignalColumns, signal_columns
from toolkit.screening.at_scale.contest import Contest
from toolkit.screening.at_scale.cut import Cut, Seats, find_seats
from toolkit.screening.at_scale.freezing import freeze_at_scale
from toolkit.screening.at_scale.set_aside import values_set_aside
from toolkit.screening.at_scale.survey import Survey, survey
from toolkit.screening.frozen import FrozenScreen
from toolkit.screening.screen import Screen

#: The column of codes.
ID = "candidate_id"


@dataclass(frozen=True, eq=False)
class Ground:
    """Rows that were looked at once, and the screen frozen on them.

    Parameters
    ----------
    engine : Engine
    columns : SignalColumns
    survey : Survey
    frozen : FrozenScreen
    cells : Cells
        Combinations of the groups asked for.
    id_column : str or None
    issues : tuple of Issue
        Values that were set aside, with their files.
    """

    engine: Engine
    columns: SignalColumns
    survey: Survey
    frozen: FrozenScreen
    cells: Cells
    id_column: str | None
    issues: tuple[Issue, ...] = ()

    @property
    def people(self) -> Ints:
        """How many rows each combination of groups has."""
        everyone: Mapping[tuple[str | None, ...], int] = self.survey.groups
        if not self.cells.columns:
            return np.array([self.survey.rows], dtype=np.int64)
        return np.array([everyone[row] for row in self.cells.members], dtype=np.int64)

    @property
    def missing(self) -> dict[str, int]:
        """How many values of each signal are missing, those that were set aside among them."""
        figures = self.survey.figures
        return {name: figures[name].missing for name in figures if figures[name].missing}

    def seats(
        self,
        removed: tuple[tuple[str, ...], ...] = ((),),
        progress: Progress | None = None,
    ) -> tuple[Contest, Seats]:
        """Cuts and counts of the screen without each of these sets of signals."""
        contest = Contest(self.columns, self.frozen, removed)
        seats = find_seats(self.engine, contest, self.survey, self.cells, self.id_column, progress)
        return contest, seats


@dataclass(frozen=True, eq=False)
class Selection:
    """Who a screen selects, as a condition, and how many.

    Parameters
    ----------
    ground : Ground
    contest : Contest
        The screen alone.
    cut : Cut
    eligible, selected : int64 array, shape (n_cells,)
    """

    ground: Ground
    contest: Contest
    cut: Cut
    eligible: Ints
    selected: Ints

    @property
    def by_group(self) -> pd.DataFrame:
        """Counts of each combination of groups: the groups' columns, ``n`` and ``selected``."""
        return counts_by_group(self.ground, self.selected)

    def to_dict(self) -> dict[str, object]:
        """The JSON of ``decide`` over many rows, which lists no candidates."""
        frozen = self.ground.frozen
        return {
            "screen": frozen.screen.name,
            "screen_digest": frozen.screen.digest,
            "candidates": self.ground.survey.rows,
            "places": frozen.places,
            "eligible": int(self.eligible.sum()),
            "selected": int(self.selected.sum()),
            "tied_at_cut": self.cut.tied,
            "missing_values": frozen.screen.missing,
            "missing": self.ground.missing,
            "engine": self.ground.engine.name,
            "set_aside": [issue.to_dict() for issue in self.ground.issues],
            "groups": self.by_group.astype(object).to_dict("records")
            if self.ground.cells.columns
            else [],
        }


def counts_by_group(ground: Ground, selected: Ints) -> pd.DataFrame:
    """A table of counts, one row a combination of groups."""
    members = ground.cells.members
    frame = pd.DataFrame(
        {
            name: pd.Series([row[at] for row in members], dtype=object)
            for at, name in enumerate(ground.cells.columns)
        }
    )
    return frame.assign(n=ground.people, selected=selected)


def ground_of_rows(
    engine: Engine,
    screen: Screen,
    groups: Sequence[str] = (),
    *,
    others: Sequence[str] = (),
    id_column: str | None = None,
    catalogue: Catalogue | None = None,
    headroom: int = 0,
    alone: bool = False,
    progress: Progress | None = None,
) -> Ground:
    """Look at all rows once and freeze the screen on them.

    Parameters
    ----------
    engine : Engine
    screen : Screen
    groups : sequence of str
        Columns of group membership to count by; they never enter the screen.
    others : sequence of str
        Signals beside the screen's.
    id_column : str, optional
        The column of codes; ``candidate_id`` where there is one.
    catalogue : Catalogue, optional
    headroom : int
        As in `freeze`.
    alone : bool
        Whether the screen's cut is all that will be asked for, which is then foretold.
    progress : callable, optional

    Raises
    ------
    UnknownName, ScreenError, InputError
        If a column is not there or cannot be what it is asked for.
    """
    columns = signal_columns(engine.schema, screen, others, catalogue)
    if id_column is None and ID in engine.schema.names:
        id_column = ID
    foretold = screen if alone and not others else None
    found, columns = survey(engine, columns, tuple(groups), progress, foretold)
    frozen = freeze_at_scale(engine, columns, found.figures, screen, found.rows, headroom)
    cells = Cells.of(groups, list(found.groups)) if groups else Cells()
    faulty = {name: columns.about[name] for name, _ in found.set_aside}
    issues = values_set_aside(engine, SignalColumns(faulty)) if faulty else ()
    return Ground(engine, columns, found, frozen, cells, id_column, issues)


def select(
    engine: Engine,
    screen: Screen,
    groups: Sequence[str] = (),
    *,
    id_column: str | None = None,
    catalogue: Catalogue | None = None,
    progress: Progress | None = None,
) -> Selection:
    """Decide who is selected among any number of rows; the parameters are `ground_of_rows`'s."""
    steps = parts(progress, 2)
    ground = ground_of_rows(
        engine,
        screen,
        groups,
        id_column=id_column,
        catalogue=catalogue,
        alone=True,
        progress=next(steps),
    )
    contest, seats = ground.seats(progress=next(steps))
    return Selection(ground, contest, seats.cuts[0], seats.eligible[0], seats.selected[0])
