"""Loops over arrays that are compiled, where numba is installed (the extra ``compiled``).

NumPy goes over an array once for every step of a formula; a compiled loop takes all steps at once
and lets other threads run meanwhile. What a loop finds has to be what the same formula in NumPy
finds, so that no result depends on what is installed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, update_wrapper
from importlib import import_module
from importlib.util import find_spec
from threading import Thread
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

#: With fewer rows, getting the loops ready takes longer than they save.
MANY = 2**24


def worth_compiling(rows: int) -> bool:
    """Whether compiled loops are to go over so many rows."""
    return rows >= MANY and find_spec("numba") is not None


def get_ready() -> None:
    """Load the compiler beside what is done meanwhile: it takes a third of a second."""
    Thread(target=import_module, args=("numba",), daemon=True).start()


class Loop(Generic[P, R]):
    """A function of arrays and numbers, compiled when it is first called.

    The machine code is kept for the next time where there is a place for it: beside the module,
    or in the user's cache.

    Parameters
    ----------
    function : callable
    any_order : bool
        Whether sums may be added up in another order, which is quicker: only where they are exact
        in every order, or of no use otherwise. Arithmetic is done as it is written in all else.
    """

    def __init__(self, function: Callable[P, R], *, any_order: bool = False) -> None:
        self._function = function
        self._any_order = any_order
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self._compiled(*args, **kwargs)

    @cached_property
    def _compiled(self) -> Callable[P, R]:
        # Not at the top: it takes time, and few who decide need it.
        njit = import_module("numba").njit
        options = {
            "nogil": True,
            "error_model": "numpy",
            "fastmath": {"reassoc", "nsz"} if self._any_order else False,
        }
        try:
            compiled: Callable[P, R] = njit(cache=True, **options)(self._function)
        except RuntimeError:
            # Nowhere to keep it.
            compiled = njit(**options)(self._function)
        return compiled


def loop(function: Callable[P, R]) -> Loop[P, R]:
    """Compile a function when it is first called."""
    return Loop(function)


def loop_in_any_order(function: Callable[P, R]) -> Loop[P, R]:
    """The same for a function whose sums are exact in any order, or of no use otherwise."""
    return Loop(function, any_order=True)
