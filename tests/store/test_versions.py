"""Numbers of versions."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from toolkit.errors import Conflict
from toolkit.store.tables import COHORTS
from toolkit.store.versions import following, versions_of


@dataclass(frozen=True)
class _Kept:
    version: int


def test_the_next_version_follows_the_one_that_was_seen() -> None:
    assert following(None, 0, "another rubric") == 1
    assert following(_Kept(7), 7, "another rubric") == 8


@pytest.mark.parametrize(("newest", "seen"), [(None, 1), (_Kept(2), 1), (_Kept(2), 3)])
def test_nothing_is_kept_over_what_was_not_seen(newest: _Kept | None, seen: int) -> None:
    with pytest.raises(Conflict, match="Somebody has kept another rubric in the meantime"):
        following(newest, seen, "another rubric")


def test_long_columns_are_left_out_where_asked() -> None:
    whole = versions_of(COHORTS, "r").selected_columns.keys()
    assert set(whole) - set(versions_of(COHORTS, "r", "tables").selected_columns.keys()) == {
        "tables"
    }
