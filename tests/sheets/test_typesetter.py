import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from types import MappingProxyType

import pytest

from tests.sheets.examples import SHEET
from toolkit.errors import SheetError
from toolkit.sheets import typesetter
from toolkit.sheets.documents import job_of
from toolkit.sheets.look import USUAL
from toolkit.sheets.typesetter import WORTH_A_PROCESS, serve, typeset_in_turn
from toolkit.sheets.typesetting import Job, Typeset, typeset


def jobs(count: int) -> Iterator[Job]:
    for n in range(count):
        yield job_of(replace(SHEET, candidate_code=f"T-{n} \ud800😀"), USUAL)


def test_another_process_gives_the_bytes_that_this_one_would_in_order(started):
    made = list(typeset_in_turn(jobs(3), WORTH_A_PROCESS))
    assert made == [typeset(*job) for job in jobs(3)]
    assert made[0].replaced == ("U+D800", "U+1F600")
    (process,) = started
    assert process.returncode is not None


def test_a_few_documents_are_set_in_this_process(started):
    (made,) = typeset_in_turn(jobs(1), WORTH_A_PROCESS - 1)
    assert isinstance(made, Typeset)
    assert started == []


def test_a_batch_that_is_stopped_leaves_no_process(started):
    with closing(typeset_in_turn(jobs(30), 30)) as made:
        next(made)
        assert started[0].poll() is None
    assert started[0].returncode is not None


def test_what_cannot_be_set_is_said_as_in_this_process(started):
    broken = Job("candidate", {"nothing": "here"}, SHEET.date)
    with pytest.raises(SheetError, match="The candidate sheet could not be written") as there:
        list(typeset_in_turn([broken], WORTH_A_PROCESS))
    with pytest.raises(SheetError) as here:
        typeset(*broken)
    assert str(there.value) == str(here.value)


def test_a_process_that_is_killed_is_told_of_and_what_came_before_stands(started):
    given: list[Typeset] = []

    def kill_after_two() -> None:
        for made in typeset_in_turn(jobs(30), 30):
            given.append(made)
            if len(given) == 2:
                started[0].kill()

    with pytest.raises(SheetError, match=r"typesetter ended before its time \(code -9\)"):
        kill_after_two()
    # A third may have been on its way.
    assert 2 <= len(given) <= 3


def test_a_process_that_cannot_be_started_is_told_of(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(typesetter.sys, "executable", "/nowhere/python")
    with pytest.raises(SheetError, match=r"typesetter cannot be started \(No such file"):
        list(typeset_in_turn(jobs(1), WORTH_A_PROCESS))


def test_the_process_is_out_of_the_reach_of_control_c(started):
    with closing(typeset_in_turn(jobs(30), 30)) as made:
        next(made)
        assert os.getpgid(started[0].pid) != os.getpgid(0)


def answers(*lines: bytes) -> list[dict[str, object]]:
    said = io.BytesIO()
    serve(io.BytesIO(b"".join(lines)), said)
    return [json.loads(line) for line in said.getvalue().split(b"\n") if line.startswith(b"{")]


def test_a_fault_of_the_program_is_an_answer_too(monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> Typeset:
        raise ValueError("out of ink")

    monkeypatch.setattr(typesetter, "typeset", fail)
    (told,) = answers(b'["notice", {}, "2026-10-09"]\n')
    assert told == {
        "error": "The notice sheet could not be set (ValueError: out of ink). Please report this."
    }


def test_the_end_of_the_input_is_the_end():
    assert answers() == []


def test_mappings_of_every_kind_are_handed_over(started):
    template, page, date = next(jobs(1))
    frozen: Mapping[str, object] = MappingProxyType({**page, "t": MappingProxyType({**page["t"]})})  # type: ignore[dict-item]
    made = list(typeset_in_turn([Job(template, frozen, date)], WORTH_A_PROCESS))
    assert made == [typeset(template, page, date)]


def test_the_process_loads_the_typesetter_and_no_tables():
    code = (
        "import sys; import toolkit.sheets.typesetter; "
        "print([m for m in ('numpy', 'pandas', 'scipy', 'babel') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
