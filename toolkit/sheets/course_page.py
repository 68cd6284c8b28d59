"""How a decision came about, as the sheet draws and says it: no figure left to work out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.influence.explanation import NoiseShare
from toolkit.influence.waterfall import NOTHING, Step
from toolkit.sheets.candidate_sheet import CandidateSheet
from toolkit.sheets.noise_page import noise_said
from toolkit.sheets.texts import Texts

#: Parts that have a bar of their own; smaller ones are drawn together.
BARS_AT_MOST = 15
_DECIMALS = 1

Page = dict[str, object]


def course_page(sheet: CandidateSheet, t: Texts) -> Page:
    """The section's words and the positions of its bars.

    Parameters
    ----------
    sheet : CandidateSheet
    t : Texts
        Of the candidate's sheet.

    Returns
    -------
    dict
        Positions are shares of the drawing's width.
    """
    course = sheet.course
    steps = drawn(course.steps)
    named = [(_name(step, sheet, t), _figure(step, t)) for step in steps]
    low = min([0.0, *(step.low for step in steps)])
    width = max([1.0, *(step.high for step in steps)]) - low
    spoken = "; ".join(t("course_step", label=name, figure=figure) for name, figure in named)
    remarks = []
    if any(step.kind == "lot" for step in steps):
        remarks.append(t("course_lot_note"))
    if course.estimated:
        remarks.append(t("course_estimated"))
    noise = course.noise
    return {
        "shown": bool(steps) or noise is not None,
        "start": _start(sheet, t) if steps else "",
        "estimated": course.estimated,
        "alt": t("course_alt", steps=spoken),
        "nought": -low / width,
        "one": (1.0 - low) / width,
        "steps": [
            {
                "label": name,
                "figure": figure,
                "kind": step.kind,
                "left": (step.low - low) / width,
                "right": (step.high - low) / width,
            }
            for step, (name, figure) in zip(steps, named, strict=True)
        ],
        "remarks": remarks,
        "noise": "" if noise is None else _noise(noise, t),
        "assumed": "" if noise is None else _assumed(noise, sheet, t),
    }


def drawn(steps: Sequence[Step]) -> list[Step]:
    """The steps with the smallest parts put together, where there are too many to draw.

    The parts come largest first, so what is put together stands at their end.
    """
    parts = [step for step in steps if step.signal]
    if len(parts) <= BARS_AT_MOST:
        return list(steps)
    first, rest = parts[:BARS_AT_MOST], parts[BARS_AT_MOST:]
    whole = rest[-1].end - rest[0].begin
    together = replace(
        rest[0],
        kind="neither" if abs(whole) < NOTHING else "for" if whole > 0 else "against",
        signal="",
        label="",
        part=whole,
        end=rest[-1].end,
        standard_error=None,
    )
    after = [step for step in steps if step.kind in ("lot", "decision")]
    return [steps[0], *first, together, *after]


def _name(step: Step, sheet: CandidateSheet, t: Texts) -> str:
    if step.kind == "start":
        return t("course_step_start")
    if step.kind == "lot":
        return t("course_step_lot")
    if step.kind == "decision":
        return t("selected" if sheet.outcome.selected else "not_selected")
    if not step.signal:
        return t("course_step_others", count=len(sheet.signals) - BARS_AT_MOST)
    return step.label


def _figure(step: Step, t: Texts) -> str:
    if step.kind == "neither":
        return _percent(0.0, t)
    figure = _percent(step.part, t)
    if step.kind in ("for", "lot") and step.part > 0:
        figure = f"+{figure}"
    if step.standard_error is None:
        return figure
    return t("course_error", figure=figure, error=_percent(step.standard_error, t))


def _start(sheet: CandidateSheet, t: Texts) -> str:
    places, candidates = sheet.course.places, sheet.outcome.candidates
    return t(
        "course_start",
        places=t("course_one_place") if places == 1 else t("course_places", count=places),
        candidates=t("course_one_candidate")
        if candidates == 1
        else t("course_candidates", count=t.number(candidates, 0)),
        share=_percent(sheet.course.steps[0].end, t),
    )


def _noise(noise: NoiseShare, t: Texts) -> str:
    share, low, high = (_share(value, t) for value in (noise.selected_share, noise.low, noise.high))
    said = t("noise", share=share, low=low, high=high, draws=t.number(noise.draws, 0))
    return f"{said} {t('noise_close' if noise.too_close_to_call else 'noise_settled')}"


def _assumed(noise: NoiseShare, sheet: CandidateSheet, t: Texts) -> str:
    labels = {step.signal: step.label for step in sheet.course.steps}
    spreads = (
        (labels.get(score, score), spread.standard_deviation, spread.source)
        for score, spread in noise.spreads.items()
    )
    return noise_said(spreads, t)


def _share(share: float, t: Texts) -> str:
    """What is not quite nothing or all is not rounded to it."""
    if share in (0.0, 1.0):
        return t.percent(share)
    if share < 0.0005:
        return t("noise_under")
    return t("noise_over") if share > 0.9995 else _percent(share, t)


def _percent(share: float, t: Texts) -> str:
    return t("percent", number=t.number(100 * share, _DECIMALS))
