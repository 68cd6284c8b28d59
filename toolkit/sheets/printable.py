"""Any text, as text that a sheet can print without loss and without tricks.

What the fonts cover is printed as it is. Control characters, characters that reorder the
text around them, halves of surrogate pairs, and characters without a glyph are printed as
their code point, ``⟨U+202E⟩``, so that a reader sees that something stands there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from toolkit.sheets.coverage import coverage, covered_anywhere
from toolkit.sheets.direction import set_off

#: Characters that belong to ordinary writing and show nothing themselves: joiners
#: (Persian, Indic scripts), direction marks, soft hyphen and the invisible spaces.
INVISIBLE = frozenset("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060")
_NEVER_PRINTED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MARKS = frozenset({"Mn", "Mc", "Me"})
_PLAIN = re.compile(r"[ -~\n]*")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_LONGEST_WORD = 20
_PIECE = 6
_MOST_MARKS = 8
#: Text of at most so many characters is remembered.
_SHORT = 400
_LONG_RUN = re.compile(rf"[^\s\u200b-]{{{_LONGEST_WORD + 1},}}")
_BREAK = "\u200b"
_BEFORE_PERCENT = re.compile(r"(?<=\d) (?=%)")

#: Keys of page content whose text is never given places to break: hashes, which people
#: copy, the document's metadata, and drawings.
WHOLE = frozenset({"digest", "document_title", "keywords", "logo"})


@dataclass(frozen=True)
class Printable:
    """Text that the vendored fonts can print.

    Parameters
    ----------
    text : str
    replaced : tuple of str
        Code points that are printed in place of their characters, such as ``"U+1F600"``,
        each once, ascending.
    """

    text: str
    replaced: tuple[str, ...] = ()


def printable(text: str, *, breakable: bool = True) -> Printable:
    r"""Text in which every character has a glyph and every long word may break.

    Line ends become ``"\n"``, tabs become spaces, and composed forms replace base and
    accent where Unicode has one. Words of more than 20 characters get invisible places to
    break, so that no name runs off the page; a percent sign stays on the line of its number.

    Parameters
    ----------
    text : str
        Any string, lone surrogates included.
    breakable : bool
        False leaves long words whole.

    Examples
    --------
    >>> printable("Zoë 李").text
    'Zoë 李'
    >>> printable("a\x07b😀")
    Printable(text='a⟨U+0007⟩b⟨U+1F600⟩', replaced=('U+0007', 'U+1F600'))
    """
    if not _PLAIN.fullmatch(text):
        text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text.replace("\t", " ")))
    replaced: set[int] = set()
    if not _PLAIN.fullmatch(text):
        text = "".join(_cluster(cluster, replaced) for cluster in _clusters(text))
    if breakable:
        text = _BEFORE_PERCENT.sub("\u00a0", text)
        text = _LONG_RUN.sub(lambda run: _breakable(run.group()), text)
    return Printable(text, tuple(map(code_point, sorted(replaced))))


def printable_tree(tree: object) -> tuple[object, tuple[str, ...]]:
    """Every string of nested mappings and sequences made printable.

    Keys stay as they are: they are ours. What stands under a key of `WHOLE` is not broken. Lines
    that begin from the right are set off as their own (`toolkit.sheets.direction`).

    Returns
    -------
    tree : object
        Of dicts and lists.
    replaced : tuple of str
        As in `Printable`, over all strings.
    """
    replaced: set[str] = set()

    def walk(node: object, breakable: bool) -> object:
        if isinstance(node, str):
            made = _known if len(node) <= _SHORT else printable
            result = made(node, breakable=breakable)
            replaced.update(result.replaced)
            return set_off(result.text) if breakable else result.text
        if isinstance(node, Mapping):
            return {k: walk(value, breakable and k not in WHOLE) for k, value in node.items()}
        if isinstance(node, Sequence):
            return [walk(value, breakable) for value in node]
        return node

    printed = walk(tree, True)
    return printed, tuple(sorted(replaced, key=lambda code: int(code[2:], 16)))


@lru_cache(maxsize=4096)
def _known(text: str, breakable: bool) -> Printable:
    """Short text, remembered: a batch prints the same words on every sheet."""
    return printable(text, breakable=breakable)


def code_point(code: int) -> str:
    """The name of a code point, such as ``"U+1F600"``."""
    return f"U+{code:04X}"


def _clusters(text: str) -> list[str]:
    """Characters, each with the marks and joiners that follow it."""
    clusters: list[str] = []
    for character in text:
        if clusters and (character in "\u200c\u200d" or unicodedata.category(character) in _MARKS):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _cluster(cluster: str, replaced: set[int]) -> str:
    """One character with its marks, as it is where a single font holds all of it.

    More marks than any script stacks on one letter would black out the lines around it.
    """
    if len(cluster) == 1 and _prints_alone(cluster):
        return cluster
    codes = [ord(c) for c in cluster if c not in INVISIBLE]
    if (
        len(cluster) <= 1 + _MOST_MARKS
        and all(map(_prints_alone, cluster))
        and any(covered.issuperset(codes) for covered in coverage().values())
    ):
        return cluster
    pieces = []
    for character in cluster:
        if _prints_alone(character) and unicodedata.category(character) not in _MARKS:
            pieces.append(character)
        else:
            replaced.add(ord(character))
            pieces.append(f"⟨{code_point(ord(character))}⟩")
    return "".join(pieces)


def _prints_alone(character: str) -> bool:
    if character in INVISIBLE or character == "\n":
        return True
    if unicodedata.category(character) in _NEVER_PRINTED:
        return False
    return ord(character) in covered_anywhere()


def _breakable(run: str) -> str:
    clusters = _clusters(run)
    starts = range(0, len(clusters), _PIECE)
    return _BREAK.join("".join(clusters[start : start + _PIECE]) for start in starts)
