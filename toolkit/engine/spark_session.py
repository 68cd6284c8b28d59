"""Starting Spark, watching what it does, and saying plainly what went wrong there."""

from __future__ import annotations

import os
import re
import sys
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import unquote

from toolkit.engine.memory import BATCH
from toolkit.engine.parquet_files import damaged
from toolkit.errors import CloutproofError, InputError
from toolkit.progress import Progress

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Seconds between two looks at how far Spark is.
_PAUSE = 0.5
#: An error of ours that a worker met, and what Spark says of a file that it cannot read.
_OURS = re.compile(r"^toolkit\.errors\.\w+: (.+?)(?:\n\s*\n|\n\tat |\Z)", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"reading file:? ?(\w+:/\S+?)\.?(?:\s|$)")


def spark_session(master: str | None = None) -> SparkSession:
    """A Spark session, on this machine where no cluster is named.

    Raises
    ------
    InputError
        If the extra is not installed, or Spark does not start.
    """
    # Spark warns of pandas 3, of which nothing is used here: rows come as Arrow batches.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise InputError(
            "The engine spark takes an extra: install cloutproof[spark], and Java 17 or later."
        ) from error
    builder = SparkSession.builder.appName("cloutproof")
    builder = builder.config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", str(BATCH))
    # What spark-submit starts has its cluster already.
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    if master is None and submitted:
        pass
    elif master is None or master.startswith("local"):
        # Nothing listens on the network where everything runs here, and what goes wrong is
        # said once, by this program.
        builder = builder.master(master or "local[*]")
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1")
        builder = builder.config("spark.driver.host", "127.0.0.1")
        builder = builder.config("spark.log.level", "OFF")
        builder = builder.config("spark.sql.shuffle.partitions", "16")
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        # Workers are of this environment, whichever Python is found first.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    else:
        builder = builder.master(master)
    try:
        return builder.getOrCreate()
    except PySparkException as error:
        raise InputError(
            f"Spark did not start ({_first_line(error)}). It takes Java 17 or later, and a "
            "cluster that this machine reaches."
        ) from error


@contextmanager
def said_plainly(files: Mapping[str, str] | None = None) -> Iterator[None]:
    """Turn what Spark raises into an error that a user can read, where it is the rows' fault.

    Parameters
    ----------
    files : mapping of str to str, optional
        Addresses of files → as the user knows them.

    Raises
    ------
    InputError
        What a kernel found on a worker, or if there is no such table or column.
    UnreadableFile
        If a file is damaged.
    """
    try:
        yield
    except CloutproofError:
        raise
    except Exception as error:  # Spark's errors and those of its bridge have no base in common.
        said = str(error)
        if ours := _OURS.search(said):
            raise InputError(ours[1].strip()) from error
        if damage := _FILE.search(said):
            where = known_as(damage[1], files or {})
            raise damaged(where, OSError("Spark cannot read it")) from error
        if type(error).__name__ == "AnalysisException":
            raise InputError(f"Spark cannot use these rows: {_first_line(error)}.") from error
        raise


def known_as(address: str, files: Mapping[str, str]) -> str:
    """A file's name, from what Spark calls it."""
    plain = unquote(address)
    local = "/" + plain.removeprefix("file:").lstrip("/")
    return files.get(local) or files.get(plain, plain)


@contextmanager
def told(session: SparkSession, progress: Progress | None) -> Iterator[None]:
    """Tell how many of the tasks are done while Spark works, and 1 at the end."""
    if progress is None:
        yield
        return
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(session, progress, over), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
    progress(1.0)


def _watch(session: SparkSession, progress: Progress, over: threading.Event) -> None:
    tracker = session.sparkContext.statusTracker()
    furthest = 0.0
    while not over.wait(_PAUSE):
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        shares = [stage.numCompletedTasks / stage.numTasks for stage in stages if stage]
        furthest = max(furthest, *shares, 0.0)
        progress(furthest)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".") if str(error) else type(error).__name__
