"""The published figures: as published, each with a source, disputed where shown."""

from __future__ import annotations

import json

from toolkit.influence.reference_validities import reference_validities

PUBLISHED = {
    "Structured interview": (0.51, 0.42, 0.23),
    "Job knowledge test": (0.48, 0.40, 0.54),
    "Empirically keyed biodata": (0.35, 0.38, 0.33),
    "Work sample": (0.54, 0.33, 0.67),
    "General mental ability": (0.51, 0.31, 0.79),
    "Integrity test": (0.41, 0.31, 0.10),
    "Assessment centre": (0.37, 0.29, 0.52),
    "Situational judgement test": (None, 0.26, 0.34),
    "Unstructured interview": (0.38, 0.19, 0.32),
    "Conscientiousness": (0.31, 0.19, -0.07),
    "Years of experience": (0.18, 0.07, 0.49),
}


def test_every_published_figure() -> None:
    reference = reference_validities()
    found = {
        one.label: (one.validity.get("1998"), one.validity["2022"], one.difference_low)
        for one in reference.methods
    }
    assert found == PUBLISHED
    assert [one.validity["2022"] for one in reference.methods] == sorted(
        (latest for _, latest, _ in PUBLISHED.values()), reverse=True
    )
    by_label = {one.label: one for one in reference.methods}
    assert by_label["Structured interview"].sd == {"2022": 0.19}
    assert by_label["Situational judgement test"].difference_high == 0.39
    (facebook,) = reference.ranges
    assert (facebook.low, facebook.high) == (-0.13, -0.04)


def test_sources_and_dispute_go_with_them() -> None:
    reference = reference_validities()
    used = {key for one in reference.methods for key in one.validity}
    assert used <= set(reference.sources)
    assert all("doi 10." in source for source in reference.sources.values())
    assert "Oh, Le and Roth (2023)" in reference.dispute
    assert "unreliability" in reference.caution
    assert json.loads(json.dumps(reference.to_dict()))["methods"][0]["method"]
