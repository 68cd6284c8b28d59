"""Draws how held-out probabilities compare with what was observed, as a small SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

SIDE, EDGE = 240, 44
_FRAME = 'fill="none" stroke="#6f7a79"'
_TEXT = 'font-family="sans-serif" font-size="11" fill="#6f7a79"'
_COLOURS = ("#1b8a84", "#d5822b", "#6c7fb5", "#8c979a")


def calibration_picture(title: str, performance: Mapping[str, Mapping[str, Any]]) -> str:
    """The SVG of every reliability table of a model.

    Parameters
    ----------
    title : str
        Name of the model.
    performance : mapping of str to mapping
        As in the model's file; entries without ``reliability`` are left out.
    """
    drawn = {
        name.removeprefix("held_out").lstrip(", ") or "all facts known": p["reliability"]
        for name, p in performance.items()
        if "reliability" in p
    }
    height = SIDE + 2 * EDGE + 16 * len(drawn)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE + 2 * EDGE} {height}" '
        f'width="{SIDE + 2 * EDGE}" height="{height}" role="img">',
        f"<title>{escape(_words(title, drawn))}</title>",
        f'<rect x="{EDGE}" y="{EDGE / 2}" width="{SIDE}" height="{SIDE}" {_FRAME}/>',
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#6f7a79" '
        'stroke-dasharray="4 4"/>',
    ]
    for tick in (0.0, 0.5, 1.0):
        parts.append(
            f'<text x="{_x(tick)}" y="{_y(0) + 16}" text-anchor="middle" {_TEXT}>{tick:g}</text>'
        )
        parts.append(
            f'<text x="{EDGE - 6}" y="{_y(tick) + 4}" text-anchor="end" {_TEXT}>{tick:g}</text>'
        )
    parts.append(
        f'<text x="{_x(0.5)}" y="{_y(0) + 32}" text-anchor="middle" {_TEXT}>'
        "probability given</text>"
    )
    parts.append(
        f'<text x="12" y="{_y(0.5)}" text-anchor="middle" transform="rotate(-90 12 {_y(0.5)})" '
        f"{_TEXT}>share observed</text>"
    )
    for number, (name, table) in enumerate(drawn.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        points = list(zip(table["predicted"], table["observed"], table["n"], strict=True))
        line = " ".join(f"{_x(p)},{_y(o)}" for p, o, _ in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}"/>')
        largest = max(n for *_, n in points)
        parts += [
            f'<circle cx="{_x(p)}" cy="{_y(o)}" r="{_radius(n, largest)}" fill="{colour}"/>'
            for p, o, n in points
        ]
        below = SIDE + 2 * EDGE + 16 * number + 4
        parts.append(f'<circle cx="{EDGE + 4}" cy="{below - 4}" r="4" fill="{colour}"/>')
        parts.append(f'<text x="{EDGE + 14}" y="{below}" {_TEXT}>{escape(name)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _words(title: str, drawn: Mapping[str, Mapping[str, Sequence[float]]]) -> str:
    said = [
        f"{name}: "
        + ", ".join(
            f"{p:.2f} given, {o:.2f} observed"
            for p, o in zip(table["predicted"], table["observed"], strict=True)
        )
        for name, table in drawn.items()
    ]
    return f"Calibration of {title}. " + ". ".join(said)


def _x(share: float) -> float:
    return round(EDGE + SIDE * share, 1)


def _y(share: float) -> float:
    return round(EDGE / 2 + SIDE * (1 - share), 1)


def _radius(n: float, largest: float) -> float:
    return round(2 + 5 * math.sqrt(n / largest), 1)
