from __future__ import annotations

import pytest

from toolkit.errors import InputError
from toolkit.screening.at_scale.code_column import required_codes


def test_rows_without_codes_are_not_written() -> None:
    assert required_codes("nr", "decisions", "whose they are") == "nr"
    with pytest.raises(InputError) as caught:
        required_codes(None, "decisions", "whose they are")
    assert str(caught.value) == (
        "The rows have no column 'candidate_id', so decisions cannot be written: nobody could "
        "tell whose they are. Name the column of codes with --id."
    )
