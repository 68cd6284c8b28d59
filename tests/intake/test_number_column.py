from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from toolkit.errors import InputError
from toolkit.intake.number_column import numbers_of
from toolkit.intake.raw_tables import raw_tables


def numbers(folder: Path, *cells: str) -> list[float]:
    path = folder / "t.csv"
    path.write_text("\n".join(["id;x", *(f"a;{cell}" for cell in cells)]), encoding="utf-8")
    return numbers_of(raw_tables(path)[0], "x").tolist()


def test_numbers_as_people_write_them(tmp_path: Path) -> None:
    assert numbers(tmp_path, "61,5", "7", "1.234,5") == [61.5, 7, 1234.5]
    assert np.isnan(numbers(tmp_path, "n/a", "3")[0])


def test_a_cell_that_is_no_number_is_told_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"t\.csv, row 3, column 'x': 'many' is not a number, and 1"
    ):
        numbers(tmp_path, "1", "many", "none of it")
