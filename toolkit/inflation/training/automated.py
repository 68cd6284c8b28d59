"""Fits what automated accounts look like, on labelled Twitter accounts."""

from __future__ import annotations

from pathlib import Path

from toolkit.inflation.additive_model import AdditiveModel
from toolkit.inflation.training.additive import Recipe, finished, fit, held_out
from toolkit.inflation.training.labelled_accounts import (
    LabelledAccounts,
    instafake,
    kaggle,
    twitter_bots,
)
from toolkit.inflation.training.measures import auc, measures

AGE = ("age", "posts_per_day")
ONLY_ON_TWITTER = ("listed", "likes_given", "listed_over_followers", "likes_over_posts", "verified")

RECIPE = Recipe(
    name="automated",
    features={
        "followers": 0,
        "following": 0,
        "posts": 0,
        "following_over_followers": 0,
        "posts_over_followers": 0,
        "posts_over_following": 0,
        "listed": -1,
        "likes_given": 0,
        "listed_over_followers": 0,
        "likes_over_posts": 0,
        "verified": -1,
        "has_picture": -1,
        "has_bio": -1,
        "age": -1,
        "posts_per_day": 0,
    },
    unknown_together=(AGE, (*AGE, *ONLY_ON_TWITTER)),
    rounds=300,
    bins=24,
)


def train(data: Path) -> AdditiveModel:
    """The model ``automated``."""
    bots = twitter_bots(data)
    features, labels, owners = bots.features, bots.labels, bots.owners
    out = held_out(RECIPE, features, labels, owners)
    model = finished(fit(RECIPE, features, labels), out[:, labels == 0], {})
    threshold = model.false_flags.threshold(0.01)
    performance = {"held_out": measures(labels, out, owners, threshold)}
    for title, unknown in {
        "held_out, age unknown": AGE,
        "held_out, only what most networks show": RECIPE.unknown_together[1],
    }.items():
        asked = held_out(RECIPE, features, labels, owners, unknown)
        performance[title] = measures(labels, asked, owners, threshold)
    about = {
        "finds": "accounts that a programme writes",
        "trained_on": "2,226 Twitter accounts, 1,056 of them automated, labelled for a university "
        "class in 2017 (jubins/MachineLearning-Detecting-Twitter-Bots), MIT",
        "performance": performance,
        "transfer_auc": {
            "fitted on Twitter bots, tried on InstaFake": _tried(model, instafake(data)),
            "fitted on Twitter bots, tried on Kaggle Instagram": _tried(model, kaggle(data)),
        },
    }
    return finished(model, out[:, labels == 0], about)


def _tried(model: AdditiveModel, accounts: LabelledAccounts) -> float:
    return auc(accounts.labels, model.probability(accounts.features))
