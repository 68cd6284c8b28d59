from __future__ import annotations

import pytest

from toolkit.intake.clean_cells import clean_cells
from toolkit.intake.protected import is_group_name, kept_out
from toolkit.intake.refusals import looks_like_token, refused_name


@pytest.mark.parametrize(
    "column",
    ["password", "Passwort", "Facebook Password", "user_pwd", "mot de passe", "contraseña",
     "API key", "apiKey", "access_token", "Token", "OAuth", "secret", "clientSecret", "cookie",
     "Cookies", "sessionID", "session id", "login", "Twitter login", "user.credentials",
     "PIN", "2FA", "jwt",     "SECURITY QUESTION", "пароль", "密码", "privateKey"],
)  # fmt: skip
def test_names_of_secrets_are_refused(column: str) -> None:
    assert refused_name(column) is not None


@pytest.mark.parametrize(
    "column",
    ["name", "klout", "author", "pass rate", "passport", "pin code", "keyboard", "compass",
     "session", "secretary", "authority", "monkey", "key skills", "blogging", "spin"],
)  # fmt: skip
def test_other_names_are_not(column: str) -> None:
    assert refused_name(column) is None


@pytest.mark.parametrize(
    "text",
    ["ghp_abcdef1234567890", "github_pat_11ABCDEFG0", "glpat-abcdefgh12345", "AKIAIOSFODNN7EXAMPLE",
     "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x", "sk-abcdefghijkl", "sk_live_abcdef123",
     "xoxb-12345678-abc", "-----BEGIN RSA PRIVATE KEY-----", "Bearer abcdefghijklmnop",
     "my password: hunter2", "pwd=x", "https://user:pass@host.example"],
)  # fmt: skip
def test_cells_that_look_like_secrets(text: str) -> None:
    assert looks_like_token(text)
    assert looks_like_token(f"before {text} after")


@pytest.mark.parametrize(
    "text",
    ["risk-averse", "scikit-learn", "sk-learn fan", "Akiane", "eye", "ask-me-anything", "https://x.y/z",
     "mailto:a@b", "changed the password policy", "a@b.example", "12:30"],
)  # fmt: skip
def test_cells_that_do_not(text: str) -> None:
    assert not looks_like_token(text)


def test_a_secret_cell_is_emptied_and_never_quoted() -> None:
    import numpy as np
    import pyarrow as pa

    cells = clean_cells(pa.array(["fine", "ghp_abcdef123456"]), np.array([2, 3]), "f", None, "n")
    assert cells.text.to_pylist() == ["fine", None]
    assert cells.secrets == 1
    assert "ghp" not in cells.issues[0].message


@pytest.mark.parametrize(
    "column",
    ["sex", "Gender", "Race/Ethnicity", "age", "Age band", "Disability status", "Veteran Status",
     "religion", "Nationality", "Marital status", "pregnant", "Geschlecht", "Âge", "pronouns",
     "country of birth", "hispanic_latino"],
)  # fmt: skip
def test_group_names(column: str) -> None:
    assert is_group_name(column)


@pytest.mark.parametrize("column", ["average", "stage", "page rank", "terrace", "sextet", "class"])
def test_names_that_are_no_group(column: str) -> None:
    assert not is_group_name(column)


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        ("ZIP", "postcode"),
        ("Postal Code", "postcode"),
        ("PLZ", "postcode"),
        ("pin code", "postcode"),
        ("home_zip", "postcode"),
        ("DOB", "birth"),
        ("Date of birth", "birth"),
        ("birthYear", "birth"),
        ("country of birth", None),
        ("SSN", "identity"),
        ("Passport number", "identity"),
        ("E-mail", "contact"),
        ("homePhone", "contact"),
        ("City", None),
        ("zipper count", None),
    ],
)
def test_kept_out(column: str, reason: str | None) -> None:
    assert kept_out(column) == reason
