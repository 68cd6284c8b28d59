from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import complaint_of, json_of, run
from toolkit.review.rubric import TEMPLATES, rubric_template


def test_the_rubrics_to_start_from_are_listed() -> None:
    found = json_of("rubric")["templates"]
    assert [one["template"] for one in found] == list(TEMPLATES)
    assert "Data task" in run("rubric").output


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_written_out_and_passes_its_own_check(name: str, tmp_path: Path) -> None:
    path = tmp_path / "rubric.toml"
    assert run("rubric", "--template", name, "--out", path).exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("# The rubric of a ")
    found = json_of("rubric", path)
    assert found["sha256"] == rubric_template(name).digest
    assert found["same_saying"] == []
    assert sum(one["share"] for one in found["criteria"]) == pytest.approx(1)
    assert "No two criteria say the same." in run("rubric", path).output


def test_a_template_goes_to_standard_output() -> None:
    assert 'name = "Code review"' in run("rubric", "--template", "code_review").output


def test_criteria_that_say_the_same_are_told(tmp_path: Path) -> None:
    text = rubric_template("data_task").to_toml()
    again = text[
        text.index("[[criteria]]") : text.index("[[criteria]]", text.index("[[criteria]]") + 1)
    ]
    path = tmp_path / "rubric.toml"
    path.write_text(text + "\n" + again.replace('key = "data_care"', 'key = "care"'), "utf-8")
    assert len(json_of("rubric", path)["same_saying"]) == 1
    assert "say much the same" in run("rubric", path).output


def test_what_rates_the_person_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rubric.toml"
    text = rubric_template("data_task").to_toml()
    path.write_text(text.replace("Care with the data", "Culture fit"), "utf-8")
    told = complaint_of("rubric", path)
    assert "'Culture fit' in the label rates the person, not the work (culture fit)" in told


def test_one_thing_at_a_time(tmp_path: Path) -> None:
    assert "give one of the two" in complaint_of("rubric", "a.toml", "--template", "data_task")
    assert "Did you mean 'data_task'" in complaint_of("rubric", "--template", "data_tsk")
    assert "cannot be read" in complaint_of("rubric", tmp_path / "none.toml")


def test_a_template_in_another_language_passes_the_check(tmp_path: Path) -> None:
    path = str(tmp_path / "rubric.toml")
    args = ("rubric", "--template", "writing_task", "--language", "de", "--out", path)
    assert run(*args).exit_code == 0
    found = json_of("rubric", path)
    assert found["name"] == "Schreibaufgabe"
    assert [one["key"] for one in found["criteria"]] == [
        one.key for one in rubric_template("writing_task").criteria
    ]
