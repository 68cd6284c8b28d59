"""One hash for what stands on a document, whatever its paper, language and fonts."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping


def content_hash(content: Mapping[str, object]) -> str:
    """SHA-256 of JSON values in canonical form."""
    return sha256(canonical(content))


def canonical(content: object) -> bytes:
    r"""JSON values as bytes, always the same for the same values.

    Keys in order, no white space, ASCII.

    Examples
    --------
    >>> canonical({"b": 0.5, "a": ["é", None]})
    b'{"a":["\\u00e9",null],"b":0.5}'
    """
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")


def sha256(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


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
