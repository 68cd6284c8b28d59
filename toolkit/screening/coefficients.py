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
    weights: Mapping[str, int],
    squared_spreads: Mapping[str, Fraction],
    largest: Mapping[str, int],
    headroom: int = 0,
) -> tuple[dict[str, int], int]:
    """Coefficients cᵢ ≈ 2ᴷ wᵢ / (dᵢ Σ|w|) and the exponent K.

    Parameters
    ----------
    weights : mapping of str to int
        Signed weights wᵢ in any common unit.
    squared_spreads : mapping of str to Fraction
        dᵢ² in squared half steps; 0 for a constant signal, whose coefficient is 0.
    largest : mapping of str to int
        Largest ``|xᵢ − oᵢ|`` in half steps, which bounds the composite.
    headroom : int
        Bits to leave free above the composite.

    Returns
    -------
    coefficients : dict of str to int
    exponent : int
        K, as large as int64 allows for these signals.
    """
    coefficients = dict.fromkeys(weights, 0)
    live = [s for s in weights if weights[s] != 0 and squared_spreads[s] > 0]
    if not live:
        return coefficients, 0
    whole = sum(abs(weight) for weight in weights.values())
    reach = sum(
        abs(weights[s]) / whole * max(largest[s], 1) / math.sqrt(squared_spreads[s]) for s in live
    )
    exponent = math.floor(math.log2(COMPOSITE_LIMIT / reach)) - 1 - headroom
    for members in commensurable_classes({s: squared_spreads[s] for s in live}):
        coefficients |= _class_coefficients(members, weights, whole, squared_spreads, exponent)
    return coefficients, exponent


def commensurable_classes(squared_spreads: Mapping[str, Fraction]) -> list[list[str]]:
    """Names grouped so that two spreads have a rational ratio exactly within a group.

    Examples
    --------
    >>> from fractions import Fraction as F
    >>> commensurable_classes({"a": F(2), "b": F(3), "c": F(8), "d": F(1, 3)})
    [['a', 'c'], ['b', 'd']]
    """
    classes: dict[str, list[str]] = {}
    # a/b over c/d is the square of a rational if and only if abcd is a perfect square.
    products = {name: s.numerator * s.denominator for name, s in squared_spreads.items()}
    for name, product in products.items():
        for first, members in classes.items():
            if _is_square(product * products[first]):
                members.append(name)
                break
        else:
            classes[name] = [name]
    return list(classes.values())


def _class_coefficients(
    members: Sequence[str],
    weights: Mapping[str, int],
    whole: int,
    squared_spreads: Mapping[str, Fraction],
    exponent: int,
) -> dict[str, int]:
    """Integer multiples mᵢ of one unit, with mᵢ : mⱼ = wᵢ/dᵢ : wⱼ/dⱼ exactly."""
    if len(members) > 1:
        reference = squared_spreads[members[0]]
        relative = {
            name: weights[name] / _rational_root(squared_spreads[name] / reference)
            for name in members
        }
        shared = math.lcm(*(value.denominator for value in relative.values()))
        multiples = {name: int(value * shared) for name, value in relative.items()}
        common = math.gcd(*multiples.values())
        if shared // common <= LARGEST_MULTIPLE:
            unit = _rounded_ratio(common, shared * whole, reference, exponent)
            return {name: multiple // common * unit for name, multiple in multiples.items()}
    return {
        name: _rounded_ratio(weights[name], whole, squared_spreads[name], exponent)
        for name in members
    }


def _rounded_ratio(weight: int, whole: int, squared_spread: Fraction, exponent: int) -> int:
    """``2 ** exponent · weight / (whole · √squared_spread)`` to the nearest integer, exactly."""
    top = weight * weight * squared_spread.denominator
    bottom = whole * whole * squared_spread.numerator
    # Twice the root, rounded down, then halved to the nearest.
    shift = 2 * (exponent + 1)
    quotient = (top << shift) // bottom if shift >= 0 else top // (bottom << -shift)
    root = (math.isqrt(quotient) + 1) // 2
    return root if weight > 0 else -root


def _is_square(value: int) -> bool:
    return math.isqrt(value) ** 2 == value


def _rational_root(square: Fraction) -> Fraction:
    """The square root of the square of a rational."""
    return Fraction(math.isqrt(square.numerator), math.isqrt(square.denominator))
