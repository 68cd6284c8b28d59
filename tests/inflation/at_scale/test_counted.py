from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.rows import arrow, memory, table_of, write_parts
from toolkit.errors import InputError
from toolkit.inflation.at_scale.counted import InflationAtScale, inflation_at_scale
from toolkit.inflation.at_scale.flagged_rows import write_flagged
from toolkit.inflation.at_scale.judge import RUN, Judge, Judged
from toolkit.inflation.inflation import Inflation, inflation
from toolkit.inflation.reward import Reward
from toolkit.intake.from_frame import cohort_from_frame
from toolkit.screening.screen import Screen

RING = {"followers": 100_000, "following": 150_000, "posts": 4_000}
BOUGHT = {"followers": 1_000_000, "following": 0, "posts": 1}
ORDINARY = {"followers": 350, "following": 280, "posts": 900}
AS_OF = dt.date(2013, 7, 1)
SIGNALS = ["klout", "kred_influence", "portfolio", "task"]
FACTS = ["followers", "following", "posts", "verified", "fake_share", "created"]


def people(*accounts: dict[str, int], **columns: list[object]) -> pd.DataFrame:
    index = pd.Index([f"c{i:03d}" for i in range(len(accounts))], name="candidate_id")
    return pd.DataFrame(list(accounts), index=index).assign(**columns)


def test_the_games_of_2011_are_counted_by_group() -> None:
    rows = people(RING, BOUGHT, ORDINARY, ORDINARY, sex=["F", "M", "F", "M"])
    found = inflation_at_scale(memory(table_of(rows)), groups=["sex"])
    assert (found.flagged, found.not_assessed) == (2, 0)
    assert found.by_group("bought_followers").to_dict("records") == [
        {"sex": "F", "n": 2, "assessed": 2, "flagged": 1},
        {"sex": "M", "n": 2, "assessed": 2, "flagged": 1},
    ]
    assert "histories" in found.to_dict()["not_run"]["growth_spike"]  # type: ignore[index]


@st.composite
def rows_of(draw: st.DrawFn) -> pd.DataFrame:
    """Candidates with accounts, scores and evidence, much of it missing."""
    n = draw(st.integers(1, 60))
    seed = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    gaps = draw(st.sampled_from([0.0, 0.1, 0.7]))

    def column(values: object) -> pd.Series:
        own = pd.Series(values, dtype=object)
        return own.where(seed.random(n) >= gaps, None)

    skill = seed.normal(size=n)
    size = np.exp(seed.normal(6, 2.5, n))
    stands_out = np.where(seed.random(n) < 0.1, 35.0, 0.0)
    klout = np.clip(np.round(45 + 6 * skill + seed.normal(0, 3, n) + stands_out), 1, 100)
    frame = pd.DataFrame(
        {
            "klout": column(klout).astype(float),
            "kred_influence": column(np.round(500 + 90 * skill)).astype(float),
            "portfolio": column(np.clip(np.round((3 + skill) * 2) / 2, 1, 5)).astype(float),
            "task": column(np.round(50 + 10 * skill, 1)).astype(float),
            "followers": column(np.round(size)).astype(float),
            "following": column(np.round(np.exp(seed.normal(6, 2.5, n)))).astype(float),
            "posts": column(np.round(np.exp(seed.normal(4, 3, n)))).astype(float),
            "verified": column(seed.random(n) < 0.2),
            "fake_share": column(np.round(100 * seed.random(n), 1)).astype(float),
            "created": pd.Series(column(seed.integers(0, 2_000, n)).astype(float)),
            "sex": column(seed.choice(["F", "M"], n)),
        }
    )
    frame["created"] = pd.Timestamp("2008-01-01") + pd.to_timedelta(frame["created"], unit="D")
    frame.index = pd.Index([f"c{i:02d}" for i in range(n)], name="candidate_id")
    return frame


def small(rows: pd.DataFrame, screen: Screen | None, rate: float) -> Inflation:
    """The same candidates as one small cohort."""
    accounts = rows[FACTS].reset_index()
    accounts = accounts[rows[FACTS].notna().any(axis=1).to_numpy()]
    # What reading a file makes of such columns: scores, and an account.
    signals = rows[[*SIGNALS, "followers", "following", "posts"]]
    signals = signals.drop(columns=["following"])
    cohort = cohort_from_frame(signals, accounts=accounts)
    return inflation(cohort, screen, false_flag_rate=rate, as_of=AS_OF)


def same(found: InflationAtScale, expected: Inflation, rows: pd.DataFrame) -> None:
    strengths = {name: expected.findings[name].strength for name in RUN}
    sex = [None if pd.isna(v) else v for v in rows["sex"]]
    for name in (None, *RUN):
        own = expected.suspicion if name is None else strengths[name]
        for record in found.by_group(name).to_dict("records"):
            rows_of_group = np.array([value == record["sex"] for value in sex])
            assert record["n"] == rows_of_group.sum()
            assert record["assessed"] == (~np.isnan(own[rows_of_group])).sum()
            assert record["flagged"] == (own[rows_of_group] >= 0.5).sum()


