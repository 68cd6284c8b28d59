"""The order in which several workers begin: what takes long is dealt out and comes first.

Left to itself, `pytest -n` cuts the list of tests into as many parts as there are workers, and a
worker that has run out takes half of what another has left. Tests that take a minute each stand
next to each other in that list, so one worker would be at them when the others have long ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pytest

#: Seconds of a test with a browser that does not say how long it takes.
WITH_A_BROWSER = 15.0


class Test(NamedTuple):
    """What the order depends on.

    Parameters
    ----------
    module : str
        Where the test is. Tests of one module share what was set up for it.
    seconds : float
        About how long it takes; 0 of what does not count.
    """

    __test__ = False

    module: str
    seconds: float


def known(item: pytest.Item) -> Test:
    """What is known of a test: what its mark says (`takes`), or that it opens a browser."""
    module = item.nodeid.partition("::")[0]
    if mark := item.get_closest_marker("takes"):
        return Test(module, float(mark.kwargs["seconds"]))
    opens = "browser" in getattr(item, "fixturenames", ())
    return Test(module, WITH_A_BROWSER if opens else 0.0)


def parts(tests: int, workers: int) -> list[int]:
    """How many tests each worker is given at first: pytest-xdist's `worksteal`.

    Examples
    --------
    >>> parts(11, 3)
    [3, 4, 4]
    """
    sizes: list[int] = []
    for worker in range(workers):
        sizes.append((tests - sum(sizes)) // (workers - worker))
    return sizes


def dealt(tests: Sequence[Test], workers: int) -> list[int]:
    """Places of the tests in the order in which they are to stand.

    The module that takes longest goes to the worker with the least to do, and so on downwards;
    what takes no time worth counting fills up behind it in its own order. The same list gives
    the same order, as every worker has to find it by itself.

    Parameters
    ----------
    tests : sequence of Test
        In the order in which they were collected.
    workers : int
        How many share them.
    """
    slow: dict[str, list[int]] = {}
    for place, test in enumerate(tests):
        if test.seconds > 0:
            slow.setdefault(test.module, []).append(place)

    def seconds(places: Iterable[int]) -> float:
        return sum(tests[place].seconds for place in places)

    rooms = parts(len(tests), workers)
    hands: list[list[int]] = [[] for _ in rooms]
    for module in sorted(slow.values(), key=seconds, reverse=True):
        # A module stays together unless no worker has room for all of it.
        wide = any(len(hand) + len(module) <= room for hand, room in zip(hands, rooms, strict=True))
        for some in [module] if wide else [[place] for place in module]:
            free = [
                hand
                for hand, room in zip(hands, rooms, strict=True)
                if len(hand) + len(some) <= room
            ]
            min(free, key=seconds).extend(some)
    quick = iter([place for place, test in enumerate(tests) if test.seconds <= 0])
    order = []
    for hand, room in zip(hands, rooms, strict=True):
        order += hand + [next(quick) for _ in range(room - len(hand))]
    return order
