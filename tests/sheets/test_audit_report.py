"""The adverse-impact report: every figure of the panel, the tables of the laws, and no person."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from tests.sheets.reading import failures, pages_of, squeezed, text_of
from tests.sheets.report_examples import DATE, adverse_impact_report, agency
from toolkit.errors import InputError, UnknownName
from toolkit.fairness.impact import impact
from toolkit.influence.influence import influence
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.screen import Screen
from toolkit.sheets.audit_page import audit_page
from toolkit.sheets.audit_report import AuditReport, audit_report
from toolkit.sheets.content import content_of, value_of
from toolkit.sheets.rendering import render_pdf

PRINTED = [
    "Adverse-impact report",
    "Social media manager, spring 2011",
    "Agency screen, autumn 2011",
    "By sex",
    "Compared with Male, the group with the highest rate that is large enough: 7 of 28 (25 %)",
    "3 people are of unknown group, 0 of them selected.",
    "Female (5 of 29)",
    "0.69 (0.25 to 1.92)",
    "a rule of thumb of one guideline, not a limit set by law",
    "Exact interval",
    "too small to say",
    "Tests and sizes",
    "In words",
    "With and without the scores",
    "Without Klout",
    "Within each age band",
    "Breslow–Day p",
    "By ethnicity",
    "Statutory tables",
    "New York City Local Law 144 of 2021",
    "Intersectional categories",
    "This law sets no limit of 0.80, nor any other limit, for the impact ratio.",
    "Uniform Guidelines on Employee Selection Procedures (1978)",
    "Definitions",
    "Shortfall",
    "A group of fewer than 5 people is listed",
    "Record",
]


def test_the_report_says_everything_in_reading_order() -> None:
    text, at = text_of(render_pdf(adverse_impact_report())), 0
    for words in PRINTED:
        found = text.find(squeezed(words), at)
        assert found >= 0, f"'{words}' does not stand after '{text[max(at - 80, 0) : at]}'"
        at = found


def test_the_figures_are_those_of_the_panel() -> None:
    report, (cohort, found) = adverse_impact_report(), agency()
    panel = impact(cohort.groups, found.decisions.selected, ["sex", "ethnicity"])
    assert report.impact.attributes["sex"].groups == panel.attributes["sex"].groups
    tables = audit_page(report)["tables"]
    assert [one["heading"] for one in tables] == [  # type: ignore[attr-defined, index]
        "By sex",
        "By ethnicity",
        "By sex × ethnicity",
    ]
    for one, table in zip(tables, report.impact.tables, strict=True):  # type: ignore[call-overload]
        assert [row["cells"][1:3] for row in one["rows"]] == [
            [str(group.n), str(group.selected)] for group in table.groups
        ]


def test_many_small_groups_are_kept_out_in_one_sentence() -> None:
    cohort, found = agency()
    tables = audit_page(audit_report(cohort, found, law_keys=[]))["tables"]
    crossed = tables[-1]  # type: ignore[index]
    assert crossed["heading"] == "By sex × ethnicity × age band"
    # Of 52 people whose groups are all known, five are more than 2 %: what keeps out is the five.
    people = cohort.groups[["sex", "ethnicity", "age_band"]].dropna()
    small = int((people.groupby([*people]).size() < 5).sum())
    assert crossed["excluded"] == [
        f"{small} groups are too small for that: fewer than 5 people, or under 2\u00a0% of them. "
        "Their counts stand in the table above."
    ]


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_it_is_accessible_and_archival(paper: str) -> None:
    pdf = render_pdf(adverse_impact_report(), paper)  # type: ignore[arg-type]
    assert failures(pdf) == []
    for page in pages_of(pdf):
        assert squeezed("Counts of groups. No person’s data stand in this report.") in page


def test_no_person_is_in_it() -> None:
    cohort, _ = agency()
    text = text_of(render_pdf(adverse_impact_report()))
    record = json.dumps(adverse_impact_report().to_dict(), ensure_ascii=False)
    for code in cohort.candidate_ids:
        assert squeezed(cohort.name_of(code)) not in text
        assert cohort.name_of(code) not in record
        assert f'"{code}"' not in record


def test_it_can_be_made_again_from_its_record() -> None:
    report = adverse_impact_report()
    assert value_of(AuditReport, content_of(report)) == report


def some(sex: list[str | None]) -> AuditReport:
    frame = pd.DataFrame({"klout": [float(n) for n in range(len(sex))], "sex": sex})
    cohort = cohort_from_frame(frame, groups=["sex"])
    found = influence(cohort, Screen(places=len(sex) // 2, weights={"klout": 1}))
    return audit_report(cohort, found, date=DATE)


@pytest.mark.parametrize(
    "sex",
    [[None, None], ["F"], ["F", "M"] * 6, ["#[x] *b* =1+1 <b>", "M"], ["F" * 9000, "M"]],
    ids=["unknown", "one", "two groups", "markup", "long"],
)
def test_few_people_and_strange_groups(sex: list[str | None]) -> None:
    report = some(sex)
    pdf = render_pdf(report)
    assert failures(pdf) == []
    # The laws want race, too: said, and nothing left out in silence.
    assert [one.law[:8] for one in report.no_tables] == ["New York", "Uniform "]
    assert "race" in report.no_tables[0].why
    if sex[0] is not None and "#" in sex[0]:
        assert squeezed("#[x] *b* =1+1 <b>") in text_of(pdf)


def test_what_cannot_be_made_is_said() -> None:
    cohort, found = agency()
    with pytest.raises(UnknownName, match="There is no group column 'sexx'"):
        audit_report(cohort, found, attributes=["sexx"])
    with pytest.raises(UnknownName, match="There is no law 'nyc'"):
        audit_report(cohort, found, law_keys=["nyc"])
    frame = pd.DataFrame({"klout": [1.0, 2.0]})
    plain = cohort_from_frame(frame)
    with pytest.raises(InputError, match="There are no group columns"):
        audit_report(plain, influence(plain, Screen(places=1, weights={"klout": 1})))
