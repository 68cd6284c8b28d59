from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.opened import checked, gated, opened, words
from toolkit.errors import CloutproofError, RefusedInput
from toolkit.ui.components.samples import SAMPLES
from toolkit.ui.opening import correct_mapping, open_files, open_sample, take_own_scores
from toolkit.ui.pages import candidates
from toolkit.ui.state import Workspace

BROKEN = Path(__file__).parents[2] / "sample_data" / "broken"
TABLE = "id,name,klout,portfolio,task,Gender\nA1,Ann,61,4,70,f\nA2,Bo,44,5,81,m\nA3,Cy,52,3,64,f\n"


def work_of(test: AppTest) -> Workspace:
    work: Workspace = test.session_state["workspace"]
    return work


def uploaded(name: str, content: str, work: Workspace | None = None) -> AppTest:
    test = opened(candidates.page, work)
    uploader = next(one for one in test.file_uploader if one.label == "Candidate files")
    checked(uploader.set_value([(name, content.encode(), "text/csv")]).run())
    read = next(button for button in test.button if button.label == "Read these files")
    return checked(read.click().run())


def with_file(name: str, content: bytes) -> Workspace:
    work = Workspace()
    open_files(work, ((name, content),), name)
    return work


def test_an_upload_becomes_candidates_and_says_what_was_read() -> None:
    test = uploaded("applicants.csv", TABLE)
    assert "**3** candidates, with 1 score and 2 pieces of evidence each" in words(test)
    assert "1 group column (Gender)" in words(test)
    shown = test.dataframe[-1].value
    assert shown["Name"].tolist() == ["Ann", "Bo", "Cy"]
    assert "f" not in {str(value) for column in shown for value in shown[column]}


def test_a_file_that_cannot_be_read_leaves_the_session_as_it_was() -> None:
    test = uploaded("applicants.csv", TABLE)
    before = work_of(test).cohort
    test = uploaded("broken.csv", "<html>log in</html>", work_of(test))
    assert "web page" in test.error[0].value
    assert work_of(test).cohort is before


def test_tables_without_candidates_can_still_be_mapped() -> None:
    test = uploaded("empty.csv", "klout,task\n")
    assert work_of(test).cohort is None
    assert "no rows" in test.error[0].value
    assert "What each column is" in words(test)


def test_a_screen_that_fits_the_next_upload_stays() -> None:
    test = uploaded("may.csv", TABLE)
    work_of(test).take_screen(gated())
    test = uploaded("june.csv", TABLE.replace("61", "62"), work_of(test))
    assert work_of(test).screen == gated()
    test = uploaded("july.csv", "id,task\nA1,3\nA2,4\n", work_of(test))
    assert work_of(test).screen is None


def test_a_mapping_is_kept_as_a_file_and_used_again() -> None:
    work = with_file("may.csv", b"id,impact,task\nA1,61,70\nA2,44,81\n")
    assert work.mapping is not None
    corrected = work.mapping.with_role("may.csv", None, "impact", "score:klout")
    correct_mapping(work, corrected)
    assert work.cohort is not None
    assert work.cohort.scores == ["klout"]
    assert work.mapping is not None
    saved = work.mapping.to_toml()
    assert tomllib.loads(saved)["tables"][0]["columns"]["impact"] == "score:klout"
    test = uploaded("june.csv", "id,impact,task\nA7,20,60\nA8,30,50\n", work)
    mapping_field = next(one for one in test.file_uploader if "mapping" in one.label)
    mapping_field.set_value(("mapping.toml", saved.encode(), "application/toml")).run()
    checked(next(one for one in test.button if one.label == "Use this mapping").click().run())
    cohort = work_of(test).cohort
    assert cohort is not None
    assert cohort.signals["klout"].tolist() == [20.0, 30.0]


def test_a_score_of_ones_own_is_recognised_in_the_candidates_at_hand() -> None:
    work = with_file("may.csv", b"id,glow,task\nA1,6,70\nA2,4,81\n")
    assert work.cohort is not None
    assert work.cohort.scores == []
    key = work.cohort_key
    take_own_scores(work, "[scores.glow]\nlabel = 'Glow'\nlow = 0\nhigh = 10\n")
    assert work.cohort.scores == ["glow"]
    assert work.cohort_key != key


def test_passwords_are_refused_and_kept_nowhere() -> None:
    with pytest.raises(RefusedInput):
        with_file("logins.csv", b"id,password\nA1,hunter2\n")
    test = uploaded("mixed.csv", "id,klout,password\nA1,50,hunter2\nA2,51,letmein\n")
    held = repr(work_of(test)) + words(test) + "".join(f.value.to_csv() for f in test.dataframe)
    assert "hunter2" not in held
    assert "letmein" not in held


def attempted(path: Path) -> Workspace | str:
    """The session after reading a file, or what the user is told instead."""
    try:
        return with_file(path.name, path.read_bytes())
    except CloutproofError as error:
        return str(error)


@pytest.mark.parametrize(
    "path", sorted(set(BROKEN.glob("*.*")) - {BROKEN / "README.md"}), ids=lambda path: path.name
)
def test_every_broken_file_ends_in_candidates_or_in_words(path: Path) -> None:
    work = attempted(path)
    if isinstance(work, str):
        assert path.stem in work
        return
    test = opened(candidates.page, work)
    assert (work.cohort is None) == bool(test.error)


def test_names_that_are_markup_stay_names() -> None:
    path = BROKEN / "markup-in-names.csv"
    test = opened(candidates.page, with_file(path.name, path.read_bytes()))
    assert not [one for one in test.markdown if "<script" in one.value or "![" in one.value]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.folder)
def test_a_sample_opens_with_its_screen_and_one_on_evidence_alone(sample: object) -> None:
    work = Workspace()
    open_sample(work, sample)  # type: ignore[arg-type]
    assert work.cohort is not None
    assert work.screen is not None
    assert work.other_screen is not None
    assert set(work.screen.signals) & set(work.cohort.scores)
    assert not set(work.other_screen.signals) & set(work.cohort.scores)
    opened(candidates.page, work)
