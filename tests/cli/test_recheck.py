from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from tests.cli.running import complaint_of, json_of, run
from tests.sheets.reading import squeezed, text_of

NEW_YORK = "Sex Categories,# of Applicants,Scoring Rate,Impact Ratio\nMale,92,54.3%,1.00\n"


def table(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_that_holds(tmp_path: Path) -> None:
    found = json_of("recheck", table(tmp_path, NEW_YORK + "Female,76,44.7%,0.82\n"))
    assert found["agrees"] is True
    assert (found["checked"], found["not_checked"]) == (4, 2)
    assert found["rows"][0]["impact_ratio"] == 1
    assert found["disagreements"] == []


def test_a_ratio_that_does_not_follow(tmp_path: Path) -> None:
    path = table(tmp_path, NEW_YORK + "Female,76,44.7%,0.83\n")
    found = json_of("recheck", path)
    assert found["disagreements"] == [
        {
            "table": "",
            "group": "Female",
            "row": 3,
            "column": "impact_ratio",
            "printed": "0.83",
            "recomputed": "0.82",
            "cause": "last digit",
            "explanation": "The last digit is off by one.",
        }
    ]
    told = run("recheck", path).stdout
    assert "1 of 4 figures does not follow from the others" in told
    rows = list(csv.DictReader(io.StringIO(run("recheck", path, "--format", "csv").stdout)))
    assert [row["recomputed"] for row in rows] == ["0.82"]


def test_a_workbook_and_a_pdf_beside_the_answer(tmp_path: Path) -> None:
    xlsx, pdf = tmp_path / "r.xlsx", tmp_path / "r.pdf"
    path = table(tmp_path, NEW_YORK + "Female,76,44.7%,0.83\n")
    json_of("recheck", path, "--xlsx", xlsx, "--pdf", pdf)
    assert openpyxl.load_workbook(xlsx)["Disagreements"]["F2"].value == "0.82"
    assert squeezed("table.csv") in text_of(pdf.read_bytes())
    assert "cannot be written" in complaint_of("recheck", path, "--pdf", tmp_path / "no" / "r.pdf")


def test_columns_by_other_names(tmp_path: Path) -> None:
    path = table(tmp_path, "Wer;Alle;Quote;Zu\nA;10;50,0 %;1,00\nB;10;30,0 %;0,60\n")
    named = ("--group", "Wer", "--n", "Alle", "--rate", "Quote", "--ratio", "Zu")
    assert json_of("recheck", path, *named)["agrees"] is True


def test_the_csv_of_statutory_and_of_impact_can_be_rechecked(tmp_path: Path) -> None:
    people = ["sex,race,hired"]
    people += [
        f"{'MF'[i % 2]},{['White', 'Black', 'Asian'][i % 3]},{i % 5 // 3}" for i in range(90)
    ]
    path = table(tmp_path, "\n".join(people), "people.csv")
    out = tmp_path / "out.csv"
    for command in (
        ("statutory", path, "--law", "nyc-ll144", "--selected", "hired"),
        ("impact", path, "--group", "sex", "--group", "race", "--selected", "hired"),
    ):
        result = run(*command, "--format", "csv", "--out", out)
        assert result.exit_code == 0, result.stderr
        found = json_of("recheck", out)
        assert found["disagreements"] == []
        assert found["checked"] > 10


def test_the_sheets_of_our_own_workbook_hold(tmp_path: Path) -> None:
    people = ["sex,race,klout"]
    people += [
        f"{'MF'[i % 2]},{['White', 'Black', 'Asian'][i % 3]},{i * 7 % 41}" for i in range(90)
    ]
    path, book = table(tmp_path, "\n".join(people), "people.csv"), tmp_path / "tables.xlsx"
    json_of("statutory", path, "--law", "nyc-ll144", "--score", "klout", "--xlsx", book)
    found = json_of("recheck", book)
    assert found["disagreements"] == []
    assert set(found["referents"]) == {
        "Sex categories",
        "Race ethnicity categories",
        "Intersectional categories",
    }
    assert found["checked"] == 2 * (2 + 3 + 6)


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("a,b\n1,2\n", (), "No column names the groups"),
        ("group,n\nA,5\n", (), "neither a rate nor an impact ratio"),
        ("group,rate\nA,many\n", (), "row 2, column 'rate': 'many' is not a figure"),
        ("group,rate\nA,0.5\n", ("--rate", "rat"), "Did you mean 'rate'"),
        ("", (), "empty"),
    ],
)
def test_what_cannot_be_read_is_told(
    tmp_path: Path, text: str, options: tuple[str, ...], message: str
) -> None:
    assert message in complaint_of("recheck", table(tmp_path, text), *options)
