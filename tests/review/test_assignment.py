from __future__ import annotations

from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import InputError, UnknownName
from toolkit.review.assignment import Assignment, assign
from toolkit.review.load_balance import shared_out
from toolkit.review.own_order import own_order


def codes(n: int) -> list[str]:
    return [f"C{i}" for i in range(n)]


def people(n: int) -> list[str]:
    return [f"R{i}" for i in range(n)]


def pairs(found: Assignment) -> set[tuple[str, str]]:
    return {(one.candidate_id, one.reviewer) for one in found.reviews}


def test_four_candidates_and_three_reviewers() -> None:
    found = assign(codes(4), ["Ann", "Bo", "Cy"], 2, conflicts=[("C0", "Ann")])
    assert sorted(found.loads.values()) == [2, 3, 3]
    assert found.connected
    assert found.islands == (("Ann", "Bo", "Cy"),)
    assert ("C0", "Ann") not in pairs(found)
    assert [one.position for one in found.reviews if one.reviewer == "Bo"] == list(
        range(1, found.loads["Bo"] + 1)
    )
    assert found.sentences() == [
        "8 reviews of 4 candidates by 3 reviewers, 2 to 3 each.",
        "All reviewers can be compared, so that severity can be told.",
    ]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 25), st.integers(1, 9), st.data())
def test_without_conflicts_loads_differ_by_one_and_all_are_linked_where_it_can_be(
    n: int, m: int, data: st.DataObject
) -> None:
    each = data.draw(st.integers(1, m))
    found = assign(codes(n), people(m), each, seed=data.draw(st.sampled_from("abc")))
    assert len(found.reviews) == len(pairs(found)) == n * each
    assert max(found.loads.values()) - min(found.loads.values()) <= 1
    # A tree on n + m points needs n + m − 1 links; n of them each candidate has anyway.
    assert (found.why_not_connected is None) == (n * (each - 1) >= m - 1)
    if found.why_not_connected is None:
        assert found.connected


def can_be_linked(allowed: np.ndarray, each: int) -> bool:
    """Whether any choice of reviewers links all who may review anybody; by trying them all."""
    n = len(allowed)
    able = np.flatnonzero(allowed.any(axis=0))
    choices = [list(combinations(np.flatnonzero(row).tolist(), each)) for row in allowed]
    for chosen in product(*choices):
        graph = nx.Graph()
        graph.add_nodes_from(range(n))
        graph.add_nodes_from((n + able).tolist())
        graph.add_edges_from((c, n + r) for c, those in enumerate(chosen) for r in those)
        if nx.is_connected(graph):
            return True
    return False


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 4), st.integers(2, 5), st.integers(1, 2), st.data())
def test_it_is_linked_whenever_any_assignment_is(
    n: int, m: int, each: int, data: st.DataObject
) -> None:
    allowed = np.array(
        data.draw(st.lists(st.lists(st.booleans(), min_size=m, max_size=m), min_size=n, max_size=n))
    )
    conflicts = [(f"C{c}", f"R{r}") for c, r in np.argwhere(~allowed)]
    if (allowed.sum(axis=1) < each).any():
        with pytest.raises(InputError, match="Too few reviewers without a conflict"):
            assign(codes(n), people(m), each, conflicts=conflicts)
        return
    found = assign(codes(n), people(m), each, conflicts=conflicts)
    assert pairs(found).isdisjoint(conflicts)
    assert len(found.reviews) == n * each
    assert (found.why_not_connected is None) == can_be_linked(allowed, each)


