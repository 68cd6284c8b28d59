"""``cloutproof decide --engine``: the same question of rows too many for memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cli.out_folder import require_folder_here
from toolkit.cli.output import Answer, Table
from toolkit.cli.progress import progress, share_of

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.cli.many_rows import Rows
    from toolkit.engine.engine import Engine
    from toolkit.screening.screen import Screen


def decide_at_scale(
    rows: Rows,
    rule: Screen,
    *,
    groups: list[str],
    id_column: str,
    requisition: str | None,
    decisions: Path | None,
) -> Answer:
    """Count who is selected, and write the decisions where asked.

    Parameters
    ----------
    rows : Rows
    rule : Screen
    groups : list of str
        Columns to count by.
    id_column : str
    requisition : str or None
        Column that names the requisition, where each is decided by itself.
    decisions : Path or None
        Folder to write every decision into.
    """
    named = rows.codes(id_column, needed=bool(requisition or decisions))
    columns = [*named, *rule.signals, *groups, *([requisition] if requisition else [])]
    if decisions is not None:
        require_folder_here(decisions, rows.engine)
    engine = rows.opened(columns, groups, codes=named)
    if requisition is not None:
        return _per_requisition(rows, engine, rule, groups, id_column, requisition, decisions)
    from toolkit.screening.at_scale.decision_rows import write_decisions
    from toolkit.screening.at_scale.select import select

    with progress("Deciding") as step:
        found = select(
            engine, rule, groups, id_column=named[0] if named else None, progress=share_of(step)
        )
    rows.accept(found.ground.issues)
    if decisions is not None:
        with progress("Writing decisions") as step:
            write_decisions(found, decisions, share_of(step))
    data = found.to_dict() | {"decisions_at": None if decisions is None else str(decisions)}
    said = [
        f"{rule.name}: {int(found.selected.sum()):,} of {found.ground.survey.rows:,} candidates "
        f"selected, {found.ground.frozen.places:,} places (engine {engine.name})."
    ]
    if found.cut.tied:
        said.append(f"{found.cut.tied:,} candidates are alike at the cut and were drawn by lot.")
    if found.ground.missing:
        gaps = [f"{signal} ({count:,})" for signal, count in found.ground.missing.items()]
        said.append(
            f"Values are missing in {', '.join(gaps)}; the screen treats them as '{rule.missing}'."
        )
    said += [str(issue) for issue in found.ground.issues]
    if decisions is not None:
        said.append(f"The decisions are in {decisions}.")
    frame = found.by_group
    return rows.told(Answer(data, Table.of("Counts", _records(frame), list(frame.columns)), said))


def _per_requisition(
    rows: Rows,
    engine: Engine,
    rule: Screen,
    groups: list[str],
    id_column: str,
    requisition: str,
    decisions: Path | None,
) -> Answer:
    from toolkit.screening.at_scale.per_requisition import (
        select_per_requisition,
        write_per_requisition,
    )

    with progress("Deciding each requisition") as step:
        counts = select_per_requisition(
            engine, rule, requisition, groups, id_column=id_column, progress=share_of(step)
        )
    rows.accept(counts.issues)
    if decisions is not None:
        with progress("Writing decisions") as step:
            write_per_requisition(
                engine, rule, requisition, decisions, id_column=id_column, progress=share_of(step)
            )
    frame = counts.frame()
    records = _records(frame)
    data = {
        "screen": rule.name,
        "screen_digest": rule.digest,
        "candidates": int(frame["n"].sum()),
        "requisitions": int(frame["requisition"].nunique(dropna=False)),
        "selected": int(frame["selected"].sum()),
        "tied_at_cut": int(frame["tied_at_cut"].sum()),
        "values_set_aside": counts.set_aside,
        "set_aside": [issue.to_dict() for issue in counts.issues],
        "engine": engine.name,
        "counts": records,
        "decisions_at": None if decisions is None else str(decisions),
    }
    said = [
        f"{rule.name}: {data['selected']:,} of {data['candidates']:,} candidates selected in "
        f"{data['requisitions']:,} requisitions (engine {engine.name})."
    ]
    said += [str(issue) for issue in counts.issues]
    if decisions is not None:
        said.append(f"The decisions are in {decisions}.")
    return rows.told(Answer(data, Table.of("Counts", records, list(frame.columns)), said))


def plan(
    rows: Rows,
    rule: Screen,
    *,
    id_column: str,
    requisition: str | None,
    decisions: Path | None,
) -> Answer:
    """What would be read how often, without reading it."""
    from toolkit.cli.passes import TO_DECIDE, looks_to_freeze, passes

    codes = rows.codes(id_column, needed=bool(requisition or decisions))
    engine = rows.opened([*codes, *rule.signals, *([requisition] if requisition else [])])
    if requisition is not None:
        looks = [f"every row once, sorted into buckets by {requisition}, and each bucket decided"]
        written = "the same again, written out"
    else:
        looks = [*looks_to_freeze(rule), *TO_DECIDE]
        written = "every signal and the codes once, written out with the decisions"
    looks = [*rows.looks(codes), *looks]
    return passes(engine, [*looks, *([written] if decisions is not None else [])])


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """The rows of a table of counts; None where there is no value."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [dict(zip(plain.columns, row, strict=True)) for row in plain.to_numpy().tolist()]
