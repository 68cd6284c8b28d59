"""The benchmarks: every subject measures a small case, and its table has a place to go."""

from __future__ import annotations

import pytest

from scripts.bench import __main__ as bench


@pytest.mark.parametrize("name", bench.every_subject())
def test_a_subject_measures_and_shows_a_small_case(name: str) -> None:
    subject = bench.subject(name)
    assert subject.CASES
    assert callable(subject.measure)
    if not hasattr(subject, "SMALL"):
        return
    results = [{**subject.SMALL, **subject.measure(**subject.SMALL)}]
    lines = subject.table(results).splitlines()
    assert len(lines) > 2
    assert len({line.count("|") for line in lines}) == 1


def test_every_table_has_a_place_in_the_report() -> None:
    report = bench.REPORT.read_text(encoding="utf-8")
    tables = {name: f"table of {name}" for name in bench.every_subject()}
    written = bench.with_tables(report, tables)
    assert all(f"<!-- {name} -->\ntable of {name}\n<!-- /{name} -->" in written for name in tables)


def test_a_table_without_a_place_is_told() -> None:
    with pytest.raises(SystemExit, match="no place for 'moon'"):
        bench.with_tables("# Time", {"moon": "| |"})


def test_an_unknown_subject_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(["moon"])
    assert "There is no subject moon. Known: attribution, deciding" in capsys.readouterr().err
