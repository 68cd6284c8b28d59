"""What the kept screen and the reviews propose about the candidates of the opened requisition."""

from __future__ import annotations

import numpy as np

from toolkit.errors import TooFewData
from toolkit.store.candidates import Candidate
from toolkit.store.decisions import Basis, Proposal
from toolkit.store.rating_table import official_ratings
from toolkit.ui import team
from toolkit.ui.opened_requisition import screen_is_kept
from toolkit.ui.results import decisions_of
from toolkit.ui.review_results import ranking_of
from toolkit.ui.state import Workspace


def proposals_of(
    work: Workspace, people: tuple[Candidate, ...]
) -> dict[Basis, dict[str, Proposal]]:
    """What each rule proposes, by the candidates' keys.

    A screen that is not kept proposes nothing: a decision has to name the rule that it
    answers, and that rule has to be there later. The ranking takes as many as the screen has
    places, and proposes nothing where reviews are missing altogether.
    """
    keys = {one.code: one.key for one in people}
    found: dict[Basis, dict[str, Proposal]] = {}
    if work.cohort is None:
        return found
    places = None
    if work.screen is not None and screen_is_kept(work):
        decisions = decisions_of(work, work.screen)
        places = int(decisions.places)
        taken = zip(decisions.candidate_ids.astype(str), decisions.selected, strict=True)
        found["screen"] = {
            keys[code]: Proposal(bool(one), "screen", work.screen.digest)
            for code, one in taken
            if code in keys
        }
    ranked = _by_ranking(work, keys, places)
    if ranked:
        found["ranking"] = ranked
    return found


def _by_ranking(work: Workspace, keys: dict[str, str], places: int | None) -> dict[str, Proposal]:
    person, opened = team.person(), work.opened
    if person is None or opened is None or not places:
        return {}
    official = official_ratings(team.store(), person, opened.key)
    if official is None or not len(official.ratings):
        return {}
    wanted = min(places, len(official.ratings.candidates))
    try:
        ranking = ranking_of(work, official.ratings, official.digest, wanted, official.weights)
    except TooFewData:
        return {}
    rated = np.isfinite(ranking.total)
    # Those who share the last place are all proposed: the ranking cannot tell them apart.
    order = np.sort(ranking.total[rated])[::-1]
    if not len(order):
        return {}
    least = order[min(wanted, len(order)) - 1]
    return {
        keys[code]: Proposal(bool(total >= least), "ranking", official.digest)
        for code, total in zip(ranking.candidates, ranking.total, strict=True)
        if code in keys and np.isfinite(total)
    }
