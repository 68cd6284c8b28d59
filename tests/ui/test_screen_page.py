from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.ui.opened import agency, at_work, checked, gated, opened, words
from toolkit.screening.decisions import decide
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen
from toolkit.ui.pages import screen
from toolkit.ui.state import Workspace


def work_of(test: AppTest) -> Workspace:
    work: Workspace = test.session_state["workspace"]
    return work


def screen_on(test: AppTest) -> Screen:
    found = work_of(test).screen
    assert found is not None
    return found


def test_a_practice_becomes_a_screen_and_says_whom_it_selects() -> None:
    test = opened(screen.page, at_work(agency()))
    test.selectbox(key="preset-begin").set_value("hard-cut-off").run()
    test.number_input(key="preset-threshold-begin-klout").set_value(40.0).run()
    checked(test.button(key="preset-use-begin").click().run())
    cohort = agency()
    rule = screen_on(test)
    assert rule.gates == (Gate(signal="klout", at_least=40),)
    selected = int(decide(cohort, rule).selected.sum())
    assert f"selects **{selected} of 12** candidates" in words(test)


def test_without_candidates_it_says_what_to_do_next() -> None:
    test = opened(screen.page)
    assert "There are no candidates yet" in words(test)


def test_a_weight_moved_is_a_weight_in_the_screen() -> None:
    test = opened(screen.page, at_work(agency(), gated()))
    revision = work_of(test).revision
    checked(test.slider(key=f"weight-{revision}-task").set_value(0.9).run())
    assert dict(screen_on(test).weights) == {"portfolio": 0.6, "task": 0.9}
    assert "Portfolio 40 %, Task 60 %" in words(test)


def test_the_screen_survives_leaving_the_page_and_coming_back() -> None:
    test = opened(screen.page, at_work(agency(), gated()))
    revision = work_of(test).revision
    test.slider(key=f"weight-{revision}-task").set_value(0.9).run()
    again = opened(screen.page, work_of(test))
    assert again.slider(key=f"weight-{revision}-task").value == 0.9


def test_a_gate_can_be_added_and_removed() -> None:
    test = opened(screen.page, at_work(agency(), gated()))
    checked(test.button(key=f"gate-add-{work_of(test).revision}").click().run())
    assert len(screen_on(test).gates) == 2
    checked(test.button(key=f"gate-remove-{work_of(test).revision}-0").click().run())
    (left,) = screen_on(test).gates
    assert left.at_least is not None


def test_a_gate_that_nobody_could_pass_is_explained_and_not_taken() -> None:
    work = at_work(agency(), gated().changed(gates=(Gate(signal="task", at_least=40, at_most=60),)))
    test = opened(screen.page, work)
    checked(test.number_input(key=f"gate-low-{work.revision}-0").set_value(70.0).run())
    assert "nobody could pass" in test.error[0].value
    assert screen_on(test).gates[0].at_least == 40


def test_values_that_are_not_numbers_are_named() -> None:
    work = at_work(agency(), gated().changed(gates=(Gate(signal="portfolio", one_of=(1, 2)),)))
    test = opened(screen.page, work)
    test.text_input(key=f"gate-values-{work.revision}-0").set_value("3; 4,5; high").run()
    assert "'high' is not a number" in test.error[0].value.replace("\\", "")
    checked(test.text_input(key=f"gate-values-{work.revision}-0").set_value("3; 4,5").run())
    assert screen_on(test).gates[0].one_of == (3.0, 4.5)


def test_a_share_is_kept_as_a_share() -> None:
    work = at_work(agency(), gated())
    test = opened(screen.page, work)
    revision = work.revision
    kind = "A share of the candidates"
    test.radio(key=f"places-kind-{revision}").set_value(kind).run()
    checked(test.number_input(key=f"share-{revision}").set_value(25.0).run())
    assert (screen_on(test).places, screen_on(test).share) == (None, 0.25)


def test_two_screens_side_by_side() -> None:
    test = opened(screen.page, at_work(agency(), gated()))
    checked(test.button(key="compare-go").click().run())
    other = work_of(test).other_screen
    assert other is not None
    assert other.signals == ("portfolio", "task")
    cohort = agency()
    ours, theirs = decide(cohort, screen_on(test)), decide(cohort, other)
    only_ours = int((ours.selected & ~theirs.selected).sum())
    assert only_ours > 0
    assert f"**{only_ours}** only by “Agency screen”" in words(test)
    shown = {str(code) for code in test.dataframe[1].value["Candidate"]}
    assert shown == set(ours.candidate_ids[ours.selected & ~theirs.selected])


def test_group_columns_are_no_signals() -> None:
    test = opened(screen.page, at_work(agency(), gated()))
    offered = test.multiselect(key=f"weighted-{work_of(test).revision}").options
    assert not any("sex" in option.casefold() for option in offered)


def test_three_candidates_and_three_thousand() -> None:
    for size in (3, 3000):
        test = opened(screen.page, at_work(agency(size), gated()))
        assert len(test.dataframe[0].value) == size


def test_nothing_is_decided_twice() -> None:
    test = opened(screen.page, at_work(agency(), gated()))
    before = dict(work_of(test).kept)
    checked(test.run())
    assert {key: id(value) for key, value in work_of(test).kept.items()} == {
        key: id(value) for key, value in before.items()
    }
