"""The figures of all columns of a batch, block by block, so that little memory holds the steps."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from toolkit.intake.arrow_numbers import Numbers
from toolkit.intake.column_figures import ColumnFigures, figures_of
from toolkit.intake.fixed_column import most_decimals
from toolkit.intake.step_block import BLOCK, StepBlock


def batch_figures(
    numbers: Mapping[str, Numbers],
    decimals: Mapping[str, int],
    rounded: Collection[str] = (),
) -> dict[str, ColumnFigures]:
    """The figures of every column.

    Parameters
    ----------
    numbers : mapping of str to Numbers
    decimals : mapping of str to int
        Those that the columns need at least.
    rounded : collection of str
        Of which columns it is known that no more fit: values are rounded to these.
    """
    held = {
        name: own for name, own in numbers.items() if _fits(own, decimals[name], name in rounded)
    }
    sums: dict[str, list[int]] = {}
    while held:
        found, off = _sums(held, decimals, rounded)
        if not off:
            sums = found
            break
        held = {name: own for name, own in held.items() if name not in off}
    figures = {}
    for name, own in numbers.items():
        places, to_round = decimals[name], name in rounded
        if name in sums:
            figures[name] = _figures(own, places, to_round, *sums[name])
        else:
            figures[name] = figures_of(own.values, at_least=places, rounded=to_round)
    return figures


def _fits(numbers: Numbers, decimals: int, rounded: bool) -> bool:
    """Whether no value is missing, and there is room for its decimals: one more if not rounded."""
    if numbers.ends is None:
        return False
    if numbers.values.dtype.kind != "f" and not decimals:
        return True
    most = most_decimals(max(-numbers.ends[0], numbers.ends[1]))
    return decimals <= most if rounded else decimals < most


def _sums(
    held: Mapping[str, Numbers], decimals: Mapping[str, int], rounded: Collection[str]
) -> tuple[dict[str, list[int]], set[str]]:
    """Σ x and Σ x² of each column in steps; and which are off their grid, whose sums are void."""
    block = StepBlock.of(len(held))
    rows = len(next(iter(held.values())).values)
    sums = {name: [0, 0] for name in held}
    off: set[str] = set()
    for start in range(0, rows, BLOCK):
        size = min(BLOCK, rows - start)
        for column, (name, own) in enumerate(held.items()):
            values, places = own.values[start : start + size], decimals[name]
            if not block.fill(column, values, places, rounded=name in rounded):
                off.add(name)
        if off:
            break
        for own_sums, (total, squares) in zip(sums.values(), block.sums(size), strict=True):
            own_sums[0] += total
            own_sums[1] += squares
    return sums, off


def _figures(
    numbers: Numbers, decimals: int, rounded: bool, total: int, squares: int
) -> ColumnFigures:
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
        rounded_to=decimals if rounded else None,
    )
