"""A candidate's sheet as words: what the template sets, with no figure left to work out."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.sheets.candidate_sheet import (
    CandidateSheet,
    GateCheck,
    Judgement,
    SignalChange,
    StandIn,
)
from toolkit.sheets.course_page import course_page
from toolkit.sheets.form_page import form_page
from toolkit.sheets.look import USUAL, Look, Page
from toolkit.sheets.printable import INVISIBLE
from toolkit.sheets.requisition import Requisition
from toolkit.sheets.reviews_page import reviews_page
from toolkit.sheets.running import SHORT_DIGEST
from toolkit.sheets.spoken import spoken
from toolkit.sheets.texts import Texts, texts_of

_LONGEST_CODE_IN_FOOTER = 24
_LONGEST_TITLE_IN_FOOTER = 44
_COMPOSITE_DECIMALS = 3


def candidate_page(sheet: CandidateSheet, look: Look = USUAL) -> Page:
    """Every string that the candidate template prints.

    Parameters
    ----------
    sheet : CandidateSheet
    look : Look
    """
    t = texts_of("candidate", look.language)
    requisition, rubric = sheet.requisition, sheet.rubric
    title = _title(requisition)
    return {
        **look.page(t),
        **_running(sheet, look, t),
        "organisation": requisition.organisation or look.branding.organisation,
        "heading": title or t("untitled", code=_line(sheet.candidate_code)),
        "untitled": not title,
        "code": _line(sheet.candidate_code),
        "blind": sheet.blind,
        "name": t("name_withheld") if sheet.candidate_name is None else _line(sheet.candidate_name),
        "blank": False,
        "evidence": [
            {
                "title": item.title,
                "role": item.role,
                "outcome": item.outcome,
                "date": item.date,
                "link": t("link_withheld") if item.link is None else item.link,
            }
            for item in sheet.evidence
        ],
        **form_page(requisition, rubric, sheet.date, t),
        **reviews_page(sheet, t),
        "decision": _decision(sheet, t),
        "course": course_page(sheet, t),
        "changes": {
            "sentence": _sentence(sheet, t),
            "rows": [_row(signal, t) for signal in sheet.signals],
        },
        "flags": _flags(sheet, t),
        "record": _record(sheet, t),
        "inputs": [
            {"what": _line(name), "digest": digest[:SHORT_DIGEST]} for name, digest in sheet.inputs
        ],
    }


def _running(sheet: CandidateSheet, look: Look, t: Texts) -> Page:
    """Title, metadata and footer."""
    code, title = _line(sheet.candidate_code), _title(sheet.requisition)
    until = sheet.requisition.retain_until or look.branding.retain_until
    return {
        "document_title": t("document_title", code=code, requisition=title)
        if title
        else t("document_untitled", code=code),
        "keywords": [f"content-sha256:{sheet.digest}", f"cloutproof:{sheet.version}"],
        "page_of": t("page_of"),
        "job_related": t("job_related"),
        "signature": t("signature"),
        "date_label": t("date"),
        "belongs_to": " · ".join(
            shortened
            for shortened in (
                _shortened(code, _LONGEST_CODE_IN_FOOTER),
                _shortened(title, _LONGEST_TITLE_IN_FOOTER),
            )
            if shortened
        ),
        "retain": t("retain_until", date=t.date(until)) if until else t("retain_blank"),
        "hash_line": t(
            "hash_line",
            content=sheet.digest[:SHORT_DIGEST],
            inputs=sheet.input_digest[:SHORT_DIGEST] if sheet.inputs else "–",
            screen=sheet.outcome.screen_digest[:SHORT_DIGEST],
            version=sheet.version,
        ),
    }


def _decision(sheet: CandidateSheet, t: Texts) -> Page:
    outcome = sheet.outcome
    counts = {"candidates": outcome.candidates, "selected": outcome.places_taken}
    if outcome.rank is None or outcome.composite is None:
        summary = t("decision_no_rank", **counts)
    else:
        composite = t.number(outcome.composite, _COMPOSITE_DECIMALS)
        summary = t("decision_rank", rank=outcome.rank, composite=composite, **counts)
    rule = [t("screen_name", name=t("quoted", text=_line(outcome.screen))) + "."]
    gates = "; ".join(_gate(gate, t) for gate in outcome.gates)
    rule.append(t("screen_gates", gates=gates) if gates else t("screen_no_gates"))
    if outcome.tie_breakers:
        rule.append(t("screen_ties", signals=", ".join(outcome.tie_breakers)))
    failed = [_gate(gate, t) for gate in outcome.gates if not gate.met]
    remarks = [t("gates_failed", gates="; ".join(failed))] if failed else []
    remarks += [_stand_in(stand_in, t) for stand_in in outcome.stand_ins]
    if outcome.tied_at_cut:
        remarks.append(t("tied"))
    return {
        "verdict": t("selected" if outcome.selected else "not_selected"),
        "summary": summary,
        "rule": " ".join(rule),
        "remarks": remarks,
    }


def _gate(gate: GateCheck, t: Texts) -> str:
    def number(value: float) -> str:
        return t.number(value, gate.decimals)

    parts = []
    if gate.at_least is not None:
        parts.append(t("at_least", number=number(gate.at_least)))
    if gate.at_most is not None:
        parts.append(t("at_most", number=number(gate.at_most)))
    if gate.one_of is not None:
        parts.append(t("one_of", numbers=", ".join(map(number, gate.one_of))))
    return f"{gate.label} {t.joined(parts, 'list_and')}"


def _stand_in(stand_in: StandIn, t: Texts) -> str:
    if stand_in.value is None:
        how = "reject" if stand_in.how == "reject" else "nothing"
        return t(f"missing_{how}", label=stand_in.label)
    value = t.number(stand_in.value, stand_in.decimals)
    return t(f"missing_{stand_in.how}", label=stand_in.label, value=value)


def _sentence(sheet: CandidateSheet, t: Texts) -> str:
    """What the scores changed for this candidate, in one sentence."""
    scores = [signal for signal in sheet.signals if signal.kind == "score"]
    if not scores:
        return t("no_scores")
    way = "in" if sheet.outcome.selected else "out"
    deciding = [signal.label for signal in scores if signal.without_it != "same"]
    if deciding:
        many = "many" if len(deciding) > 1 else "one"
        return t(f"by_{many}_{way}", signals=t.joined(deciding, "list_or"))
    if sheet.outcome.without_scores != "same":
        return t(f"by_all_{way}")
    return t("by_none")


def _row(signal: SignalChange, t: Texts) -> Page:
    flips = signal.without_it != "same"
    without = t(f"without_{signal.without_it.replace(' ', '_')}") if flips else t("same")
    effective = signal.effective_weight
    return {
        "label": signal.label,
        "kind": t.document["kinds"][signal.kind],
        "is_score": signal.kind == "score",
        "value": t("no_value") if signal.value is None else t.number(signal.value, signal.decimals),
        "nominal": t.percent(signal.nominal_weight),
        "effective": "–" if effective is None else t.percent(effective),
        "flips": flips,
        "without": without,
        "margin": _margin(signal, t),
    }


def _margin(signal: SignalChange, t: Texts) -> str:
    if signal.value is None:
        return t("margin_missing")
    if signal.margin is None:
        return t("margin_none")
    margin = t(
        "margin_up" if signal.margin > 0 else "margin_down",
        amount=t.number(signal.margin, signal.decimals, sign=False),
        value=t.number(signal.value + signal.margin, signal.decimals),
    )
    return (
        margin
        if signal.effort is None
        else t("margin_effort", margin=margin, effort=spoken(signal.effort, t))
    )


def _flags(sheet: CandidateSheet, t: Texts) -> Page:
    """The flags with their reasons, and what was judged or could not be judged besides."""
    flagged = [judgement for judgement in sheet.judgements if judgement.flagged]
    quiet = [
        t("quiet_one", label=spoken(judgement.label, t), share=t.percent(judgement.probability))
        for judgement in sheet.judgements
        if judgement.probability is not None and not judgement.flagged
    ]
    not_judged = [
        t(
            "not_judged_one",
            label=spoken(judgement.label, t),
            lacking=spoken(judgement.lacking, t),
        )
        for judgement in sheet.judgements
        if judgement.probability is None
    ]
    rate = sheet.false_flag_rate
    return {
        "note": "" if rate is None else t("flags_note", rate=t.percent(rate)),
        "none": "" if flagged else t(_why_none(sheet, quiet)),
        "flagged": [_flag(judgement, t) for judgement in flagged],
        "quiet": t("quiet", detectors=", ".join(quiet)) if quiet else "",
        "not_judged": t("not_judged", detectors=", ".join(not_judged)) if not_judged else "",
    }


def _why_none(sheet: CandidateSheet, quiet: Sequence[str]) -> str:
    """No flag is no proof: not examined, not judged and not flagged are three answers."""
    if not sheet.judgements:
        return "flags_not_examined"
    return "flags_none" if quiet else "flags_no_facts"


def _flag(judgement: Judgement, t: Texts) -> Page:
    remarks = {"against": judgement.against, "would_change": judgement.would_change}
    return {
        "label": t("suspected", label=spoken(judgement.label, t)),
        "probability": t("probability", share=t.percent(judgement.probability or 0.0)),
        "reasons": [spoken(reason, t) for reason in judgement.reasons],
        "remarks": [
            t(key, text=" ".join(spoken(one, t) for one in said))
            for key, said in remarks.items()
            if said
        ],
    }


def _record(sheet: CandidateSheet, t: Texts) -> list[Page]:
    """Full hashes, so that a sheet on paper can be traced to its data."""
    rubric, outcome = sheet.rubric, sheet.outcome
    entries = [
        (t("record_content"), sheet.digest),
        (t("record_screen", name=t("quoted", text=_line(outcome.screen))), outcome.screen_digest),
        (t("record_rubric", name=spoken(rubric.name, t), version=rubric.version), rubric.digest),
        (t("record_inputs"), sheet.input_digest if sheet.inputs else t("record_no_inputs")),
    ]
    return [{"what": what, "digest": digest} for what, digest in entries]


def _line(text: str) -> str:
    """Text on one line: runs of white space become one space."""
    return " ".join(text.split())


def _title(requisition: Requisition) -> str:
    """The title on one line; empty where it holds nothing that shows."""
    title = requisition.title
    shows = any(not c.isspace() and c not in INVISIBLE for c in title)
    return _line(title) if shows else ""


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
