import hashlib
import json
from dataclasses import replace

from tests.sheets.examples import SHEET, UNBLINDED


def test_the_digest_is_that_of_the_content_as_sorted_json():
    content = json.dumps(SHEET.to_dict(), sort_keys=True, separators=(",", ":"))
    assert SHEET.digest == hashlib.sha256(content.encode()).hexdigest()
    assert json.loads(content)["candidate_code"] == "A-017"
    assert json.loads(content)["date"] == "2026-10-09"


def test_every_change_of_content_changes_the_digest():
    changed = [
        UNBLINDED,
        replace(SHEET, candidate_code="A-018"),
        replace(SHEET, outcome=replace(SHEET.outcome, rank=8)),
        replace(SHEET, signals=SHEET.signals[::-1]),
        replace(SHEET, judgements=()),
        replace(SHEET, inputs=SHEET.inputs[:1]),
        replace(SHEET, requisition=replace(SHEET.requisition, retain_until=None)),
    ]
    assert len({sheet.digest for sheet in [SHEET, *changed]}) == 1 + len(changed)


def test_a_sheet_is_blind_where_it_has_no_name():
    assert SHEET.blind
    assert not UNBLINDED.blind


def test_the_input_digest_does_not_depend_on_the_order_of_the_files():
    turned = replace(SHEET, inputs=SHEET.inputs[::-1])
    assert turned.input_digest == SHEET.input_digest
    listed = f"{'0a' * 32}  candidates.csv\n{'1b' * 32}  scores.csv\n"
    assert SHEET.input_digest == hashlib.sha256(listed.encode()).hexdigest()


def test_halves_of_surrogate_pairs_do_not_stop_the_digest():
    assert len(replace(SHEET, candidate_code="\ud800").digest) == 64
    assert len(replace(SHEET, inputs=(("\udcff.csv", "0" * 64),)).input_digest) == 64
