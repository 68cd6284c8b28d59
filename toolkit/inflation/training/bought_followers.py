"""Fits what accounts that are sold as followers look like, on two Instagram sets."""

from __future__ import annotations

from pathlib import Path

from toolkit.inflation.additive_model import AdditiveModel
from toolkit.inflation.follower_detector import ENTRY
from toolkit.inflation.training.additive import Recipe, finished, fit, held_out
from toolkit.inflation.training.follower_errors import follower_samples
from toolkit.inflation.training.labelled_accounts import (
    LabelledAccounts,
    instafake,
    kaggle,
    together,
    twitter_bots,
)
from toolkit.inflation.training.measures import auc, measures

RECIPE = Recipe(
    name="bought_followers",
    features={
        "following_over_followers": 1,
        "posts": -1,
        "posts_over_followers": 0,
        "has_picture": -1,
        "has_bio": -1,
    },
    unknown_together=(
        ("has_picture", "has_bio"),
        ("has_picture", "has_bio", "posts", "posts_over_followers"),
    ),
    bins=12,
)


def train(data: Path) -> AdditiveModel:
    """The model ``bought_followers``."""
    one, other = instafake(data), kaggle(data)
    both, bots = together(one, other), twitter_bots(data)
    out = held_out(RECIPE, both.features, both.labels, both.owners)
    genuine = out[:, both.labels == 0]
    model = finished(fit(RECIPE, both.features, both.labels), genuine, {})
    threshold = model.false_flags.threshold(0.01)
    hidden = {
        "held_out, picture and biography unknown": RECIPE.unknown_together[0],
        "held_out, only followers and following known": RECIPE.unknown_together[1],
    }
    performance = {"held_out": measures(both.labels, out, both.owners, threshold)}
    for title, unknown in hidden.items():
        asked = held_out(RECIPE, both.features, both.labels, both.owners, unknown)
        performance[title] = measures(both.labels, asked, both.owners, threshold)
    about = {
        "finds": "accounts that look like those sold as followers: an account that itself "
        "bought followers is found by the rules of thumb beside this model",
        "trained_on": "InstaFake (1,194 accounts, 200 fake; Akyon and Kalfaoglu, arXiv "
        "1910.03090) and 'Instagram fake spammer genuine accounts' (Kaggle, 696 accounts, half "
        "fake). Only fitted coefficients and summary figures are kept here.",
        "performance": performance,
        "transfer_auc": {
            "fitted on InstaFake, tried on Kaggle": _transfer(one, other),
            "fitted on Kaggle, tried on InstaFake": _transfer(other, one),
            "fitted on both, tried on Twitter bots": auc(
                bots.labels, model.probability(bots.features)
            ),
        },
        ENTRY: follower_samples(RECIPE, {"InstaFake": one, "Kaggle": other}),
    }
    return finished(model, genuine, about)


def _transfer(fitted_on: LabelledAccounts, tried_on: LabelledAccounts) -> float:
    model = fit(RECIPE, fitted_on.features, fitted_on.labels)
    return auc(tried_on.labels, model.probability(tried_on.features))
