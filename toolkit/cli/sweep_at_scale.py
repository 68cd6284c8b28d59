"""``cloutproof sweep --engine``: the same question of rows too many for memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.cli.output import Answer, Table
from toolkit.cli.progress import progress, share_of

if TYPE_CHECKING:
    from toolkit.cli.many_rows import Rows
    from toolkit.screening.screen import Screen


def sweep_at_scale(
    rows: Rows, rule: Screen, score: str, values: int, group: str | None, id_column: str
) -> Answer:
    """Decide with every weight of a score and cut-off on it.

    Parameters
    ----------
    rows : Rows
    rule : Screen
    score : str
    values : int
        How many cut-offs at most.
    group : str or None
        Column of the attribute for the smallest impact ratio.
    id_column : str
    """
    from toolkit.cli.sweep import COLUMNS, coarse
    from toolkit.influence.at_scale.swept import sweep_at_scale
    from toolkit.influence.wording import sweep_headline

    groups = [group] if group else []
    named = rows.codes(id_column)
    engine = rows.opened([*rule.signals, score, *groups], groups, codes=named)
    with progress("Deciding with every weight and cut-off") as step:
        found = sweep_at_scale(
            engine,
            rule,
            score,
            values=values,
            attribute=group,
            id_column=named[0] if named else None,
            progress=share_of(step),
        )
    ground, label = found.ground, found.about.label
    rows.accept(ground.issues)
    said = [
        f"{rule.name}: {ground.survey.rows:,} candidates (engine {engine.name}).",
        sweep_headline(label, found.sweep),
        *(str(issue) for issue in ground.issues),
    ]
    whole = Table.of("Screens", found.sweep.records(), COLUMNS)
    return rows.told(Answer(found.to_dict(), whole, said, (coarse(label, found.sweep),)))


def plan(rows: Rows, rule: Screen, score: str, group: str | None, id_column: str) -> Answer:
    """What would be read how often, without reading it."""
    from toolkit.cli.passes import TO_SELECT, looks_to_freeze, passes

    codes = rows.codes(id_column)
    cuts = [f"{look} (of the screen without scores)" for look in TO_SELECT]
    looks = [
        *rows.looks(codes),
        *looks_to_freeze(rule),
        *cuts,
        f"{score} once, for the values to cut off at, where it has no upper end",
        "every signal once: what the sweep needs of each row, kept in memory",
    ]
    groups = [group] if group else []
    return passes(rows.opened([*codes, *rule.signals, score, *groups]), looks)
