"""How a long computation tells how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

#: Called with the share of the work that is done, from 0 to 1.
Progress = Callable[[float], None]


def parts(progress: Progress | None, count: int) -> Iterator[Progress | None]:
    """One progress for each of several computations that follow each other.

    Each of them tells its own share from 0 to 1.

    Examples
    --------
    >>> told = []
    >>> first, second = parts(told.append, 2)
    >>> first(0.5), first(1.0), second(1.0)
    (None, None, None)
    >>> told
    [0.25, 0.5, 1.0]
    """

    def part(done: int, tell: Progress) -> Progress:
        return lambda share: tell((done + share) / count)

    for done in range(count):
        yield None if progress is None else part(done, progress)
