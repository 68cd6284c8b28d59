"""The decision of each row, as rows to be written out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.arrays import Bools, Floats
from toolkit.progress import Progress
from toolkit.screening.at_scale.code_column import required_codes
from toolkit.screening.at_scale.contest import Contest
from toolkit.screening.at_scale.cut import Cut
from toolkit.screening.at_scale.select import Selection

SCHEMA = pa.schema(
    [
        ("candidate_id", pa.string()),
        ("selected", pa.bool_()),
        ("composite", pa.float64()),
        ("eligible", pa.bool_()),
        ("tied_at_cut", pa.bool_()),
    ]
)


def decision_rows(
    ids: pa.Array, selected: Bools, composite: Floats, eligible: Bools, tied: Bools
) -> pa.RecordBatch:
    """Rows of the table of decisions; NaN composites are missing ones."""
    return pa.RecordBatch.from_arrays(
        [
            pc.cast(ids, pa.string()),
            pa.array(selected),
            pa.array(composite, mask=np.isnan(composite)),
            pa.array(eligible),
            pa.array(tied),
        ],
        schema=SCHEMA,
    )


@dataclass(frozen=True)
class DecisionKernel:
    """From a batch to its decisions.

    Parameters
    ----------
    contest : Contest
        Of the screen alone.
    cut : Cut
    id_column : str
    """

    contest: Contest
    cut: Cut
    id_column: str

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        (standing,) = self.contest.standings(batch)
        ids = batch.column(self.id_column)
        exponent = self.contest.frozen.exponent
        composite = np.ldexp(standing.keys[0].astype(np.float64), -exponent)
        if self.contest.frozen.screen.missing == "reject":
            for column in self.contest.columns.fixed(batch).values():
                composite[column.missing] = np.nan
        return decision_rows(
            ids,
            self.cut.selects(standing, ids),
            composite,
            standing.eligible,
            self.cut.tied_rows(standing),
        )


def write_decisions(selection: Selection, out: Path, progress: Progress | None = None) -> int:
    """Write the decision of every row into a folder of Parquet files.

    Parameters
    ----------
    selection : Selection
    out : Path
        A folder that does not exist yet; it appears when it is whole.
    progress : callable, optional

    Returns
    -------
    int
        Rows written.

    Raises
    ------
    InputError
        If the rows have no column of codes, or the folder exists.
    """
    ground = selection.ground
    codes = required_codes(ground.id_column, "decisions", "whose they are")
    kernel = DecisionKernel(selection.contest, selection.cut, codes)
    columns = list(dict.fromkeys([codes, *ground.columns.names]))
    digest = ground.frozen.screen.digest
    plan = f"decisions of screen {digest} over {ground.survey.rows} rows, cut {selection.cut.last}"
    return ground.engine.write(columns, kernel, SCHEMA, out, plan, progress=progress)
