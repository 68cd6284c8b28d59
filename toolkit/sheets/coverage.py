"""What the vendored fonts can print, by family, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from toolkit.sheets.character_map import characters_of

FONTS = Path(__file__).parent / "fonts"

#: Font family to its files. Text is set in the first family that covers it, so the general
#: families stand first, and the symbol fonts before CJK, whose arrows are a full em wide.
FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Noto Sans": ("NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf"),
        "Noto Sans Arabic": ("NotoSansArabic-Regular.ttf", "NotoSansArabic-SemiBold.ttf"),
        "Noto Sans Hebrew": ("NotoSansHebrew-Regular.ttf", "NotoSansHebrew-SemiBold.ttf"),
        "Noto Sans Devanagari": (
            "NotoSansDevanagari-Regular.ttf",
            "NotoSansDevanagari-SemiBold.ttf",
        ),
        "Noto Sans Thai": ("NotoSansThai-Regular.ttf", "NotoSansThai-SemiBold.ttf"),
        "Noto Sans Armenian": ("NotoSansArmenian-Regular.ttf",),
        "Noto Sans Georgian": ("NotoSansGeorgian-Regular.ttf",),
        "Noto Sans Ethiopic": ("NotoSansEthiopic-Regular.ttf",),
        "Noto Sans Bengali": ("NotoSansBengali-Regular.ttf",),
        "Noto Sans Gurmukhi": ("NotoSansGurmukhi-Regular.ttf",),
        "Noto Sans Gujarati": ("NotoSansGujarati-Regular.ttf",),
        "Noto Sans Oriya": ("NotoSansOriya-Regular.ttf",),
        "Noto Sans Tamil": ("NotoSansTamil-Regular.ttf",),
        "Noto Sans Telugu": ("NotoSansTelugu-Regular.ttf",),
        "Noto Sans Kannada": ("NotoSansKannada-Regular.ttf",),
        "Noto Sans Malayalam": ("NotoSansMalayalam-Regular.ttf",),
        "Noto Sans Sinhala": ("NotoSansSinhala-Regular.ttf",),
        "Noto Sans Khmer": ("NotoSansKhmer-Regular.ttf",),
        "Noto Sans Lao": ("NotoSansLao-Regular.ttf",),
        "Noto Sans Myanmar": ("NotoSansMyanmar-Regular.ttf",),
        "Noto Sans Math": ("NotoSansMath-Regular.ttf",),
        "Noto Sans Symbols2": ("NotoSansSymbols2-Regular.ttf",),
        "Noto Sans CJK SC": ("NotoSansCJKsc-Regular.ttf",),
    }
)


@cache
def coverage() -> Mapping[str, frozenset[int]]:
    """Code points that every weight of a family has a glyph for, by family."""
    return MappingProxyType(
        {
            family: frozenset.intersection(*(characters_of(FONTS / file) for file in files))
            for family, files in FAMILIES.items()
        }
    )


@cache
def covered_anywhere() -> frozenset[int]:
    """Code points that some vendored family covers."""
    return frozenset().union(*coverage().values())


def families_for(text: str, families: Sequence[str] = tuple(FAMILIES)) -> list[str]:
    """Those of the families that the text can need, in the same order.

    Text is set in the first family that covers it, so that leaving out a family that covers
    nothing beyond the first changes no page; the typesetter has fewer to ask for every word.

    Parameters
    ----------
    text : str
    families : sequence of str
        In the order in which they are tried.

    Examples
    --------
    >>> families_for("Zoë"), families_for("Zoë 李")
    (['Noto Sans'], ['Noto Sans', 'Noto Sans CJK SC'])
    """
    first, *others = families
    beyond = set(map(ord, set(text))) - coverage()[first]
    return [first, *(name for name in others if not coverage()[name].isdisjoint(beyond))]
