from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.running import DATA, complaint_of, json_of, run

#: Written by the court, in Ricci v. DeStefano: lieutenants who passed.
LIEUTENANTS = "race,passed,took\nW,25,43\nB,6,19\nH,3,15\n"

CONTRACT = {
    "group",
    "n",
    "selected",
    "rate",
    "impact_ratio",
    "impact_ratio_low",
    "impact_ratio_high",
    "bound_low",
    "bound_high",
    "below_four_fifths",
    "fisher_p",
    "mid_p",
    "z",
    "z_p",
    "p_adjusted",
    "shortfall",
    "one_person_swap",
    "smallest_detectable_ratio",
    "included",
    "excluded_because",
    "verdict",
}


def people(folder: Path, words: tuple[str, str] = ("1", "0")) -> Path:
    """15 of 40 men and 12 of 40 women selected: exactly four fifths."""
    rows = [("M", words[i >= 15]) for i in range(40)] + [("F", words[i >= 12]) for i in range(40)]
    lines = ["name,sex,hired", *(f"p{n},{sex},{hired}" for n, (sex, hired) in enumerate(rows))]
    path = folder / "people.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def groups(found: dict[str, object], column: str) -> dict[str, dict[str, object]]:
    return {group["group"]: group for group in found["attributes"][column]["groups"]}  # type: ignore[index]


def test_exactly_four_fifths_is_not_below(tmp_path: Path) -> None:
    found = json_of("impact", people(tmp_path), "--group", "sex", "--selected", "hired")
    women = groups(found, "sex")["F"]
    assert (women["n"], women["selected"], women["rate"]) == (40, 12, 0.3)
    assert women["impact_ratio"] == 0.8
    assert women["below_four_fifths"] is False
    assert found["attributes"]["sex"]["referent"] == "M"
    assert found["attributes"]["sex"]["unknown"] == 0
    assert set(women) >= CONTRACT
    assert found["intersection"] is None


@pytest.mark.parametrize("words", [("1", "0"), ("true", "false"), ("Yes", "No"), ("1.0", "0.0")])
def test_ways_to_say_selected(words: tuple[str, str], tmp_path: Path) -> None:
    found = json_of("impact", people(tmp_path, words), "--group", "sex", "--selected", "hired")
    assert groups(found, "sex")["M"]["selected"] == 15


def test_any_two_values(tmp_path: Path) -> None:
    path = people(tmp_path, ("offer", "rejection"))
    arguments = ["impact", path, "--group", "sex", "--selected", "hired"]
    assert "--selected-value" in complaint_of(*arguments)
    found = json_of(*arguments, "--selected-value", "offer")
    assert groups(found, "sex")["M"]["selected"] == 15


def test_counts_of_ricci(tmp_path: Path) -> None:
    path = tmp_path / "lieutenants.csv"
    path.write_text(LIEUTENANTS, encoding="utf-8")
    found = json_of("impact", path, "--group", "race", "--selected", "passed", "--total", "took")
    by_race = groups(found, "race")
    assert {race: (g["selected"], g["n"]) for race, g in by_race.items()} == {
        "W": (25, 43),
        "B": (6, 19),
        "H": (3, 15),
    }
    assert by_race["B"]["impact_ratio"] == pytest.approx((6 / 19) / (25 / 43), rel=1e-12)
    assert by_race["H"]["below_four_fifths"] is True


