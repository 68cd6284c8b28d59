from __future__ import annotations

from streamlit.testing.v1 import AppTest

from toolkit.intake.issue import Issue
from toolkit.ui.components.issue_list import issue_frame


def test_each_issue_says_where_it_stands() -> None:
    shown = issue_frame(
        [
            Issue("warning", "134 is outside Klout's scale.", "scores.csv", None, 14, "klout"),
            Issue("warning", "The sheet is empty.", "scores.csv"),
        ]
    )
    assert shown.columns.tolist() == ["What was found", "File", "Row", "Column"]
    assert shown.iloc[0].tolist() == ["134 is outside Klout's scale.", "scores.csv", 14, "klout"]


def test_levels_are_counted_and_kept_apart() -> None:
    def script() -> None:
        from toolkit.intake.issue import Issue
        from toolkit.ui.components.issue_list import issue_list

        warning = Issue("warning", "A value was set aside.", "a.csv", None, 3, "klout")
        issue_list([warning, Issue("note", "A column was ignored."), warning])

    test = AppTest.from_function(script).run()
    assert not test.exception
    assert "2 warnings and 1 note came up" in test.markdown[0].value
    assert [fold.label for fold in test.expander] == ["Warnings (2)", "Notes (1)"]
    assert [len(shown.value) for shown in test.dataframe] == [2, 1]


def test_nothing_noticed_is_said_too() -> None:
    def script() -> None:
        from toolkit.ui.components.issue_list import issue_list

        issue_list([])

    assert "Nothing was set aside" in AppTest.from_function(script).run().success[0].value
