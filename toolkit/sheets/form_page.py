"""What every review sheet asks for, whoever the candidate is: head, task and rubric."""

from __future__ import annotations

import datetime as dt

from toolkit.review.rubric import Rubric
from toolkit.sheets.look import Page
from toolkit.sheets.requisition import Requisition
from toolkit.sheets.rubric_language import rubric_told
from toolkit.sheets.running import SHORT_DIGEST
from toolkit.sheets.spoken import spoken
from toolkit.sheets.texts import Texts


def form_page(requisition: Requisition, rubric: Rubric, date: dt.date, t: Texts) -> Page:
    """Head, task block and criteria of a review sheet.

    Parameters
    ----------
    requisition : Requisition
    rubric : Rubric
    date : date
        When the sheet was prepared.
    t : Texts
        Of the candidate's sheet.
    """
    task, told = requisition.task, rubric_told(rubric, t)
    return {
        "stage": spoken(" ".join(requisition.stage.split()), t),
        "role": " ".join(requisition.role.split()),
        "prepared": t.date(date),
        "rubric": t(
            "rubric_version",
            name=told.name,
            version=rubric.version,
            digest=rubric.digest[:SHORT_DIGEST],
        ),
        "task": {
            "title": task.title,
            "instructions": task.instructions,
            "time_limit": task.time_limit,
            "conditions": task.conditions,
            "adjustments": task.adjustments,
            "authorship": list(task.authorship),
        },
        "criteria": [
            {
                "label": criterion.label,
                "weight": t("weight", share=t.percent(rubric.share(criterion))),
                "definition": criterion.definition,
                "job_link": t("job_link", text=criterion.job_analysis),
                "anchors": list(criterion.anchors),
            }
            for criterion in told.criteria
        ],
    }
