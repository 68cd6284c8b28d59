"""What came of rechecking a table, in sentences."""

from __future__ import annotations

from toolkit.fairness.recheck import Recheck
from toolkit.sentence import Sentence, say, say_count


def recheck_sentence(found: Recheck) -> Sentence:
    """How many figures agree, in a sentence.

    Examples
    --------
    >>> recheck_sentence(Recheck((), (), (), 4, 2))
    'All 4 figures that can be recomputed follow from the others.'
    """
    checked, wrong = found.checked, len(found.disagreements)
    if not checked:
        return say("Nothing can be recomputed: no figure of this table follows from another.")
    if not wrong:
        return say_count(
            "The one figure that can be recomputed follows from the others.",
            "All {n} figures that can be recomputed follow from the others.",
            checked,
            n=checked,
        )
    if checked == 1:
        return say("{wrong} of {n} figure does not follow from the others.", wrong=wrong, n=checked)
    return say_count(
        "{wrong} of {n} figures does not follow from the others.",
        "{wrong} of {n} figures do not follow from the others.",
        wrong,
        wrong=wrong,
        n=checked,
    )
