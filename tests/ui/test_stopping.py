"""Long work that is stopped: the page is calm, and starts the work again when asked to."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.opened import agency, at_work, checked, gated, opened, words
from toolkit.ui.components import progress
from toolkit.ui.pages import explain, influence, stress, worth
from toolkit.ui.state import Workspace
from toolkit.ui.stopping import Stopped, unless_stopped

AGAIN = "Start again"


def stopped(test: AppTest, name: str) -> Workspace:
    """The session after a click on "Stop" while the result of this name was being made."""
    work: Workspace = test.session_state["workspace"]
    (key,) = [key for key in work.kept if key[0] == name]
    del work.kept[key]
    work.stopped.add(key)
    return work


def calm(page: object) -> AppTest:
    """A page as the app draws it, with all that guards it."""
    module = page.__name__  # type: ignore[attr-defined]
    test = AppTest.from_string(
        f"from toolkit.ui.faults import calmly\nfrom {module} import page\ncalmly(page)()\n",
        default_timeout=60,
    )
    test.session_state["workspace"] = at_work(agency(40), gated())
    return checked(test.run())


def buttons(test: AppTest) -> list[str]:
    return [button.label for button in test.button]


@pytest.mark.parametrize(
    ("page", "name", "doing"),
    [
        (stress, "stress", "drawing the scores again"),
        (worth, "worth", "measuring scores against results"),
        (influence, "attribution", "sharing the decisions out among the signals"),
        (explain, "attribution", "sharing the decisions out among the signals"),
        (explain, "noise", "measuring the scores again"),
    ],
)
def test_what_was_stopped_is_said_and_started_again_on_a_click(
    page: object, name: str, doing: str
) -> None:
    test = calm(page)
    assert AGAIN not in buttons(test)
    before = words(test)
    work = stopped(test, name)
    checked(test.run())
    assert f"**Stopped: {doing}.** Nothing of it was kept" in words(test)
    assert not test.error
    assert name not in {key[0] for key in work.kept}
    (again,) = [button for button in test.button if button.label == AGAIN]
    checked(again.click().run())
    assert AGAIN not in buttons(test)
    assert words(test) == before


def test_the_rest_of_the_page_goes_on_where_it_can() -> None:
    """Without its parts, one decision is still told; so is what the scores change."""
    test = opened(explain.page, at_work(agency(40), gated()))
    stopped(test, "attribution")
    checked(test.run())
    assert "With every score measured again" in words(test)
    test = opened(influence.page, at_work(agency(40), gated()))
    stopped(test, "attribution")
    checked(test.run())
    assert "One candidate" in words(test)


def test_a_click_on_stop_is_remembered() -> None:
    work = Workspace()
    seen: list[float] = []

    def make(tell) -> int:
        seen.append(1)
        tell(0.5)
        return 7

    assert work.keep_long("result", "a", make=make, doing="Working") == 7
    work.kept.clear()
    work.stopped.add(("result", "a"))
    with pytest.raises(Stopped):
        work.keep_long("result", "a", make=make, doing="Working")
    assert len(seen) == 1
    work.stopped.clear()
    assert work.keep_long("result", "a", make=make, doing="Working") == 7


def test_a_result_that_is_there_is_shown_although_it_was_stopped_too_late() -> None:
    work = Workspace()
    work.keep_long("result", make=lambda tell: 7, doing="Working")
    work.stopped.add(("result",))
    assert work.keep_long("result", make=lambda tell: 8, doing="Working") == 7


def test_long_work_has_a_bar_and_a_button_and_short_work_has_neither(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script = """
import streamlit as st
from toolkit.ui.components.progress import stoppable

held = st.container()
with held, stoppable("Working", "stop-it", lambda: None) as tell:
    tell(0.25)
    st.session_state["buttons"] = "stop-it" in st.session_state
"""
    assert AppTest.from_string(script).run().session_state["buttons"] is False
    monkeypatch.setattr(progress, "LONG", 0.0)
    test = AppTest.from_string(script).run()
    assert test.session_state["buttons"] is True
    # It goes when the work is done.
    assert not test.button


def test_an_error_takes_the_place_of_the_button(monkeypatch: pytest.MonkeyPatch) -> None:
    script = """
import streamlit as st
from toolkit.ui.components.progress import stoppable

try:
    with stoppable("Working", "stop-it", lambda: None) as tell:
        tell(0.25)
        raise ValueError
except ValueError:
    st.markdown("wrong")
"""
    monkeypatch.setattr(progress, "LONG", 0.0)
    test = AppTest.from_string(script).run()
    assert [one.value for one in test.markdown] == ["wrong"]
    assert not test.button


def test_a_page_goes_on_after_what_was_stopped() -> None:
    with unless_stopped():
        raise Stopped
    with pytest.raises(ZeroDivisionError), unless_stopped():
        _ = 1 / 0
