"""A document's values as canonical JSON, and back: what is hashed, embedded and compared.

Canonical means: keys in order, no white space, ASCII, numbers of a declared type always written
alike. Two documents say the same exactly when these bytes are the same.
"""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from toolkit.errors import SheetError
from toolkit.sheets.content_hash import content_hash

Value = TypeVar("Value")


def content_of(value: object) -> dict[str, Any]:
    """The fields of a frozen dataclass of plain values as JSON values; dates as ISO 8601."""
    content: dict[str, Any] = _adapter(type(value)).dump_python(value, mode="json")
    return content


def value_of(kind: type[Value], content: object) -> Value:
    """The value that such content came from.

    Raises
    ------
    SheetError
        If the content is not of this kind.
    """
    try:
        made: Value = _adapter(kind).validate_python(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the whole"
        raise SheetError(
            f"The record is not that of such a document: {where}: {first['msg']}."
        ) from error
    return made


def digest_of(value: object) -> str:
    """SHA-256 of a value's content, printed in the footer of every page."""
    return content_hash(content_of(value))


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


#: Made once for each kind: that takes longer than a document.
_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}
