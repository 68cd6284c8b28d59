from __future__ import annotations

from pathlib import Path

from tests.cli.running import complaint_of, json_of, run
from tests.cli.test_documents import written


def test_copies_without_the_name_and_a_list_with_it(tmp_path: Path) -> None:
    out = tmp_path / "copies"
    found = json_of("blind", written(tmp_path), "--name", "Jane Doe", "--pronouns", "--out", out)
    (one,) = found["documents"]
    assert one["written"] == "document-1.txt"
    assert one["counts"] == {"name": 2, "e-mail": 1, "pronoun": 1}
    assert [r["words"] for r in one["removed"]] == ["Jane Doe", "jane@doe.example", "Jane", "she"]
    (path,) = out.iterdir()
    copy = path.read_text(encoding="utf-8")
    assert copy.startswith("Blinded copy. text.\n\n[name withheld]\n[e-mail withheld]\nIn 2014")
    assert "from 200 to 1,400 and they led" in copy
    assert "Taken out: name 2, e-mail 1, pronoun 1." in copy
    assert "jane" not in copy.casefold()


def test_the_list_for_reading_warns(tmp_path: Path) -> None:
    shown = run("blind", written(tmp_path), "--out", tmp_path / "copies")
    assert shown.exit_code == 0
    assert "Read each copy before you hand it out" in shown.stdout
    assert "names were not withheld" in shown.stderr
    assert "Jane" in (tmp_path / "copies" / "document-1.txt").read_text(encoding="utf-8")


def test_what_cannot_be_done_is_told(tmp_path: Path) -> None:
    taken = written(tmp_path, "taken", "x")
    assert "cannot be written" in complaint_of("blind", written(tmp_path), "--out", taken)
    bad = written(tmp_path, "old.rtf", "{\\rtf1 x}")
    assert "DOCX or PDF" in complaint_of("blind", bad, "--out", tmp_path / "copies")
    assert not (tmp_path / "copies").exists()
