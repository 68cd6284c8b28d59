"""The catalogue: every score that is known, and how its column is recognised.

>>> catalogue = load_catalogue()
>>> catalogue.recognise("Klout Score").key
'klout'
>>> catalogue["klout"].scale
'1 to 100'
>>> catalogue.suggest("kluot")
['klout']
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path

from toolkit.errors import CatalogueError, UnknownName
from toolkit.scores.composite import with_composite_scales
from toolkit.scores.entries import read_entries
from toolkit.scores.folding import folded
from toolkit.scores.score import Kind, Price, Rescaling, Score, Source

__all__ = ["Catalogue", "Kind", "Price", "Rescaling", "Score", "Source", "load_catalogue"]

FILE = "catalogue.toml"


@dataclass(frozen=True)
class Catalogue(Mapping[str, Score]):
    """Scores by key, in the order of the catalogue file.

    Parameters
    ----------
    scores : mapping of str to Score
    sources : mapping of str to Source
        Sources that entries may name.

    Raises
    ------
    CatalogueError
        If two scores answer to the same name.
    """

    scores: Mapping[str, Score]
    sources: Mapping[str, Source] = field(default_factory=dict)
    where: str = FILE

    def __post_init__(self) -> None:
        self._by_name  # noqa: B018  (built now, so that a collision is told at once)

    def __getitem__(self, key: str) -> Score:
        return self.scores[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.scores)

    def __len__(self) -> int:
        return len(self.scores)

    def __hash__(self) -> int:
        return hash(tuple(self.scores))

    @cached_property
    def _by_name(self) -> dict[str, Score]:
        """Folded name → score."""
        found: dict[str, Score] = {}
        for score in self.scores.values():
            for name in score.names:
                other = found.setdefault(folded(name), score)
                if other is not score:
                    raise CatalogueError(
                        f"{self.where}, score '{score.key}', key 'aliases': '{name}' already "
                        f"belongs to '{other.key}'. Choose another name."
                    )
        return found

    def score(self, name: str, where: str = "") -> Score:
        """The score of a key, label or alias.

        Raises
        ------
        UnknownName
            If no score answers to it; close names are suggested.
        """
        score = self.recognise(name)
        if score is None:
            raise UnknownName("score", name, self.suggest(name) or list(self.scores), where)
        return score

    def recognise(self, column: str) -> Score | None:
        """The score that a column name stands for, or None.

        Case, spaces, underscores and punctuation do not matter.
        """
        return self._by_name.get(folded(column))

    def suggest(self, name: str, most: int = 3) -> list[str]:
        """Keys of the scores whose names come closest to one that was not recognised.

        Parameters
        ----------
        name : str
            A column name or a misspelt key.
        most : int
            The most keys to give.

        Returns
        -------
        list of str
            Closest first; empty where nothing is close.
        """
        close = difflib.get_close_matches(folded(name), self._by_name, n=4 * most, cutoff=0.7)
        keys = dict.fromkeys(self._by_name[match].key for match in close)
        return list(keys)[:most]

    def search(self, text: str) -> list[Score]:
        """Scores in whose entry every word of a text occurs; those so named come first.

        Parameters
        ----------
        text : str
            Words in any order; an empty text finds every score.
        """
        words = [folded(word) for word in text.split()]
        named, described = [], []
        for score in self.scores.values():
            names = " ".join(folded(name) for name in score.names)
            about = " ".join(folded(part) for part in _described(score))
            if all(word in names for word in words):
                named.append(score)
            elif all(word in names or word in about for word in words):
                described.append(score)
        return named + described

    def extended(self, toml_text: str, where: str = "your scores") -> Catalogue:
        """A new catalogue that also holds the scores of a TOML text of the same form.

        Parameters
        ----------
        toml_text : str
            ``[scores.KEY]`` tables and, where wanted, ``[sources.NAME]`` tables.
        where : str
            The text's name, for messages.

        Raises
        ------
        CatalogueError
            If the text is wrong, or a name is already taken.
        """
        added, sources = read_entries(toml_text, where, self.sources)
        for key in added:
            if key in self.scores:
                raise CatalogueError(
                    f"{where}, score '{key}': the catalogue already has it. Choose another name."
                )
        return Catalogue(with_composite_scales({**self.scores, **added}, where), sources, where)


def load_catalogue(extra: Path | None = None) -> Catalogue:
    """The catalogue that comes with the product, and a user's own scores.

    Parameters
    ----------
    extra : Path, optional
        TOML file with scores to add.

    Raises
    ------
    CatalogueError
        If the file cannot be read or an entry is wrong.
    """
    built_in = _built_in()
    if extra is None:
        return built_in
    try:
        text = Path(extra).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise CatalogueError(f"{extra}: the scores cannot be read ({reason}).") from None
    return built_in.extended(text, Path(extra).name)


@lru_cache(maxsize=1)
def _built_in() -> Catalogue:
    text = resources.files("toolkit.scores").joinpath(FILE).read_text(encoding="utf-8")
    scores, sources = read_entries(text, FILE)
    return Catalogue(with_composite_scales(scores, FILE), sources, FILE)


def _described(score: Score) -> tuple[str, ...]:
    return (score.kind, *score.moved_by, *score.known_games, score.caution, *score.levels)
