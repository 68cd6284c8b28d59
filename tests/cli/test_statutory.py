from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from tests.cli.running import complaint_of, json_of, run
from tests.sheets.reading import squeezed, text_of

#: New York's own example by sex: 92 at 54.3 %, 76 at 44.7 %; two of them of a third race.
GROUPS = (
    ("Male", "White", 30, 20),
    ("Male", "Black", 20, 22),
    ("Female", "White", 14, 20),
    ("Female", "Black", 19, 21),
    ("Female", "Asian", 1, 1),
)


def people(folder: Path, sex: str = "Gender", race: str = "race") -> Path:
    rows = [
        f"p{n},{sex_},{race_},{chosen}"
        for n, (sex_, race_, chosen) in enumerate(
            (sex_, race_, chosen)
            for sex_, race_, yes, no in GROUPS
            for chosen in ["yes"] * yes + ["no"] * no
        )
    ]
    path = folder / "people.csv"
    path.write_text("\n".join([f"name,{sex},{race},invited", *rows]), encoding="utf-8")
    return path


def counts(folder: Path) -> Path:
    rows = [f"{sex},{race},{yes},{yes + no}" for sex, race, yes, no in GROUPS]
    path = folder / "counts.csv"
    path.write_text("\n".join(["sex,race,above,n", *rows]), encoding="utf-8")
    return path


def by_group(table: dict[str, object]) -> dict[str, dict[str, object]]:
    return {group["group"]: group for group in table["groups"]}  # type: ignore[attr-defined]


def test_new_yorks_own_example(tmp_path: Path) -> None:
    found = json_of("statutory", people(tmp_path), "--law", "nyc-ll144", "--selected", "invited")
    sex = by_group(found["sex"])
    assert (sex["Male"]["n"], sex["Male"]["impact_ratio"]) == (92, 1.0)
    assert round(sex["Male"]["rate"], 3) == 0.543
    assert round(sex["Female"]["rate"], 3) == 0.447
    assert round(sex["Female"]["impact_ratio"], 2) == 0.82
    assert sex["Female"]["below_four_fifths"] is None
    assert found["law"]["limit"] is None
    assert found["race_ethnicity"]["referent"] == "White"
    assert "Female × Asian" in by_group(found["intersection"])


def test_counts_say_the_same(tmp_path: Path) -> None:
    rows = json_of("statutory", people(tmp_path), "--law", "nyc-ll144", "--selected", "invited")
    sums = json_of(
        "statutory",
        counts(tmp_path),
        "--law",
        "nyc-ll144",
        "--selected",
        "above",
        "--total",
        "n",
    )
    assert sums == rows
    scoring = json_of(
        "statutory",
        counts(tmp_path),
        "--law=nyc-ll144",
        "--selected=above",
        "--total=n",
        "--rate=scoring",
    )
    assert scoring["rate"] == "scoring"
    assert scoring["sex"] == sums["sex"]


