"""Whether a colour can be read on white paper, and the nearest one that can.

Contrast is defined by the Web Content Accessibility Guidelines 2.2, success criterion 1.4.3: with
the relative luminance ``L = 0.2126 R + 0.7152 G + 0.0722 B`` of linear sRGB, the contrast of two
colours is ``(L₁ + 0.05) / (L₂ + 0.05)``, the lighter one above. Text needs 4.5.
"""

from __future__ import annotations

import re

READABLE = 4.5
_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_WHITE = 1.0
_STEPS = 1000


def is_colour(text: str) -> bool:
    """Whether the text is a colour such as ``#0f6f6b``."""
    return _HEX.fullmatch(text) is not None


def contrast_on_white(colour: str) -> float:
    """Contrast of a colour with white, between 1 and 21.

    Parameters
    ----------
    colour : str
        As ``#rrggbb``.

    Examples
    --------
    >>> contrast_on_white("#000000"), round(contrast_on_white("#777777"), 2)
    (21.0, 4.48)
    """
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return (_WHITE + 0.05) / (luminance + 0.05)


def nearest_readable(colour: str, least: float = READABLE) -> str:
    """The colour itself where it can be read on white, else the lightest shade of it that can.

    Shades keep the proportions of the channels, and with them the hue.

    Examples
    --------
    >>> nearest_readable("#777777"), nearest_readable("#0f6f6b")
    ('#767676', '#0f6f6b')
    """
    for step in range(_STEPS, -1, -1):
        shade = _hex(tuple(channel * step / _STEPS for channel in _channels(colour)))
        if contrast_on_white(shade) >= least:
            return shade
    return "#000000"


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(channels: tuple[float, ...]) -> str:
    return "#" + "".join(f"{int(channel):02x}" for channel in channels)


def _linear(channel: float) -> float:
    """One channel of sRGB, between 0 and 1, as light."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
