import pytest

from toolkit.sheets.blinding import without_name


def test_the_name_is_withheld_wherever_it_stands():
    text = "Campaign by Amal Haddad; Haddad wrote the copy. See AMAL  HADDAD's blog."
    assert without_name(text, "Amal Haddad") == (
        "Campaign by [name withheld]; [name withheld] wrote the copy. See [name withheld]'s blog."
    )


@pytest.mark.parametrize(
    ("text", "name", "blind"),
    [
        ("A young audience in Youngstown", "Mark Young", "A young audience in Youngstown"),
        ("By Li, for Liam", "Bo Li", "By Li, for Liam"),
        ("By Bo Li", "Bo Li", "By [name withheld]"),
        ("Regex (.*) inside", "(.*) [a-z]+", "Regex [name withheld] inside"),
        ("Nothing to withhold", "", "Nothing to withhold"),
        ("", "Ann Other", ""),
        ("作品 山田太郎 編集", "山田太郎", "作品 [name withheld] 編集"),
    ],
)
def test_only_the_name_is_withheld(text: str, name: str, blind: str):
    assert without_name(text, name) == blind
