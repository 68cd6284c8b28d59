"""A review sheet as headings, paragraphs and tables, for other typesetters to set.

Everything that the sheet says is here, word for word, in its order, with the boxes to tick and the
lines to write on. Tags, heading structure and descriptions of figures are not: the others are not
asked for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Row = tuple[str, ...]

#: Stands for a box to tick.
BOX = "\u2610"


@dataclass(frozen=True)
class Block:
    """A heading of some level, a paragraph, a table whose first row is its head, or bars."""

    kind: Literal["heading", "paragraph", "note", "table", "bars", "page"]
    text: str = ""
    level: int = 0
    rows: tuple[Row, ...] = ()
    widths: tuple[float, ...] = ()
    bars: tuple[tuple[str, float, float, str], ...] = ()


def footer(page: Mapping[str, Any]) -> tuple[str, ...]:
    """The lines at the foot of every page, without the page's number."""
    return (
        f"{page['job_related']} {page['signature']} ________________ {page['date_label']} _______",
        f"{page['belongs_to']} {page['retain']}",
        page["hash_line"],
    )


def blocks(page: Mapping[str, Any]) -> Iterator[Block]:
    """The sheet from top to bottom."""
    t = page["t"]
    yield note(f"{t['kind']} {page['organisation']}")
    yield heading(1, page["heading"])
    yield table(
        [
            (t["candidate_code"], t["candidate_name"], t["stage"], t["role"]),
            (page["code"], page["name"], page["stage"], page["role"]),
            (t["reviewer"], t["reviewer_role"], t["date_of_review"], t["prepared"]),
            (t["rubric"], page["rubric"], "", page["prepared"]),
        ],
        (1, 1, 1, 1),
    )
    yield heading(2, t["part_one"])
    yield note(t["part_one_note"])
    yield heading(3, t["declarations"])
    yield table(
        [
            (t["conflict"], _ticks(t["conflicts"]) + " " + t["conflict_note"]),
            (t["confidentiality"], _ticks([t["confidentiality_tick"]])),
            (t["materials"], _ticks(t["materials_ticks"])),
            (t["social_score"], _ticks(t["social_score_ticks"])),
        ],
        (1, 4),
    )
    task = page["task"]
    yield heading(3, t["task"])
    yield table(
        [
            (t["task_instructions"], task["instructions"]),
            (t["task_time"], f"{task['time_limit']} {t['task_conditions']} {task['conditions']}"),
            (t["task_same"], _ticks(t["task_same_ticks"])),
            (t["task_adjustments"], _ticks(t["task_adjustments_ticks"])),
            (t["task_authorship"], _ticks(t["task_authorship_ticks"])),
        ],
        (1, 4),
    )
    yield heading(3, t["evidence"])
    yield table(
        [
            tuple(t["evidence_columns"]),
            *(
                (str(n), f"{one['title']} {one['link']}", one["role"], one["outcome"], one["date"])
                for n, one in enumerate(page["evidence"], 1)
            ),
        ],
        (0.4, 2.4, 1.5, 2.4, 1),
    )
    yield heading(3, t["ratings"])
    yield note(t["ratings_note"])
    for n, criterion in enumerate(page["criteria"], 1):
        yield heading(4, f"{n} {criterion['label']}")
        yield note(criterion["weight"])
        yield Block("paragraph", criterion["definition"])
        yield note(criterion["job_link"])
        yield table(
            [
                tuple(f"{BOX} {level}" for level in ("1", "2", "3", "4", "5", t["no_basis"])),
                _spread(criterion["anchors"]),
            ],
            (3, 0.6, 3, 0.6, 3, 2),
        )
        yield table([(t["evidence_note"], t["reason"]), *[("", "")] * 3], (1.25, 1))
    yield heading(3, t["summary"])
    yield table(
        [
            (t["strengths"], t["concerns"]),
            *[("", "")] * 2,
            (
                f"{t['recommendation']}   {_ticks(t['recommendations'])}",
                f"{t['confidence']}   {_ticks(t['confidences'])}",
            ),
            (f"{t['total']} / 5 {t['total_note']}", t["reviewer_signature"]),
        ],
        (1, 1),
    )
    yield Block("page")
    yield from _panel(page)


def _panel(page: Mapping[str, Any]) -> Iterator[Block]:
    t, decision, course, changes = page["t"], page["decision"], page["course"], page["changes"]
    yield heading(2, t["part_two"])
    yield note(t["part_two_note"])
    yield heading(3, t["decision"])
    yield Block("paragraph", f"{decision['verdict']}. {decision['summary']}")
    yield note(decision["rule"])
    for remark in decision["remarks"]:
        yield Block("paragraph", remark)
    if course["shown"]:
        yield heading(3, t["course"])
        yield Block("paragraph", course["start"])
        yield note(f"{t['course_none']} {t['course_whole']}")
        yield Block(
            "bars",
            bars=tuple((s["label"], s["left"], s["right"], s["figure"]) for s in course["steps"]),
        )
        yield Block("paragraph", course["noise"])
        yield note(course["assumed"])
    yield heading(3, t["changes"])
    yield Block("paragraph", changes["sentence"])
    yield table(
        [
            tuple(t["changes_columns"]),
            *(
                (
                    f"{one['label']} {one['kind']}",
                    one["value"],
                    one["nominal"],
                    one["effective"],
                    one["without"],
                    one["margin"],
                )
                for one in changes["rows"]
            ),
        ],
        (1.7, 0.8, 0.9, 1, 1.2, 1.4),
    )
    yield note(t["weights_note"])
    yield heading(3, t["flags"])
    flags = page["flags"]
    for words in (flags["none"], flags["note"]):
        yield note(words)
    for flag in flags["flagged"]:
        yield Block("paragraph", f"{flag['label']} {flag['probability']}")
        for words in (*flag["reasons"], *flag["remarks"]):
            yield Block("paragraph", f"– {words}")
    for words in (flags["quiet"], flags["not_judged"]):
        yield note(words)
    yield heading(3, t["panel"])
    yield note(t["panel_note"])
    for one in page["panel"]:
        yield table(
            [tuple(one["columns"]), *map(tuple, one["rows"])],
            (1.9, *[0.9] * (len(one["columns"]) - 2), 1.6),
        )
    yield table(
        [
            (t["panel_decision"], _ticks(t["panel_decisions"])),
            (t["override"], ""),
            (t["deciding_person"], f"{page['signature']} {page['date_label']}"),
        ],
        (1, 3),
    )
    yield heading(3, t["record"])
    yield table(
        [tuple(t["record_columns"]), *((one["what"], one["digest"]) for one in page["record"])],
        (1, 1.6),
    )
    files = " ".join(f"{one['what']} {one['digest']}" for one in page["inputs"])
    yield note(f"{t['inputs_begin']} {files}")


def heading(level: int, text: str) -> Block:
    return Block("heading", text, level)


def note(text: str) -> Block:
    return Block("note", text)


def table(rows: list[Row], widths: tuple[float, ...]) -> Block:
    return Block("table", rows=tuple(rows), widths=widths)


def _ticks(words: list[str]) -> str:
    return "   ".join(f"{BOX} {word}" for word in words)


def _spread(anchors: list[str]) -> Row:
    return (anchors[0], "", anchors[1], "", anchors[2], "")
