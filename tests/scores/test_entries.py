import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import CatalogueError
from toolkit.scores.entries import read_entries


def test_a_table_of_toml_becomes_a_score():
    scores, sources = read_entries(
        """
        [scores.applause]
        label = "Applause"
        kind = "influence"
        low = 0
        high = 10
        decimals = 1
        service_from = 2019
        service_to = 2021-03-04
        known_games = ["Claques."]
        noise_sd = 0.5
        price = {per = 100, low = 2, high = 5.5, currency = "euros", year = 2020}
        sources = {scale = "handbook", noise_sd = "Measured twice, 40 people", price = "handbook"}

        [[scores.applause.rescalings]]
        date = "2020-02"
        kind = "scale"
        amount = 0.9
        note = "A quieter hall."
        source = "handbook"

        [sources.handbook]
        title = "Handbook of applause"
        address = "https://example.org/handbook"
        """,
        "own.toml",
    )

    score = scores["applause"]
    assert (score.low, score.high, score.decimals, score.noise_sd) == (0.0, 10.0, 1, 0.5)
    assert (score.service_from, score.service_to) == ("2019", "2021-03-04")
    assert score.sources["scale"] is sources["handbook"]
    assert str(score.sources["noise_sd"]) == "Measured twice, 40 people"
    assert score.price is not None
    assert (score.price.per, score.price.low, score.price.high) == (100, 2, 5.5)
    assert (score.price.currency, score.price.year) == ("euros", "2020")
    assert score.price.source is sources["handbook"]
    (rescaling,) = score.rescalings
    assert (rescaling.date, rescaling.kind, rescaling.amount) == ("2020-02", "scale", 0.9)
    assert str(rescaling.source) == "Handbook of applause, https://example.org/handbook"


