"""CPU seconds and bytes."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def best_of(times: int, run: Callable[[], object]) -> float:
    """CPU seconds of the fastest run: what the work takes when nothing else is in the way."""
    return min(seconds(run) for _ in range(times))


def seconds(run: Callable[[], object]) -> float:
    """CPU seconds of one run, of all threads."""
    start = time.process_time()
    run()
    return time.process_time() - start


def peak_memory() -> int:
    """Bytes of the highest resident set of this process so far."""
    # Kilobytes on Linux, bytes on macOS.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def seconds_of_children(run: Callable[[], object]) -> float:
    """CPU seconds of the processes that one run started and saw end."""

    def used() -> float:
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return ended.ru_utime + ended.ru_stime

    start = used()
    run()
    return used() - start


def memory_of(process: int) -> tuple[int, int]:
    """Bytes of the highest resident set of a process, and of what it holds now.

    Of what it holds, a page that several processes share counts in parts. Noughts where the
    system does not tell, which Linux alone does.
    """
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
        held = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0, 0
    return _kilobytes(status, "VmHWM:") * 1024, _kilobytes(held, "Pss:") * 1024


def _kilobytes(told: str, name: str) -> int:
    return next((int(line.split()[1]) for line in told.splitlines() if line.startswith(name)), 0)


def children(process: int) -> list[int]:
    """Processes that one has started, as far as the system tells."""
    try:
        tasks = [*Path(f"/proc/{process}/task").glob("*/children")]
        return [int(child) for task in tasks for child in task.read_text(encoding="ascii").split()]
    except OSError:
        return []


def markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of figures, aligned to the right."""
    lines = [columns, ["---:"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def milliseconds(value: float) -> str:
    """Three digits, in milliseconds or, from ten seconds on, in seconds."""
    if value >= 10:
        return f"{value:,.0f} s"
    return f"{1e3 * value:,.{0 if value >= 0.1 else 1 if value >= 0.01 else 2}f} ms"


def mebibytes(value: float) -> str:
    return f"{value / 2**20:,.0f} MiB"