def most_even(allowed: np.ndarray, each: int) -> int:
    """Sum of the squared loads of the cheapest flow, by another solver."""
    n, m = allowed.shape
    graph = nx.MultiDiGraph()
    graph.add_node("out", demand=n * each)
    for c in range(n):
        graph.add_node(c, demand=-each)
    for c, r in np.argwhere(allowed).tolist():
        graph.add_edge(c, n + r, capacity=1, weight=0)
    for r in range(m):
        for nth in range(n):
            graph.add_edge(n + r, "out", capacity=1, weight=2 * nth + 1)
    return nx.network_simplex(graph)[0]


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 7), st.integers(2, 5), st.integers(1, 2), st.integers(0, 10_000))
def test_loads_are_as_even_as_the_cheapest_flow(n: int, m: int, each: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    allowed = draw.random((n, m)) < 0.6
    for row in allowed:
        row[draw.choice(m, each, replace=False)] = True
    chosen = shared_out(
        np.zeros((n, m), dtype=bool), allowed, each, np.full(m, n), draw.random((n, m))
    )
    assert (chosen.sum(axis=1) == each).all()
    assert not (chosen & ~allowed).any()
    assert int((chosen.sum(axis=0) ** 2).sum()) == most_even(allowed, each)


@settings(max_examples=30, deadline=None)
@given(st.integers(3, 12), st.integers(3, 6), st.data())
def test_what_was_handed_out_stays_when_people_join_and_leave(
    n: int, m: int, data: st.DataObject
) -> None:
    first = assign(codes(n), people(m), 2)
    leaving = data.draw(st.sampled_from(people(m)))
    now = [one for one in people(m) if one != leaving] + ["New"]
    again = assign([*codes(n), "late"], now, 2, kept=pairs(first))
    stays = {pair for pair in pairs(first) if pair[1] != leaving}
    assert stays <= pairs(again)
    assert {(one.candidate_id, one.reviewer) for one in again.reviews if one.kept} == stays
    assert {one.candidate_id for one in again.released} == set(first.of(leaving))
    assert all(one.why == f"{leaving} no longer reviews" for one in again.released)
    # Nobody meets the candidates who stay in another order than before.
    for reviewer in now[:-1]:
        before = [one for one in first.of(reviewer) if (one, reviewer) in stays]
        assert [one for one in again.of(reviewer) if one in before] == before


def test_a_conflict_found_later_releases_the_review() -> None:
    first = assign(codes(3), people(3), 2)
    candidate, reviewer = sorted(pairs(first))[0]
    again = assign(codes(3), people(3), 2, kept=pairs(first), conflicts=[(candidate, reviewer)])
    assert (candidate, reviewer) not in pairs(again)
    (released,) = again.released
    assert released.why == "there is a conflict of interest"
    assert "Not kept: " in again.sentences()[-1]


def test_the_same_seed_gives_the_same_and_each_reviewer_an_order_of_their_own() -> None:
    one, same = assign(codes(30), people(4), 3), assign(codes(30), people(4), 3)
    assert one == same
    assert assign(codes(30), people(4), 3, seed="2") != one
    orders = [own_order("1", name, codes(8)) for name in people(4)]
    assert len({tuple(order) for order in orders}) == 4
    assert sorted(orders[0]) == codes(8)
    assert [code for code in own_order("1", "R0", codes(9)) if code != "C8"] == orders[0]


def test_limits_hold() -> None:
    found = assign(codes(10), people(4), 2, limits={"R0": 1, "R1": 0})
    assert found.loads["R0"] == 1
    assert found.loads["R1"] == 0
    assert sorted(found.loads.values())[2:] == [9, 10]
    with pytest.raises(InputError, match="20 reviews are still to be handed out, and the limits"):
        assign(codes(10), people(3), 2, limits={"R0": 1, "R1": 1})
    with pytest.raises(InputError, match="R0 would have more than the limit"):
        assign(
            codes(4),
            people(3),
            1,
            limits={"R0": 1},
            conflicts=[(code, name) for code in codes(3) for name in ("R1", "R2")],
        )


@pytest.mark.parametrize(
    ("n", "m", "each", "said"),
    [
        (3, 2, 1, "no candidate is seen by two reviewers. Ask for at least two."),
        (
            2,
            5,
            2,
            "can link at most 3 reviewers, and there are 5. Leave out 2 reviewers, or ask "
            "for 3 reviews a candidate.",
        ),
    ],
)
def test_why_not_everybody_can_be_compared(n: int, m: int, each: int, said: str) -> None:
    found = assign(codes(n), people(m), each)
    assert not found.connected
    assert said in found.sentences()[0]


def test_conflicts_that_keep_groups_apart_are_told() -> None:
    conflicts = [(f"C{c}", f"R{r}") for c in range(6) for r in range(4) if (c < 3) != (r < 2)]
    found = assign(codes(6), people(4), 2, conflicts=conflicts)
    assert found.islands == (("R0", "R1"), ("R2", "R3"))
    assert "keep these groups apart: R0, R1; R2, R3. Add a reviewer" in found.sentences()[0]
    # One candidate whom both sides may see is enough.
    bridge = [pair for pair in conflicts if pair[0] != "C5"]
    linked = assign(codes(6), people(4), 2, conflicts=bridge)
    assert linked.connected
    assert pairs(linked).isdisjoint(bridge)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([], ["a"], 1), InputError, "There is no candidate"),
        ((["C"], [], 1), InputError, "There is no reviewer"),
        ((["C", "C"], ["a"], 1), InputError, "'C' is listed twice"),
        ((["C", " "], ["a"], 1), InputError, "at place 2 has no name"),
        ((["C"], ["a"], 0), InputError, "Give at least 1"),
        ((["C"], ["a"], 2), InputError, "2 reviews, and there is 1 reviewer. Add reviewers"),
    ],
)
def test_what_is_asked_must_make_sense(arguments, error, message: str) -> None:
    with pytest.raises(error) as told:
        assign(*arguments)
    assert message in str(told.value)


def test_a_conflict_with_nobody_is_told() -> None:
    with pytest.raises(UnknownName, match="no reviewer 'Anne' in the conflicts of interest"):
        assign(["C"], ["Ann"], 1, conflicts=[("C", "Anne")])
    with pytest.raises(UnknownName, match="no candidate 'D' in the conflicts of interest"):
        assign(["C"], ["Ann"], 1, conflicts=[("D", "Ann")])


def test_a_thousand_candidates_and_forty_reviewers() -> None:
    draw = np.random.default_rng(1)
    conflicts = [(f"C{c}", f"R{r}") for c, r in np.argwhere(draw.random((1000, 40)) < 0.3)]
    found = assign(codes(1000), people(40), 3, conflicts=conflicts)
    assert set(found.loads.values()) == {75}
    assert found.connected
    assert pairs(found).isdisjoint(conflicts)
    assert found.to_dict()["connected"] is True
