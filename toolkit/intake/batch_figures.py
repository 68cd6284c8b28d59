"""The figures of all columns of a batch, block by block, so that little memory holds the steps."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.intake.arrow_numbers import Numbers
from toolkit.intake.column_figures import ColumnFigures, figures_of
from toolkit.intake.fixed_column import most_decimals
from toolkit.intake.step_block import BLOCK, StepBlock


def batch_figures(
    numbers: Mapping[str, Numbers],
    decimals: Mapping[str, int],
    *,
    settled: bool,
) -> dict[str, ColumnFigures]:
    """The figures of every column.

    Parameters
    ----------
    numbers : mapping of str to Numbers
    decimals : mapping of str to int
        With which the columns are held if they are `settled`, and otherwise those that they
        need at least.
    settled : bool
    """
    held = {name: own for name, own in numbers.items() if _fits(own, decimals[name])}
    sums: dict[str, list[int]] = {}
    while held:
        found, off = _sums(held, decimals)
        if not off:
            sums = found
            break
        held = {name: own for name, own in held.items() if name not in off}
    figures = {}
    for name, own in numbers.items():
        places = decimals[name]
        if name in sums:
            figures[name] = _figures(own, places, *sums[name])
        elif settled:
            figures[name] = figures_of(own.values, places)
        else:
            figures[name] = figures_of(own.values, at_least=places)
    return figures


def _fits(numbers: Numbers, decimals: int) -> bool:
    """Whether no value is missing, and none needs so many digits that decimals are left off."""
    if numbers.ends is None:
        return False
    if numbers.values.dtype.kind != "f" and not decimals:
        return True
    return decimals < most_decimals(max(-numbers.ends[0], numbers.ends[1]))


def _sums(
    held: Mapping[str, Numbers], decimals: Mapping[str, int]
) -> tuple[dict[str, list[int]], set[str]]:
    """Σ x and Σ x² of each column in steps; and which are off their grid, whose sums are void."""
    block = StepBlock.of(len(held))
    rows = len(next(iter(held.values())).values)
    sums = {name: [0, 0] for name in held}
    off: set[str] = set()
    for start in range(0, rows, BLOCK):
        size = min(BLOCK, rows - start)
        for column, (name, own) in enumerate(held.items()):
            if not block.fill(column, own.values[start : start + size], decimals[name]):
                off.add(name)
        if off:
            break
        for own_sums, (total, squares) in zip(sums.values(), block.sums(size), strict=True):
            own_sums[0] += total
            own_sums[1] += squares
    return sums, off


def _figures(numbers: Numbers, decimals: int, total: int, squares: int) -> ColumnFigures:
    """From steps to half steps."""
    assert numbers.ends is not None
    lowest, highest = (round(end * 10.0**decimals) for end in numbers.ends)
    return ColumnFigures(
        decimals=decimals,
        count=len(numbers.values),
        total=2 * total,
        total_of_squares=4 * squares,
        lowest=2 * lowest,
        highest=2 * highest,
    )
