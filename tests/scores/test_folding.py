import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.scores.folding import folded


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Klout Score", "klout_score"),
        ("KLOUT-SCORE", "kloutscore"),
        ("Ｋｌｏｕｔ", "klout"),  # full-width letters, as East Asian spreadsheets write them
        ("Straße", "STRASSE"),
        ("followers\u00a0count", "followers count"),
    ],
)
def test_names_that_say_the_same_fold_to_the_same(name, same):
    assert folded(name) == folded(same)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)
