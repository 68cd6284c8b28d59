from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.intake.files import csv_bytes, one, read, read_all, told, xlsx_bytes, zip_bytes
from toolkit.errors import InputError
from toolkit.intake.mapping import ColumnMapping
from toolkit.intake.read import cohort_of, read_cohort, read_upload
from toolkit.intake.read_file import read_files

DATA = Path(__file__).parent.parent / "data"


def test_one_file_with_everything_beside_each_other() -> None:
    cohort = read(
        "Candidate ID,Name,Klout Score,Portfolio rating,Years,Sex,Tenure,City\n"
        "a1,Ann,61.5,2.5,3,f,12,Oslo\n"
        "b2,Bo,48,4.5,1,m,,Bergen\n"
    )
    assert list(cohort.candidate_ids) == ["a1", "b2"]
    assert list(cohort.candidates.columns) == ["name", "City"]
    assert cohort.name_of("b2") == "Bo"
    assert cohort.signals.to_dict("list") == {
        "klout": [61.5, 48],
        "portfolio_rating": [2.5, 4.5],
        "years": [3, 1],
    }
    assert [about.role for about in cohort.about.values()] == ["score", "evidence", "fact"]
    klout = cohort.about["klout"]
    assert (klout.label, klout.low, klout.high, klout.decimals) == ("Klout", 1, 100, 1)
    assert cohort.groups["Sex"].tolist() == ["f", "m"]
    assert cohort.outcomes["Tenure"].tolist()[0] == 12
    assert np.isnan(cohort.outcomes["Tenure"].tolist()[1])
    assert cohort.issues == ()


def test_the_real_klout_file_loads_as_it_is() -> None:
    """97 accounts without codes or groups; figures counted with the standard library."""
    path = DATA / "klout_gnip_2013.csv"
    cohort = read_cohort(path)
    assert len(cohort) == 97
    assert (cohort.candidate_ids[0], cohort.candidate_ids[-1]) == ("row-2", "row-98")
    assert cohort.scores == ["klout", "followers", "friends", "listed", "posts"]
    assert cohort.signals.iloc[0].tolist() == [35, 178, 129, 0, 2028]
    assert cohort.accounts.columns.tolist() == [
        "candidate_id",
        "followers",
        "following",
        "posts",
        "listed",
    ]
    assert cohort.accounts.iloc[0].tolist() == ["row-2", 178, 129, 2028, 0]
    assert len(cohort.groups.columns) == 0
    assert len(cohort.groups) == 97
    assert cohort.sources == {path.name: hashlib.sha256(path.read_bytes()).hexdigest()}
    assert told(cohort) == [
        "klout_gnip_2013.csv: There is no column of candidate codes: the row numbers were taken "
        "as codes, from 'row-2' to 'row-98'. Add a column 'candidate_id', or map one, to use "
        "your own."
    ]


