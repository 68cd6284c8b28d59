"""Typesetting in a small process of its own, beside the one that works results out.

A program that holds tables and statistics is large before the first page is set, and what the
typesetter remembers comes on top. A batch therefore hands its pages to a process that has loaded
the typesetter and nothing else. That process ends with the batch, and while it sets one document,
the next is worked out.

Jobs go to its standard input, a line of JSON each; answers come from its standard output, a line
of JSON and the PDF. Nothing is asked before the last answer was read to its end, so that neither
side waits for the other to empty a pipe.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, TypeAlias

from toolkit.errors import SheetError
from toolkit.sheets.typesetting import Job, Typeset, typeset

#: From so many documents on, another process is worth its start of about half a second.
WORTH_A_PROCESS = 25

# The other process finds modules where this one does, whatever folder the user is in.
_SERVE = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from toolkit.sheets.typesetter import serve; serve(sys.stdin.buffer, sys.stdout.buffer)"
)

_Process: TypeAlias = "subprocess.Popen[bytes]"


def typeset_in_turn(jobs: Iterable[Job], total: int) -> Generator[Typeset]:
    """Set one document after the other, many of them in a process of its own.

    Parameters
    ----------
    jobs : iterable of Job
        Asked for the next while the one before is being set.
    total : int
        How many there will be.

    Yields
    ------
    Typeset
        In the order of the jobs; the same bytes wherever they were made.

    Raises
    ------
    SheetError
        If a document cannot be set, or the other process cannot go on.
    """
    if total < WORTH_A_PROCESS:
        for job in jobs:
            yield typeset(*job)
        return
    with _another_process() as process:
        asked = False
        for job in jobs:
            done = _answer_of(process) if asked else None
            _ask(process, job)
            asked = True
            if done is not None:
                yield done
        if asked:
            yield _answer_of(process)


def serve(jobs: IO[bytes], answers: IO[bytes]) -> None:
    """Set every job that comes in, until no more come. This is what the other process does.

    Parameters
    ----------
    jobs, answers : binary file
    """
    for line in jobs:
        template, page, date = json.loads(line)
        try:
            made = typeset(template, page, dt.date.fromisoformat(date))
            told: dict[str, object] = {"bytes": len(made.pdf), "replaced": made.replaced}
            pdf = made.pdf
        except SheetError as error:
            told, pdf = {"error": str(error)}, b""
        except Exception as error:
            # Whoever asked has to be told: nobody reads what this process says else.
            says = f"The {template} sheet could not be set ({type(error).__name__}: {error})."
            told, pdf = {"error": f"{says} Please report this."}, b""
        answers.write(json.dumps(told).encode("ascii") + b"\n" + pdf)
        answers.flush()


@contextmanager
def _another_process() -> Iterator[_Process]:
    """A process that serves, and is gone in the end, whatever happens to this one.

    It is out of the reach of Ctrl+C, which is meant for this process. Should this one be killed,
    the other finds its input closed, and ends.
    """
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _SERVE, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            # There on Windows alone, where a window would open.
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise SheetError(
            f"The typesetter cannot be started ({error.strerror}). Close other programs and try "
            "again, or make fewer documents at once."
        ) from error
    try:
        yield process
    finally:
        process.kill()
        with suppress(OSError):
            _ends(process)[0].close()
        _ends(process)[1].close()
        process.wait()


def _ask(process: _Process, job: Job) -> None:
    told = [job.template, job.page, job.date.isoformat()]
    try:
        # Mappings of any other kind are written as dictionaries.
        _ends(process)[0].write(json.dumps(told, default=dict).encode("ascii") + b"\n")
        _ends(process)[0].flush()
    except OSError:
        raise _gone(process) from None


def _answer_of(process: _Process) -> Typeset:
    answers = _ends(process)[1]
    line = answers.readline()
    if not line.endswith(b"\n"):
        raise _gone(process)
    told = json.loads(line)
    if "error" in told:
        raise SheetError(told["error"])
    pdf = answers.read(told["bytes"])
    if len(pdf) < told["bytes"]:
        raise _gone(process)
    return Typeset(pdf, tuple(told["replaced"]))


def _ends(process: _Process) -> tuple[IO[bytes], IO[bytes]]:
    """The ends of the two pipes that are here."""
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def _gone(process: _Process) -> SheetError:
    """What to say of a process that ended before its time."""
    return SheetError(
        f"The typesetter ended before its time (code {process.wait()}), as it would where memory "
        "runs out. No half-written document is left, and no manifest: close other programs and "
        "make the documents again, or fewer at once."
    )
