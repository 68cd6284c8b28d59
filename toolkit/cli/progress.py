"""A progress bar on standard error, where that is a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

#: Called with how many of how many are done.
Step = Callable[[int, int], None]


@contextmanager
def progress(task: str) -> Iterator[Step]:
    """Show that `task` is running, and how far it is once the step is called.

    Nothing is drawn where standard error is not a terminal, and nothing stays on it.
    """
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        line = bar.add_task(task, total=None)

        def step(done: int, total: int) -> None:
            bar.update(line, completed=done, total=total)

        yield step


def share_of(step: Step) -> Callable[[float], None]:
    """The same step, told the share that is done."""
    return lambda share: step(round(1000 * share), 1000)
