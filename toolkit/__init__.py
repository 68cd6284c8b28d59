"""Cloutproof: how much a score changes who is hired, and what to use instead.

The public names are listed in `__all__` and loaded when they are first used, so that
``import toolkit`` is quick::

    import toolkit

    cohort = toolkit.read_cohort("applicants.csv")
    screen = toolkit.Screen.read("screen.toml")
    toolkit.influence(cohort, screen).to_dict()
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

__version__ = "0.1.0"

#: Every public name and the module that defines it.
_HOMES = {
    "read_cohort": "toolkit.intake.read",
    "read_upload": "toolkit.intake.read",
    "cohort_from_frame": "toolkit.intake.from_frame",
    "Cohort": "toolkit.intake.cohort",
    "ColumnMapping": "toolkit.intake.mapping",
    "load_catalogue": "toolkit.scores.catalogue",
    "Screen": "toolkit.screening.screen",
    "Gate": "toolkit.screening.gate",
    "PRESETS": "toolkit.screening.presets",
    "freeze": "toolkit.screening.frozen",
    "decide": "toolkit.screening.decisions",
    "influence": "toolkit.influence.influence",
    "explain": "toolkit.influence.explain",
    "frontier": "toolkit.influence.frontier",
    "effort": "toolkit.influence.effort",
    "stress": "toolkit.influence.stress",
    "sweep": "toolkit.influence.sweep",
    "sweep_pair": "toolkit.influence.sweep_pair",
    "worth": "toolkit.influence.worth",
    "inflation": "toolkit.inflation.inflation",
    "followers": "toolkit.inflation.followers",
    "spikes": "toolkit.inflation.spikes",
    "repositories": "toolkit.inflation.repositories",
    "impact": "toolkit.fairness.impact",
    "impact_of_counts": "toolkit.fairness.impact",
    "score_impact": "toolkit.fairness.score_impact",
    "score_impact_of_counts": "toolkit.fairness.score_impact",
    "outcome_impact": "toolkit.fairness.outcome_impact",
    "before_after": "toolkit.fairness.before_after",
    "alternatives": "toolkit.fairness.alternatives.alternatives",
    "law_named": "toolkit.fairness.law",
    "Particulars": "toolkit.fairness.statutory_result",
    "statutory": "toolkit.fairness.statutory",
    "statutory_of_counts": "toolkit.fairness.statutory",
    "recheck": "toolkit.fairness.recheck",
    "agreement": "toolkit.review.agreement",
    "ratings_of": "toolkit.review.ratings",
    "ratings_of_table": "toolkit.review.ratings",
    "Rubric": "toolkit.review.rubric",
    "rubric_templates": "toolkit.review.rubric",
    "same_saying": "toolkit.review.independence",
    "Task": "toolkit.review.task",
    "mark": "toolkit.review.marking",
    "assign": "toolkit.review.assignment",
    "drift": "toolkit.review.drift",
    "exposure": "toolkit.review.exposure",
    "rank_candidates": "toolkit.review.ranking",
    "read_ratings": "toolkit.review.read_ratings",
    "read_document": "toolkit.intake.documents.read_document",
    "find_claims": "toolkit.intake.documents.claims",
    "blind_document": "toolkit.review.blinding.blind",
    "candidate_sheet": "toolkit.sheets.from_results",
    "notice": "toolkit.influence.notice",
    "notice_sheet": "toolkit.sheets.notice_sheet",
    "cohort_report": "toolkit.sheets.cohort_from_results",
    "audit_report": "toolkit.sheets.audit_report",
    "render_pdf": "toolkit.sheets.rendering",
    "render_sheets": "toolkit.sheets.batch",
    "Branding": "toolkit.sheets.branding",
    "verify": "toolkit.sheets.verify",
    "verify_batch": "toolkit.sheets.verify_batch",
    "render_recheck": "toolkit.sheets.recheck_sheet",
    "render_statutory": "toolkit.sheets.statutory_sheet",
    "recheck_workbook": "toolkit.sheets.recheck_workbook",
    "statutory_workbook": "toolkit.sheets.statutory_sheet",
    "CloutproofError": "toolkit.errors",
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'toolkit' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Toolkit(ModuleType):
    """The module itself, where two functions are named like the packages they live in.

    Loading the package ``toolkit.influence`` would bind it over the function of that name.
    A property that takes no notice of the binding keeps the function; imports go on to find
    the package.
    """

    @property
    def influence(self) -> Any:
        return __getattr__("influence")

    @influence.setter
    def influence(self, package: ModuleType) -> None: ...

    @property
    def inflation(self) -> Any:
        return __getattr__("inflation")

    @inflation.setter
    def inflation(self, package: ModuleType) -> None: ...


sys.modules[__name__].__class__ = _Toolkit