def test_people_and_their_counts_give_the_same(tmp_path: Path) -> None:
    """Berkeley 1973: departments as strata, from counts and from one row a person."""
    counts: dict[tuple[str, str], list[int]] = {}
    with (DATA / "ucb_admissions.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            cell = counts.setdefault((row["Gender"], row["Dept"]), [0, 0])
            cell[0] += int(row["Freq"]) * (row["Admit"] == "Admitted")
            cell[1] += int(row["Freq"])
    table, rows = tmp_path / "counts.csv", tmp_path / "rows.csv"
    table.write_text(
        "sex,dept,admitted,applied\n"
        + "".join(f"{s},{d},{a},{n}\n" for (s, d), (a, n) in counts.items()),
        encoding="utf-8",
    )
    rows.write_text(
        "sex,dept,admitted\n"
        + "".join(
            f"{s},{d},yes\n" * a + f"{s},{d},no\n" * (n - a) for (s, d), (a, n) in counts.items()
        ),
        encoding="utf-8",
    )
    options = ["--group", "sex", "--selected", "admitted", "--stratum", "dept"]
    from_counts = json_of("impact", table, *options, "--total", "applied")
    assert json_of("impact", rows, *options) == from_counts
    # Bickel and others, 1975: pooled, women at .304 against .445; within departments the odds
    # ratio is .905, and the disparity is gone.
    women = groups(from_counts, "sex")["Female"]
    assert (round(float(women["rate"]), 3), women["selected"], women["n"]) == (0.304, 557, 1835)  # type: ignore[arg-type]
    strata = from_counts["strata"]["sex"]
    # The group that is compared is the women: the reciprocal of the men's.
    assert 1 / strata["odds_ratio"] == pytest.approx(0.905, abs=5e-4)
    assert strata["reverses"] is True
    assert {"cmh", "cmh_p", "cmh_corrected", "risk_ratio", "breslow_day", "breslow_day_p"} <= set(
        strata
    )


def test_two_columns_have_an_intersection() -> None:
    found = json_of(
        "impact",
        DATA / "ricci.csv",
        *("--group", "Race", "--group", "Position", "--selected", "Class"),
    )
    assert set(found["attributes"]) == {"Race", "Position"}
    names = {group["group"] for group in found["intersection"]["groups"]}
    assert "B × Captain" in names


def test_not_stated_is_counted_and_bounded(tmp_path: Path) -> None:
    path = people(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("p0,M,", "p0,,").replace("p1,M", "p1,Prefer not to say"), "utf-8")
    found = json_of("impact", path, "--group", "sex", "--selected", "hired")
    assert found["attributes"]["sex"]["unknown"] == 2
    women = groups(found, "sex")["F"]
    assert women["bound_low"] < women["impact_ratio"] < women["bound_high"]  # type: ignore[operator]


def test_csv_is_one_row_a_group(tmp_path: Path) -> None:
    result = run(
        "impact", people(tmp_path), "--group", "sex", "--selected", "hired", "--format", "csv"
    )
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["attribute"], row["group"], row["impact_ratio"]) for row in rows] == [
        ("sex", "F", "0.8"),
        ("sex", "M", "1.0"),
    ]
    assert set(rows[0]) >= CONTRACT | {"attribute", "referent"}


def test_the_table_says_it_in_words(tmp_path: Path) -> None:
    said = run("impact", people(tmp_path), "--group", "sex", "--selected", "hired").stdout
    assert said.startswith("27 of 80 people selected.")
    assert "sex (compared with M)" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--group", "gender", "--selected", "hired"], "There is no column 'gender' in people.csv"),
        (["--group", "sex", "--selected", "hird"], "Did you mean 'hired'?"),
        (["--group", "sex", "--selected", "name"], "people.csv, column 'name'"),
        (["--group", "name", "--selected", "sex"], "Expected 0 and 1"),
        (["--selected", "hired"], "--group"),
        (["--group", "sex"], "with --selected"),
        (["--group", "sex", "--selected", "hired", "--total", "sex"], "row 2: 'M' is not a number"),
        (
            ["--group", "sex", "--selected", "hired", "--total", "sex", "--selected-value", "1"],
            "Leave one of them out",
        ),
        (["--group", "sex", "--selected", "hired", "--stratum", "sex"], "Choose one of the two"),
    ],
)
def test_bad_usage_is_named(options: list[str], said: str, tmp_path: Path) -> None:
    assert said in complaint_of("impact", people(tmp_path), *options)


def test_an_empty_decision_is_an_error(tmp_path: Path) -> None:
    path = people(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("p3,M,1", "p3,M,"), "utf-8")
    said = complaint_of("impact", path, "--group", "sex", "--selected", "hired")
    assert "people.csv, column 'hired', row 5: the cell is empty" in said


