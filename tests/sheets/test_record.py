from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.sheets.examples import SHEET
from toolkit import __version__
from toolkit.errors import SheetError
from toolkit.sheets.look import Look
from toolkit.sheets.record import FORMAT, Record, record_of

RECORD = record_of("candidate", SHEET, SHEET.date, Look("us-letter"), b"%PDF")


def test_a_record_says_what_a_document_was_made_of() -> None:
    told = json.loads(RECORD.to_bytes())
    assert (told["program"], told["kind"], told["version"]) == (
        "Cloutproof",
        "candidate",
        __version__,
    )
    assert told["content_sha256"] == SHEET.digest
    assert told["content"]["inputs"][0] == ["candidates.csv", "0a" * 32]
    assert told["content"]["outcome"]["screen_digest"] == "5c" * 32
    assert told["look"]["paper"] == "us-letter"
    assert told["pages"]["bytes"] == 4


def test_it_comes_back_as_it_was() -> None:
    assert Record.from_bytes(RECORD.to_bytes()) == RECORD
    assert RECORD.same_program
    assert not replace(RECORD, version="0.0.9").same_program
    assert not replace(RECORD, typesetter="typst 0.1").same_program


def changed(**fields: object) -> bytes:
    return json.dumps({**RECORD.to_dict(), **fields}).encode()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"{", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"[]", "not one of Cloutproof's"),
        (changed(program="other"), "not one of Cloutproof's"),
        (changed(format=FORMAT + 1, version="9.0"), "Take the version that made it: '9.0'"),
        (changed(date="tomorrow"), "is damaged"),
        (changed(pages={}), "is damaged"),
        (changed(look={"paper": "a3"}), "not that of such a document"),
    ],
)
def test_what_is_no_record_is_said(written: bytes, said: str) -> None:
    with pytest.raises(SheetError, match=said):
        Record.from_bytes(written)


def test_what_is_lacking_is_named() -> None:
    told = RECORD.to_dict()
    del told["content"]
    with pytest.raises(SheetError, match="lacks content"):
        Record.from_bytes(json.dumps(told).encode())
