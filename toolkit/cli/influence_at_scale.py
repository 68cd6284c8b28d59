"""``cloutproof influence --engine``: the same question of rows too many for memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.cli.output import Answer, Table
from toolkit.cli.progress import progress, share_of

if TYPE_CHECKING:
    from toolkit.cli.many_rows import Rows
    from toolkit.screening.screen import Screen

COLUMNS = ("signal", "is_score", "nominal_weight", "effective_weight", "shapley_share", "flips")
COUNTS = ("gained_count", "lost_count", "bought_5", "bought_10", "bought_20")
READING = {
    "signal": "signal",
    "nominal_weight": "nominal weight",
    "effective_weight": "effective weight",
    "flips": "flips",
    "gained_count": "gained by it",
    "lost_count": "lost by it",
    "bought_10": "seats that 10 buy",
}
SHARED = {"shapley_share": "share of the decisions"}


def influence_at_scale(
    rows: Rows,
    rule: Screen,
    scores: list[str] | None,
    groups: list[str],
    id_column: str,
    *,
    attribution: bool,
) -> Answer:
    """Count what each signal changes.

    Parameters
    ----------
    rows : Rows
    rule : Screen
    scores : list of str or None
        Signals that count as scores; those recognised where None.
    groups : list of str
        Columns to count by.
    id_column : str
    attribution : bool
        Whether to share the decisions out among the signals too.
    """
    from toolkit.influence.at_scale.counted import influence_at_scale

    named = rows.codes(id_column)
    engine = rows.opened([*named, *rule.signals, *groups], groups, codes=named)
    with progress("Removing each signal in turn") as step:
        found = influence_at_scale(
            engine,
            rule,
            scores,
            groups,
            attribution=attribution,
            id_column=named[0] if named else None,
            progress=share_of(step),
        )
    rows.accept(found.ground.issues)
    records: list[dict[str, object]] = [
        {
            "signal": name,
            "is_score": signal.is_score,
            "nominal_weight": signal.nominal_weight,
            "effective_weight": signal.effective_weight,
            "shapley_share": None if found.shared is None else found.shared.shares[name],
            "flips": signal.flips,
            "gained_count": int(signal.gained.sum()),
            "lost_count": int(signal.lost.sum()),
        }
        | {f"bought_{rise}": seats for rise, seats in signal.seats_bought.items()}
        for name, signal in found.signals.items()
    ]
    candidates, selected = found.ground.survey.rows, int(found.selected.sum())
    said = [
        f"{rule.name}: {selected:,} of {candidates:,} candidates selected (engine {engine.name}).",
        f"Without its scores: no place for {int(found.scores_gained.sum()):,} of them, and one "
        f"for {int(found.scores_lost.sum()):,} who have none now.",
    ]
    said += [str(issue) for issue in found.ground.issues]
    answer = Answer(
        found.to_dict(),
        Table.of("Signals", records, (*COLUMNS, *COUNTS)),
        said,
        [Table.of("Signals", records, READING if found.shared is None else READING | SHARED)],
    )
    return rows.told(answer)


def plan(rows: Rows, rule: Screen, id_column: str, *, attribution: bool) -> Answer:
    """What would be read how often, without reading it."""
    from toolkit.cli.passes import TO_SELECT, looks_to_freeze, passes

    codes = rows.codes(id_column)
    cuts = [f"{look} (of the screen, and of it without each signal)" for look in TO_SELECT]
    looks = [
        *rows.looks(codes),
        *looks_to_freeze(rule),
        *cuts,
        "every signal once, for the last of the selected",
        "every signal once: both decisions of each row compared",
    ]
    if attribution:
        coalitions = 2 ** len(rule.signals) - 1
        looks += [
            f"every signal for the cuts of up to {coalitions:,} coalitions, 256 of them at once: "
            "once, twice where very many are near a cut",
            "codes of those level at the cut of a coalition once, if lots have to be drawn",
            "every signal once: the decisions of all coalitions on each row",
        ]
    return passes(rows.opened([*codes, *rule.signals]), looks)