BROKEN = {
    "[scores.x]\nprice = 3": "own.toml, score 'x', key 'price': expected a table, found 3.",
    "[scores.x]\nprice = {per = 1, low = 1}": "own.toml, score 'x', price, key 'high': "
    "it is missing. Add a number.",
    "[scores.x]\nprice = {per = 0, low = 1, high = 2, currency = 'euros', year = 2020}": (
        "key 'per': prices are for some units, found 0."
    ),
    "[scores.x]\nprice = {per = 1, low = 3, high = 2, currency = 'euros', year = 2020}": (
        "key 'low': expected 0 <= low <= high, found 3 and 2."
    ),
    "[scores.x]\nprice = {per = 1, low = 1, high = 2, currency = 'euros'}": (
        "key 'year': it is missing. Add the year in which the prices were seen."
    ),
    "[scores.x]\nprice = {per = 1, low = 1, high = 2, year = 2020}": (
        "key 'currency': it is missing."
    ),
    "[scores.x": "own.toml is not valid TOML: ",
    "score = 1": "own.toml: there is no key 'score'. Did you mean 'scores' or 'sources'?",
    "scores = 1": "own.toml, key 'scores': expected a table, found 1.",
    "[scores]\nx = 3": "own.toml, score 'x': expected a table of keys, found 3. "
    "Write it as [scores.NAME] with one key a line below.",
    "[scores.x]\nlable = 'X'": "own.toml, score 'x': there is no key 'lable'. "
    "Did you mean 'label'?",
    "[scores.'Big Score']\n": "own.toml, score 'Big Score': the name must be lower case letters, "
    "digits and underscores, and begin with a letter, for instance 'big_score'.",
    "[scores.'7up']\n": "for instance 'score_7up'.",
    "[scores.x]\nlabel = ''": "own.toml, score 'x', key 'label': expected a text in quotes, "
    "found ''.",
    "[scores.x]\nlow = 'one'": "own.toml, score 'x', key 'low': expected a finite number, "
    "found 'one'.",
    "[scores.x]\nhigh = inf": "key 'high': expected a finite number, found inf.",
    "[scores.x]\nlow = true": "key 'low': expected a finite number, found True.",
    "[scores.x]\nlow = 5\nhigh = 5": "own.toml, score 'x', key 'low': 5 is not below high, "
    "which is 5.",
    "[scores.x]\ndecimals = 1.5": "key 'decimals': expected a whole number from 0 to 6, found 1.5.",
    "[scores.x]\ndecimals = 7": "found 7.",
    "[scores.x]\ndecimals = true": "found True.",
    "[scores.x]\nkind = 'influnce'": "own.toml, score 'x', key 'kind': found 'influnce', expected "
    "one of influence, audience, activity, audit, test, finance, game, custom.",
    "[scores.x]\ndirection = 'up'": "key 'direction': found 'up', expected one of higher, lower.",
    "[scores.x]\naliases = 'y'": "key 'aliases': expected a list of texts, found 'y'.",
    "[scores.x]\naliases = ['']": "key 'aliases': expected a list of texts, found [''].",
    "[scores.x]\naliases = ['--']": "key 'aliases': '--' has no letter or digit.",
    "[scores.x]\nmoved_by = [1]": "key 'moved_by': expected a list of texts, found [1].",
    "[scores.x]\nnoise_sd = -1": "key 'noise_sd': a standard deviation cannot be below 0, "
    "found -1.",
    "[scores.x]\nservice_from = 'last year'": "key 'service_from': found 'last year', expected a "
    "year, month or day such as 2011-10-26.",
    "[scores.x]\nservice_from = '2011-13'": "found '2011-13', expected a year",
    "[scores.x]\nservice_from = '2012'\nservice_to = '2011'": "key 'service_to': 2011 is before "
    "service_from, 2012.",
    "[scores.x]\nsources = {scale = 'nowhere'}": "own.toml, score 'x', sources, key 'scale': "
    "there is no source 'nowhere'. There is none to choose from. "
    "Or write the citation out, as a sentence.",
    "[scores.x]\nsources = {scael = 'A book'}": "own.toml, score 'x', sources: there is no key "
    "'scael'. Did you mean 'scale'?",
    "[sources.a]\naddress = 'https://example.org'": "own.toml, source 'a', key 'title': it is "
    "missing. Add it as a text in quotes.",
    "[scores.x]\ncombine = 'sum'": "key 'combine': only a score that has parts can combine them.",
    "[scores.x]\nparts = ['klout']": "key 'parts': expected a table, found ['klout'].",
    "[scores.x]\nparts = {klout = 0}": "own.toml, score 'x', parts, key 'klout': the multiplier "
    "must not be 0.",
    "[scores.x]\nparts = {klout = 1}\ncombine = 'mean'": "key 'combine': found 'mean', expected "
    "one of sum, maximum.",
    "[scores.x]\nlevels = ['Only']": "key 'levels': expected two or more different names, lowest "
    "first.",
    "[scores.x]\nlevels = ['A', 'a']": "expected two or more different names",
    "[scores.x]\nlevels = ['A', 'B']\nhigh = 5": "key 'levels': 2 levels are numbered 0 to 1: "
    "leave low and high out.",
    "[scores.x]\nrescalings = 'often'": "key 'rescalings': expected a list of tables, found "
    "'often'.",
    "[[scores.x.rescalings]]\nkind = 'shift'": "own.toml, score 'x', rescalings 1, key 'date': it "
    "is missing. Add a year, month or day.",
    "[[scores.x.rescalings]]\ndate = 2011": "rescalings 1, key 'kind': it is missing. Add one of "
    "shift, scale, affine, piecewise, reform.",
    "[[scores.x.rescalings]]\ndate = 2011\nkind = 'shift'": "key 'amount': it is missing, and a "
    "shift needs one.",
    "[[scores.x.rescalings]]\ndate = 2011\nkind = 'scale'\namount = 0": "key 'amount': a scale "
    "must be above 0, found 0.",
    "[[scores.x.rescalings]]\ndate = 2011\nkind = 'reform'\namount = 1": "key 'amount': a reform "
    "has no amount. Leave it out, or say shift or scale.",
    "[[scores.x.rescalings]]\ndate = 2011\nkind = 'reform'\nwhen = 1": "rescalings 1: there is no "
    "key 'when'.",
    "[[scores.x.rescalings]]\ndate = 2011\nkind = 'shift'\namount = 1\nshift = 2": "key 'shift': "
    "only a change of kind affine has a shift",
    "[[scores.x.rescalings]]\ndate = 2011\nkind = 'shift'\namount = 1\npoints = [[1, 1], [2, 2]]": (
        "key 'points': only a change of kind piecewise has points"
    ),
    "[[scores.x.rescalings]]\ndate = 2011\nkind = 'piecewise'": "key 'points': A change from point "
    "to point needs two pairs",
    "[[scores.x.rescalings]]\ndate = 2011\nkind = 'piecewise'\npoints = [[1, 'a']]": "key "
    "'points': expected pairs such as [[50, 40], [90, 88]], found [[1, 'a']].",
    "[[scores.x.rescalings]]\ndate = 2011\nkind = 'piecewise'\namount = 2": "key 'amount': a "
    "piecewise change has no amount.",
    "[[scores.x.rescalings]]\ndate = 2011\nkind = 'affine'\namount = -2": "key 'amount': an affine "
    "factor must be above 0, found -2.",
}


def test_a_change_may_be_a_line_or_a_bent_one():
    scores, _ = read_entries(
        "[[scores.x.rescalings]]\ndate = 2025\nkind = 'affine'\namount = 1.1\nshift = -4\n"
        "[[scores.x.rescalings]]\ndate = 2026\nkind = 'piecewise'\npoints = [[50, 40], [90, 88]]\n",
        "own.toml",
    )
    line, bent = scores["x"].rescalings
    assert (line.kind, line.amount, line.shift) == ("affine", 1.1, -4.0)
    assert (bent.kind, bent.points) == ("piecewise", ((50.0, 40.0), (90.0, 88.0)))


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_entry_is_named_with_its_key(text):
    with pytest.raises(CatalogueError) as error:
        read_entries(text, "own.toml")

    assert BROKEN[text] in str(error.value)
    assert str(error.value).startswith("own.toml")


def test_dates_are_compared_as_far_as_both_are_given():
    scores, _ = read_entries("[scores.x]\nservice_from = '2012-05'\nservice_to = 2012", "own.toml")

    assert (scores["x"].service_from, scores["x"].service_to) == ("2012-05", "2012")


@given(st.text(alphabet="[]scores.x=\n'\"1{}, ", max_size=60))
def test_any_text_is_read_or_refused_with_a_catalogue_error(text):
    try:
        scores, _ = read_entries(text, "own.toml")
    except CatalogueError as error:
        assert str(error).startswith("own.toml")  # noqa: PT017
    else:
        assert all(score.key == key for key, score in scores.items())
