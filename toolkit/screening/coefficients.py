"""Integer coefficients for a weighted sum whose real ties must stay ties.

A composite is Σ wᵢ (xᵢ − oᵢ) / dᵢ with rational weights wᵢ and spreads dᵢ: a standard
deviation, the width of a range, or the length of a percentile table. Rounding each wᵢ / dᵢ
on its own would break ties between candidates who trade an advantage on one signal for an
equal advantage on another, and a rounding residue would then decide who is hired.

Spreads are square roots of rationals. Signals fall into classes within which the ratio of
two spreads is rational; within a class the coefficients are exact integer multiples of one
rounded unit, so ties stay exact. Square roots from different classes are linearly
independent over the rationals (Besicovitch 1940), so no tie can span classes except by
equality within each.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

#: Composites stay below this, so that int64 never overflows.
COMPOSITE_LIMIT = 2**61
#: A class's common multiple may cost this many bits of the unit before it is given up.
LARGEST_MULTIPLE = 2**24


def integer_coefficients(
    weights: Mapping[str, Fraction],
    squared_spreads: Mapping[str, Fraction],
    largest: Mapping[str, int],
) -> tuple[dict[str, int], int]:
    """Coefficients cᵢ ≈ 2ᴷ wᵢ / dᵢ and the exponent K.

    Parameters
    ----------
    weights : mapping of str to Fraction
        Signed weights.
    squared_spreads : mapping of str to Fraction
        dᵢ² in squared half steps; 0 for a constant signal, whose coefficient is 0.
    largest : mapping of str to int
        Largest ``|xᵢ − oᵢ|`` in half steps, which bounds the composite.

    Returns
    -------
    coefficients : dict of str to int
    exponent : int
        K, as large as int64 allows for these signals.
    """
    live = [s for s in weights if weights[s] != 0 and squared_spreads[s] > 0]
    coefficients = dict.fromkeys(weights, 0)
    if not live:
        return coefficients, 0
    reach = sum(
        abs(float(weights[s])) * max(largest[s], 1) / math.sqrt(squared_spreads[s]) for s in live
    )
    exponent = math.floor(math.log2(COMPOSITE_LIMIT / reach)) - 1
    for group in commensurable_classes({s: squared_spreads[s] for s in live}):
        coefficients |= _class_coefficients(group, weights, squared_spreads, exponent)
    return coefficients, exponent


def commensurable_classes(squared_spreads: Mapping[str, Fraction]) -> list[list[str]]:
    """Names grouped so that two spreads have a rational ratio exactly within a group.

    Examples
    --------
    >>> from fractions import Fraction as F
    >>> commensurable_classes({"a": F(2), "b": F(3), "c": F(8), "d": F(1, 3)})
    [['a', 'c'], ['b', 'd']]
    """
    classes: list[list[str]] = []
    for name, square in squared_spreads.items():
        for members in classes:
            if _rational_root(square / squared_spreads[members[0]]) is not None:
                members.append(name)
                break
        else:
            classes.append([name])
    return classes


def _class_coefficients(
    members: Sequence[str],
    weights: Mapping[str, Fraction],
    squared_spreads: Mapping[str, Fraction],
    exponent: int,
) -> dict[str, int]:
    reference = squared_spreads[members[0]]
    relative = {}
    for name in members:
        ratio = _rational_root(squared_spreads[name] / reference)
        assert ratio is not None, "members of a class have rational ratios"
        relative[name] = weights[name] / ratio
    multiple = math.lcm(*(value.denominator for value in relative.values()))
    whole = {name: int(value * multiple) for name, value in relative.items()}
    common = math.gcd(*whole.values())
    unit_square = Fraction(common, multiple) ** 2 / reference
    if multiple // common <= LARGEST_MULTIPLE:
        unit = rounded_root(unit_square, exponent)
        return {name: value // common * unit for name, value in whole.items()}
    return {
        name: int(math.copysign(1, weights[name]))
        * rounded_root(weights[name] ** 2 / squared_spreads[name], exponent)
        for name in members
    }


def rounded_root(square: Fraction, exponent: int) -> int:
    """``2 ** exponent`` times the square root of a rational, to the nearest integer, exactly.

    Examples
    --------
    >>> from fractions import Fraction as F
    >>> rounded_root(F(1, 4), 3), rounded_root(F(2), 10)
    (4, 1448)
    """
    scaled = square * Fraction(4) ** (exponent + 1)
    return (math.isqrt(scaled.numerator // scaled.denominator) + 1) // 2


def _rational_root(value: Fraction) -> Fraction | None:
    """The square root of a rational where it is rational."""
    top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
    if top * top == value.numerator and bottom * bottom == value.denominator:
        return Fraction(top, bottom)
    return None
