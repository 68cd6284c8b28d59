from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.intake.files import read, told
from toolkit.intake.json_resume import is_resume
from toolkit.intake.read import read_upload
from toolkit.intake.read_json import read_json, read_json_lines

DATA = Path(__file__).parent.parent / "data"
WANTED = {"a": 50.0, "b": 40.0}


@pytest.mark.parametrize(
    "value",
    [
        [{"candidate_id": "a", "klout": 50}, {"candidate_id": "b", "klout": 40}],
        {"candidate_id": ["a", "b"], "klout": [50, 40]},
        {"klout": {"0": 50, "1": 40}, "candidate_id": {"0": "a", "1": "b"}},
        {"klout": {"a": 50, "b": 40}},
        {"a": {"klout": 50}, "b": {"klout": 40}},
        {"columns": ["klout"], "index": ["a", "b"], "data": [[50], [40]]},
        {"columns": ["candidate_id", "klout"], "index": [0, 1], "data": [["a", 50], ["b", 40]]},
        [["candidate_id", "klout"], ["a", 50], ["b", 40]],
        {"candidates": [{"id": "a", "klout": 50}, {"id": "b", "klout": 40}]},
        {
            "candidates": [{"id": "a"}, {"id": "b"}],
            "scores": [
                {"id": "a", "score": "klout", "value": 50},
                {"id": "b", "score": "klout", "value": 40},
            ],
        },
        [
            {"id": "a", "scores": [{"score": "Klout", "value": 50}]},
            {"id": "b", "scores": [{"score": "Klout", "value": 40}]},
        ],
        [{"id": "a", "social": {"klout": 50.0}}, {"id": "b", "social": {"klout": "40"}}],
    ],
    ids=lambda value: json.dumps(value)[:60],
)
def test_twelve_shapes_of_the_same_two_candidates(value: object) -> None:
    cohort = read(json.dumps(value), "people.json")
    (signal,) = cohort.signals.columns
    assert cohort.signals[signal].to_dict() == WANTED


def test_one_record_is_one_candidate() -> None:
    cohort = read('{"candidate_id": "a", "klout": 50}', "p.json")
    assert cohort.signals["klout"].to_dict() == {"a": 50}


def test_lists_of_values_become_a_text_and_numbers_keep_their_digits() -> None:
    (table,) = read_json(
        b'[{"id": "007", "tags": ["x", "y"], "klout": 50.10, "ok": true}]', "p.json"
    )
    assert table.frame.iloc[0].tolist() == ["007", "x; y", "50.10", "true"]


def test_nan_and_infinity_as_python_writes_them() -> None:
    cohort = read('[{"id": "a", "klout": NaN}, {"id": "b", "klout": Infinity}]', "p.json")
    assert cohort.signals["klout"].isna().all()
    assert "'Infinity' is infinite" in " ".join(told(cohort, "warning"))


def test_json_lines_under_either_name() -> None:
    text = '{"candidate_id": "a", "klout": 50}\n{"candidate_id": "b", "klout": 40}\n'
    for name in ("p.jsonl", "p.ndjson", "p.json"):
        assert read(text, name).signals["klout"].to_dict() == WANTED
    (table,) = read_json_lines(text.encode(), "p.jsonl")
    assert table.rows.tolist() == [2, 3]


def test_a_secret_never_gets_past_the_parser() -> None:
    text = '[{"id": "a", "auth": {"x": {"y": "hunter2"}}, "deep": [{"password": "hunter3"}]}]'
    (table,) = read_json(text.encode(), "p.json")
    assert "hunter" not in table.frame.to_csv()
    assert table.refused == ("auth", "password")


def test_resumes_are_told_from_tables() -> None:
    for name in ("richard.resume.json", "johnny.fresh.json"):
        assert is_resume(json.loads((DATA / name).read_text(encoding="utf-8")))
    assert not is_resume({"candidates": [{"id": 1}], "scores": []})
    assert not is_resume([1])


def test_what_is_taken_from_a_resume() -> None:
    tables = read_json((DATA / "richard.resume.json").read_bytes(), "cv/richard.resume.json")
    people, items, accounts = tables
    assert people.frame.iloc[0].to_dict() == {
        "candidate_id": "richard",
        "name": "Richard Hendriks",
        "headline": "Programmer",
    }
    assert items.frame["title"].tolist() == [
        "Miss Direction",
        "Video compression for 3d media",
        "CEO/President at Pied Piper",
        "Digital Compression Pioneer Award",
    ]
    assert items.frame["date"].tolist()[0] == "2016-08-24"
    assert accounts.frame["platform"].tolist() == ["Twitter", "SoundCloud"]


def test_a_broken_resume_says_where() -> None:
    from toolkit.errors import UnreadableFile

    with pytest.raises(UnreadableFile, match=r"johnny\.broken\.json, line 251, character 3"):
        read((DATA / "johnny.broken.json").read_bytes(), "johnny.broken.json")


def test_sections_of_a_resume_that_are_no_lists_are_told() -> None:
    cohort = read('{"basics": {"name": "Ann"}, "projects": "many", "work": {}}', "ann.json")
    assert list(cohort.candidate_ids) == ["ann"]
    assert [line for line in told(cohort, "warning") if "as a résumé has it" in line] == [
        "ann.json, column 'projects': 'projects' is not a list of records, as a résumé has it, and "
        "was set aside.",
        "ann.json, column 'work': 'work' is not a list of records, as a résumé has it, and was set "
        "aside.",
    ]


def test_half_a_letter_is_replaced_and_told() -> None:
    """JSON can spell half of a surrogate pair, which no text can hold."""
    text = (
        rb'[{"candidate_id": "a", "name": "x\ud800y", "klout": 50, "b\udc00": 1, "b\udc01": 2},'
        rb' {"candidate_id": "b", "name": "\ud83d\ude00 \\ud800", "klout": 40}]'
    )
    cohort = read_upload([("export.json", text)])
    assert cohort.candidates["name"].tolist() == ["x�y", "😀 \\ud800"]
    messages = [str(issue) for issue in cohort.issues]
    assert any("3 texts hold half of a letter" in message for message in messages)
    assert any("The key stands twice in one record" in message for message in messages)
