"""Starting Spark, watching what it does, and saying plainly what went wrong there."""

from __future__ import annotations

import os
import re
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import unquote

from toolkit.engine.memory import BATCH
from toolkit.engine.parquet_files import damaged
from toolkit.errors import CloutproofError, InputError, UnreadableFile, first_line
from toolkit.progress import Progress

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

#: Seconds between two looks at how far Spark is.
_PAUSE = 0.5
#: Java compiles once and quickly, and not again better: half the start, and slower afterwards.
_QUICK_TO_START = "-XX:TieredStopAtLevel=1"
#: An error of ours that a worker met, and what Spark says of a file that it cannot read.
_OURS = re.compile(
    r"^toolkit\.errors\.(?P<kind>\w+): (?P<message>.+?)(?:\n\s*\n|\n\s*SQLSTATE|\n\tat |\Z)",
    re.MULTILINE | re.DOTALL,
)
_FILE = re.compile(r"reading file:? ?(\w+:/\S+?)\.?(?:\s|$)")


def spark_context(master: str | None = None, *, for_long: bool = True) -> SparkContext:
    """What hands tasks out to Spark's workers, on this machine where no cluster is named.

    Parameters
    ----------
    master : str, optional
    for_long : bool
        Whether the Java process has so much to do that it pays to compile well.

    Raises
    ------
    InputError
        If the extra is not installed, or Spark does not start.
    """
    # Spark warns of pandas 3, of which nothing is used here: rows come as Arrow batches.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    try:
        from pyspark import SparkConf, SparkContext
    except ImportError as error:
        raise InputError(
            "The engine spark takes an extra: install cloutproof[spark], and Java 17 or later."
        ) from error
    settings = SparkConf().setAll(list(_settings(master, for_long).items()))
    try:
        return SparkContext.getOrCreate(settings)
    except Exception as error:  # Spark's errors and those of its bridge have no base in common.
        raise InputError(
            f"Spark did not start ({first_line(error)}). It takes Java 17 or later, and a "
            "cluster that this machine reaches."
        ) from error


def session_of(context: SparkContext) -> SparkSession:
    """What plans queries, for tables and for what is sorted into buckets or written.

    It takes about as long to start as all else, so that nothing else asks for it.
    """
    del context  # There is one of each in a process.
    from pyspark.sql import SparkSession

    return SparkSession.builder.getOrCreate()


def _settings(master: str | None, for_long: bool) -> dict[str, str]:
    settings = {
        "spark.app.name": "cloutproof",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH),
    }
    # What spark-submit starts has its cluster already.
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    if master is None and submitted:
        return settings
    if master is not None and not master.startswith("local"):
        return settings | {"spark.master": master}
    # Nothing listens on the network where everything runs here, and what goes wrong is
    # said once, by this program.
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    # Workers are of this environment, whichever Python is found first.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    return settings | {
        "spark.master": master or "local[*]",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.defaultJavaOptions": "" if for_long else _QUICK_TO_START,
        "spark.log.level": "OFF",
        "spark.sql.shuffle.partitions": "16",
    }


@contextmanager
def said_plainly(names: Sequence[str] = ()) -> Iterator[None]:
    """Turn what Spark raises into an error that a user can read, where it is the rows' fault.

    Parameters
    ----------
    names : sequence of str
        Files, as the user knows them, that messages may begin with.

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
    except Exception as error:  # As above.
        said = str(error)
        if ours := _OURS.search(said):
            raise _from_worker(ours["kind"], ours["message"].strip(), names) from error
        if damage := _FILE.search(said):
            raise damaged(unquote(damage[1]), OSError("Spark cannot read it")) from error
        if type(error).__name__ == "AnalysisException":
            raise InputError(f"Spark cannot use these rows: {first_line(error)}.") from error
        raise


def _from_worker(kind: str, message: str, names: Sequence[str]) -> InputError:
    """An error of ours again, of which a worker could only send the text."""
    if kind == UnreadableFile.__name__:
        for name in sorted(names, key=len, reverse=True):
            if message.startswith(f"{name}: "):
                return UnreadableFile(message, name)
    return InputError(message)


@contextmanager
def told(context: SparkContext, progress: Progress | None) -> Iterator[None]:
    """Tell how many of the tasks are done while Spark works, and 1 at the end."""
    if progress is None:
        yield
        return
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(context, progress, over), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
    progress(1.0)


def _watch(context: SparkContext, progress: Progress, over: threading.Event) -> None:
    tracker = context.statusTracker()
    furthest = 0.0
    while not over.wait(_PAUSE):
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        shares = [stage.numCompletedTasks / stage.numTasks for stage in stages if stage]
        furthest = max(furthest, *shares, 0.0)
        progress(furthest)
