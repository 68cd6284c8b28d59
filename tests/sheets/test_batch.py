import datetime as dt
import hashlib
import io
import json
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from tests.sheets.test_from_results import DATE, SCREEN, cohort
from toolkit.errors import SheetError, UnknownName
from toolkit.inflation.inflation import inflation
from toolkit.influence.attribution import attribute
from toolkit.influence.influence import influence
from toolkit.influence.score_noise import score_noise
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import decide
from toolkit.screening.screen import Screen
from toolkit.sheets import plan
from toolkit.sheets.batch import file_name, render_sheets, sheets_zip
from toolkit.sheets.from_results import candidate_sheet
from toolkit.sheets.rendering import render_pdf


def test_one_file_a_candidate_and_a_manifest_of_their_hashes(tmp_path: Path):
    everyone = cohort()
    manifest = render_sheets(everyone, SCREEN, tmp_path / "sheets", date=DATE)
    files = sorted(path.name for path in (tmp_path / "sheets").iterdir())
    assert files == [
        "manifest.json",
        "sheet-1-ann.pdf",
        "sheet-2-bo.pdf",
        "sheet-3-cy.pdf",
        "sheet-4-di.pdf",
    ]
    written = json.loads((tmp_path / "sheets" / "manifest.json").read_bytes())
    assert written == manifest.to_dict()
    assert written["inputs"] == {"a.csv": "1" * 64, "b.csv": "2" * 64}
    assert written["screen"] == {"name": "Gate of fifty", "sha256": SCREEN.digest}
    assert (written["kind"], written["date"], written["blind"]) == ("candidate", "2026-10-09", True)
    for entry in written["sheets"]:
        pdf = (tmp_path / "sheets" / entry["file"]).read_bytes()
        assert entry["sha256"] == hashlib.sha256(pdf).hexdigest()
        assert entry["bytes"] == len(pdf)
    sheet = candidate_sheet(everyone, influence(everyone, SCREEN), "cy", date=DATE)
    assert (tmp_path / "sheets" / "sheet-3-cy.pdf").read_bytes() == render_pdf(sheet)
    assert written["sheets"][2]["content_sha256"] == sheet.digest


def test_the_same_batch_is_the_same_to_the_byte(tmp_path: Path):
    for name in ("one", "two"):
        render_sheets(cohort(), SCREEN, tmp_path / name, date=DATE)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    first, second = io.BytesIO(), io.BytesIO()
    for target in (first, second):
        sheets_zip(cohort(), SCREEN, target, date=DATE)
    assert first.getvalue() == second.getvalue()


class OneWay(io.RawIOBase):
    """A stream that can only be written to, as an answer to a browser is."""

    def __init__(self, forget: bool = False) -> None:
        self.forget = forget
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        if not self.forget:
            self.parts.append(bytes(data))
        return len(data)


def test_a_zip_holds_the_same_files_and_is_written_as_they_are_made(tmp_path: Path):
    target = OneWay()
    sizes = []
    manifest = sheets_zip(
        cohort(),
        SCREEN,
        target,  # type: ignore[arg-type]
        date=DATE,
        progress=lambda done, total: sizes.append((done, total, sum(map(len, target.parts)))),
    )
    assert [(done, total) for done, total, _ in sizes] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert sizes[0][2] > manifest.sheets[0].size
    assert sizes[-1][2] > sum(entry.size for entry in manifest.sheets)
    render_sheets(cohort(), SCREEN, tmp_path, date=DATE)
    with zipfile.ZipFile(io.BytesIO(b"".join(target.parts))) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[-1] == "manifest.json"
        for name in archive.namelist():
            assert archive.read(name) == (tmp_path / name).read_bytes()
            assert archive.getinfo(name).date_time == (1980, 1, 1, 0, 0, 0)


def test_memory_stays_flat(started: list["subprocess.Popen[bytes]"]):
    frame = pd.DataFrame({"klout": [float(n % 90) for n in range(100)]})
    many = cohort_from_frame(frame, roles={"klout": "score"})
    here, there = [], []

    def note_peak(done: int, total: int) -> None:
        here.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        there.append(highest(started[0].pid))

    sheets_zip(
        many,
        Screen(places=9, weights={"klout": 1.0}),
        OneWay(forget=True),
        date=DATE,
        progress=note_peak,
    )
    # Kilobytes: sixty sheets more, of 100 kB each, leave nothing behind.
    assert here[98] - here[39] < 20_000
    assert there[98] - there[39] < 20_000
    assert there[98] < 120_000


def highest(pid: int) -> int:
    """Kilobytes of the highest resident set of another process; nought where it is not told."""
    status = Path(f"/proc/{pid}/status")
    told = status.read_text() if status.exists() else ""
    return next((int(line.split()[1]) for line in told.splitlines() if "VmHWM" in line), 0)


