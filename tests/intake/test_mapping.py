from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.files import xlsx_bytes
from toolkit.errors import MappingError
from toolkit.intake.column_role import ColumnRole, column_role
from toolkit.intake.mapping import ColumnEntry, ColumnMapping, TableEntry
from toolkit.intake.read import cohort_of
from toolkit.intake.read_file import Reading, read_files
from toolkit.intake.recognise import recognise
from toolkit.scores.catalogue import load_catalogue

CATALOGUE = load_catalogue()
TEXT = "Nr,K,M/F,Years,sex,password\nx,50,f,3,f,hunter2\ny,40,m,4,m,hunter3\n"


def reading(text: str = TEXT, name: str = "people.csv") -> Reading:
    return read_files([(name, text.encode())])


def recognised(text: str = TEXT) -> ColumnMapping:
    return recognise(reading(text).tables, CATALOGUE)


def test_a_mapping_is_shown_corrected_saved_and_used_again() -> None:
    mapping = recognised()
    assert [(entry.column, str(entry.role), entry.confidence) for entry in mapping.entries] == [
        ("Nr", "id", "certain"),
        ("K", "fact", "guess"),
        ("M/F", "text", "likely"),
        ("Years", "fact", "guess"),
        ("sex", "group", "certain"),
        ("password", "refused", "certain"),
    ]
    mapping = mapping.with_role("people.csv", None, "K", "score:klout")
    mapping = mapping.with_role("people.csv", None, "M/F", "group")
    text = mapping.to_toml()
    assert '"K" = "score:klout"' in text or 'K = "score:klout"' in text
    cohort = cohort_of(reading(), ColumnMapping.from_toml(text))
    assert cohort.scores == ["klout"]
    assert list(cohort.groups.columns) == ["M/F", "sex"]
    assert "hunter" not in text


def test_a_mapping_of_one_table_fits_next_months_file() -> None:
    mapping = recognised().with_role("people.csv", None, "K", "score:klout")
    cohort = cohort_of(reading(name="people-june.csv"), mapping)
    assert cohort.scores == ["klout"]


def test_roles_that_a_person_did_not_set_are_recognised_anew() -> None:
    mapping = recognised().with_role("people.csv", None, "K", "score:klout")
    assert [entry.column for entry in mapping.corrections.entries] == ["K"]
    other = reading("Nr,K,Klout Score\nx,50,60\ny,40,60\n")
    entries = recognise(other.tables, CATALOGUE, mapping).entries
    assert [str(entry.role) for entry in entries] == ["id", "score:klout", "score"]


def test_the_kind_of_a_table_can_be_set() -> None:
    text = "id,what,number\nx,klout,50\ny,klout,40\n"
    mapping = recognised(text)
    assert mapping.kind("people.csv", None) == "candidates"
    mapping = mapping.with_kind("people.csv", None, "scores")
    mapping = mapping.with_role("people.csv", None, "what", "field", "score")
    cohort = cohort_of(reading(text), mapping)
    assert cohort.signals["klout"].tolist() == [50, 40]


def test_names_that_are_not_there_are_told_with_suggestions() -> None:
    mapping = recognised()
    with pytest.raises(MappingError, match=r"no column 'Yeers' in people.*Did you mean 'Years'"):
        mapping.with_role("people.csv", None, "Yeers", "fact")
    with pytest.raises(MappingError, match=r"no table poeple\.csv\. Did you mean 'people\.csv'"):
        mapping.with_role("poeple.csv", None, "Years", "fact")
    with pytest.raises(MappingError, match=r"'scores' is no role\. Did you mean 'score'"):
        mapping.with_role("people.csv", None, "K", "scores")
    with pytest.raises(MappingError, match=r"no kind of table 'score'\. Did you mean 'scores'"):
        mapping.with_kind("people.csv", None, "score")
    wrong = mapping.with_role("people.csv", None, "K", "score:kluot")
    with pytest.raises(MappingError, match=r"the score 'kluot', which the catalogue.*'klout'"):
        cohort_of(reading(), wrong)
    wrong = mapping.with_role("people.csv", None, "K", "field:value")
    with pytest.raises(MappingError, match="field 'value', which a table of candidates does not"):
        cohort_of(reading(), wrong)
    other = ColumnMapping.from_toml(mapping.to_toml().replace("Years", "Yaers"))
    with pytest.raises(MappingError, match=r"names the column 'Yaers'.*Did you mean 'Years'"):
        cohort_of(reading(), other)
    two = reading()
    two = Reading((*two.tables, *reading(name="b.csv").tables), (), {})
    with pytest.raises(MappingError, match=r"names the table people2\.csv, which was not uploaded"):
        cohort_of(
            two,
            ColumnMapping(
                (TableEntry("people2.csv", None, "", "", False),),
                (ColumnEntry("people2.csv", None, "K", ColumnRole("fact")),),
            ),
        )


