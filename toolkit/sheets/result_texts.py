"""Everything that results can say: what the catalogues of the other languages translate.

Forms of sentences are found in the program's own source, where `say` and `say_count` are called
with them; rubrics, laws and closed lists are found as the program reads them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import toolkit
from toolkit.fairness.law import Law, load_laws
from toolkit.fairness.recheck_values import Cause
from toolkit.fairness.statutory import INTERSECTIONAL
from toolkit.fairness.verdict import Phrase
from toolkit.review.rubric import Rubric, rubric_templates
from toolkit.scores.catalogue import load_catalogue
from toolkit.sheets.recheck_workbook import FIGURE_NAMES
from toolkit.sheets.requisition import Requisition

_SOURCE = Path(toolkit.__file__).parent
#: Where `say` is this one and no other.
_IMPORT = "from toolkit.sentence import"
_MAKERS = {"say": 1, "say_count": 2}
#: Kinds of scores that are counts of something with a plain name.
_COUNTED = ("audience", "activity")


@dataclass(frozen=True)
class ResultForm:
    """A form of a sentence, with its plural where it has one, and the file that says it."""

    one: str
    many: str
    file: str


def result_forms() -> Iterator[ResultForm]:
    """Every form in the program's source, in the order of files and lines.

    Raises
    ------
    ValueError
        If a form is no literal, so that it could not be translated.
    """
    for path in sorted(_SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if _IMPORT in text or path.stem == "sentence":
            yield from _forms_in(ast.parse(text), path.relative_to(_SOURCE.parent).as_posix())


def _forms_in(tree: ast.AST, file: str) -> Iterator[ResultForm]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if (wanted := _MAKERS.get(node.func.id)) is None:
            continue
        forms = [
            argument.value
            for argument in node.args[:wanted]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if len(forms) != wanted:
            raise ValueError(f"{file}, line {node.lineno}: write the form of the sentence itself")
        yield ResultForm(forms[0], forms[1] if wanted > 1 else "", file)


def shipped_texts() -> Iterator[str]:
    """Every text that comes with the program as data and that a document prints."""
    yield Requisition().stage
    for rubric in rubric_templates().values():
        yield from _of_rubric(rubric)
    for law in load_laws().values():
        yield from _of_law(law)
    yield INTERSECTIONAL
    yield from get_args(Phrase)
    yield from get_args(Cause)
    yield from FIGURE_NAMES.values()
    # What a score counts, as sentences about it say: of the others no sentence counts anything.
    catalogue = load_catalogue()
    counted = [catalogue[key] for key in catalogue if catalogue[key].kind in _COUNTED]
    yield from (score.label.lower() for score in counted)


def _of_rubric(rubric: Rubric) -> Iterator[str]:
    yield from (rubric.name, rubric.about)
    for criterion in rubric.criteria:
        yield from (criterion.label, criterion.definition, criterion.job_analysis)
        yield from criterion.anchors


def _of_law(law: Law) -> Iterator[str]:
    """Without the names of laws and of their categories, which are what they are in the law."""
    yield law.short
    for attribute in law.attributes:
        yield attribute.title
        yield attribute.title.lower()
    yield from (wanted.label for wanted in law.dates)
    yield from (said.text for said in law.statements)
    yield from (part.statement for part in (law.limit, law.small) if part is not None)
