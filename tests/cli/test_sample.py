from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from toolkit.cli.program import program

SAMPLES = Path(__file__).parents[2] / "sample_data"


def sample(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(program, ["sample", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_the_three_requisitions_are_written(tmp_path: Path) -> None:
    code, said, _ = sample(tmp_path / "new" / "story")
    written = contents(tmp_path / "new" / "story")
    assert code == 0
    assert said == f"Wrote {len(written)} files to {tmp_path / 'new' / 'story'}\n"
    assert {name.split("/")[0] for name in written} == {
        "README.md",
        "agency-2011",
        "engineer-2026",
        "broken",
    }
    assert all(data == (SAMPLES / name).read_bytes() for name, data in written.items())
    assert not [name for name in written if name.endswith(".py")]


def test_nothing_is_written_over_unless_asked(tmp_path: Path) -> None:
    mine = tmp_path / "agency-2011" / "screen.toml"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    code, said, complaint = sample(tmp_path)
    assert (code, said) == (2, "")
    assert "already holds agency-2011/screen.toml" in complaint
    assert "--force" in complaint
    assert contents(tmp_path) == {"agency-2011/screen.toml": b"mine"}
    assert sample(tmp_path, "--force")[0] == 0
    assert mine.read_bytes() == (SAMPLES / "agency-2011" / "screen.toml").read_bytes()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, said, complaint = sample(tmp_path / "file" / "story")
    assert (code, said) == (2, "")
    assert "cannot be written into: Not a directory" in complaint
