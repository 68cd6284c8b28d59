from __future__ import annotations

from pathlib import Path

from tests.cli.running import SAMPLES, complaint_of, json_of, run

CANDIDATES = "candidate_id,klout\n" + "".join(f"C{n},{40 + n}\n" for n in range(6))


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def three(*more: object) -> list[object]:
    return ["--reviewer", "Ann", "--reviewer", "Bo", "--reviewer", "Cy", *more]


def test_six_candidates_and_three_reviewers(tmp_path: Path) -> None:
    path = written(tmp_path, "candidates.csv", CANDIDATES)
    found = json_of("assign", path, *three("--each", 2))
    assert found["loads"] == [{"reviewer": name, "reviews": 4} for name in ("Ann", "Bo", "Cy")]
    assert found["connected"] is True
    assert len(found["assignments"]) == 12
    said = run("assign", path, *three("--each", 2, "--reliability", 0.44)).output
    assert "12 reviews of 6 candidates by 3 reviewers, 4 each." in said
    assert "the mean of 2 would reach .61; 3 would reach .70" in " ".join(said.split())


def test_conflicts_limits_and_what_was_handed_out(tmp_path: Path) -> None:
    path = written(tmp_path, "candidates.csv", CANDIDATES)
    conflicts = written(tmp_path, "conflicts.csv", "candidate,reviewer\nC0,Ann\nC1,Ann\n")
    first = tmp_path / "reviews.csv"
    options = three("--each", 2, "--conflicts", conflicts)
    assert run("assign", path, *options, "--format", "csv", "--out", first).exit_code == 0
    found = json_of("assign", path, *options)
    before = {(one["candidate_id"], one["reviewer"]) for one in found["assignments"]}
    assert before.isdisjoint({("C0", "Ann"), ("C1", "Ann")})
    again = json_of(
        "assign", path, "--reviewer", "Ann", "--reviewer", "Bo", "--reviewer", "Di",
        "--each", 2, "--keep", first, "--limit", "Di=4",
    )  # fmt: skip
    kept = {(one["candidate_id"], one["reviewer"]) for one in again["assignments"] if one["kept"]}
    assert kept == {pair for pair in before if pair[1] != "Cy"}
    assert {one["reviewer"] for one in again["released"]} == {"Cy"}


def test_a_table_of_ratings_names_its_reviewers() -> None:
    ratings = SAMPLES / "engineer-2026" / "ratings.csv"
    found = json_of("assign", ratings, "--each", 2)
    assert {one["reviewer"] for one in found["loads"]} == {"R1", "R2", "R3", "R4", "R5"}
    assert any(one["kept"] for one in found["assignments"])


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, "candidates.csv", CANDIDATES)
    assert "Nobody reviews" in complaint_of("assign", path)
    assert "6 candidates" not in complaint_of("assign", path, *three("--each", 4))
    assert "'--limit'" not in complaint_of("assign", path, *three("--limit", "Ann"))
    assert "Write it like Ann=12" in complaint_of("assign", path, *three("--limit", "Ann"))
    assert "between 0 and 1" in complaint_of("assign", path, *three("--reliability", 44))
    wrong = written(tmp_path, "wrong.csv", "candidate,reviewer\nC0,Anne\n")
    assert "no reviewer 'Anne'" in complaint_of("assign", path, *three("--conflicts", wrong))
    assert "no column with reviewers" in complaint_of("assign", path, *three("--conflicts", path))
    nobody = written(tmp_path, "nobody.csv", "klout\n40\n")
    assert "no column with the candidates' codes" in complaint_of("assign", nobody, *three())
