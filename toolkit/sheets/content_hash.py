"""One hash for what stands on a document, whatever its paper, language and fonts."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping


def content_hash(content: Mapping[str, object]) -> str:
    """SHA-256 of JSON values in canonical form: keys in order, no white space, ASCII."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def inputs_hash(inputs: tuple[tuple[str, str], ...]) -> str:
    """One SHA-256 for all input files: of their hashes, ordered by name.

    Parameters
    ----------
    inputs : tuple of (str, str)
        Name and SHA-256 of each file.
    """
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(inputs))
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def json_values(fields: list[tuple[str, object]]) -> dict[str, object]:
    """Fields of a dataclass as JSON values; for `dataclasses.asdict`. Dates as ISO 8601."""
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value for name, value in fields
    }