def test_scores_are_compared_with_the_median_of_everybody(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text("sex,race,klout\nM,White,10\nF,White,20\nF,Black,\nM,Black,30\n,Asian,40\n")
    found = json_of("statutory", path, "--law", "nyc-ll144", "--score", "klout")
    assert (found["median"], found["assessed"], found["not_scored"]) == (25.0, 4, 1)
    assert [(g["n"], g["selected"]) for g in found["sex"]["groups"]] == [(2, 1), (1, 0)]
    assert found["sex"]["unknown"] == 1


def test_a_small_category_is_left_out_with_a_reason(tmp_path: Path) -> None:
    path = people(tmp_path)
    command = ("statutory", path, "--law", "nyc-ll144", "--selected", "invited")
    assert "only with a reason" in complaint_of(*command, "--leave-out-small")
    found = json_of(*command, "--leave-out-small", "--reason", "two people")
    asian = by_group(found["race_ethnicity"])["Asian"]
    assert (asian["n"], asian["rate"], asian["impact_ratio"]) == (2, 0.5, None)
    assert "makes up" in complaint_of(
        *command, "--leave-out", "Black or African American", "--reason", "x"
    )


def test_the_guideline_by_job(tmp_path: Path) -> None:
    path = tmp_path / "jobs.csv"
    path.write_text(
        "sex,ethnicity,job,hired\n" + "M,White,a,1\nF,White,a,0\nM,White,b,0\nF,White,b,1\n" * 5
    )
    found = json_of("statutory", path, "--law", "ugesp", "--selected", "hired", "--job", "job")
    assert set(found["jobs"]) == {"a", "b"}
    assert by_group(found["jobs"]["a"]["sex"])["Female"]["below_four_fifths"] is True
    assert by_group(found["sex"])["Female"]["below_four_fifths"] is False
    assert "intersection" not in found


def test_the_table_says_that_the_law_sets_no_limit(tmp_path: Path) -> None:
    told = run("statutory", people(tmp_path), "--law", "nyc-ll144", "--selected", "invited").stdout
    assert "This law sets no limit of 0.80, nor any other limit" in told
    assert "below 4/5" not in told
    assert "Not given: Date of the audit" in told
    guideline = run("statutory", people(tmp_path), "--law", "ugesp", "--selected", "invited").stdout
    assert "below 4/5" in guideline


def test_csv_has_a_row_for_each_category_of_each_table(tmp_path: Path) -> None:
    result = run(
        "statutory", people(tmp_path), "--law=nyc-ll144", "--selected=invited", "--format=csv"
    )
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert len(rows) == 2 + 7 + 5
    assert {row["table"] for row in rows} == {"sex", "race_ethnicity", "intersection"}
    assert rows[0]["group"] == "Male"
    assert float(rows[1]["impact_ratio"]) == pytest.approx(0.8231, abs=1e-4)


def test_a_workbook_and_a_pdf_beside_the_answer(tmp_path: Path) -> None:
    xlsx, pdf = tmp_path / "t.xlsx", tmp_path / "t.pdf"
    command = ["statutory", people(tmp_path), "--law", "nyc-ll144", "--selected", "invited"]
    command += ["--audit-date", "2026-11-02", "--tool", "Screen", "--xlsx", xlsx, "--pdf", pdf]
    json_of(*command)
    assert openpyxl.load_workbook(xlsx).sheetnames[0] == "Sex categories"
    first = pdf.read_bytes()
    assert squeezed("2 November 2026") in text_of(first)
    json_of(*command)
    assert pdf.read_bytes() == first
    nowhere = tmp_path / "no" / "t.pdf"
    assert "cannot be written" in complaint_of(*command[:-1], nowhere)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--law", "nyc-ll145", "--selected", "invited"], "Did you mean 'nyc-ll144'"),
        (["--law", "nyc-ll144"], "one of the two"),
        (["--law", "nyc-ll144", "--selected", "invited", "--score", "name"], "one of the two"),
        (["--law", "nyc-ll144", "--score", "name"], "'p0' is not a number, and 167 more"),
        (["--law", "ugesp", "--score", "name"], "is not a number"),
        (["--law", "nyc-ll144", "--selected", "invitd"], "Did you mean 'invited'"),
        (["--law", "nyc-ll144", "--selected", "invited", "--sex", "sexx"], "no column 'sexx'"),
        (["--law", "nyc-ll144", "--selected", "invited", "--map", "x"], "VALUE=CATEGORY"),
        (["--law", "nyc-ll144", "--selected", "invited", "--map", "x=White"], "no value 'x'"),
        (
            ["--law", "nyc-ll144", "--selected", "invited", "--map", "a=White", "--map", "a=Asian"],
            "two things of 'a'",
        ),
        (["--law", "nyc-ll144", "--score", "name", "--total", "invited"], "--total is for a file"),
    ],
)
def test_what_cannot_be_done_is_told(tmp_path: Path, options: list[str], message: str) -> None:
    assert message in complaint_of("statutory", people(tmp_path), *options)


def test_a_value_of_no_category_is_told_and_can_be_mapped(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("sex,race,hired\nM,Wht,1\nF,Asian,0\nNon-binary,Asian,1\n")
    command = ("statutory", path, "--law", "nyc-ll144", "--selected", "hired")
    assert "'Non-binary' (in 1 row)" in complaint_of(*command)
    found = json_of(*command, "--map", "Non-binary=unknown", "--map", "Wht=White")
    assert found["sex"]["unknown"] == 1
    assert found["read_as"]["race_ethnicity"] == {"Wht": "White"}
    assert found["read_as_unknown"]["sex"] == {"Non-binary": 1}
