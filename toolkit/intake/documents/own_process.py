"""Reading a document in a process of its own, with an end to its time and memory.

A file can be made so that reading it takes hours or all memory, and work in a thread cannot
be ended. A process can. It is given the bytes, answers with the document as JSON, and reaches
nothing else: the readers open no file and no connection.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import toolkit
from toolkit.errors import UnreadableFile
from toolkit.intake.documents.document import Document, Form, document_from_dict
from toolkit.intake.documents.limits import MEMORY, SECONDS, WAITING

_MODULE = "toolkit.intake.documents.own_process"


def read_apart(data: bytes, name: str, form: Form, seconds: int = SECONDS) -> Document:
    """Read a document elsewhere.

    Parameters
    ----------
    data : bytes
    name : str
    form : {"pdf", "docx", "html"}
    seconds : int
        Of computing that it may take.

    Raises
    ------
    UnreadableFile
        If it cannot be read, or takes too long or too much memory.
    """
    order = json.dumps({"name": name, "form": form, "seconds": seconds}).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-m", _MODULE],
            input=order + data,
            capture_output=True,
            cwd=Path(toolkit.__file__).parents[1],
            timeout=max(WAITING, 3 * seconds) if seconds >= SECONDS else 3 * seconds + 5,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_long(name) from None
    if done.returncode < 0:
        raise _too_long(name)
    try:
        answer = json.loads(done.stdout)
    except json.JSONDecodeError:
        raise UnreadableFile(
            f"{name}: the document could not be read: it needs too much memory, or is damaged in a "
            "way that is not known here. Print it to PDF again."
        ) from None
    if "refused" in answer:
        raise UnreadableFile(answer["refused"])
    return document_from_dict(answer)


def _too_long(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name}: reading it took too long and was stopped. Ordinary documents take a second. "
        "Print it to PDF again, or ask for a simpler copy."
    )


def _bounded(seconds: int) -> None:
    """End this process when it has computed for so long, or wants too much memory."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows, where only the waiting is bounded

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # Libraries reserve room when they are loaded, the more the more cores there are.
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = MEMORY + pages * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _reader(form: str) -> Callable[[bytes, str], Document]:
    """The reader of a format, loaded alone: each of the others would cost its time, too."""
    name = f"toolkit.intake.documents.{form}"
    read: Callable[[bytes, str], Document] = getattr(import_module(name), f"read_{form}")
    return read


def _answer(order: bytes, data: bytes) -> dict[str, object]:
    asked = json.loads(order)
    read = _reader(asked["form"])
    _bounded(int(asked["seconds"]))
    try:
        return read(data, asked["name"]).to_dict()
    except UnreadableFile as error:
        return {"refused": str(error)}


def main() -> None:
    """Read what comes on standard input, and answer on standard output."""
    order = sys.stdin.buffer.readline()
    answer = _answer(order, sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
