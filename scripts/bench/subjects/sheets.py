"""Review sheets: beside the bare typesetter, beside two others, and in bulk.

The candidates are those of the sample of 2026. Other typesetters are handed the words of the
same sheets, ready to set; ours begins with the results of a candidate, writes tags for screen
readers and the record that the document carries. They set less: no boxes to tick, no lines to
write on. That they say the same is checked word by word.

The typesetter remembers what the sheets before it said too, in this subject as in use: nothing is
set twice, but what is the same for all candidates is not set anew for each. The first sheet of a
program, which remembers nothing, stands beside the others, and so does a whole batch with all that
belongs to it: results, the process that sets the pages, hashes and manifest.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scripts.bench.timing import (
    children,
    markdown,
    mebibytes,
    memory_of,
    milliseconds,
    peak_memory,
    seconds,
    seconds_of_children,
)

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "sample_data" / "engineer-2026"
CASES = (
    {"what": "first", "sheets": 1},
    {"what": "anew", "sheets": 20},
    {"what": "bare", "sheets": 60},
    {"what": "weasyprint", "sheets": 20},
    {"what": "reportlab", "sheets": 60},
    {"what": "batch", "sheets": 500},
    {"what": "command", "sheets": 400},
)
SMALL = {"what": "bare", "sheets": 2}
TARGETS = {"weasyprint": 8.0, "reportlab": 1.2}
BARE = 1.5
#: Of what a sheet takes of which the typesetter remembers little.
KNOWN = 0.7
#: Bytes.
MEMORY = 200 * 10**6
#: Share of the words of our sheet that have to be found in another's.
ALIKE = 0.98


def measure(what: str, sheets: int) -> dict[str, float]:
    if what == "batch":
        return batch(sheets)
    if what == "command":
        return command()
    if what == "first":
        (sheet,) = drawn_sheets(1)
        return {"ours": seconds(lambda: ours_of(sheet))}
    made = drawn_sheets(2 * sheets + 2)
    if what == "anew":
        return beside_another_accent(made, sheets)
    warm_up, ours, theirs = made[:2], made[2 : sheets + 2], list(map(words_of, made[sheets + 2 :]))
    own, other = ours_of, bare if what == "bare" else peer(what)
    own(warm_up[0])
    set_by_other = other(words_of(warm_up[1]))
    if what != "bare":
        check_alike(own(warm_up[1]), set_by_other)
    # Turn and turn about, so that both meet the machine as it is; nothing is set twice, since
    # the typesetter remembers.
    used = [0.0, 0.0]
    for mine, yours in zip(ours, theirs, strict=True):
        used[0] += seconds(lambda mine=mine: own(mine))
        used[1] += seconds(lambda yours=yours: other(yours))
    return {"ours": used[0] / sheets, "other": used[1] / sheets}


def beside_another_accent(made: Sequence[Any], sheets: int) -> dict[str, float]:
    """Sheets whose words were mostly set before, and as many of which little was.

    An accent colours something on every page, so that with another one little is known.
    """
    from toolkit.sheets.branding import Branding
    from toolkit.sheets.documents import typeset_document
    from toolkit.sheets.look import Look

    ours_of(made[0])
    used = [0.0, 0.0]
    for n in range(sheets):
        used[0] += seconds(lambda n=n: ours_of(made[1 + n]))
        look = Look(branding=Branding(accent=f"#0f6f{0x64 + n:02x}"))
        sheet = made[1 + sheets + n]
        used[1] += seconds(lambda sheet=sheet, look=look: typeset_document(sheet, look))
    return {"ours": used[0] / sheets, "other": used[1] / sheets}


def drawn_sheets(count: int) -> list[Any]:
    """So many candidates' sheets, all different."""
    from dataclasses import replace

    from toolkit.inflation.inflation import inflation
    from toolkit.influence.attribution import attribute
    from toolkit.influence.explain import explanation_of
    from toolkit.influence.influence import influence
    from toolkit.influence.score_noise import score_noise
    from toolkit.intake.read import read_cohort
    from toolkit.screening.screen import Screen
    from toolkit.sheets.from_results import candidate_sheet

    cohort, screen = read_cohort(SAMPLE), Screen.read(SAMPLE / "screen.toml")
    found, judged = influence(cohort, screen), inflation(cohort)
    shared, noise = attribute(cohort, found.decisions), score_noise(cohort, found.decisions)
    made = [
        candidate_sheet(
            cohort,
            found,
            code,
            inflation=judged,
            explanation=explanation_of(cohort, found, code, attribution=shared, noise=noise),
        )
        for code in map(str, cohort.candidate_ids[:count])
    ]
    return [
        replace(made[n % len(made)], candidate_code=f"{made[n % len(made)].candidate_code}-{n}")
        for n in range(count)
    ]


def ours_of(sheet: Any) -> bytes:
    from toolkit.sheets.documents import typeset_document

    return typeset_document(sheet).pdf


def words_of(sheet: Any) -> Any:
    """The words and positions that a typesetter needs, every character one that can be set."""
    from toolkit.sheets.candidate_page import candidate_page
    from toolkit.sheets.printable import printable_tree

    return printable_tree(candidate_page(sheet))[0]


