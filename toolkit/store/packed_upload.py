"""An upload as bytes: the tables as read, what they were taken for, and the user's own scores.

A ZIP with one Parquet file a table and a JSON with the rest. Secrets never get as far as
here, so that they are nowhere in the store; the uploaded files themselves are not kept.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from toolkit.errors import InputError, StoreError
from toolkit.intake.cohort import Cohort
from toolkit.intake.column_role import ColumnRole
from toolkit.intake.issue import Issue
from toolkit.intake.mapping import ColumnEntry, ColumnMapping, TableEntry
from toolkit.intake.raw_table import RawTable
from toolkit.intake.read import cohort_of
from toolkit.intake.read_file import Reading
from toolkit.scores.catalogue import Catalogue, load_catalogue

_FORMAT = 1
_ABOUT = "upload.json"
#: The same bytes for the same upload.
_MADE = (1980, 1, 1, 0, 0, 0)
_NAME_OF_ROWS = "\x00row"


@dataclass(frozen=True, eq=False)
class Upload:
    """What was uploaded, as it was understood.

    Parameters
    ----------
    name : str
        What the candidates are called on the pages.
    reading : Reading
    mapping : ColumnMapping
    own_scores : str
        The user's own scores as TOML text.
    """

    name: str
    reading: Reading
    mapping: ColumnMapping
    own_scores: str = ""

    def catalogue(self) -> Catalogue:
        """The shipped scores and the user's own."""
        shipped = load_catalogue()
        return shipped.extended(self.own_scores) if self.own_scores else shipped

    def cohort(self) -> Cohort:
        """The candidates.

        Raises
        ------
        InputError
            If nobody is left in the tables.
        """
        if not self.reading.tables:
            raise InputError("Every candidate of these files was erased. Upload others.")
        return cohort_of(self.reading, self.mapping, self.catalogue())


def packed(upload: Upload) -> bytes:
    """The upload as bytes, the same for the same upload."""
    tables = upload.reading.tables
    about = {
        "format": _FORMAT,
        "name": upload.name,
        "own_scores": upload.own_scores,
        "sources": dict(upload.reading.sources),
        "issues": [asdict(issue) for issue in upload.reading.issues],
        "mapping": {
            "tables": [asdict(entry) for entry in upload.mapping.tables],
            "entries": [asdict(entry) for entry in upload.mapping.entries],
        },
        "tables": [_about_table(table) for table in tables],
    }
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        text = json.dumps(about, ensure_ascii=False, sort_keys=True).encode()
        _add(archive, _ABOUT, text, zipfile.ZIP_DEFLATED)
        for number, table in enumerate(tables):
            _add(archive, f"{number}.parquet", _cells(table.frame), zipfile.ZIP_STORED)
    return whole.getvalue()


def unpacked(content: bytes) -> Upload:
    """The upload that the bytes were made of.

    Raises
    ------
    StoreError
        If they are damaged, or were made by a newer program.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            about = json.loads(archive.read(_ABOUT))
            if about["format"] != _FORMAT:
                raise StoreError(
                    "These candidates were kept by a newer version of Cloutproof. Install the "
                    "version that last used this store, or a later one."
                )
            tables = tuple(
                _table(raw, archive.read(f"{number}.parquet"))
                for number, raw in enumerate(about["tables"])
            )
    except (zipfile.BadZipFile, KeyError, ValueError, pa.ArrowException) as error:
        raise StoreError(
            "The candidates in the store are damaged. Restore the store from its last backup."
        ) from error
    reading = Reading(tables, tuple(map(_issue, about["issues"])), about["sources"])
    return Upload(about["name"], reading, _mapping(about["mapping"]), about["own_scores"])


def _about_table(table: RawTable) -> dict[str, object]:
    return {
        "file": table.file,
        "sheet": table.sheet,
        "decimal": table.decimal,
        "typed": table.typed,
        "kind": table.kind,
        "refused": list(table.refused),
        "secrets": table.secrets,
        "issues": [asdict(issue) for issue in table.issues],
    }


def _table(about: Mapping[str, Any], cells: bytes) -> RawTable:
    found = pq.read_table(io.BytesIO(cells))
    rows = found.column(0).to_numpy()
    frame = found.drop_columns([_NAME_OF_ROWS]).to_pandas() if found.num_columns > 1 else None
    if frame is None:
        frame = pd.DataFrame(index=range(len(rows)))
    frame = frame.set_axis(pd.Index(rows, dtype=np.int64), axis=0).astype("str")
    return RawTable(
        about["file"],
        about["sheet"],
        frame,
        about["decimal"],
        about["typed"],
        about["kind"],
        tuple(about["refused"]),
        about["secrets"],
        tuple(map(_issue, about["issues"])),
    )


def _cells(frame: pd.DataFrame) -> bytes:
    columns = {_NAME_OF_ROWS: pa.array(frame.index.to_numpy(dtype=np.int64))}
    columns |= {
        str(name): pa.array(cells, type=pa.large_string(), from_pandas=True)
        for name, cells in frame.items()
    }
    written = io.BytesIO()
    pq.write_table(pa.table(columns), written, compression="zstd")
    return written.getvalue()


def _issue(raw: Mapping[str, Any]) -> Issue:
    return Issue(**{**raw, "rows": tuple(raw["rows"])})


def _mapping(raw: Mapping[str, Any]) -> ColumnMapping:
    return ColumnMapping(
        tuple(TableEntry(**entry) for entry in raw["tables"]),
        tuple(
            ColumnEntry(
                **{
                    **entry,
                    "role": ColumnRole(**entry["role"]),
                    "suggestions": tuple(entry["suggestions"]),
                }
            )
            for entry in raw["entries"]
        ),
    )


def _add(archive: zipfile.ZipFile, name: str, content: bytes, how: int) -> None:
    entry = zipfile.ZipInfo(name, _MADE)
    entry.compress_type = how
    archive.writestr(entry, content)
