import pytest

from toolkit.errors import InputError, RefusedInput
from toolkit.review.rubric import Rubric, portfolio_rubric

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


@pytest.mark.parametrize("label", ["Appearance", "Poise on stage", "Culture fit", "Cultural Fit"])
def test_criteria_about_the_person_are_refused(label: str):
    with pytest.raises(RefusedInput, match="rates the person, not the work"):
        Rubric.from_toml(ONE.replace('"Clarity"', f'"{label}"'))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match="cannot be read: No such file"):
        Rubric.read(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'name = "\xe9"')
    with pytest.raises(InputError, match="it is not UTF-8 text"):
        Rubric.read(tmp_path / "latin.toml")
