import copy
import pickle
import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import CatalogueError, UnknownName
from toolkit.scores.catalogue import load_catalogue
from toolkit.scores.folding import folded

CATALOGUE = load_catalogue()


def test_a_column_finds_its_score_and_the_score_knows_its_scale():
    score = CATALOGUE.recognise("Klout Score")

    assert score is not None
    assert score.key == "klout"
    assert (score.low, score.high) == (1, 100)
    assert score.service_to == "2018-05-25"
    october, august = score.rescalings
    assert (october.date, october.kind, october.amount) == ("2011-10-26", "shift", -10)
    assert (august.date[:4], august.kind, august.amount) == ("2012", "scale", 1.1)


# The table of scores that people have hired on, with the scale that values must be within.
FIELD = {
    "klout": (1, 100),
    "kred_influence": (0, 1000),
    "kred_outreach": (0, 12),
    "peerindex": (0, 100),
    "trustcloud": (0, 1000),
    "empire_avenue": (0, None),
    "appinions": (0, None),
    "w_score": (None, None),
    "flaunt": (1, 200),  # Klout 1 to 100 plus PeerIndex 0 to 100
    "twitter_grader": (0, 100),
    "website_grader": (0, 100),
    "buzzmetrics": (0, None),
    "fakers_fake_share": (0, 100),
    "fakers_inactive_share": (0, 100),
    "fakers_good_share": (0, 100),
    "sparktoro_fake_share": (0, 100),
    "followers": (0, None),
    "following": (0, None),
    "likes": (0, None),
    "friends": (0, None),
    "subscribers": (0, None),
    "github_stars": (0, None),
    "github_followers": (0, None),
    "linkedin_ssi": (0, 100),
    "linkedin_recommendations": (0, None),
    "linkedin_endorsements": (0, None),
    "stackoverflow_reputation": (1, None),
    "kaggle_tier": (0, 4),
    "hackerrank": (0, 100),
    "nps": (-100, 100),
    "credit_score": (300, 850),
    "sat": (400, 1600),
    "gre_verbal": (130, 170),
    "gre_quant": (130, 170),
    "gmat": (200, 805),
    "lsat": (120, 180),
    "gpa": (0, 4),
    "iq": (40, 160),
    "gearscore": (0, None),
}


@pytest.mark.parametrize("key", FIELD)
def test_every_score_that_people_have_hired_on_is_there_with_its_scale(key):
    score = CATALOGUE[key]

    assert (score.low, score.high) == FIELD[key]
    assert score.moved_by or score.kind == "test", "what moves it is known for all of them"


@pytest.mark.parametrize("score", CATALOGUE.values(), ids=lambda s: s.key)
def test_every_figure_has_a_source(score):
    if (score.low, score.high) != (None, None) and not score.is_composite:
        assert "scale" in score.sources or "levels" in score.sources
    if score.service_from or score.service_to:
        assert "service" in score.sources
    if score.noise_sd is not None:
        assert "noise_sd" in score.sources
    if score.price is not None:
        assert score.price.source is not None
    if score.known_games:
        assert "known_games" in score.sources
    if re.search(r"\d", score.caution):
        assert score.sources, "a caution with a figure needs a source"
    for rescaling in score.rescalings:
        assert rescaling.source is not None
        assert rescaling.note


def test_rescalings_are_in_order_of_time():
    for score in CATALOGUE.values():
        dates = [rescaling.date for rescaling in score.rescalings]
        assert dates == sorted(dates)


@pytest.mark.parametrize(
    ("column", "key"),
    [
        ("klout_score", "klout"),
        ("Klout", "klout"),
        ("kred_influence", "kred_influence"),
        ("kred_outreach", "kred_outreach"),
        ("followers_count", "followers"),
        ("Number of Followers", "followers"),
        ("friends_count", "following"),
        ("friends", "friends"),
        ("statuses", "posts"),
        ("statuses_count", "posts"),
        ("listed", "listed"),
        ("listed_count", "listed"),
        ("favourites_count", "likes_given"),
        ("stargazers_count", "github_stars"),
        ("SSI", "linkedin_ssi"),
        ("StackOverflow Reputation", "stackoverflow_reputation"),
        ("FICO score", "credit_score"),
        ("Full-scale IQ", "iq"),
    ],
)
def test_column_names_of_real_files_are_recognised(column, key):
    score = CATALOGUE.recognise(column)

    assert score is not None
    assert score.key == key


@pytest.mark.parametrize(
    "column", ["", "  ", "___", "name", "portfolio", "candidate_id", "%", "score"]
)
def test_other_columns_are_not_scores(column):
    assert CATALOGUE.recognise(column) is None


NAMES = sorted({name for score in CATALOGUE.values() for name in score.names})


