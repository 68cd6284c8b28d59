"""What each signal changes among many rows, in counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from toolkit.arrays import Floats, Ints
from toolkit.engine.engine import Engine
from toolkit.errors import UnknownName
from toolkit.influence.at_scale.attribution import DecisionsShared, shared_decisions
from toolkit.influence.at_scale.flips import FlipKernel
from toolkit.influence.at_scale.last_in import last_in
from toolkit.influence.influence import RISES
from toolkit.progress import Progress, parts
from toolkit.scores.catalogue import Catalogue
from toolkit.screening.at_scale.select import Ground, counts_by_group, ground_of_rows
from toolkit.screening.screen import Screen


@dataclass(frozen=True, eq=False)
class SignalInfluenceAtScale:
    """What one signal changes.

    Parameters
    ----------
    signal, label : str
    is_score : bool
    nominal_weight : float
    effective_weight : float or None
    gained, lost : int64 array, shape (n_cells,)
        Who is selected only because of the signal, and who would be without it, by group.
    seats_bought : mapping of str to int
        As in `toolkit.influence.influence.SignalInfluence`.
    composite_part : float array, shape (n_cells,)
        Its mean part in the composites of each group; see `Flips.composite_parts`.
    """

    signal: str
    label: str
    is_score: bool
    nominal_weight: float
    effective_weight: float | None
    gained: Ints
    lost: Ints
    seats_bought: Mapping[str, int]
    composite_part: Floats

    @property
    def flips(self) -> int:
        return int(self.gained.sum() + self.lost.sum())


@dataclass(frozen=True, eq=False)
class InfluenceAtScale:
    """What every signal of a screen changes among many rows.

    Parameters
    ----------
    ground : Ground
    selected : int64 array, shape (n_cells,)
    signals : mapping of str to SignalInfluenceAtScale
    scores_gained, scores_lost : int64 array, shape (n_cells,)
        What removing every score at once changes.
    shared : DecisionsShared or None
        The decisions shared out among the signals, where it was asked for.
    """

    ground: Ground
    selected: Ints
    signals: Mapping[str, SignalInfluenceAtScale]
    scores_gained: Ints
    scores_lost: Ints
    shared: DecisionsShared | None = None

    def by_group(self, signal: str) -> pd.DataFrame:
        """Counts of each combination of groups, and what one signal does to it."""
        found = self.signals[signal]
        frame = counts_by_group(self.ground, self.selected)
        frame = frame.assign(
            gained=found.gained, lost=found.lost, composite_part=found.composite_part
        )
        return (
            frame if self.shared is None else frame.assign(decision_part=self.shared.parts[signal])
        )

    def to_dict(self) -> dict[str, object]:
        """The JSON of ``influence`` over many rows: counts where it lists candidates."""
        frozen = self.ground.frozen
        grouped = bool(self.ground.cells.columns)
        return {
            "screen": frozen.screen.name,
            "screen_digest": frozen.screen.digest,
            "candidates": self.ground.survey.rows,
            "places": frozen.places,
            "selected": int(self.selected.sum()),
            "engine": self.ground.engine.name,
            "signals": {
                name: {
                    "label": found.label,
                    "is_score": found.is_score,
                    "nominal_weight": found.nominal_weight,
                    "effective_weight": found.effective_weight,
                    "shapley_share": None if self.shared is None else self.shared.shares[name],
                    "flips": found.flips,
                    "gained_count": int(found.gained.sum()),
                    "lost_count": int(found.lost.sum()),
                    "seats_bought": dict(found.seats_bought),
                    "groups": self.by_group(name).astype(object).to_dict("records")
                    if grouped
                    else [],
                }
                for name, found in self.signals.items()
            },
            "all_scores_removed": {
                "flips": int(self.scores_gained.sum() + self.scores_lost.sum()),
                "gained_count": int(self.scores_gained.sum()),
                "lost_count": int(self.scores_lost.sum()),
            },
            "set_aside": [issue.to_dict() for issue in self.ground.issues],
        } | ({} if self.shared is None else {"attribution": "exact"})


def influence_at_scale(
    engine: Engine,
    screen: Screen,
    scores: Sequence[str] | None = None,
    groups: Sequence[str] = (),
    *,
    attribution: bool = False,
    id_column: str | None = None,
    catalogue: Catalogue | None = None,
    progress: Progress | None = None,
) -> InfluenceAtScale:
    """What each signal of a screen changes in who is selected, among any number of rows.

    Parameters
    ----------
    engine : Engine
    screen : Screen
    scores : sequence of str, optional
        Signals of the screen that count as scores; those recognised where left out.
    groups : sequence of str
        Columns to count by.
    attribution : bool
        Whether to share the decisions out by Shapley's value too, which goes through every
        coalition of signals.
    id_column : str, optional
        The column of codes, for lots; ``candidate_id`` where there is one.
    catalogue : Catalogue, optional
    progress : callable, optional

    Raises
    ------
    UnknownName, ScreenError, InputError
        If a column is not there or cannot be what it is asked for.
    """
    steps = parts(progress, 3 + attribution)
    ground = ground_of_rows(
        engine, screen, groups, id_column=id_column, catalogue=catalogue, progress=next(steps)
    )
    about = ground.columns.about
    for name in scores or ():
        if name not in about:
            raise UnknownName("signal", name, about, "the scores asked for")
    named = {n for n, signal in about.items() if signal.is_score} if scores is None else {*scores}
    used = tuple(signal for signal in screen.signals if signal in named)
    removed = ((), *((signal,) for signal in screen.signals), used)
    contest, seats = ground.seats(removed, next(steps))
    free = int(seats.eligible[0].sum()) < ground.frozen.places
    last = None if free else last_in(ground, contest, seats.cuts[0])
    kernel = FlipKernel(contest, seats.cuts, ground.cells, ground.id_column, last)
    columns = dict.fromkeys([*ground.columns.names, *ground.cells.columns])
    if ground.id_column is not None:
        columns[ground.id_column] = None
    found = engine.add_up(list(columns), kernel, next(steps))
    assert found is not None
    effective, composite_parts = found.effective_weights(ground), found.composite_parts(ground)
    return InfluenceAtScale(
        ground,
        seats.selected[0],
        {
            signal: SignalInfluenceAtScale(
                signal,
                about[signal].label,
                signal in used,
                screen.nominal_weight(signal),
                effective[signal],
                found.gained[at],
                found.lost[at],
                {str(rise): int(n) for rise, n in zip(RISES, found.bought[at - 1], strict=True)},
                composite_parts[signal],
            )
            for at, signal in enumerate(screen.signals, 1)
        },
        found.gained[-1],
        found.lost[-1],
        shared_decisions(ground, next(steps)) if attribution else None,
    )
