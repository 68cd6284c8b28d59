from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from toolkit.ui.faults import FAULT


def test_a_fault_is_one_calm_sentence_and_stands_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def script() -> None:
        from toolkit.ui.faults import calmly

        def page() -> None:
            raise ZeroDivisionError("secret detail")

        calmly(page)()

    test = AppTest.from_function(script).run()
    assert [box.value for box in test.error] == [FAULT]
    assert not test.exception
    assert "secret detail" in caplog.text


def test_an_error_that_the_user_can_mend_is_shown_as_it_stands() -> None:
    def script() -> None:
        import streamlit as st

        from toolkit.errors import InputError
        from toolkit.ui.faults import calmly, shown_in_place

        def page() -> None:
            with shown_in_place():
                raise InputError("scores.csv, row 14: 134 is too high. *Correct* it.")
            st.markdown("the rest of the page")
            raise InputError("and another")

        calmly(page)()

    test = AppTest.from_function(script).run()
    assert test.error[0].value == r"scores\.csv, row 14\: 134 is too high\. \*Correct\* it\."
    assert test.markdown[0].value == "the rest of the page"
    assert test.error[1].value == "and another"
