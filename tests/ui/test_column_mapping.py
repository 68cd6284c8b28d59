from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.ui.opened import checked, words
from toolkit.intake.kinds import KINDS
from toolkit.intake.read_file import Reading, read_files
from toolkit.intake.recognise import recognise
from toolkit.scores.catalogue import load_catalogue
from toolkit.ui.components.role_words import role_in_words, roles_of

TABLE = b"Applicant No,kluot,Gender,password,notes\nA1,61,f,hunter2,fine\nA2,44,m,secret,good\n"


def reading() -> Reading:
    return read_files([("applicants.csv", TABLE)])


def step() -> AppTest:
    def script() -> None:
        import streamlit as st

        from toolkit.scores.catalogue import load_catalogue
        from toolkit.ui.components.column_mapping import column_mapping

        catalogue = load_catalogue()
        before = st.session_state["mapping"]
        after = column_mapping(before, st.session_state["tables"], catalogue, 0)
        st.session_state["mapping"] = after

    test = AppTest.from_function(script, default_timeout=60)
    test.session_state["tables"] = reading().tables
    test.session_state["mapping"] = recognise(reading().tables, load_catalogue())
    return checked(test.run())


def role_of(test: AppTest, column: str) -> str:
    entries = test.session_state["mapping"].of("applicants.csv", None)
    return str(next(entry.role for entry in entries if entry.column == column))


def test_a_misspelt_score_is_asked_about_and_taken_as_meant() -> None:
    test = step()
    assert "Have a look at one of them" in words(test)
    assert "**kluot** was taken as" in words(test)
    button = next(one for one in test.button if one.label == r"Score\: Klout")
    checked(button.click().run())
    assert role_of(test, "kluot") == "score:klout"


def test_what_was_recognised_is_shown_with_an_example_and_a_reason() -> None:
    shown = step().dataframe[0].value.set_index("Column")
    assert shown.loc["Applicant No", "Taken as"] == "Candidate's code"
    assert shown.loc["kluot", "For instance"] == "61"
    assert shown.loc["Gender", "Taken as"] == "Group membership, kept apart"


def test_nothing_of_a_group_or_a_password_is_shown() -> None:
    test = step()
    shown = test.dataframe[0].value.set_index("Column")
    assert shown.loc["Gender", "For instance"] == ""
    assert shown.loc["password", "Taken as"] == "Refused: never accepted"
    everything = words(test) + shown.to_csv() + repr(test.session_state["tables"][0].frame)
    assert "hunter2" not in everything
    assert "secret" not in everything


def test_a_column_can_be_corrected_by_hand() -> None:
    test = step()
    test.selectbox(key="column-0-0").set_value("notes").run()
    test.selectbox(key="role-0-0-notes").set_value("ignore").run()
    checked(test.button(key="take-0-0").click().run())
    assert role_of(test, "notes") == "ignore"


def test_a_refused_column_is_not_offered() -> None:
    assert "password" not in step().selectbox(key="column-0-0").options


def test_every_role_and_kind_has_words() -> None:
    catalogue = load_catalogue()
    for kind in KINDS:
        for role in roles_of(kind, catalogue):
            said = role_in_words(role, catalogue)
            assert said
            assert ":" not in said or said.split(":")[0] in ("Score", "Account", "Evidence")
