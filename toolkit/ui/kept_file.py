"""A file on the disk that a session keeps, and that is gone with it."""

from __future__ import annotations

import tempfile
import weakref
from typing import IO, cast


class KeptFile:
    """A file without a name: nobody else can open it, and it is gone when it is forgotten."""

    def __init__(self) -> None:
        self.file = cast(IO[bytes], tempfile.TemporaryFile())  # noqa: SIM115
        weakref.finalize(self, self.file.close)

    def content(self) -> bytes:
        """All of it, for the moment in which it is handed over."""
        self.file.seek(0)
        return self.file.read()
