from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.ui.opened import checked, opened, words
from toolkit.ui.components.methods_reader import for_reading, title_of
from toolkit.ui.components.score_form import joined_toml
from toolkit.ui.pages import catalogue
from toolkit.ui.state import Workspace


def work_of(test: AppTest) -> Workspace:
    work: Workspace = test.session_state["workspace"]
    return work


def test_a_search_finds_a_score_and_tells_of_it() -> None:
    test = opened(catalogue.page)
    checked(test.text_input(key="score-search").set_value("klout").run())
    assert test.dataframe[0].value["Score"].iloc[0] == "Klout"
    assert "2008 to 25 May 2018" in words(test)
    assert "followers" in words(test)


def test_every_score_of_the_catalogue_can_be_read() -> None:
    test = opened(catalogue.page)
    for key in work_of(test).catalogue:
        checked(test.selectbox(key="score-chosen").set_value(key).run())
        assert test.header[0].value.replace("\\", "") == work_of(test).catalogue[key].label


def test_what_followers_were_sold_for_stands_beside_its_source() -> None:
    test = opened(catalogue.page)
    checked(test.selectbox(key="score-chosen").set_value("followers").run())
    said = words(test)
    assert "**Sold for:** 1 to 18 US dollars for 1,000 in 2013" in said.replace("\\", "")


def test_a_search_for_nothing_says_what_may_help() -> None:
    test = opened(catalogue.page)
    checked(test.text_input(key="score-search").set_value("zzzz").run())
    assert "No score matches" in words(test)


def test_a_score_of_ones_own_joins_the_catalogue() -> None:
    test = opened(catalogue.page)
    test.text_input(key="own-label").set_value("Glow index").run()
    test.text_input(key="own-aliases").set_value("glow; glow pts").run()
    test.number_input(key="own-low").set_value(0.0).run()
    test.number_input(key="own-high").set_value(10.0).run()
    checked(test.button(key="own-add").click().run())
    score = work_of(test).catalogue.recognise("Glow Pts")
    assert score is not None
    assert (score.key, score.scale) == ("glow_index", "0 to 10")


def test_a_sum_of_scores_joins_the_catalogue() -> None:
    test = opened(catalogue.page)
    test.radio(key="own-kind").set_value("Made of other scores").run()
    test.text_input(key="own-label").set_value("Flaunt 2").run()
    test.multiselect(key="own-parts").set_value(["klout", "peerindex"]).run()
    checked(test.button(key="own-add").click().run())
    score = work_of(test).catalogue["flaunt_2"]
    assert (dict(score.parts), score.combine) == ({"klout": 1.0, "peerindex": 1.0}, "sum")


def test_a_score_without_a_name_is_refused_in_place() -> None:
    test = opened(catalogue.page)
    checked(test.button(key="own-add").click().run())
    assert "no name" in test.error[0].value
    assert work_of(test).own_scores == ""


def test_a_name_that_is_taken_is_explained() -> None:
    test = opened(catalogue.page)
    test.text_input(key="own-label").set_value("Klout").run()
    checked(test.button(key="own-add").click().run())
    assert "klout" in test.error[0].value
    assert len(test.error) == 1


def test_the_second_text_counts_where_both_describe_a_score() -> None:
    first = "[scores.a]\nlabel = 'A'\n\n[scores.b]\nlabel = 'B'\n"
    both = joined_toml(first, "[scores.b]\nlabel = 'Better'\n")
    assert 'label = "A"' in both
    assert 'label = "Better"' in both
    assert 'label = "B"' not in both


def test_a_method_reads_inside_the_page() -> None:
    text = "# Impact\n\n## Ratio\n\nSee [wording](../wording.md), [law](https://example.org)."
    assert title_of(text, "impact") == "Impact"
    assert for_reading(text) == (
        "## Impact\n\n### Ratio\n\nSee wording, [law](https://example.org)."
    )


def test_methods_that_are_not_there_are_said_to_be_elsewhere(tmp_path: Path) -> None:
    def script(folder: object) -> None:
        from toolkit.ui.components.methods_reader import methods_reader

        methods_reader(folder)  # type: ignore[arg-type]

    test = AppTest.from_function(script, args=(tmp_path,)).run()
    assert "docs/methods" in test.markdown[0].value
    (tmp_path / "impact.md").write_text("# Impact\n\nA ratio.\n", encoding="utf-8")
    assert "A ratio." in words(test.run())