@given(
    name=st.sampled_from(NAMES),
    between=st.lists(st.sampled_from(["", " ", "_", "-", ".", "  ", "/", "("]), min_size=40),
    upper=st.lists(st.booleans(), min_size=40),
)
def test_case_spaces_and_punctuation_do_not_matter(name, between, upper):
    letters = [c for c in name if c not in string.punctuation + " "]
    written = "".join(
        gap + (c.upper() if big else c.lower())
        for c, gap, big in zip(letters, between * 3, upper * 3, strict=False)
    )

    assert CATALOGUE.recognise(written) is CATALOGUE.recognise(name)


@given(st.text(max_size=30))
def test_any_text_is_either_recognised_or_not_and_never_an_error(text):
    score = CATALOGUE.recognise(text)

    assert score is None or folded(text) in {folded(name) for name in score.names}
    assert all(key in CATALOGUE for key in CATALOGUE.suggest(text))


@pytest.mark.parametrize(
    ("misspelt", "key"),
    [
        ("kluot", "klout"),
        ("peer indx", "peerindex"),
        ("githb stars", "github_stars"),
        ("stackoverflow reputaton", "stackoverflow_reputation"),
        ("folowers", "followers"),
    ],
)
def test_a_misspelt_name_is_answered_with_the_closest_scores(misspelt, key):
    assert CATALOGUE.suggest(misspelt)[0] == key
    with pytest.raises(UnknownName, match=f"no score '{misspelt}' in the mapping.*'{key}'"):
        CATALOGUE.score(misspelt, where="the mapping")


def test_suggestions_name_each_score_once_and_nothing_far_off():
    assert CATALOGUE.suggest("qqqqqqqq") == []
    assert len(set(CATALOGUE.suggest("kred"))) == len(CATALOGUE.suggest("kred")) <= 3


def test_search_finds_names_first_and_then_descriptions():
    found = [score.key for score in CATALOGUE.search("Kred")]

    assert found[:2] == ["kred_influence", "kred_outreach"]
    assert "empire_avenue" in found  # by its alias
    assert [s.key for s in CATALOGUE.search("vote rings")] == [
        "stackoverflow_reputation",
        "kaggle_tier",
    ]
    assert len(CATALOGUE.search("")) == len(CATALOGUE)
    assert CATALOGUE.search("no such thing anywhere") == []


def test_a_users_own_score_joins_the_catalogue_and_leaves_the_first_one_alone():
    extended = CATALOGUE.extended(
        """
        [scores.agency_buzz]
        label = "Agency buzz"
        aliases = ["buzz points"]
        low = 0
        high = 10
        decimals = 1
        sources = {scale = "Our agency, page 3 of the handbook"}
        """,
        where="own.toml",
    )

    own = extended.recognise("BUZZ-POINTS")
    assert own is not None
    assert (own.key, own.kind, own.scale) == ("agency_buzz", "custom", "0 to 10")
    assert own.sources["scale"].title == "Our agency, page 3 of the handbook"
    assert len(extended) == len(CATALOGUE) + 1
    assert CATALOGUE.recognise("buzz points") is None


def test_a_users_file_is_read_with_the_catalogue(tmp_path: Path):
    file = tmp_path / "own.toml"
    file.write_text('[scores.applause]\nlabel = "Applause"\nlow = 0\n', encoding="utf-8-sig")

    assert load_catalogue(file)["applause"].scale == "0 or more"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[scores.klout]\nlabel = "Mine"',
            "own.toml, score 'klout': the catalogue already has it. Choose another name.",
        ),
        (
            '[scores.mine]\nlabel = "Mine"\naliases = ["K-Lout Score"]',
            "own.toml, score 'mine', key 'aliases': 'K-Lout Score' already belongs to 'klout'. "
            "Choose another name.",
        ),
        (
            '[scores.one]\naliases = ["same"]\n[scores.two]\nlabel = "Same!"',
            "own.toml, score 'two', key 'aliases': 'Same!' already belongs to 'one'. "
            "Choose another name.",
        ),
    ],
)
def test_a_name_can_belong_to_one_score_only(text, message):
    with pytest.raises(CatalogueError) as error:
        CATALOGUE.extended(text, where="own.toml")

    assert str(error.value) == message


def test_a_users_file_that_is_not_there_or_not_text_is_told(tmp_path: Path):
    with pytest.raises(CatalogueError, match=r"nowhere\.toml: the scores cannot be read"):
        load_catalogue(tmp_path / "nowhere.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CatalogueError, match=r"binary\.toml.*not UTF-8 text"):
        load_catalogue(tmp_path / "binary.toml")


def test_a_catalogue_can_be_kept_and_compared():
    kept = pickle.loads(pickle.dumps(CATALOGUE))

    assert kept == CATALOGUE == copy.deepcopy(CATALOGUE)
    assert hash(kept) == hash(CATALOGUE)
    assert kept != CATALOGUE.extended("[scores.applause]")
