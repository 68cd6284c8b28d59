"""``cloutproof spikes``: which months of a history look like a bought campaign?"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.options import Form, Out
from toolkit.cli.output import Answer, Format, Table, emit, printable
from toolkit.cli.program import program
from toolkit.cli.progress import progress
from toolkit.cli.tables import table_for

if TYPE_CHECKING:
    from toolkit.inflation.spikes import SpikesFound

COLUMNS = (
    "series",
    "month",
    "count",
    "share_of_total",
    "bought",
    "by_shape",
    "suspected",
    "events_known",
)


class Counted(StrEnum):
    STARS = "stars"
    OTHER = "other"


@program.command()
def spikes(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A table, one row a month of a series.")
    ],
    beside: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="What else happened in the repositories: counts of their events."
        ),
    ] = None,
    counted: Annotated[
        Counted, typer.Option(help="What the counts are; the models know stars best.")
    ] = Counted.STARS,
    false_flag_rate: Annotated[
        float,
        typer.Option(
            metavar="SHARE", min=0.0001, max=0.5, help="Organic spikes that may be suspected."
        ),
    ] = 0.05,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Which months of a history look like a bought campaign?"""
    from toolkit.inflation.long_series import has_series
    from toolkit.inflation.repository_events import WANTED, has_events
    from toolkit.inflation.spikes import spikes

    with progress("Reading"):
        table = table_for(file, has_series, "'series', 'month' and 'count'")
        events = table_for(beside, has_events, WANTED) if beside else None
    with progress("Looking for spikes"):
        found = spikes(
            table.frame,
            beside=None if events is None else events.frame,
            counted=counted.value,
            false_flag_rate=false_flag_rate,
            file=table.file,
            sheet=table.sheet,
            beside_file=events.file if events else "",
            beside_sheet=events.sheet if events else None,
        )
    read = table.issues if events is None else (*table.issues, *events.issues)
    for issue in (*read, *found.series.issues):
        if issue.level != "note":
            print(f"cloutproof: {printable(str(issue))}", file=sys.stderr)
    emit(answer_of(found), form, out)


def answer_of(found: SpikesFound) -> Answer:
    from toolkit.inflation.spike_features import FARTHEST_BACK

    data = found.to_dict()
    records = [vars(spike) for spike in found.spikes]
    order = sorted(range(len(records)), key=lambda at: (-(found.spikes[at].bought or 0.0), at))
    said = [
        f"{data['suspected']:,} of {len(records):,} months that stand out are consistent with a "
        f"bought campaign, in {data['series']:,} series. Suspected from "
        f"{found.operating_point:.2f} on, which {found.false_flag_rate:.0%} of organic spikes "
        "reach. A suspicion is a reason to look, not a finding."
    ]
    far = int((found.suspected & found.farther_back).sum())
    if far and found.counted == "stars":
        said.append(
            f"{far:,} of the suspected lie more than {FARTHEST_BACK} months before the end of "
            "their history, where no campaign is known to the models: by their shape alone, from "
            f"{found.operating_point_by_shape:.2f} on."
        )
    if found.operating_point_beside is not None:
        said.append(
            f"{int(found.events_known.sum()):,} of them were judged with what else happened in the "
            f"repository, suspected from {found.operating_point_beside:.2f} on."
        )
    if data["not_judged"]:
        said.append(f"{data['not_judged']:,} series are too short to judge.")
    return Answer(data, Table.of("Months that stand out", records, COLUMNS, order), said)
