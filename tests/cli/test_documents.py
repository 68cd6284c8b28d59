from __future__ import annotations

from pathlib import Path

from tests.cli.running import complaint_of, json_of, run

TEXT = (
    "Jane Doe\njane@doe.example\n"
    "In 2014 Jane raised sign-ups from 200 to 1,400 and she led 3.6 million users.\n"
)


def written(folder: Path, name: str = "Jane_CV.txt", text: str = TEXT) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_text_figures_and_dates(tmp_path: Path) -> None:
    found = json_of("documents", written(tmp_path))
    (one,) = found["documents"]
    assert (one["name"], one["form"], one["characters"]) == ("Jane_CV.txt", "text", len(TEXT) - 1)
    (change,) = one["claims"]["changes"]
    assert (change["before"], change["after"], change["relative"]) == (200, 1400, 6)
    assert change["place"] == "line 3"
    assert [a["value"] for a in one["claims"]["amounts"]] == [3_600_000]
    assert [d["start"] for d in one["claims"]["dates"]] == ["2014-01-01"]
    assert found["issues"] == []


def test_the_table_and_the_csv(tmp_path: Path) -> None:
    shown = run("documents", written(tmp_path))
    assert shown.exit_code == 0
    assert "Changes to check" in shown.stdout
    assert "1 changes, 1 amounts and 1 dates" in shown.stdout
    csv = run("documents", written(tmp_path), "--format", "csv").stdout.splitlines()
    assert csv[0] == "file,kind,place,words,before,after,unit,relative,start,end"
    assert len(csv) == 4


def test_one_that_cannot_be_read_is_listed_beside_the_others(tmp_path: Path) -> None:
    bad = written(tmp_path, "old.rtf", "{\\rtf1 x}")
    found = json_of("documents", written(tmp_path), bad)
    assert len(found["documents"]) == 1
    assert found["issues"][0]["file"] == "old.rtf"
    assert "save it as DOCX or PDF" in complaint_of("documents", bad)
    assert "cannot be read: No such file" in complaint_of("documents", tmp_path / "none.pdf")
