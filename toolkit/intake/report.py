"""What was read and whether it can be used: the JSON of ``check``."""

from __future__ import annotations

from toolkit.intake.cohort import Cohort


def check(cohort: Cohort) -> dict[str, object]:
    """The contract's JSON for ``check``.

    Returns
    -------
    dict
        ``ok`` (no issue is an error), ``candidates``, ``signals``, ``scores``, ``groups``
        (names of the attributes), ``issues``.
    """
    return {
        "ok": not any(issue.level == "error" for issue in cohort.issues),
        "candidates": len(cohort),
        "signals": list(cohort.about),
        "scores": cohort.scores,
        "groups": [str(name) for name in cohort.groups.columns],
        "issues": [issue.to_dict() for issue in cohort.issues],
    }