def test_a_batch_of_sheets_loads_nothing_that_only_reports_and_checks_take():
    code = (
        "import io, sys, pandas; from toolkit.intake.from_frame import cohort_from_frame; "
        "from toolkit.screening.screen import Screen; "
        "from toolkit.sheets.batch import sheets_zip; "
        "frame = pandas.DataFrame({'klout': [40.0, 60.0]}); "
        "few = cohort_from_frame(frame, roles={'klout': 'score'}); "
        "sheets_zip(few, Screen(places=1, weights={'klout': 1.0}), io.BytesIO()); "
        "large = ('scipy.stats', 'scipy.optimize', 'sklearn', 'xlsxwriter'); "
        "print([name for name in large if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_some_candidates_in_the_order_of_the_cohort(tmp_path: Path):
    manifest = render_sheets(
        cohort(), SCREEN, tmp_path, candidates=["di", "ann", "di"], date=DATE, blind=False
    )
    assert [entry.candidate_id for entry in manifest.sheets] == ["ann", "di"]
    assert [entry.file for entry in manifest.sheets] == ["sheet-1-ann.pdf", "sheet-2-di.pdf"]
    assert manifest.blind is False


def test_no_candidates_give_an_empty_batch(tmp_path: Path):
    manifest = render_sheets(cohort(), SCREEN, tmp_path, candidates=[], date=DATE)
    assert manifest.sheets == ()
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]


def test_results_that_are_there_already_are_used(tmp_path: Path):
    everyone = cohort()
    manifest = render_sheets(
        everyone,
        SCREEN,
        tmp_path,
        influence=influence(everyone, SCREEN),
        inflation=inflation(everyone),
        date=DATE,
    )
    other = render_sheets(cohort(), SCREEN, tmp_path, date=DATE)
    assert manifest == other


def test_the_decisions_are_shared_out_and_drawn_again_once_for_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    counted: list[str] = []

    def counting(name: str):
        real = getattr(plan, name)

        def count(*given, **named):
            counted.append(name)
            return real(*given, **named)

        return count

    for name in ("attribute", "score_noise"):
        monkeypatch.setattr(plan, name, counting(name))
    monkeypatch.setattr("toolkit.sheets.from_results.explain", None)
    everyone = cohort()
    first = render_sheets(everyone, SCREEN, tmp_path / "one", date=DATE)
    assert sorted(counted) == ["attribute", "score_noise"]
    decisions = decide(everyone, SCREEN)
    again = render_sheets(
        everyone,
        SCREEN,
        tmp_path / "two",
        date=DATE,
        attribution=attribute(everyone, decisions),
        noise=score_noise(everyone, decisions),
    )
    assert len(counted) == 2
    assert again == first


def test_a_batch_stopped_by_the_progress_callback_has_no_manifest(tmp_path: Path):
    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render_sheets(cohort(), SCREEN, tmp_path, date=DATE, progress=stop)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sheet-1-ann.pdf", "sheet-2-bo.pdf"]


def test_the_date_is_today_when_none_is_given(tmp_path: Path):
    manifest = render_sheets(cohort(), SCREEN, tmp_path, candidates=["ann"])
    assert abs((manifest.date - dt.date.today()).days) <= 1


def test_what_cannot_be_done_is_said(tmp_path: Path):
    with pytest.raises(SheetError, match="There is no sheet of the kind 'poster'"):
        render_sheets(cohort(), SCREEN, tmp_path, kind="poster")
    with pytest.raises(UnknownName, match=r"There is no candidate 'annn'.*Did you mean 'ann'"):
        sheets_zip(cohort(), SCREEN, io.BytesIO(), candidates=["annn"])
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(SheetError, match=r"cannot be written to .*Choose another folder"):
        render_sheets(cohort(), SCREEN, tmp_path / "file", date=DATE)


@pytest.mark.parametrize(
    ("candidate_id", "name"),
    [
        ("A-017", "sheet-7-A-017.pdf"),
        ("../../etc/passwd", "sheet-7-etc_passwd.pdf"),
        ("a b\\c:d*e?f", "sheet-7-a_b_c_d_e_f.pdf"),
        ("فاطمة", "sheet-7.pdf"),
        ("CON", "sheet-7-CON.pdf"),
        ("x" * 300, f"sheet-7-{'x' * 60}.pdf"),
        ("\ud800\x00", "sheet-7.pdf"),
    ],
)
def test_file_names_that_every_system_accepts(candidate_id: str, name: str):
    assert file_name(candidate_id, 7, 9) == name


def test_numbers_keep_names_apart_and_in_order():
    assert file_name("A/1", 3, 500) == "sheet-003-A_1.pdf"
    assert file_name("A:1", 4, 500) == "sheet-004-A_1.pdf"
