"""Those who are suspected, as rows to be written out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.arrays import Floats
from toolkit.inflation.at_scale.counted import InflationAtScale
from toolkit.inflation.at_scale.judge import RUN, Judge
from toolkit.progress import Progress
from toolkit.screening.at_scale.code_column import required_codes

SCHEMA = pa.schema(
    [
        ("candidate_id", pa.string()),
        *((name, pa.float64()) for name in RUN),
        ("suspicion", pa.float64()),
        ("flagged_from_rate", pa.float64()),
        ("reasons", pa.list_(pa.string())),
    ]
)


@dataclass(frozen=True)
class FlaggedKernel:
    """From a batch to its suspected candidates, with the reasons.

    Parameters
    ----------
    judge : Judge
    id_column : str
    """

    judge: Judge
    id_column: str

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        judged = self.judge.judged(batch)
        rows = np.flatnonzero(judged.flagged)
        findings = [judged.findings[name] for name in RUN]
        reasons = [
            [str(text) for finding in findings for text in finding.explain(row).reasons]
            for row in rows.tolist()
        ]
        return pa.RecordBatch.from_arrays(
            [
                pc.cast(batch.column(self.id_column).take(pa.array(rows)), pa.string()),
                *(_known(finding.probability[rows]) for finding in findings),
                _known(judged.suspicion[rows]),
                _known(judged.flagged_from_rate[rows]),
                pa.array(reasons, pa.list_(pa.string())),
            ],
            schema=SCHEMA,
        )


def _known(values: Floats) -> pa.Array:
    """Probabilities; where there were not enough facts, missing."""
    return pa.array(values, mask=np.isnan(values))


def write_flagged(found: InflationAtScale, out: Path, progress: Progress | None = None) -> int:
    """Write those who are suspected into a folder of Parquet files.

    Parameters
    ----------
    found : InflationAtScale
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
    codes = required_codes(found.id_column, "the suspected", "who they are")
    kernel = FlaggedKernel(found.judge, codes)
    columns = list(dict.fromkeys([codes, *found.judge.columns]))
    return found.engine.write(columns, kernel, SCHEMA, out, _plan(found), progress=progress)


def _plan(found: InflationAtScale) -> str:
    """Says what is written, the same in every run over the same rows."""
    judge, profile = found.judge, found.judge.work.profile
    known = [
        judge.false_flag_rate,
        profile.as_of,
        profile.accounts,
        dict(profile.numbers.about),
        sorted(profile.numbers.checked),
        dict(judge.work.figures),
        judge.lines,
    ]
    judged_by = hashlib.sha256(repr(known).encode()).hexdigest()
    return f"suspected inflation over {found.candidates} rows, judged by {judged_by}"
