"""The noise that was assumed of each score, in as few words as it takes."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.sheets.spoken import spoken
from toolkit.sheets.texts import Texts


def noise_said(spreads: Iterable[tuple[str, float, str]], t: Texts) -> str:
    """Sizes of the noise; scores whose noise comes from the same source stand together.

    Parameters
    ----------
    spreads : iterable of (str, float, str)
        Label, standard deviation and source of each score's noise.
    t : Texts
        Of a candidate's sheet or a requisition report.
    """
    of_source: dict[str, list[str]] = {}
    for label, size, source in spreads:
        of_source.setdefault(source, []).append(f"{label} {t.number(size, 2)}")
    said = (
        t("noise_spread", sizes=", ".join(sizes), source=spoken(source, t))
        for source, sizes in of_source.items()
    )
    return t("noise_assumed", spreads="; ".join(said))
