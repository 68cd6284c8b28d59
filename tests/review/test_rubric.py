from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import InputError, RefusedInput, UnknownName
from toolkit.review.rubric import (
    LEVELS,
    TEMPLATES,
    Criterion,
    Rubric,
    portfolio_rubric,
    rubric_template,
    rubric_templates,
    template_text,
)

ONE = """
name = "Writing"
version = "2"

[[criteria]]
key = "clarity"
label = "Clarity"
definition = "How easily the reader follows."
job_analysis = "Writes for customers."
weight = 3

[criteria.anchors]
1 = "Lost."
3 = "Followed."
5 = "Guided."
"""


def test_a_rubric_file_becomes_criteria_with_anchors():
    rubric = Rubric.from_toml(ONE)
    (clarity,) = rubric.criteria
    assert (rubric.name, rubric.version) == ("Writing", "2")
    assert clarity.anchors == ("Lost.", "Followed.", "Guided.")
    assert rubric.share(clarity) == 1.0


def test_the_digest_changes_with_every_word_that_reviewers_read():
    rubric = Rubric.from_toml(ONE)
    for old, new in [("Lost.", "Gone."), ("weight = 3", "weight = 4"), ('"2"', '"3"')]:
        assert Rubric.from_toml(ONE.replace(old, new)).digest != rubric.digest
    assert Rubric.from_toml(ONE + "\n# a comment\n").digest == rubric.digest
    assert len(rubric.digest) == 64


def test_the_shipped_rubric_rates_work_by_the_job():
    rubric = portfolio_rubric()
    assert [c.key for c in rubric.criteria] == ["craft", "results", "contribution", "relevance"]
    assert sum(rubric.share(c) for c in rubric.criteria) == pytest.approx(1)
    words = " ".join(
        " ".join((c.label, c.definition, c.job_analysis, *c.anchors)) for c in rubric.criteria
    ).casefold()
    for never in ("appearance", "poise", "culture", "personality", "klout", "likeab"):
        assert never not in words


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("name =", "name", "not valid TOML"),
        ('name = "Writing"', "", "has no name"),
        ('version = "2"', "version = 2", "has no version"),
        ('label = "Clarity"', 'label = " "', "criterion 1 has no label"),
        ("weight = 3", "weight = 0", "the weight is 0. Give a number above 0"),
        ("weight = 3", 'weight = "much"', "the weight is 'much'"),
        ("weight = 3", "weight = inf", "the weight is inf"),
        ("weight = 3", "weight = true", "the weight is True"),
        ("weight = 3", "wieght = 3", "'wieght' is not a setting. Did you mean 'weight'"),
        ('3 = "Followed."', "", "criterion 1, anchors has no 3"),
        ("[criteria.anchors]", "[criteria.levels]", "'levels' is not a setting"),
        ('version = "2"', 'version = "2"\nlevels = 7', "'levels' is not a setting"),
    ],
)
def test_what_is_wrong_is_said(old: str, new: str, message: str):
    with pytest.raises(InputError, match=message):
        Rubric.from_toml(ONE.replace(old, new))


def test_a_rubric_without_criteria_or_with_one_twice_is_refused():
    with pytest.raises(InputError, match="has no criteria"):
        Rubric.from_toml('name = "n"\nversion = "1"')
    twice = ONE + ONE[ONE.index("[[criteria]]") :]
    with pytest.raises(InputError, match="has the criterion 'clarity' twice"):
        Rubric.from_toml(twice)
    with pytest.raises(InputError, match="criterion 1 is not a table"):
        Rubric.from_toml('name = "n"\nversion = "1"\ncriteria = ["clarity"]')


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('"Clarity"', '"Culture fit"', "the label"),
        ("How easily the reader follows.", "Poise while presenting.", "the definition"),
        ("Writes for customers.", "Is well groomed.", "the link to the job"),
        ("Guided.", "A native speaker.", "the anchor at 5"),
    ],
)
def test_criteria_about_the_person_are_refused_wherever_it_stands(old: str, new: str, where: str):
    with pytest.raises(RefusedInput, match=f"criterion 1: .* in {where} rates the person"):
        Rubric.from_toml(ONE.replace(old, new))


