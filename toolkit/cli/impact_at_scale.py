"""``cloutproof impact --engine``: rows too many for memory, reduced to counts by an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.cli.group_question import GroupAnswer, GroupQuestion
from toolkit.cli.progress import progress, share_of
from toolkit.errors import InputError
from toolkit.intake.issue import Issue

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.cli.many_rows import Rows
    from toolkit.cli.output import Answer
    from toolkit.screening.screen import Screen


def answer_rows(rows: Rows, asked: GroupQuestion, screen: Screen | None) -> GroupAnswer:
    """Compare the groups of many rows, one person each.

    Counts are all that the figures need, so the rows are gone through once, by column values;
    with a screen, as often as deciding takes.

    Parameters
    ----------
    rows : Rows
    asked : GroupQuestion
    screen : Screen or None
        Decides, where no column says who was selected.

    Raises
    ------
    InputError
        If the question needs more than counts, or a decision cannot be read.
    """
    from toolkit.fairness.impact import impact_of_counts

    beyond = {
        "--score": asked.score,
        "--outcome": asked.outcome,
        "--total": asked.total,
    }
    named = [option for option, value in beyond.items() if value is not None]
    if named:
        raise InputError(f"An engine reduces rows to counts: leave out {' and '.join(named)}.")
    by = [*asked.groups, *([asked.stratum] if asked.stratum else [])]
    counts = _decided(rows, by, screen) if screen is not None else _recorded(rows, by, asked)
    found = impact_of_counts(
        counts,
        "selected",
        "n",
        list(asked.groups),
        stratum=asked.stratum,
        resamples=asked.resamples,
    )
    return GroupAnswer(found)


def _decided(rows: Rows, by: list[str], screen: Screen) -> pd.DataFrame:
    from toolkit.screening.at_scale.select import select

    codes = rows.codes("candidate_id")
    engine = rows.opened([*codes, *screen.signals, *by], by, codes=codes)
    with progress("Deciding") as step:
        found = select(
            engine, screen, by, id_column=codes[0] if codes else None, progress=share_of(step)
        )
    rows.accept(found.ground.issues)
    rows.say(found.ground.issues)
    return found.by_group


def _recorded(rows: Rows, by: list[str], asked: GroupQuestion) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    from toolkit.engine.counting import CountCombinations
    from toolkit.intake.decision_column import selected_of

    assert asked.selected is not None
    columns = list(dict.fromkeys([*by, asked.selected]))
    engine = rows.opened(columns, columns)
    with progress("Counting") as step:
        found = engine.add_up(columns, CountCombinations(tuple(columns)), share_of(step))
    if found is None:
        raise InputError(f"{rows.where}: there are no rows. Name files that hold some.")
    frame = pd.DataFrame(list(found.counts), columns=columns, dtype=object)
    n = np.array(list(found.counts.values()), dtype=np.int64)
    unsaid = int(n[frame[asked.selected].isna().to_numpy()].sum())
    where = f"{rows.where}, column '{asked.selected}'"
    if unsaid:
        said = f"{unsaid:,} rows do not say what was decided."
        if not rows.set_aside:
            raise InputError(f"{where}: {said} Fill that in, or leave them out with --set-aside.")
        told = frame[asked.selected].notna().to_numpy()
        frame, n = frame[told].reset_index(drop=True), n[told]
        rows.say([Issue("warning", f"{said} They were set aside.", column=asked.selected)])
    chosen = selected_of(frame[asked.selected], range(len(frame)), where, asked.selected_value)
    return frame[by].assign(n=n, selected=np.where(chosen, n, 0))


def plan(rows: Rows, asked: GroupQuestion, screen: Screen | None) -> Answer:
    """What would be read how often, without reading it."""
    from toolkit.cli.passes import TO_DECIDE, looks_to_freeze, passes

    by = [*asked.groups, *([asked.stratum] if asked.stratum else [])]
    if screen is None:
        columns = [*by, *([asked.selected] if asked.selected else [])]
        looks = [f"{' and '.join(columns)} once, their combinations counted"]
        return passes(rows.opened(columns, columns), [*rows.looks([]), *looks])
    codes = rows.codes("candidate_id")
    looks = [*rows.looks(codes), *looks_to_freeze(screen), *TO_DECIDE]
    return passes(rows.opened([*codes, *screen.signals, *by], by), looks)