def rewarded_alike(found: Reward | None, expected: Reward | None) -> None:
    assert (found is None) == (expected is None)
    if found is None or expected is None:
        return
    assert found.strata == expected.strata
    for name in ("odds_ratio", "low", "high", "p", "not_assessed"):
        assert getattr(found, name) == getattr(expected, name)
    for name, one in expected.without.items():
        assert found.without[name].strata == one.strata


@settings(max_examples=10)
@given(data=st.data())
def test_every_row_is_judged_as_in_a_small_cohort(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = data.draw(rows_of())
    weights = {"klout": 0.6, "portfolio": 0.4}
    places = data.draw(st.none() | st.integers(0, 12))
    screen = None if places is None else Screen(places=places, weights=weights)
    rate = data.draw(st.sampled_from([0.05, 0.3]))
    expected = small(rows, screen, rate)
    # Growth spikes are the only detector without facts here: the others are all run.
    assert np.isnan(expected.findings["growth_spike"].probability).all()
    table = table_of(rows)
    table = table.take(pa.array(data.draw(st.permutations(range(len(rows))))))
    folder = tmp_path_factory.mktemp("rows")
    parts = write_parts(table, folder / "in", [len(rows) // 3], group_rows=4)
    batch = data.draw(st.integers(1, 30))
    for engine in (memory(table, batch), arrow(parts, table.column_names, batch)):
        found = inflation_at_scale(engine, screen, ["sex"], false_flag_rate=rate, as_of=AS_OF)
        same(found, expected, rows)
        rewarded_alike(found.reward, expected.reward)
        out = folder / f"out-{engine.name}"
        assert write_flagged(found, out) == int(expected.flagged.sum())
        written = pq.read_table(out).to_pandas().set_index("candidate_id").sort_index()
        flagged = expected.probabilities.loc[written.index]
        assert sorted(expected.flagged_ids) == list(written.index)
        for name in RUN:
            np.testing.assert_array_equal(written[name].to_numpy(float), flagged[name])
        for code, reasons in written["reasons"].items():
            assert list(reasons) == list(expected.of(str(code)).reasons)


def test_accounts_of_several_networks_speak_for_one_candidate() -> None:
    rows = people({}, {}, twitter_followers=[350, 100_000], twitter_following=[280, 150_000])
    rows = rows.assign(instagram_followers=[1_000_000, 10], instagram_posts=[1, 40])
    found = inflation_at_scale(memory(table_of(rows)))
    assert found.flagged == 2
    networks = {one.platform for one in found.judge.work.profile.accounts}
    assert networks == {"twitter", "instagram"}


def test_what_no_account_can_have_is_set_aside_and_listed() -> None:
    rows = people(RING, ORDINARY, verified=["perhaps", "yes"], has_bio=[2, 1], fake_share=[140, 3])
    rows.loc["c001", "posts"] = -5
    found = inflation_at_scale(memory(table_of(rows)))
    said = " ".join(str(issue) for issue in found.issues)
    assert "neither yes nor no: 1" in said
    assert "outside the scale: 1" in said
    assert len(found.issues) == 4


def test_a_date_that_is_none_is_listed() -> None:
    rows = people(RING, ORDINARY, created=["2012-01-01", "long ago"])
    found = inflation_at_scale(memory(table_of(rows)), as_of=AS_OF)
    assert [issue.column for issue in found.issues] == ["created"]
    assert not inflation_at_scale(memory(table_of(rows))).issues


def test_texts_where_numbers_should_be_are_named() -> None:
    rows = people(RING, ORDINARY, klout=["high", "low"])
    found = inflation_at_scale(memory(table_of(rows)))
    assert "'klout' holds" in str(found.issues[0])
    assert found.flagged == 1


def test_nothing_to_look_at() -> None:
    rows = pd.DataFrame({"city": ["Rome"]}, index=pd.Index(["a"], name="candidate_id"))
    with pytest.raises(InputError, match="known by their names"):
        inflation_at_scale(memory(table_of(rows)))


def test_a_run_that_was_cut_short_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = people(RING, ORDINARY, BOUGHT, ORDINARY, klout=[62.0, 44.0, 50.0, 40.0])
    table = table_of(rows)
    parts = write_parts(table, tmp_path / "in", [2])
    judged = Judge.judged

    def interrupted(judge: Judge, batch: pa.RecordBatch) -> Judged:
        if "c002" in batch.column("candidate_id").to_pylist():
            raise KeyboardInterrupt
        return judged(judge, batch)

    found = inflation_at_scale(arrow(parts, table.column_names))
    with monkeypatch.context() as patch:
        patch.setattr(Judge, "judged", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_flagged(found, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    stricter = inflation_at_scale(arrow(parts, table.column_names), false_flag_rate=0.01)
    with pytest.raises(InputError, match="another run"):
        write_flagged(stricter, tmp_path / "out")
    # Asked anew, by figures that were added up anew.
    again = inflation_at_scale(arrow(parts, table.column_names))
    assert write_flagged(again, tmp_path / "out") == 2


def test_the_suspected_without_codes_are_not_written(tmp_path: Path) -> None:
    table = table_of(people(RING)).drop_columns(["candidate_id"])
    found = inflation_at_scale(memory(table))
    with pytest.raises(InputError, match="--id"):
        write_flagged(found, tmp_path / "out")