def test_every_refusal_is_said_at_once():
    text = ONE.replace('"Clarity"', '"Poise"').replace("Lost.", "Too old.")
    with pytest.raises(RefusedInput) as refused:
        Rubric.from_toml(text)
    assert len(str(refused.value).splitlines()) == 2


def test_levels_between_anchors_are_told_by_their_neighbours():
    (clarity,) = Rubric.from_toml(ONE).criteria
    assert [clarity.anchor(level) for level in LEVELS] == [
        "Lost.",
        "More than 1, less than 3.",
        "Followed.",
        "More than 3, less than 5.",
        "Guided.",
    ]
    with pytest.raises(ValueError, match="not 6"):
        clarity.anchor(6)


def test_a_note_is_required_and_no_basis_allowed_unless_it_is_said_otherwise():
    (usual,) = Rubric.from_toml(ONE).criteria
    assert usual.note_required
    assert usual.no_basis_allowed
    text = ONE.replace("weight = 3", "note_required = false\nno_basis_allowed = false")
    (other,) = Rubric.from_toml(text).criteria
    assert not other.note_required
    assert not other.no_basis_allowed
    with pytest.raises(InputError, match=r"note_required is 'no'\. Write true or false"):
        Rubric.from_toml(ONE.replace("weight = 3", 'note_required = "no"'))


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_shipped_rubric_is_complete(name: str):
    rubric = rubric_template(name)
    assert 4 <= len(rubric.criteria) <= 6
    assert rubric.about
    assert sum(rubric.weights.values()) == pytest.approx(1)
    for criterion in rubric.criteria:
        assert len(criterion.definition.split()) >= 12
        assert len(criterion.job_analysis.split()) >= 6
        assert len(set(criterion.anchors)) == 3
        assert min(len(anchor.split()) for anchor in criterion.anchors) >= 5
    # The comment at its head says what it is for, and survives as a file to edit.
    assert template_text(name).startswith("# The rubric of a ")
    assert Rubric.from_toml(template_text(name)) == rubric


def test_templates_are_asked_for_by_name():
    assert list(rubric_templates()) == list(TEMPLATES)
    assert rubric_template("portfolio_review") == portfolio_rubric()
    with pytest.raises(UnknownName, match="Did you mean 'code_review'"):
        rubric_template("code_reviw")
    with pytest.raises(UnknownName, match="Known: "):
        template_text("../secrets")


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=20
).map(lambda text: f"x{text}x")


@settings(max_examples=40)
@given(
    st.lists(
        st.builds(
            Criterion,
            key=_TEXT,
            label=st.just("Clarity"),
            definition=st.just("How easily the reader follows."),
            job_analysis=st.just("Writes."),
            weight=st.floats(1e-6, 1e6),
            anchors=st.just(("Lost.", 'So "so".', "Guided\\.")),
            note_required=st.booleans(),
            no_basis_allowed=st.booleans(),
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda one: one.key,
    ),
    _TEXT,
    st.sampled_from(["", "For texts."]),
)
def test_what_is_written_reads_back(criteria: list[Criterion], name: str, about: str):
    rubric = Rubric(name, "1", tuple(criteria), about)
    again = Rubric.from_toml(rubric.to_toml())
    assert again == rubric
    assert again.digest == rubric.digest
    assert replace(rubric, about="Other.").digest != rubric.digest


def test_a_criterion_is_found_by_its_key():
    rubric = portfolio_rubric()
    assert rubric.criterion("craft").label == "Quality of the work shown"
    with pytest.raises(UnknownName, match="no criterion 'crafts' in the rubric 'Portfolio review'"):
        rubric.criterion("crafts")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match="cannot be read: No such file"):
        Rubric.read(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'name = "\xe9"')
    with pytest.raises(InputError, match="it is not UTF-8 text"):
        Rubric.read(tmp_path / "latin.toml")
