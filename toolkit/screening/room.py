"""Room above the composites, where values are tried that no candidate has."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import Decisions, decide_frozen
from toolkit.screening.frozen import freeze

#: Composites below this can be subtracted from each other in int64.
ROOM = 2**62


def with_room(
    cohort: Cohort, decisions: Decisions, extremes: Mapping[str, tuple[int, int]]
) -> Decisions:
    """The decisions, at a scale at which composites of these values do not overflow either.

    A frozen screen takes as many bits as the values of its cohort leave. Bought followers or
    a large noise can lie far beyond those; the same screen is then frozen with fewer bits.

    Parameters
    ----------
    cohort : Cohort
    decisions : Decisions
        Made on this cohort.
    extremes : mapping of str to (int, int)
        Lowest and highest value to be tried of some signals, in half steps.

    Returns
    -------
    Decisions
        The same ones where there is room already.
    """
    frozen = decisions.frozen
    reach = abs(frozen.offset)
    for signal, weight in frozen.weights.items():
        if weight.table is not None:
            farthest = max(weight.centre, 2 * weight.table.total - weight.centre)
        else:
            column = cohort.fixed(signal)
            ends = [frozen.signals[signal].fill, *extremes.get(signal, ())]
            ends += [end for end in (column.lowest, column.highest) if end is not None]
            farthest = max(abs(int(end) - weight.centre) for end in ends)
        reach += abs(weight.coefficient) * farthest
    if reach < ROOM:
        return decisions
    headroom = (reach // ROOM).bit_length()
    return decide_frozen(cohort, freeze(cohort, frozen.screen, headroom=headroom))
