"""What a score credits a candidate with, beside what the post asks for: "credited with juggling".

Some providers say on which topics somebody is influential. Each topic is compared with each line of
the criteria by the cosine of their TF-IDF vectors, words being reduced to their stems; a topic is
related where one line comes close enough. This says that a score credits something else than the
work, not that it is inflated: it gives reasons in words and is no part of any probability.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from toolkit.arrays import Bools, Floats, Ints
from toolkit.errors import InputError
from toolkit.intake.cohort import Cohort
from toolkit.intake.plain_name import plain_name
from toolkit.likeness import similarities, stems
from toolkit.sentence import listed

COLUMNS = frozenset(
    {
        "topics",
        "topic",
        "klout_topics",
        "score_topics",
        "topics_of_influence",
        "influential_about",
        "credited_with",
    }
)
#: From this cosine on a topic has to do with a line of the criteria.
RELATED_FROM = 0.1
_BETWEEN_TOPICS = r"\s*[,;|/•\n]+\s*"
_BETWEEN_LINES = re.compile(r"[.;:!?\n•]+")


@dataclass(frozen=True)
class TopicsOfOne:
    """What one candidate is credited with.

    Parameters
    ----------
    related, unrelated : tuple of str
        Topics that the criteria speak of, and topics that they do not.
    similarity : float
        Largest cosine of a topic with a line of the criteria.
    sentence : str
    """

    related: tuple[str, ...]
    unrelated: tuple[str, ...]
    similarity: float
    sentence: str

    @property
    def mismatch(self) -> bool:
        """Nothing that the candidate is credited with is in the criteria."""
        return not self.related

    def to_dict(self) -> dict[str, object]:
        """The entry ``topics`` of an account in the JSON of the command ``inflation``."""
        return {
            "related": list(self.related),
            "unrelated": list(self.unrelated),
            "similarity": self.similarity,
            "mismatch": self.mismatch,
            "sentence": self.sentence,
        }


@dataclass(frozen=True, eq=False)
class TopicMatch:
    """Topics of n candidates.

    Parameters
    ----------
    n : int
    position : int array, shape (t,)
        Place of the candidate whom each topic belongs to, not decreasing.
    topic : object array of str, shape (t,)
    similarity : float array, shape (t,)
    """

    n: int
    position: Ints
    topic: npt.NDArray[np.object_]
    similarity: Floats

    @property
    def mismatch(self) -> Bools:
        """Whose topics are all unrelated; False for those without topics. Shape (n,)."""
        has, related = np.zeros((2, self.n), dtype=np.bool_)
        has[self.position] = True
        related[self.position[self.similarity >= RELATED_FROM]] = True
        return has & ~related

    def of(self, position: int) -> TopicsOfOne | None:
        """What the candidate at this place is credited with; None without topics."""
        first, end = np.searchsorted(self.position, [position, position + 1])
        if first == end:
            return None
        close = self.similarity[first:end] >= RELATED_FROM
        topics = self.topic[first:end]
        related, unrelated = tuple(topics[close]), tuple(topics[~close])
        return TopicsOfOne(
            related,
            unrelated,
            float(self.similarity[first:end].max()),
            credited_with(related, unrelated),
        )


def topic_column(cohort: Cohort) -> str | None:
    """The column of the candidates that says what they are credited with."""
    return next((str(c) for c in cohort.candidates if plain_name(str(c)) in COLUMNS), None)


def topic_match(cohort: Cohort, criteria: str) -> TopicMatch | None:
    """Compare every candidate's topics with the criteria of the post.

    Parameters
    ----------
    cohort : Cohort
    criteria : str
        What the post asks for, in lines or sentences.

    Returns
    -------
    TopicMatch or None
        None where the cohort has no column of topics.

    Raises
    ------
    InputError
        If the criteria hold no word to compare with.
    """
    lines = [line.strip() for line in _BETWEEN_LINES.split(criteria) if stems(line)]
    if not lines:
        raise InputError("The criteria hold no words. Write what the post asks for.")
    column = topic_column(cohort)
    if column is None:
        return None
    texts = cohort.candidates[column].astype("str").str.strip().reset_index(drop=True)
    each = texts.str.split(_BETWEEN_TOPICS, regex=True).explode().dropna()
    each = each[each.str.strip() != ""]
    names, of = np.unique(each.to_numpy(dtype=object).astype(str), return_inverse=True)
    found = similarities(list(names), lines).max(axis=1) if names.size else np.empty(0)
    return TopicMatch(
        len(cohort),
        each.index.to_numpy(dtype=np.int64),
        names.astype(object)[of],
        found[of] if names.size else found,
    )


def credited_with(related: Sequence[str], unrelated: Sequence[str]) -> str:
    """What a score credits somebody with, beside the criteria.

    Examples
    --------
    >>> credited_with([], ["juggling", "rodents"])
    'The score credits juggling and rodents, of which the criteria say nothing.'
    >>> credited_with(["social media"], [])
    'The score credits social media, which the criteria ask for.'
    """
    if not related:
        return f"The score credits {listed(unrelated)}, of which the criteria say nothing."
    said = f"The score credits {listed(related)}, which the criteria ask for"
    if not unrelated:
        return said + "."
    return said + f", and {listed(unrelated)}, of which they say nothing."