def test_one_table_of_each_kind() -> None:
    cohort = read_all(
        candidates="candidate_id,name\na,Ann\nb,Bo\n",
        scores="candidate_id,score,value\na,Klout,50\nb,klout,40\na,Kred,600\n",
        accounts="candidate_id,platform,followers,verified,created,fake_share\n"
        "a,twitter,1200,yes,2010-01-31,7\nb,x,80,no,,\n",
        score_history="candidate_id,score,date,value\na,Klout,2011-10,52\na,klout,2011-11,42\n",
        followers="candidate_id,followers,following,has_picture\na,1,900,0\na,1,900,0\n",
        groups="candidate_id,sex,age band\nb,m,30-39\na,f,40-49\n",
        outcomes="candidate_id,performance\na,4.5\n",
        portfolio="candidate_id,title,url,outcome,rating\na,Campaign,http://x.example,+20 %,4\n"
        "a,Relaunch,,,3\n",
        tasks="candidate_id,task,result\na,Writing,80\nb,Writing,60\n",
        ratings="candidate,criterion,reviewer,rating\na,Craft,R1,3\na,Craft,R2,4\nb,Craft,R1,2\n",
    )
    assert list(cohort.candidate_ids) == ["a", "b"]
    assert cohort.scores == ["klout", "kred_influence"]
    assert cohort.evidence == ["task_writing", "craft", "portfolio"]
    expected = {
        "klout": [50, 40],
        "kred_influence": [600, np.nan],
        "task_writing": [80, 60],
        "craft": [3.5, 2],
        "portfolio": [3.5, np.nan],
    }
    pd.testing.assert_frame_equal(
        cohort.signals,
        pd.DataFrame(expected, index=cohort.candidate_ids, dtype=float),
    )
    assert cohort.accounts["verified"].tolist() == [True, False]
    assert cohort.accounts["created"].iloc[0] == pd.Timestamp("2010-01-31")
    assert cohort.accounts["platform"].tolist() == ["twitter", "x"]
    assert cohort.score_history["score"].tolist() == ["klout", "klout"]
    assert cohort.score_history["date"].tolist() == [
        pd.Timestamp("2011-10-01"),
        pd.Timestamp("2011-11-01"),
    ]
    assert cohort.score_history["value"].tolist() == [52, 42]
    assert len(cohort.follower_samples) == 2
    assert cohort.groups.loc["a"].to_dict() == {"sex": "f", "age band": "40-49"}
    assert cohort.outcomes["performance"].tolist()[0] == 4.5
    assert cohort.portfolio["title"].tolist() == ["Campaign", "Relaunch"]
    assert not told(cohort, "warning")


def test_a_folder_a_zip_and_sheets_of_a_workbook_are_the_same(tmp_path: Path) -> None:
    tables = {
        "candidates": [["candidate_id", "klout"], ["a", 50.0], ["b", 40.0]],
        "groups": [["candidate_id", "sex"], ["a", "f"], ["b", "m"]],
    }
    files = {f"{name}.csv": csv_bytes(rows) for name, rows in tables.items()}
    (tmp_path / "deep").mkdir()
    for name, content in files.items():
        (tmp_path / "deep" / name).write_bytes(content)
    (tmp_path / ".DS_Store").write_bytes(b"junk")
    (tmp_path / "notes.md").write_text("# notes")
    folder = read_cohort(tmp_path)
    packed = read_upload([("all.zip", zip_bytes({**files, "__MACOSX/._groups.csv": b"junk"}))])
    book = read_upload([("all.xlsx", xlsx_bytes(tables))])
    for cohort in (folder, packed, book):
        pd.testing.assert_frame_equal(cohort.signals, book.signals)
        pd.testing.assert_frame_equal(cohort.groups, book.groups)
    assert told(packed) == told(book) == []
    assert told(folder) == ["notes.md: A file that is no table ('.md') was left out of the folder."]
    assert set(folder.sources) == {"deep/candidates.csv", "deep/groups.csv"}


def test_candidates_are_made_of_other_tables_when_none_lists_them() -> None:
    cohort = read_all(
        groups="candidate_id,sex\nb,m\na,f\n", scores="candidate_id,score,value\nc,klout,5\n"
    )
    assert list(cohort.candidate_ids) == ["b", "a", "c"]
    assert "everyone who has a row was taken as one" in told(cohort)[0]


def test_tables_without_codes_are_matched_by_name() -> None:
    cohort = read_all(
        first="Name,Klout\nAnn,50\nBo,40\nCy,30\n",
        second="First name,Last name,Portfolio\nBo,,3\nAnn,,4\nDi,,5\n",
    )
    assert cohort.signals["portfolio"].tolist()[:2] == [4, 3]
    assert one(cohort.issues, "not exactly one candidate's").rows == ()
    assert "row 4, set aside" in one(cohort.issues, "not exactly one candidate's").message


def test_somebody_who_stands_twice_in_a_table_matched_by_name() -> None:
    cohort = read_all(
        candidates="candidate_id,name,klout\na,Ann,50\nb,Bo,40\n",
        groups="name,sex\nBo,m\nAnn,f\nBo,f\n",
    )
    assert cohort.groups["sex"].tolist() == ["f", "m"]
    assert one(cohort.issues, "stands in an earlier row").message == (
        "The same candidate stands in an earlier row: row 4, set aside."
    )


