import pytest

from tests.sample_data.requisition import rule, selected, table
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.decisions import decide
from toolkit.screening.screen import Screen

SIGNALS = ["klout", "kred_influence", "portfolio", "task"]


@pytest.fixture(scope="module")
def candidates():
    return table("agency-2011", "candidates").set_index("candidate_id")


@pytest.fixture(scope="module")
def invited(candidates):
    return selected(candidates[SIGNALS], rule("agency-2011"))


def test_twelve_of_sixty_are_invited_and_all_of_them_have_a_klout_of_50(candidates, invited):
    assert len(candidates) == 60
    assert len(invited) == 12
    assert candidates.loc[invited, "klout"].min() >= 50


def test_the_screens_decide_as_worked_out_by_hand(candidates):
    for name in ("screen", "evidence-screen"):
        written = rule("agency-2011", name)
        decisions = decide(cohort_from_frame(candidates), Screen.model_validate(written))

        chosen = {
            i for i, yes in zip(decisions.candidate_ids, decisions.selected, strict=True) if yes
        }
        assert chosen == set(selected(candidates[SIGNALS], written))


def test_without_klout_nine_of_the_twelve_would_be_others(candidates, invited):
    screen = rule("agency-2011")
    del screen["gates"], screen["tie_breakers"]

    others = selected(candidates[SIGNALS], screen)

    assert len(set(invited) - set(others)) == 9


def test_the_best_portfolios_are_among_the_rejected(candidates, invited):
    best = candidates[candidates.portfolio == 5]

    assert len(best) == 9
    assert not set(best.index) & set(invited)
    assert best.klout.max() < 50
    assert candidates.loc[invited, "portfolio"].max() < 5


def test_one_place_is_decided_by_klout_as_a_tie_breaker(candidates, invited):
    screen = {**rule("agency-2011"), "places": 13}
    *_, last_in, first_out = selected(candidates[SIGNALS], screen)

    assert last_in == invited[-1]
    same = ["kred_influence", "portfolio", "task"]
    assert candidates.loc[last_in, same].isna().tolist() == [True, False, False]
    assert candidates.loc[last_in, same].equals(candidates.loc[first_out, same])
    assert candidates.klout[[last_in, first_out]].tolist() == [64, 50]


def test_five_of_the_invited_have_an_audience_that_looks_bought(invited):
    accounts = table("agency-2011", "accounts").set_index("candidate_id")
    among = accounts.loc[invited]
    traded = among[(among.following > among.followers) & (among.followers > 10_000)]
    silent = among[(among.followers > 50_000) & (among.posts < 200)]

    assert (len(traded), len(silent)) == (2, 3)
    assert among.loc[[*traded.index, *silent.index], "fake_share"].min() >= 58
    ordinary = accounts.drop([*traded.index, *silent.index])
    assert (ordinary.fake_share.dropna() <= 20).mean() > 0.9


def test_five_people_stand_exactly_at_the_gate(candidates):
    assert (candidates.klout == 50).sum() == 5


def test_portfolio_is_the_mean_of_the_rated_items(candidates):
    items = table("agency-2011", "portfolio")

    assert (items.groupby("candidate_id").rating.mean() == candidates.portfolio).all()
    assert items.url.str.startswith("https://example.org/").all()


def test_some_membership_is_unknown_and_no_group_is_alone():
    groups = table("agency-2011", "groups").set_index("candidate_id")

    assert groups.isna().sum().tolist() == [3, 4, 1]
    for column in groups:
        assert groups[column].value_counts().min() >= 10