def bare(page: Any) -> bytes:
    """The template compiled, and nothing else: no words made of results, no record."""
    from toolkit.sheets.typesetting import _compiled

    (pdf,) = _compiled("candidate", page, format="pdf", pdf_standards=["ua-1", "a-2a"])
    return pdf


def peer(name: str) -> Callable[[Any], bytes]:
    from importlib import import_module

    sheet: Callable[[Any], bytes] = import_module(f"scripts.bench.peers.{name}_sheet").sheet
    return sheet


def check_alike(ours: bytes, theirs: bytes) -> None:
    """Stop where the other sheet does not say what ours says."""
    from pypdf import PdfReader

    def words(pdf: bytes) -> list[str]:
        pages = PdfReader(io.BytesIO(pdf)).pages
        text = " ".join(page.extract_text() for page in pages).replace("\u200b", "")
        return [word for word in text.split() if any(map(str.isalnum, word))]

    own, other = words(ours), "".join(words(theirs))
    there = sum(word in other for word in own) / len(own)
    assert there >= ALIKE, f"only {there:.0%} of the words are there"


def batch(sheets: int) -> dict[str, float]:
    """Results, sheets and manifest for so many, into nowhere; in a process of its own."""
    from scripts.bench.drawn import drawn_cohort, drawn_screen
    from toolkit.sheets.batch import sheets_zip

    class Nowhere(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            return len(data)

    cohort, screen = drawn_cohort(sheets), drawn_screen()
    highest = {"memory": 0, "setter": 0, "held": 0}

    def note(done: int, total: int) -> None:
        if done % 20 == 0 or total - done <= 2:
            note_memory(os.getpid(), highest)

    target: Any = Nowhere()
    used = [0.0]

    def run() -> None:
        used[0] = seconds(lambda: sheets_zip(cohort, screen, target, progress=note))

    setting = seconds_of_children(run)
    return {"ours": used[0] + setting, **highest, "memory": peak_memory()}


def command() -> dict[str, float]:
    """Review sheets of everyone in the sample, by the command, from files to files."""
    highest = {"memory": 0, "setter": 0, "held": 0}
    asked = [sys.executable, "-m", "toolkit", "sheets", SAMPLE, "--screen", SAMPLE / "screen.toml"]

    def run() -> None:
        with TemporaryDirectory() as folder:
            with subprocess.Popen(
                [*map(str, asked), "--out", folder], stdout=subprocess.DEVNULL, cwd=ROOT
            ) as process:
                while process.poll() is None:
                    note_memory(process.pid, highest)
                    time.sleep(0.3)
            assert process.returncode == 0

    return {"ours": seconds_of_children(run), **highest}


def note_memory(process: int, highest: dict[str, int]) -> None:
    """Keep what is most so far: of a process, of one that it has started, of both together."""
    most, held = memory_of(process)
    told = [memory_of(one) for one in children(process)]
    highest["memory"] = max(highest["memory"], most)
    highest["setter"] = max([highest["setter"], *(one for one, _ in told)])
    highest["held"] = max(highest["held"], held + sum(one for _, one in told))


def table(results: Sequence[Mapping[str, float]]) -> str:
    rows = []
    for r in results:
        if r["what"] == "first":
            rows.append(["the first sheet of a program", milliseconds(r["ours"]), "–", "–", "–"])
            continue
        if r["what"] in ("batch", "command"):
            rows += _batch_rows(r)
            continue
        if r["what"] == "bare":
            said, ratio, target = "the bare template", r["ours"] / r["other"], f"at most {BARE}×"
        elif r["what"] == "anew":
            said, ratio = "the same in a colour of its own", r["ours"] / r["other"]
            target = f"at most {KNOWN}×"
        else:
            names = {"weasyprint": "WeasyPrint", "reportlab": "ReportLab, without tags"}
            said, ratio = names[str(r["what"])], r["other"] / r["ours"]
            target = f"{TARGETS[str(r['what'])]:g}×"
        rows.append(
            [
                f"one sheet, mean of {r['sheets']:,}",
                milliseconds(r["ours"]),
                f"{said}: {milliseconds(r['other'])}",
                f"{ratio:.2f}×",
                target,
            ]
        )
    return markdown(["What", "Ours", "Beside it", "Ratio", "Target"], rows)


def _batch_rows(r: Mapping[str, Any]) -> list[list[str]]:
    memory, target = r["memory"], mebibytes(MEMORY)
    each = f"{milliseconds(r['ours'] / r['sheets'])} each"
    both = f"{mebibytes(memory + r['setter'])}, or {mebibytes(r['held'])} as shared pages count"
    what = f"{r['sheets']:,} sheets and their results"
    if r["what"] == "command":
        what = f"the command `sheets`, from files to {r['sheets']:,} files"
    return [
        [what, milliseconds(r["ours"]), each, "–", "–"],
        ["its larger process", mebibytes(memory), "–", "–", target],
        ["its typesetter", mebibytes(r["setter"]), "–", "–", target],
        ["both together", both, "–", "–", "–"],
    ]