def test_many_strangers_share_an_issue() -> None:
    rows = "".join(f"x{i},klout,5\n" for i in range(60))
    cohort = read_all(
        candidates="candidate_id,task\na,5\nb,6\n",
        scores=f"candidate_id,score,value\na,klout,50\n{rows}",
    )
    issue = one(cohort.issues, "about somebody who is not among the candidates")
    assert issue.count == 60
    assert cohort.signals["klout"].tolist()[0] == 50


def test_a_table_that_cannot_be_matched_at_all() -> None:
    with pytest.raises(InputError, match=r"accounts\.csv: there is no column of candidate codes"):
        read_all(candidates="candidate_id,klout\na,5\nb,6\n", accounts="platform,followers\nx,5\n")


def test_two_batches_without_codes_are_put_under_each_other() -> None:
    cohort = read_all(north="Name,Klout\nAnn,50\n", south="Name,Klout\nBo,40\n")
    assert list(cohort.candidate_ids) == ["row-2", "south.csv-row-2"]
    assert cohort.signals["klout"].tolist() == [50, 40]


def test_group_tables_that_cannot_be_matched_are_refused() -> None:
    with pytest.raises(InputError, match=r"groups\.csv: there is no column of candidate codes"):
        read_all(candidates="candidate_id,klout\na,5\nb,6\n", groups="sex\nf\nm\n")


def test_values_of_two_tables_that_disagree_are_listed() -> None:
    cohort = read_all(
        first="candidate_id,klout,sex\na,50,f\nb,,m\n",
        second="candidate_id,klout,sex\na,51,m\nb,40,m\n",
    )
    assert cohort.signals["klout"].tolist() == [50, 40]
    assert cohort.groups["sex"].tolist() == ["f", "m"]
    assert told(cohort) == [
        "second.csv, row 2, column 'klout': Candidate 'a': '51' here disagrees with '50' in an "
        "earlier table, which was kept. Correct one of them.",
        "second.csv, row 2, column 'sex': Disagreement with an earlier table in 1 value: those of "
        "the earlier table were kept. Correct one of them.",
    ]


def test_platforms_in_column_names_make_accounts_of_their_own() -> None:
    cohort = read("candidate_id,twitter_followers,instagram_followers\na,10,20\nb,30,\n")
    assert cohort.accounts.to_dict("records") == [
        {"candidate_id": "a", "platform": "twitter", "followers": 10},
        {"candidate_id": "b", "platform": "twitter", "followers": 30},
        {"candidate_id": "a", "platform": "instagram", "followers": 20},
    ]
    assert cohort.scores == ["followers", "instagram_followers"]


def test_the_newest_dated_score_is_the_signal_and_the_others_are_history() -> None:
    cohort = read_all(
        candidates="candidate_id\na\nb\n",
        scores="candidate_id,score,value,date\na,klout,50,2011-10-01\na,klout,40,2011-11-01\n"
        "b,klout,30,2011-10-01\n",
    )
    assert cohort.signals["klout"].tolist() == [40, 30]
    assert cohort.score_history["value"].tolist() == [50]
    assert one(cohort.issues, "1 earlier value went").row == 2


def test_ratings_need_no_reviewer_to_be_averaged() -> None:
    cohort = read("candidate_id,criterion,rating\na,Craft,4\na,Craft,4\na,Craft,1\nb,Craft,2\n")
    assert cohort.signals["craft"].tolist() == [3, 2]


def test_columns_about_candidates_in_a_table_with_several_rows_for_each_are_told() -> None:
    text = "candidate_id,criterion,rating,sex,klout\na,Craft,4,f,50\na,Tone,3,f,50\n"
    cohort = read(text, "ratings.csv")
    assert list(cohort.signals.columns) == ["craft", "tone"]
    assert len(cohort.groups.columns) == 0
    assert "several rows for each ('klout', 'sex'): not read" in " ".join(told(cohort)) or (
        "several rows for each ('sex', 'klout'): not read" in " ".join(told(cohort))
    )
    once = read("candidate_id,platform,followers,klout\na,x,5,50\nb,x,6,40\n")
    assert once.signals["klout"].tolist() == [50, 40]


