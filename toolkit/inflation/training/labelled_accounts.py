"""The labelled account sets, in the vocabulary of `AccountFacts`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arrays import Floats
from toolkit.inflation.account_facts import AccountFacts
from toolkit.inflation.account_features import account_features
from toolkit.inflation.training.additive import Labels

INSTAFAKE = "calibration/instagram/instafake.csv"
KAGGLE = "calibration/instagram/kaggle.csv"
TWITTER_BOTS = "calibration/twitter_bots/accounts.csv"


@dataclass(frozen=True)
class LabelledAccounts:
    """Accounts with a label.

    Parameters
    ----------
    features : dict of feature to float array, shape (n,)
    labels : int array, shape (n,)
        1 for the accounts that the set calls fake.
    owners : object array, shape (n,)
        Rows alike in every fact share an owner, so that no copy of a row is on both sides of
        a split. The sets do not say who owns what.
    """

    features: dict[str, Floats]
    labels: Labels
    owners: npt.NDArray[np.uint64]


def instafake(data: Path) -> LabelledAccounts:
    """1,194 Instagram accounts, 200 of them sold as followers."""
    return _instagram(pd.read_csv(data / INSTAFAKE))


def kaggle(data: Path) -> LabelledAccounts:
    """696 Instagram accounts, half of them fake or spam."""
    return _instagram(pd.read_csv(data / KAGGLE))


def twitter_bots(data: Path) -> LabelledAccounts:
    """2,226 Twitter accounts, 1,056 of them automated."""
    rows = pd.read_csv(data / TWITTER_BOTS)
    return _labelled(
        rows,
        likes=rows["favourites"],
        listed=rows["listed"],
        verified=rows["verified"],
        has_picture=1 - rows["default_image"],
        # A few ages in the set are negative, which nobody can be.
        age_days=rows["age_days"].where(rows["age_days"] >= 0),
    )


def together(*sets: LabelledAccounts) -> LabelledAccounts:
    """Several sets as one."""
    names = sets[0].features
    return LabelledAccounts(
        {name: np.concatenate([s.features[name] for s in sets]) for name in names},
        np.concatenate([s.labels for s in sets]),
        np.concatenate([s.owners for s in sets]),
    )


def _instagram(rows: pd.DataFrame) -> LabelledAccounts:
    return _labelled(rows, has_picture=rows["has_pic"])


def _labelled(rows: pd.DataFrame, **more: pd.Series) -> LabelledAccounts:
    unknown = np.full(len(rows), np.nan)
    columns = {
        name: more[name].to_numpy(dtype=np.float64) if name in more else unknown
        for name in (
            "listed",
            "likes",
            "verified",
            "has_picture",
            "fake_share",
            "inactive_share",
            "age_days",
        )
    }
    facts = AccountFacts(
        n_candidates=len(rows),
        position=np.arange(len(rows)),
        platform=("",) * len(rows),
        followers=rows["followers"].to_numpy(dtype=np.float64),
        following=rows["following"].to_numpy(dtype=np.float64),
        posts=rows["posts"].to_numpy(dtype=np.float64),
        has_bio=(rows["bio_len"].to_numpy() > 0).astype(np.float64),
        **columns,
    )
    features = account_features(facts)
    same = pd.util.hash_pandas_object(pd.DataFrame(features), index=False)
    return LabelledAccounts(
        features, rows["label_fake"].to_numpy(dtype=np.int64), np.asarray(same, dtype=np.uint64)
    )
