"""``cloutproof inflation --engine``: the same question of rows too many for memory."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cli.out_folder import require_folder_here
from toolkit.cli.output import Answer, Table
from toolkit.cli.progress import progress, share_of
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.cli.many_rows import Rows
    from toolkit.inflation.at_scale.counted import InflationAtScale
    from toolkit.screening.screen import Screen

ANY = "any"


def inflation_at_scale(
    rows: Rows,
    rule: Screen | None,
    *,
    groups: list[str],
    id_column: str,
    false_flag_rate: float,
    as_of: dt.date | None,
    flagged: Path | None,
) -> Answer:
    """Count who is suspected, and write them out where asked.

    Parameters
    ----------
    rows : Rows
    rule : Screen or None
        Whose selection is tested.
    groups : list of str
        Columns to count by.
    id_column : str
    false_flag_rate : float
    as_of : date or None
    flagged : Path or None
        Folder to write the suspected into.
    """
    from toolkit.inflation.at_scale.counted import inflation_at_scale
    from toolkit.inflation.at_scale.flagged_rows import write_flagged

    named = rows.codes(id_column, needed=flagged is not None)
    columns = [*named, *_columns(rows, as_of), *(rule.signals if rule else ()), *groups]
    if flagged is not None:
        require_folder_here(flagged, rows.engine)
    engine = rows.opened(columns, groups, codes=named)
    with progress("Judging accounts") as step:
        found = inflation_at_scale(
            engine,
            rule,
            groups,
            false_flag_rate=false_flag_rate,
            as_of=as_of,
            id_column=named[0] if named else None,
            progress=share_of(step),
        )
    rows.accept(found.set_aside)
    if flagged is not None:
        with progress("Writing the suspected") as step:
            write_flagged(found, flagged, share_of(step))
    data = found.to_dict() | {"flagged_at": None if flagged is None else str(flagged)}
    records = _records(found)
    table = Table.of("Suspected inflation", records, list(records[0]))
    return rows.told(Answer(data, table, _summary(found, flagged)))


def plan(
    rows: Rows,
    rule: Screen | None,
    *,
    id_column: str,
    as_of: dt.date | None,
    flagged: Path | None,
) -> Answer:
    """What would be read how often, without reading it."""
    from toolkit.cli.passes import TO_SELECT, looks_to_freeze, passes

    codes = rows.codes(id_column, needed=flagged is not None)
    looks = rows.looks(codes)
    if rule is None:
        looks.append("every column once: figures, groups, and values that no column can have")
    else:
        looks += looks_to_freeze(rule)
    looks.append("social scores and evidence two to eleven times, for the line of each score")
    if rule is not None:
        looks += [f"{look} (of the screen, and of it without each score)" for look in TO_SELECT]
        looks.append("evidence up to six times, for its quarters")
    looks.append("every column once: each row judged, and the suspected counted")
    if flagged is not None:
        looks.append("every column and the codes once, the suspected written out")
    columns = [*codes, *_columns(rows, as_of), *(rule.signals if rule else ())]
    return passes(rows.opened(columns), looks)


def _columns(rows: Rows, as_of: dt.date | None) -> list[str]:
    """The columns that detectors look at."""
    from toolkit.engine.choose import columns_of
    from toolkit.inflation.at_scale.profile import columns_of_interest

    names = columns_of_interest(columns_of(rows.where, rows.engine, rows.master), as_of)
    if not names:
        raise InputError(
            f"{rows.where}: no column holds a score, a fact of an account or evidence of work. "
            "Columns are known by their names: klout, followers, posts, portfolio."
        )
    return names


def _records(found: InflationAtScale) -> list[dict[str, object]]:
    from toolkit.inflation.at_scale.judge import RUN

    records: list[dict[str, object]] = []
    for name in (None, *RUN):
        frame = found.by_group(name).astype(object)
        frame.insert(0, "detector", name or ANY)
        records += [dict(zip(frame.columns, row, strict=True)) for row in frame.to_numpy().tolist()]
    return records


def _summary(found: InflationAtScale, flagged: Path | None) -> list[str]:
    said = [
        f"Inflation is suspected for {found.flagged:,} of {found.candidates:,} candidates (engine "
        f"{found.engine.name}). A suspicion is a reason to look, not a finding."
    ]
    if found.not_assessed:
        said.append(f"For {found.not_assessed:,} there are not enough facts to say anything.")
    if found.reward is not None:
        said.append(found.reward.sentence)
    said.append("Histories and samples of followers take many rows for each candidate: not run.")
    said += [str(issue) for issue in found.issues]
    if flagged is not None:
        said.append(f"The suspected are in {flagged}.")
    return said