def test_more_selected_than_people(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("race,passed,took\nW,50,43\n", encoding="utf-8")
    options = ["--group", "race", "--selected", "passed", "--total", "took"]
    assert "50 selected of 43" in complaint_of("impact", path, *options)


def test_a_refused_column_cannot_be_analysed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("password,hired\nhunter2,1\nhunter3,0\n", encoding="utf-8")
    said = complaint_of("impact", path, "--group", "password", "--selected", "hired")
    assert "hunter" not in said


def test_the_table_with_the_columns_is_taken_among_several(tmp_path: Path) -> None:
    people(tmp_path)
    (tmp_path / "other.csv").write_text("candidate_id,klout\na,50\n", encoding="utf-8")
    arguments = ["impact", tmp_path, "--group", "sex", "--selected", "hired"]
    assert json_of(*arguments)["selected"] == 27
    (tmp_path / "twin.csv").write_text("sex,hired\nM,1\nF,0\n", encoding="utf-8")
    assert "people.csv and twin.csv all have these columns" in complaint_of(*arguments)


def scored(folder: Path) -> Path:
    """Two sexes, a score on which men lie higher, and how people turned out."""
    path = folder / "scored.csv"
    lines = ["sex,place,klout,hired,good"]
    for i in range(120):
        man, klout = i % 2, 40 + (i * 37) % 31 + 6 * (i % 2)
        lines.append(
            f"{'FM'[man]},{'AB'[i % 3 == 0]},{klout},{int(klout > 60)},{int((i * 7) % 5 < 3)}"
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_score_instead_of_decisions(tmp_path: Path) -> None:
    path = scored(tmp_path)
    found = json_of("impact", path, "--group", "sex", "--score", "klout", "--stratum", "place")
    of_score = found["scores"]["klout"]
    assert found["selected"] == sum(
        g["above_median"] for g in of_score["attributes"]["sex"]["groups"]
    )
    women = next(g for g in of_score["attributes"]["sex"]["groups"] if g["group"] == "F")
    assert women["d"] < 0
    assert groups(found, "sex")["F"]["impact_ratio"] == women["scoring_ratio"]
    curve = of_score["attributes"]["sex"]["curve"]
    assert curve["cut_offs"] == sorted(curve["cut_offs"])
    assert len(curve["groups"]["F"]["impact_ratio"]) == len(curve["cut_offs"])
    assert set(found["strata"]) == {"sex"}
    said = run("impact", path, "--group", "sex", "--score", "klout", "--stratum", "place").stdout
    assert "sex within place" in said
    assert said.startswith("Nobody decided here: selected means above the median of klout")
    assert "Hedges' g" in said


def test_scores_from_counts_are_those_from_people(tmp_path: Path) -> None:
    path = scored(tmp_path)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    cells: dict[tuple[str, str, str], list[int]] = {}
    for row in rows:
        cell = cells.setdefault((row["sex"], row["place"], row["klout"]), [0, 0])
        cell[0] += int(row["hired"])
        cell[1] += 1
    counts = tmp_path / "counts.csv"
    counts.write_text(
        "sex,place,klout,hired,people\n"
        + "".join(f"{','.join(key)},{a},{n}\n" for key, (a, n) in cells.items()),
        encoding="utf-8",
    )
    shared = ["--group", "sex", "--score", "klout", "--stratum", "place", "--share", "0.25"]
    shared += ["--resamples", "200"]
    assert json_of("impact", counts, *shared, "--total", "people") == json_of(
        "impact", path, *shared
    )
    with_decisions = [*shared, "--selected", "hired"]
    assert json_of("impact", counts, *with_decisions, "--total", "people") == json_of(
        "impact", path, *with_decisions
    )


def test_outcomes_and_resamples(tmp_path: Path) -> None:
    path = scored(tmp_path)
    options = ["--group", "sex", "--selected", "hired", "--outcome", "good", "--resamples", "100"]
    found = json_of("impact", path, *options, "--score", "klout")
    table = found["outcomes"]["good"]["attributes"]["sex"]
    assert {rates["group"] for rates in table["rates"]} == {"F", "M"}
    assert {"true_positive_rate", "false_positive_gap_low"} <= set(table["rates"][0])
    assert {"slope", "correlation_p", "slopes_p", "bands"} <= set(table["validity"][0])
    assert found["bootstrap"]["resamples"] == 100
    said = run("impact", path, *options, "--score", "klout").stdout
    assert "true positive rate" in said
    assert "equal slopes p" in said
    assert "sex: resampled" in said


def test_the_workbook_has_the_figures(tmp_path: Path) -> None:
    import openpyxl

    target = tmp_path / "groups.xlsx"
    options = ["--group", "sex", "--selected", "hired", "--score", "klout", "--outcome", "good"]
    options += ["--stratum", "place", "--resamples", "100", "--xlsx", str(target)]
    found = json_of("impact", scored(tmp_path), *options)
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == [
        "Groups", "Within strata", "Strata", "Resampled", "Scores", "Cut-offs", "Outcomes",
        "Outcomes by score", "How to read this",
    ]  # fmt: skip
    head, *rows = book["Groups"].iter_rows(values_only=True)
    women = dict(zip(head, next(row for row in rows if row[1] == "F"), strict=True))
    expected = groups(found, "sex")["F"]
    assert women["People"] == expected["n"]
    assert women["Impact ratio"] == pytest.approx(expected["impact_ratio"])
    assert women["Below four-fifths"] is expected["below_four_fifths"]
    assert book["Groups"].freeze_panes == "B2"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "Name the column that says who was selected"),
        (["--score", "klout", "--selected-value", "x"], "add --selected"),
        (["--score", "klout", "--share", "2"], "must be above 0 and at most 1"),
        (["--selected", "hired", "--share", "0.2"], "add --score"),
        (["--selected", "hired", "--good-from", "2"], "add --outcome"),
        (["--score", "klout", "--outcome", "good"], "compared with a decision"),
        (["--selected", "hired", "--total", "klout", "--outcome", "good"], "one row a person"),
        (["--selected", "hired", "--score", "place"], "'B' is not a number"),
        (["--selected", "hired", "--resamples", "7"], "7 resamples are too few"),
    ],
)
def test_contradictions_are_named(options: list[str], said: str, tmp_path: Path) -> None:
    assert said in complaint_of("impact", scored(tmp_path), "--group", "sex", *options)


