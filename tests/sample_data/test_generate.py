import re
import subprocess
import sys
from pathlib import Path

import pytest

from sample_data.generate import BY_HAND, FOLDER, differences, files, main, write

SAMPLES = FOLDER


def test_the_committed_files_are_what_the_script_would_write():
    assert differences() == []


def test_writing_and_checking_a_folder(tmp_path: Path):
    assert write(tmp_path) == len(files())
    assert differences(tmp_path) == []

    (tmp_path / "agency-2011" / "groups.csv").write_text("candidate_id,sex\n")
    (tmp_path / "agency-2011" / "screen.toml").unlink()
    (tmp_path / "broken" / "mine.csv").write_text("")

    assert differences(tmp_path) == [
        "agency-2011/groups.csv differs",
        "agency-2011/screen.toml is missing",
        "broken/mine.csv is not a generated file",
    ]


def test_two_runs_give_the_same_bytes():
    assert files() == files()


def test_the_script_runs_as_a_file_from_anywhere(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-B", str(SAMPLES / "generate.py"), "--check"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "All sample files are as generated.\n"


def test_check_leaves_with_1_where_files_differ(monkeypatch, capsys):
    monkeypatch.setattr("sample_data.generate.differences", lambda: ["a.csv differs"])

    assert main(["--check"]) == 1
    assert capsys.readouterr().out == "a.csv differs\n"


def test_all_files_together_are_small():
    sizes = [len(content) for content in files().values()]
    sizes += [(SAMPLES / name).stat().st_size for name in BY_HAND]

    assert sum(sizes) < 600_000


@pytest.mark.parametrize("requisition", ["agency-2011", "engineer-2026"])
def test_the_readme_names_every_file_and_counts_its_rows(requisition):
    text = (SAMPLES / requisition / "README.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([^`]+)` \| ([\d,]*) ?\|", text, flags=re.MULTILINE))
    made = {n.split("/")[1]: c for n, c in files().items() if n.startswith(requisition)}

    assert set(told) == set(made)
    for name, rows in told.items():
        if name.endswith(".csv"):
            assert int(rows.replace(",", "")) == made[name].count(b"\n") - 1, name
