from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

from tests.cli.running import AGENCY, complaint_of, four, json_of, run

DETECTORS = (
    "bought_followers",
    "automated",
    "growth_spike",
    "score_above_audience",
    "score_above_work",
)


def test_a_million_followers_for_one_post(tmp_path: Path) -> None:
    table = tmp_path / "a.zip"
    with zipfile.ZipFile(table, "w") as archive:
        archive.writestr("candidates.csv", "candidate_id,klout\nann,50\nbo,\n")
        archive.writestr(
            "accounts.csv", "candidate_id,followers,following,posts\nann,1000000,0,1\n"
        )
    found = json_of("inflation", table)
    ann, bo = found["accounts"]
    assert (ann["candidate_id"], bo["candidate_id"]) == ("ann", "bo")
    assert 0.5 <= ann["suspicion"] <= 1
    assert any("1,000,000 followers" in reason for reason in ann["reasons"])
    # Nothing is known of bo, which is not the same as nothing to suspect.
    assert [bo[key] for key in (*DETECTORS, "suspicion")] == [None] * 6
    assert bo["reasons"] == []
    assert found["reward"] is None


def test_keys_and_ranges_of_the_contract() -> None:
    found = json_of("inflation", AGENCY, "--screen", AGENCY / "screen.toml")
    assert len(found["accounts"]) == 60
    for account in found["accounts"]:
        for key in (*DETECTORS, "suspicion"):
            assert account[key] is None or 0 <= account[key] <= 1
        assert isinstance(account["reasons"], list)
    reward = found["reward"]
    assert {"odds_ratio", "low", "high", "p", "selected_inflated", "selected_other"} <= set(reward)


def test_the_sample_tells_its_story() -> None:
    # Its description: five of the twelve invited have an audience consistent with purchase.
    found = json_of("inflation", AGENCY, "--screen", AGENCY / "screen.toml")
    assert found["reward"]["selected_inflated"] >= 5
    assert found["reward"]["low"] > 1


def test_the_table_gives_reasons_and_accuses_nobody() -> None:
    said = run("inflation", AGENCY, "--screen", AGENCY / "screen.toml").stdout
    assert "A suspicion is a reason to look, not a finding." in said
    assert "onsistent with bought followers" in " ".join(said.split())
    assert not {"fraud", "cheat", "fraudulent"} & set(said.lower().split())


def test_csv_is_one_row_a_candidate() -> None:
    result = run("inflation", AGENCY, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert len(rows) == 60
    assert {"candidate_id", *DETECTORS, "suspicion", "reasons"} <= set(rows[0])


def test_as_of_is_a_date(tmp_path: Path) -> None:
    table, _ = four(tmp_path)
    assert run("inflation", table, "--as-of", "2011-10-01").exit_code == 0
    assert "--as-of" in complaint_of("inflation", table, "--as-of", "autumn")


def test_samples_of_followers_come_as_a_folder_or_as_a_table(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("candidate_id,klout\nann,50\nbo,40\n")
    columns, sold = "followers,following,posts,has_picture,has_bio", "3,4200,0,0,0"
    folder = tmp_path / "samples"
    folder.mkdir()
    (folder / "ann.csv").write_text("\n".join([columns, *[sold] * 300]))
    one = tmp_path / "all.csv"
    one.write_text("\n".join([f"candidate_id,{columns}", *[f"ann,{sold}"] * 300]))
    in_folder, in_table = (json_of("inflation", table, "--followers", p) for p in (folder, one))
    assert in_folder == in_table
    ann, bo = in_folder["accounts"]
    # Three hundred that are all alike are unlike any accounts that the detector knows.
    assert "300 sampled followers" in (*ann["reasons"], *ann["against"])[0]
    assert bo["bought_followers"] is None
    (folder / "zoe.csv").write_text(f"{columns}\n{sold}\n")
    assert "There is no candidate 'zoe'" in complaint_of("inflation", table, "--followers", folder)


def test_dismissals_of_the_page_are_read_back(tmp_path: Path) -> None:
    table, answers = tmp_path / "a.zip", tmp_path / "answers.json"
    with zipfile.ZipFile(table, "w") as archive:
        archive.writestr("candidates.csv", "candidate_id,klout\nann,50\nbo,\n")
        archive.writestr(
            "accounts.csv", "candidate_id,followers,following,posts\nann,1000000,0,1\n"
        )
    answer = {
        "detectors": ["bought_followers"],
        "reason": "A singer.",
        "date": "2026-11-22",
        "reviewer": "Jo Lee",
    }
    accounts = [{"candidate_id": who, "dismissed": answer} for who in ("ann", "zoe")]
    answers.write_text(json.dumps({"accounts": accounts}))
    result = run("inflation", table, "--dismissals", answers, "--format", "json")
    assert result.exit_code == 0
    assert "the dismissal for 'zoe' is left out: there is no such candidate" in result.stderr
    found = json.loads(result.stdout)
    assert found["dismissed"] == 1
    assert found["accounts"][0]["dismissed"] == answer
    assert found["accounts"][0]["against"][0].startswith("Dismissed by Jo Lee on 2026-11-22")
    answers.write_text("{}")
    assert "neither 'dismissals' nor" in complaint_of("inflation", table, "--dismissals", answers)