ENGINEER = DATA.parents[1] / "sample_data" / "engineer-2026"


def test_with_a_screen_it_is_told_which_disparity_comes_from_which_score() -> None:
    options = ["impact", ENGINEER, "--screen", ENGINEER / "screen.toml", "--group", "sex"]
    found = json_of(*options, "--score", "github_stars", "--outcome", "performance_12m")
    names = list(found["decisions"])
    assert names[0] == "The screen as it is"
    assert "Without GitHub stars" in names
    assert names[-1] == "Without all scores (evidence only)"
    first = found["decisions"][names[0]]
    assert found["attributes"] == first["attributes"]
    women = {row["decision"]: row for row in found["comparison"] if row["group"] == "Female"}
    assert women[names[0]]["ratio_change"] == 0
    assert women["Without GitHub stars"]["ratio_change"] > 0
    assert found["scores"]["github_stars"]["not_scored"] == 19
    assert found["outcomes"]["performance_12m"]["attributes"]["sex"]["rates"] == []
    said = run(*options).stdout
    assert "With and without each score" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--selected", "sex"], "Leave out --selected"),
        (["--score", "kluot"], "no signal 'kluot'"),
        (["--outcome", "performance"], "no outcome 'performance'"),
        (["--stratum", "office"], "no column 'office'"),
        (["--group", "gender"], "no group column 'gender'"),
    ],
)
def test_what_a_screen_cannot_be_asked_is_named(options: list[str], said: str) -> None:
    start = ["impact", ENGINEER, "--screen", ENGINEER / "screen.toml", "--group", "sex"]
    assert said in complaint_of(*start, *options)
