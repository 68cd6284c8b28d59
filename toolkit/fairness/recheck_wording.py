"""What came of rechecking a table, in sentences."""

from __future__ import annotations

from toolkit.fairness.recheck import Recheck


def recheck_sentence(found: Recheck) -> str:
    """How many figures agree, in a sentence.

    Examples
    --------
    >>> recheck_sentence(Recheck((), (), (), 4, 2))
    'All 4 figures that can be recomputed follow from the others.'
    """
    checked, wrong = found.checked, len(found.disagreements)
    if not checked:
        return "Nothing can be recomputed: no figure of this table follows from another."
    if not wrong:
        if checked == 1:
            return "The one figure that can be recomputed follows from the others."
        return f"All {checked:,} figures that can be recomputed follow from the others."
    do = "does" if wrong == 1 else "do"
    figures = "figure" if checked == 1 else "figures"
    return f"{wrong:,} of {checked:,} {figures} {do} not follow from the others."
