"""What takes long is dealt out among the workers and comes first in each one's share."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import pytest_collection_modifyitems
from tests.dealing import Test, dealt, parts

some_tests = st.lists(
    st.builds(Test, st.sampled_from("abcdef"), st.sampled_from([0, 0, 0, 1, 15, 100])), max_size=40
)


def named(names: str) -> list[Test]:
    """Tests of modules with a letter each; a capital's take a minute."""
    return [Test(name, 60.0 if name.isupper() else 0.0) for name in names]


def test_each_worker_begins_with_its_part_of_the_slow() -> None:
    tests = named("AAABBCdeefff")
    order = dealt(tests, 3)
    assert "".join(tests[place].module for place in order) == "AAAdBBeeCfff"


def test_the_next_module_goes_to_whoever_has_the_least_to_do() -> None:
    tests = [Test("a", 30), Test("b", 90), Test("c", 50), Test("d", 10), *named("eeee")]
    order = dealt(tests, 2)
    assert [tests[place].module for place in order] == ["b", "e", "e", "e", "c", "a", "d", "e"]


def test_a_module_that_no_part_has_room_for_is_shared() -> None:
    assert sorted(dealt(named("AAAA"), 2)[:2]) == [0, 2]


@given(some_tests, st.integers(1, 5))
@settings(max_examples=100)
def test_every_test_once_and_the_slow_first_in_every_part(tests: list[Test], workers: int) -> None:
    order = dealt(tests, workers)
    assert sorted(order) == list(range(len(tests)))
    for size in parts(len(tests), workers):
        part, order = [tests[place] for place in order[:size]], order[size:]
        slow = [test.seconds > 0 for test in part]
        assert slow == sorted(slow, reverse=True)


def test_the_parts_are_those_of_xdist() -> None:
    assert parts(7530, 3) == [2510, 2510, 2510]
    assert parts(2, 3) == [0, 1, 1]
    assert parts(0, 3) == [0, 0, 0]


class Item:
    """As much of a collected test as the order depends on."""

    def __init__(self, nodeid: str, *fixtures: str, **takes: float) -> None:
        self.nodeid = nodeid
        self.fixturenames = fixtures
        self.mark = SimpleNamespace(kwargs=takes) if takes else None

    def get_closest_marker(self, name: str) -> SimpleNamespace | None:
        return self.mark if name == "takes" else None


def ordered(items: list[Item]) -> list[str]:
    """The tests in the order in which they are run."""
    run = items.copy()
    pytest_collection_modifyitems(cast("list[pytest.Item]", run))
    return [item.nodeid for item in run]


def test_tests_with_a_browser_are_dealt_out_among_workers_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    items = [
        Item("a.py::one", "page", "browser"),
        Item("b.py::one", "browser", seconds=70),
        Item("c.py::one", "tmp_path"),
        Item("c.py::two", seconds=25),
    ]
    monkeypatch.delenv("PYTEST_XDIST_WORKER_COUNT", raising=False)
    assert ordered(items) == ["a.py::one", "b.py::one", "c.py::one", "c.py::two"]
    monkeypatch.setenv("PYTEST_XDIST_WORKER_COUNT", "2")
    assert ordered(items) == ["b.py::one", "c.py::one", "c.py::two", "a.py::one"]
