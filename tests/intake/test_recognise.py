from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.files import csv_bytes, read, told
from toolkit.intake.kinds import kind_of
from toolkit.intake.read import read_upload
from toolkit.intake.read_csv import read_csv
from toolkit.intake.recognise import recognise
from toolkit.scores.catalogue import load_catalogue

CATALOGUE = load_catalogue()
ATS = Path(__file__).parent.parent / "data" / "ats"


def roles(header: str, *rows: str, file: str = "people.csv") -> dict[str, str]:
    table = read_csv("\n".join((header, *rows)).encode(), file)
    return {e.column: str(e.role) for e in recognise([table], CATALOGUE).entries}


def test_columns_are_recognised_by_name_and_by_what_they_hold() -> None:
    found = roles(
        "Applicant No,First name,Surname,Klout Score,Twitter Followers,Blue tick,Fake share,"
        "Portfolio,Sex,Tenure,Years,Joined on,Req number",
        "a,Ann,Lee,50,900,yes,7,4,f,12,3,May,17",
        "b,Bo,Ray,40,90,no,8,3,m,10,2,June,17",
    )
    assert found == {
        "Applicant No": "id",
        "First name": "name:first",
        "Surname": "name:last",
        "Klout Score": "score:klout",
        "Twitter Followers": "score:followers + account:followers@twitter",
        "Blue tick": "account:verified",
        "Fake share": "account:fake_share",
        "Portfolio": "evidence",
        "Sex": "group",
        "Tenure": "outcome",
        "Years": "fact",
        "Joined on": "text",
        "Req number": "text",
    }


@pytest.mark.parametrize(
    ("file", "text", "kind"),
    [
        ("x.csv", "candidate_id,klout\na,5", "candidates"),
        ("x.csv", "candidate_id,score,value\na,klout,5", "scores"),
        ("x.csv", "candidate_id,score,date,value\na,klout,2012,5", "score_history"),
        ("scores.csv", "candidate_id,score,date,value\na,klout,2012,5", "scores"),
        ("scores.csv", "candidate_id,klout,kred\na,5,6", "candidates"),
        ("x.csv", "candidate_id,platform,followers\na,x,5", "accounts"),
        ("accounts.csv", "candidate_id,followers\na,5", "accounts"),
        ("x.csv", "candidate_id,criterion,reviewer,rating\na,c,r,5", "ratings"),
        ("x.csv", "candidate_id,task,result\na,t,5", "tasks"),
        ("tasks.csv", "candidate_id,SQL,Essay\na,5,6", "candidates"),
        ("x.csv", "candidate_id,title,url\na,t,http://x", "portfolio"),
        ("x.csv", "candidate_id,name\na,t", "candidates"),
        ("x.csv", "candidate_id,sex,race\na,f,x", "groups"),
        ("outcomes.csv", "candidate_id,sold\na,5", "outcomes"),
        ("x.csv", "candidate_id,followers,following,has_picture\na,1,2,1\na,1,2,1", "followers"),
        ("x.csv", "candidate_id,followers,following,posts\na,1,2,1\nb,1,2,1", "candidates"),
        ("May groups 2013.csv", "candidate_id,sex,team\na,f,x", "groups"),
    ],
)
def test_the_kind_of_a_table(file: str, text: str, kind: str) -> None:
    assert kind_of(read_csv(text.encode(), file))[0] == kind


def test_levels_of_an_ordinal_score_are_numbers() -> None:
    cohort = read("candidate_id,Kaggle tier,years_experience\na,Grandmaster,3\nb,novice,4\n")
    assert cohort.signals["kaggle_tier"].tolist() == [4, 0]
    assert cohort.about["kaggle_tier"].label == "Kaggle tier"
    assert cohort.about["years_experience"].label == "Years experience"
    assert "read with the name of a level: 'Grandmaster' as 4" in told(cohort)[0]


def test_numbers_of_a_table_of_tasks_are_evidence() -> None:
    assert roles("candidate_id,SQL,Essay", "a,5,6", file="tasks.csv")["SQL"] == "evidence"


@pytest.mark.parametrize(
    ("file", "code", "names"),
    [
        ("opencats_export_header.csv", "candidateID", {"lastName", "firstName"}),
        ("opencats_import_header.csv", None, {"Full Name"}),
        ("greenhouse_prospect_import_header.csv", None, {"First Name", "Last Name"}),
        ("survey_gist_sstarr_header.csv", "applicant_reference", {"first_name", "last_name"}),
    ],
)
def test_files_of_applicant_tracking_systems(file: str, code: str | None, names: set[str]) -> None:
    header = (ATS / file).read_text().strip().split(",")
    rows = [header, *([f"{name} {i}" for name in header] for i in (1, 2))]
    found = roles(csv_bytes(rows).decode())
    assert {column for column, role in found.items() if role.startswith("name")} == names
    assert [column for column, role in found.items() if role == "id"] == ([code] if code else [])
    assert not {"score", "fact", "evidence"} & {role.partition(":")[0] for role in found.values()}
    for column in ("Email", "email1", "Phone", "Home Phone", "Zip", "Address", "recruiter"):
        assert found.get(column, "ignore") == "ignore"


def test_scores_can_be_added_to_a_system_export() -> None:
    cohort = read(
        "candidateID,lastName,firstName,phoneHome,phoneCell,email1,keySkills,klout\n"
        "7,Lee,Ann,1,2,a@x.example,SQL,50\n9,Ray,Bo,1,2,b@x.example,R,40\n"
    )
    assert cohort.candidates["name"].tolist() == ["Ann Lee", "Bo Ray"]
    assert cohort.scores == ["klout"]
    assert told(cohort) == [
        "people.csv: Not needed and left behind: 'phoneHome', 'phoneCell', 'email1'."
    ]


def test_resumes_become_portfolios_of_the_candidates_they_name() -> None:
    resume = (ATS.parent / "richard.resume.json").read_bytes()
    cohort = read_upload(
        [
            ("people.csv", b"candidate_id,name,klout\nr1,Richard Hendriks,50\na2,Ann,40\n"),
            ("cv.json", resume),
        ]
    )
    assert list(cohort.candidate_ids) == ["r1", "a2"]
    assert set(cohort.portfolio["candidate_id"]) == {"r1"}
    assert cohort.portfolio["title"].tolist()[0] == "Miss Direction"
    assert cohort.accounts["platform"].tolist() == ["Twitter", "SoundCloud"]
    text = cohort.candidates.to_csv() + cohort.portfolio.to_csv() + cohort.accounts.to_csv()
    assert "richard.hendriks@mail.com" not in text
    assert "94115" not in text


def test_resumes_alone_are_candidates() -> None:
    files = [
        (name, (ATS.parent / name).read_bytes())
        for name in ("richard.resume.json", "johnny.fresh.json")
    ]
    cohort = read_upload(files)
    assert list(cohort.candidate_ids) == ["richard", "johnny"]
    assert cohort.name_of("johnny") == "Johnny Trouble"
    assert set(cohort.portfolio["candidate_id"]) == {"richard", "johnny"}
