from __future__ import annotations

import pytest

from toolkit.engine.spark_session import said_plainly
from toolkit.errors import InputError, UnreadableFile

#: As Spark's bridge tells of a worker's error, with and without its planner of queries.
TOLD = (
    "An error occurred while calling z:org.apache.spark.api.python.PythonRDD.collectAndServe.\n"
    ": org.apache.spark.api.python.PythonException: [PYTHON_EXCEPTION] An exception was thrown:\n"
    "OSError: corrupt\n\nThe above exception was the direct cause of the following exception:\n\n"
    "Traceback (most recent call last):\n  File 'worker.py', line 1\n"
    "toolkit.errors.{}\n SQLSTATE: 38000\n\tat org.apache.spark.api.python.PythonRunner",
    "Traceback (most recent call last):\n  File 'worker.py', line 1\ntoolkit.errors.{}\n",
)


@pytest.mark.parametrize("told", TOLD)
def test_a_worker_names_the_file_that_is_damaged(told: str) -> None:
    said = "b/1.parquet: the file is damaged or not Parquet (corrupt). Write it again."
    with (
        pytest.raises(UnreadableFile) as found,
        said_plainly(["1.parquet", "b/1.parquet", "b/1"]),
    ):
        raise RuntimeError(told.format(f"UnreadableFile: {said}"))
    assert (found.value.file, str(found.value)) == ("b/1.parquet", said)


@pytest.mark.parametrize("told", TOLD)
def test_what_a_kernel_found_is_said_in_its_words(told: str) -> None:
    with pytest.raises(InputError, match=r"^There is no column 'x'\.$") as found, said_plainly():
        raise RuntimeError(told.format("UnknownName: There is no column 'x'."))
    assert type(found.value) is InputError


def test_a_file_that_java_cannot_read() -> None:
    said = r"^file:/rows/a b\.parquet: the file is damaged"
    with pytest.raises(UnreadableFile, match=said), said_plainly():
        raise RuntimeError("Encountered error while reading file file:/rows/a%20b.parquet. ")


def test_what_is_nobodys_fault_stays_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError), said_plainly():
        raise ZeroDivisionError
