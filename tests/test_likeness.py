from __future__ import annotations

import pytest

from toolkit.likeness import similarities


def test_cosine_by_hand() -> None:
    """Two documents with one word in common: idf weights are equal, so 1/√2."""
    assert similarities(["bacon"], ["bacon"])[0, 0] == pytest.approx(1.0)
    assert similarities(["juggling"], ["bacon"])[0, 0] == 0.0
    found = similarities(["copy", "bacon"], ["copy bacon"])
    assert found[0, 0] == pytest.approx(found[1, 0]) == pytest.approx(0.5**0.5)


def test_a_word_that_all_texts_share_counts_little() -> None:
    first, second = ["clear text"], ["clear chart"]
    alone = similarities(first, second)[0, 0]
    among = similarities(first, second, ["clear code", "clear plan", "clear sound"])[0, 0]
    assert 0 < among < alone


def test_texts_without_words_are_like_nothing() -> None:
    assert similarities(["the of"], ["bacon"]).tolist() == [[0.0]]
    assert similarities(["bacon", ""], ["bacon"])[1, 0] == 0.0
