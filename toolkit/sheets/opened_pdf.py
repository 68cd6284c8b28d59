"""Opening a PDF that may be damaged, without the reader talking about it."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PdfReader

# What it finds wrong would go to standard error; the answer of a check says it instead.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def opened(pdf: bytes) -> PdfReader:
    """A reader of the bytes.

    Raises
    ------
    Exception
        Of many kinds, now or when something is read, where the file is damaged.
    """
    # Whoever writes documents alone never opens one.
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(pdf))
