"""A requisition report in which candidates are counted, for whoever may not see them."""

from __future__ import annotations

from dataclasses import replace

from toolkit.sentence import NOTHING
from toolkit.sheets.cohort_report import CohortReport, Counted
from toolkit.store.decision_counts import DecisionCounts


def counted_report(report: CohortReport, decided: DecisionCounts) -> CohortReport:
    """The same report without a candidate: neither code nor name, rank or decision of one.

    Suspected inflation is left out: it rests on accounts, which whoever may not see candidates
    does not see either.

    Parameters
    ----------
    report : CohortReport
    decided : DecisionCounts
        What people decided, counted together.
    """
    ranking = report.ranking
    return replace(
        report,
        names=(),
        only_with=(),
        only_without=(),
        reward=replace(
            report.reward,
            flagged=0,
            lacking=(),
            sentence=NOTHING,
            remarks=(),
            not_assessed=0,
            strata=(),
        ),
        ranking=None if ranking is None else replace(ranking, ranked=(), not_rated=()),
        decided=(),
        counted=Counted(
            len(report.only_with),
            len(report.only_without),
            decided.decided,
            decided.forward,
            decided.overrides,
        ),
    )