def test_sampled_followers_keep_all_their_numbers() -> None:
    cohort = read_all(
        candidates="candidate_id,klout\na,50\nb,40\n",
        followers="candidate_id,followers,following,digits in name\na,1,2,3\na,1,2,3\n",
    )
    assert cohort.follower_samples.to_dict("list") == {
        "candidate_id": ["a", "a"],
        "followers": [1, 1],
        "following": [2, 2],
        "digits_in_name": [3, 3],
    }
    assert list(cohort.signals.columns) == ["klout"]


def test_two_signals_never_have_one_label() -> None:
    cohort = read("candidate_id,klout,Klout Score\na,50,51\nb,40,40\n")
    assert [about.label for about in cohort.about.values()] == ["Klout", "Klout Score"]
    cohort = read("candidate_id,Klout Score,klout\na,50,51\nb,40,40\n")
    assert [about.label for about in cohort.about.values()] == ["Klout", "Klout (klout_2)"]


def test_more_decimals_than_can_be_held_are_noted() -> None:
    cohort = read("candidate_id,klout\na,65.9842975772\nb,50\n")
    assert cohort.about["klout"].decimals == 8
    issue = one(cohort.issues, "more decimals than can be held exactly: 8 are used")
    assert (issue.level, issue.column) == ("note", "klout")


def test_a_mapping_corrects_what_was_recognised() -> None:
    text = "Nr.,K,M/F,Notes\nx1,50,f,7\nx2,40,m,8\n"
    mapping = ColumnMapping.from_toml(
        '[[tables]]\nfile = "people.csv"\n[tables.columns]\n'
        '"Nr." = "id"\n"K" = "score:klout"\n"M/F" = "group"\n"Notes" = "ignore"\n'
    )
    cohort = read_upload([("people.csv", text.encode())], mapping)
    assert list(cohort.candidate_ids) == ["x1", "x2"]
    assert cohort.scores == ["klout"]
    assert cohort.groups["M/F"].tolist() == ["f", "m"]
    assert list(cohort.signals.columns) == ["klout"]


def test_what_was_read_holds_no_secret_and_can_be_understood_again() -> None:
    reading = read_files([("p.csv", b"candidate_id,klout,password\na,50,hunter2\nb,40,hunter3\n")])
    assert "hunter" not in reading.tables[0].frame.to_csv()
    assert cohort_of(reading).scores == cohort_of(reading).scores == ["klout"]
    # The digest is of what was kept: two files that differ in a password only are the same.
    other = read_files([("p.csv", b"candidate_id,klout,password\na,50,qwerty1\nb,40,hunter3\n")])
    assert reading.sources == other.sources


def test_paths_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no file .*missing\.csv"):
        read_cohort(tmp_path / "missing.csv")
    with pytest.raises(InputError, match="the folder holds no file to read"):
        read_cohort(tmp_path)
    with pytest.raises(InputError, match="No file was given"):
        read_cohort()


def test_what_was_measured_was_not_measured_in_the_future() -> None:
    cohort = read_all(
        candidates="candidate_id,klout\nann,50\n",
        accounts="candidate_id,followers,following,created\nann,5,3,2999-01-01\n",
        score_history="candidate_id,score,date,value\nann,stars,2013-07-01,4\n"
        "ann,stars,2999-07-01,9\n",
        portfolio="candidate_id,title,date\nann,A talk,2999-07-01\n",
    )
    said = [f"{i.file} {i.row} {i.message}" for i in cohort.issues if "future" in i.message]
    assert [one.partition(" is in the future: it is ")[0] for one in said] == [
        "accounts.csv 2 '2999-01-01'",
        "score_history.csv 3 '2999-07-01'",
    ]
    assert cohort.accounts["created"].isna().all()
    assert cohort.score_history["date"].isna().tolist() == [False, True]
