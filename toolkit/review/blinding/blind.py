"""Blinded copies of texts and documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from toolkit.intake.documents.document import Document, Link, Section
from toolkit.intake.issue import Issue
from toolkit.review.blinding.contact import email_parts, phone_parts
from toolkit.review.blinding.identity import Identity, identity_of
from toolkit.review.blinding.marks import Kind, Part, replaced, together
from toolkit.review.blinding.names import name_parts
from toolkit.review.blinding.person_fields import field_parts
from toolkit.review.blinding.postal import address_parts
from toolkit.review.blinding.profiles import handle_parts, link_parts
from toolkit.review.blinding.pronouns import pronoun_parts
from toolkit.review.blinding.social_scores import score_parts

Rule = Callable[[str, Identity], Iterator[Part]]
RULES: tuple[Rule, ...] = (
    lambda text, who: name_parts(text, who.names),
    lambda text, _: email_parts(text),
    lambda text, _: phone_parts(text),
    lambda text, _: address_parts(text),
    lambda text, who: link_parts(text, who.words, who.handles),
    lambda text, who: handle_parts(text, who.handles),
    lambda text, _: field_parts(text),
    lambda text, _: score_parts(text),
)
PRONOUNS: Rule = lambda text, _: pronoun_parts(text)  # noqa: E731
#: What is left after one round may show something new, a label without its value for instance.
_ROUNDS = 6


@dataclass(frozen=True)
class Removal:
    """Something that was taken out.

    Parameters
    ----------
    kind : Kind
    place : str
        For instance ``"page 1, line 4"``; the same in the original and in the copy.
    words : str
        What it was. For recruiters alone.
    """

    kind: Kind
    place: str
    words: str


@dataclass(frozen=True)
class Blinded:
    """A blinded copy.

    Parameters
    ----------
    document : Document
        Without names, contact details, pictures and issues; its `name` says only what kind of
        file it was.
    removals : tuple of Removal
        In the order of the text.
    issues : tuple of Issue
        What whoever hands the copy out should know.
    """

    document: Document
    removals: tuple[Removal, ...]
    issues: tuple[Issue, ...] = ()

    def counts(self) -> dict[str, int]:
        """How many of each kind were taken out."""
        found: dict[str, int] = {}
        for removal in self.removals:
            found[removal.kind] = found.get(removal.kind, 0) + 1
        return found

    def to_dict(self, words: bool = False) -> dict[str, object]:
        """The copy as JSON values; what was taken out only by kind and place, unless asked."""
        removals = [asdict(removal) for removal in self.removals]
        if not words:
            for removal in removals:
                del removal["words"]
        return {
            "document": self.document.to_dict(),
            "removed": removals,
            "counts": self.counts(),
            "issues": [issue.to_dict() for issue in self.issues],
        }


def blind_text(
    text: str,
    identity: Identity,
    *,
    pronouns: bool = False,
    rules: Sequence[Rule] = RULES,
) -> tuple[str, list[tuple[int, Part, str]]]:
    """A text without what says who somebody is.

    Parameters
    ----------
    text : str
    identity : Identity
    pronouns : bool
        Whether English pronouns are made neutral.
    rules : sequence of Rule
        What is looked for; their order makes no difference.

    Returns
    -------
    (str, list of (int, Part, str))
        The text, as many lines long as before, and what was taken out: line, part and words.

    Examples
    --------
    >>> who = Identity(("Jane Doe",))
    >>> blind_text("Jane Doe, jane@doe.example, raised sales by 5 %.", who)[0]
    '[name withheld], [e-mail withheld], raised sales by 5 %.'
    """
    wanted = (*rules, PRONOUNS) if pronouns else tuple(rules)
    removed: list[tuple[int, Part, str]] = []
    for _ in range(_ROUNDS):
        found = together(text, [part for rule in wanted for part in rule(text, identity)])
        if not found:
            break
        line = at = 0
        for part in found:
            line += text.count("\n", at, part.start)
            at = part.start
            removed.append((line + 1, part, text[part.start : part.stop]))
        text = replaced(text, found)
    return text, sorted(removed, key=lambda one: (one[0], one[1].start))


def blind_document(
    document: Document, names: Iterable[str] = (), *, pronouns: bool = False
) -> Blinded:
    """The blinded copy of a document.

    Parameters
    ----------
    document : Document
    names : iterable of str
        Names of the candidate: from the row, and any other that is known.
    pronouns : bool
        Whether English pronouns are made neutral.
    """
    identity = identity_of(document, names)

    def blind(text: str) -> str:
        return blind_text(text, identity, pronouns=pronouns)[0]

    sections: list[Section] = []
    removals: list[Removal] = []
    for section in document.sections:
        text, removed = blind_text(section.text, identity, pronouns=pronouns)
        sections.append(Section(section.place, blind(section.heading), text))
        prefix = f"{section.place}, " if section.place else ""
        removals += [
            Removal(part.kind, f"{prefix}line {line}", " ".join(words.split()))
            for line, part, words in removed
        ]
    if document.pictures:
        count = document.pictures
        said = "1 picture" if count == 1 else f"{count:,} pictures"
        removals.append(Removal("picture", "the document", said))
    links, more = _links(document, blind)
    copy = replace(
        document,
        name=f"{document.form} document",
        title=blind(document.title),
        sections=tuple(sections),
        links=links,
        people=(),
        handles=(),
        issues=(),
        sha256="",
    )
    return Blinded(copy, (*removals, *more), tuple(_issues(document, identity, pronouns)))


def _links(
    document: Document, blind: Callable[[str], str]
) -> tuple[tuple[Link, ...], list[Removal]]:
    """Links whose address says nothing of the person, and those that were left out."""
    kept: list[Link] = []
    removed: list[Removal] = []
    for link in document.links:
        if blind(link.address) == link.address and not link.address.startswith(("mailto:", "tel:")):
            kept.append(Link(link.address, blind(link.words), link.place))
        elif link.address.removeprefix("mailto:") not in document.text:
            # One that stands in the text is listed there.
            removed.append(Removal("link", link.place or "the document", link.address))
    return tuple(kept), removed


def _issues(document: Document, identity: Identity, pronouns: bool) -> Iterator[Issue]:
    if not identity.names:
        yield Issue(
            "warning",
            "No name was given, and the file names nobody: names were not withheld. Say whose "
            "document it is.",
            file=document.name,
        )
    if pronouns and _german(document.text):
        yield Issue(
            "note",
            "Only English pronouns are made neutral; this text seems to be German.",
            file=document.name,
        )


def _german(text: str) -> bool:
    words = text.casefold().split()
    return sum(word in ("und", "der", "die", "das", "für", "mit") for word in words) * 25 > len(
        words
    )
