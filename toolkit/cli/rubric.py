"""``cloutproof rubric``: does this rubric rate work, and say each thing once?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.options import Form, Out
from toolkit.cli.output import Answer, Format, Table, emit, write_file
from toolkit.cli.program import program
from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.review.rubric import Rubric


@program.command()
def rubric(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A rubric file.", show_default=False)
    ] = None,
    template: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Write out a rubric that comes with the program."),
    ] = None,
    language: Annotated[
        str, typer.Option(help="Of the rubric that is written out: en, de, fr or es.")
    ] = "en",
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Check a rubric, or list and write out those to start from."""
    from toolkit.review.rubric import Rubric

    if file is not None and template is not None:
        raise InputError("A file is checked, or a template written out: give one of the two.")
    if template is not None:
        text = _written_out(template, language)
        if out is None:
            typer.echo(text, nl=False)
        else:
            write_file(out, text.encode(), "--out")
        return
    emit(answer_of(Rubric.read(file)) if file is not None else templates(), form, out)


def _written_out(template: str, language: str) -> str:
    """The file of a rubric; in English with its comments."""
    from toolkit.review.rubric import rubric_template, template_text

    if language == "en":
        return template_text(template)
    from toolkit.sheets.rubric_language import rubric_in

    return rubric_in(rubric_template(template), language).to_toml()


def answer_of(rubric: Rubric) -> Answer:
    from toolkit.review.independence import same_saying
    from toolkit.review.rubric import ANCHORED

    alike = same_saying(rubric)
    criteria = [
        {
            "key": one.key,
            "label": one.label,
            "weight": one.weight,
            "share": rubric.share(one),
            "note_required": one.note_required,
            "no_basis_allowed": one.no_basis_allowed,
            "definition": one.definition,
            "job_analysis": one.job_analysis,
            "anchors": {
                str(level): text for level, text in zip(ANCHORED, one.anchors, strict=True)
            },
        }
        for one in rubric.criteria
    ]
    data = {
        "name": rubric.name,
        "version": rubric.version,
        "about": rubric.about,
        "sha256": rubric.digest,
        "criteria": criteria,
        "same_saying": [one.to_dict() for one in alike],
    }
    columns = ("key", "label", "weight", "share", "note_required", "no_basis_allowed", "definition")
    counted = "1 criterion" if len(criteria) == 1 else f"{len(criteria):,} criteria"
    summary = [
        f"{rubric.name}, version {rubric.version}: {counted}, all of work and not of persons.",
        *(one.sentence for one in alike),
    ]
    if not alike and len(criteria) > 1:
        summary.append("No two criteria say the same.")
    shown = {"label": "criterion", "share": "share of the weight", "definition": "definition"}
    return Answer(
        data,
        Table.of("Criteria", criteria, columns),
        summary,
        [Table.of("Criteria", criteria, shown)],
    )


def templates() -> Answer:
    from toolkit.review.rubric import rubric_templates

    rows = [
        {"template": name, "name": one.name, "criteria": len(one.criteria), "about": one.about}
        for name, one in rubric_templates().items()
    ]
    return Answer(
        {"templates": rows},
        Table.of("Rubrics to start from", rows, ("template", "name", "criteria", "about")),
        ["Write one out with: cloutproof rubric --template NAME --out rubric.toml"],
    )