def test_what_a_person_set_goes_before_what_was_recognised() -> None:
    text = "id,Bewerber,klout,K\n1,x,50,5\n2,y,40,6\n"
    mapping = recognised(text).with_role("people.csv", None, "id", "text")
    mapping = mapping.with_role("people.csv", None, "Bewerber", "id")
    mapping = mapping.with_role("people.csv", None, "K", "score:klout")
    cohort = cohort_of(reading(text), mapping)
    assert list(cohort.candidate_ids) == ["x", "y"]
    assert cohort.signals["klout"].tolist() == [5, 6]
    twice = mapping.with_role("people.csv", None, "klout", "score:klout")
    with pytest.raises(MappingError, match=r"both 'klout' and 'K' are mapped to 'score:klout'"):
        cohort_of(reading(text), twice)


def test_a_long_table_needs_its_columns() -> None:
    mapping = recognised().with_kind("people.csv", None, "scores")
    with pytest.raises(MappingError, match="scores needs a column for 'score' and 'value'"):
        cohort_of(reading(), mapping)


@pytest.mark.parametrize(
    ("column", "role", "message"),
    [
        ("sex", "fact", "says which group a candidate belongs to.*never a signal"),
        ("sex", "score", "says which group a candidate belongs to.*never a signal"),
        ("zip", "fact", "looks like a postcode.*can only be 'ignore'"),
        ("dob", "group", "looks like a date of birth.*can only be 'ignore'"),
    ],
)
def test_some_columns_cannot_be_signals(column: str, role: str, message: str) -> None:
    text = "id,klout,sex,zip,dob\nx,5,1,1,1990-01-01\ny,6,2,2,1990-01-01\n"
    with pytest.raises(MappingError, match=message):
        recognised(text).with_role("people.csv", None, column, role)
    toml = f'[[tables]]\nfile = "people.csv"\n[tables.columns]\n{column} = "{role}"\n'
    with pytest.raises(MappingError, match=message):
        cohort_of(reading(text), ColumnMapping.from_toml(toml))


def test_a_refused_column_stays_refused() -> None:
    with pytest.raises(MappingError, match="looks like a password and is never read"):
        recognised().with_role("people.csv", None, "password", "text")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("tables = 1", r"must be written as \[\[tables\]\]"),
        ("x = [", "not valid TOML"),
        ("[[tabels]]\nfile = 'a'", "unknown key 'tabels'. Did you mean 'tables'"),
        ("[[tables]]\nkind = 'scores'", "Table 1 of the mapping must name its file"),
        ("[[tables]]\nfile = 'a'\nkind = 'scoers'", "no kind of table 'scoers'. Did you mean"),
        ("[[tables]]\nfile = 'a'\ncolums = 1", "unknown key 'colums'. Did you mean 'columns'"),
        ("[[tables]]\nfile = 'a'\ncolumns = 1", "must be a table of column = role"),
        ("[[tables]]\nfile = 'a'\n[tables.columns]\nx = 1", "column 'x': the role must be a text"),
        ("[[tables]]\nfile = 'a'\n[tables.columns]\nx = 'scor'", "'scor' is no role. Did you mean"),
        ("[[tables]]\nfile = 'a'\n[tables.columns]\nx = 'account:fans'", "names no account field"),
        ("[[tables]]\nfile = 'a'\n[tables.columns]\nx = 'name:middle'", "'name:first' or"),
        ("[[tables]]\nfile = 'a'\n[tables.columns]\nx = 'fact:y'", "takes nothing after the colon"),
        ("[[tables]]\nfile = 'a'\n[tables.columns]\nx = 'fact + id'", "joins two roles"),
        ("[[tables]]\nfile = 'a'\n[tables.columns]\nx = 'field:valu'", "names no field. Did you"),
    ],
)  # fmt: skip
def test_what_a_mapping_cannot_say(toml: str, message: str) -> None:
    with pytest.raises(MappingError, match=message):
        ColumnMapping.from_toml(toml)


def test_sheets_are_told_apart() -> None:
    data = xlsx_bytes({"A": [["id", "K"], ["x", 5], ["y", 6]], "B": [["id", "K"], ["x", 7]]})
    read = read_files([("b.xlsx", data)])
    mapping = recognise(read.tables, CATALOGUE).with_role("b.xlsx", "B", "K", "score", "klout")
    cohort = cohort_of(read, ColumnMapping.from_toml(mapping.to_toml()))
    assert cohort.signals.columns.tolist() == ["k", "klout"]
    assert cohort.about["k"].role == "fact"


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1)
ROLES = st.sampled_from(
    ["id", "name", "name:first", "score", "score:klout", "evidence", "fact", "text", "group",
     "outcome", "account:followers", "account:followers@x", "field:value", "ignore",
     "score:followers + account:followers", "score:followers + account:followers@instagram"]
)  # fmt: skip


@given(NAMES, st.none() | NAMES, st.dictionaries(NAMES, ROLES, max_size=5))
def test_every_mapping_is_read_back_as_it_was_written(
    file: str, sheet: str | None, roles: dict[str, str]
) -> None:
    mapping = ColumnMapping(
        (TableEntry(file, sheet, "scores", "from the mapping", True),),
        tuple(
            ColumnEntry(file, sheet, column, column_role(role), why="from the mapping")
            for column, role in roles.items()
        ),
    )
    again = ColumnMapping.from_toml(mapping.to_toml())
    assert again == mapping
    assert again.to_toml() == mapping.to_toml()
    assert [str(entry.role) for entry in again.entries] == list(roles.values())
