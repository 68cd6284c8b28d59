import pytest
import typst

from toolkit.sheets.coverage import FAMILIES, FONTS, coverage, covered_anywhere

#: Ordinary names and words, one or more for each script that the sheets promise.
WRITING = {
    "Noto Sans": "Zoë Łukasiewicz Ґалаґан Ωνάσης Nguyễn Thị Þórr Ẹ̀kọ́ € – “ ” …",
    "Noto Sans Arabic": "فاطمة الزهراء پژمان گل‌آرا",
    "Noto Sans Hebrew": "יוסף בן־גוריון",
    "Noto Sans Devanagari": "श्रीनिवास राव",
    "Noto Sans Thai": "สมชาย ใจดี",
    "Noto Sans CJK SC": "司馬相如 山田太郎 ひらがな カタカナ 김민수 龍 𠮷",
    "Noto Sans Tamil": "தமிழ்ச்செல்வி",
    "Noto Sans Bengali": "রবীন্দ্রনাথ",
    "Noto Sans Georgian": "შოთა რუსთაველი",
    "Noto Sans Armenian": "Արամ Խաչատրյան",
    "Noto Sans Ethiopic": "ኃይለ ገብረሥላሴ",
    "Noto Sans Math": "→ ⟨ ⟩ ≥ ∑",
    "Noto Sans Symbols2": "☐ ☑ ★ ✓",
}


@pytest.mark.parametrize("family", WRITING)
def test_each_script_is_covered_by_its_family(family: str):
    missing = {c for c in WRITING[family] if ord(c) not in coverage()[family]}
    # Spaces and joiners may come from any font; everything else is in the family itself.
    assert {c for c in missing if not c.isspace() and c not in "\u200c\u200d"} <= set("–“”…")
    assert {c for c in missing if not c.isspace() and c != "\u200c"} <= set(
        map(chr, covered_anywhere())
    )


def test_every_vendored_font_is_named_and_every_named_font_is_there():
    files = [file for family in FAMILIES.values() for file in family]
    assert sorted(files) == sorted(path.name for path in FONTS.glob("*.[ot]tf"))


def test_the_families_are_those_that_the_typesetter_finds():
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    assert set(found.families()) == set(FAMILIES)


def test_the_licences_stand_beside_the_fonts():
    assert {path.name for path in FONTS.glob("OFL*.txt")} == {"OFL.txt", "OFL-CJK.txt"}
    for path in FONTS.glob("OFL*.txt"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("Copyright")
        assert "SIL OPEN FONT LICENSE" in text
        assert "PERMISSION & CONDITIONS" in text


def test_the_fonts_stay_below_25_megabytes():
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 25_000_000
