"""CPU seconds and bytes."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Sequence


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
