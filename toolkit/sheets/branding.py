"""Whose documents these are: name, logo, colour, a footer, and how long they are kept."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import SheetError, did_you_mean
from toolkit.sheets.contrast import READABLE, contrast_on_white, is_colour, nearest_readable
from toolkit.sheets.logo import Logo, logo_of
from toolkit.sheets.texts import Texts

ACCENT = "#0f6f6b"
LONGEST_NAME = 120
LONGEST_FOOTER = 160
_KEYS = ("organisation", "logo", "accent", "footer", "retain_until")


@dataclass(frozen=True)
class Branding:
    """What an organisation puts on its documents.

    Parameters
    ----------
    organisation : str
    logo : Logo, optional
    accent : str
        Colour of headings and rules, as ``#rrggbb``, with a contrast of 4.5 on white or more.
    footer : str
        A line at the foot of every page.
    retain_until : date, optional
        Until when documents are kept that say nothing else.

    Raises
    ------
    SheetError
        If the colour is none or cannot be read on white, or a text is too long.
    """

    organisation: str = ""
    logo: Logo | None = None
    accent: str = ACCENT
    footer: str = ""
    retain_until: dt.date | None = None

    def __post_init__(self) -> None:
        checked_accent(self.accent)
        for what, text, longest in (
            ("name of the organisation", self.organisation, LONGEST_NAME),
            ("footer", self.footer, LONGEST_FOOTER),
        ):
            if len(text) > longest:
                raise SheetError(
                    f"The {what} has {len(text):,} characters; {longest} fit on a page. Shorten it."
                )

    @classmethod
    def read(cls, path: Path) -> Branding:
        """Read a branding file; its logo stands beside it.

        Raises
        ------
        SheetError
            If a file cannot be read or says what no branding can.
        """
        try:
            told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise SheetError(
                f"The branding file {path} cannot be read: {error.strerror}. Give another path."
            ) from error
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SheetError(f"The branding file {path} is not TOML: {error}.") from error
        for key in told:
            if key not in _KEYS:
                raise SheetError(f"{path}: '{key}' is not known. {did_you_mean(key, _KEYS)}")
        words = {key: _text(told, key, path) for key in ("organisation", "footer", "logo")}
        until = told.get("retain_until")
        if until is not None and (not isinstance(until, dt.date) or isinstance(until, dt.datetime)):
            raise SheetError(
                f"{path}: 'retain_until' is '{until}'. Write a date without quotes, as 2030-12-31."
            )
        return cls(
            organisation=words["organisation"],
            logo=_logo_beside(path, words["logo"]) if words["logo"] else None,
            accent=_text(told, "accent", path) or ACCENT,
            footer=words["footer"],
            retain_until=until,
        )

    def page(self, t: Texts) -> dict[str, object]:
        """What a template prints of it."""
        return {
            "organisation": self.organisation,
            "accent": self.accent,
            "footer": self.footer,
            "logo": "" if self.logo is None else self.logo.svg,
            "ratio": 1.0 if self.logo is None else self.logo.ratio,
            "logo_alt": t("logo_of", organisation=self.organisation)
            if self.organisation
            else t("logo"),
        }


def checked_accent(colour: str) -> str:
    """The colour, if headings in it can be read on white.

    Raises
    ------
    SheetError
        If it is no colour, or too light; with the nearest one that is dark enough.
    """
    if not is_colour(colour):
        raise SheetError(f"'{colour}' is not a colour. Write it as #rrggbb, for instance {ACCENT}.")
    contrast = contrast_on_white(colour)
    if contrast < READABLE:
        raise SheetError(
            f"Headings in {colour} are hard to read: their contrast with white is {contrast:.2f}, "
            f"and text needs {READABLE}. {nearest_readable(colour)} is close to it and passes."
        )
    return colour


def _text(told: dict[str, object], key: str, path: Path) -> str:
    value = told.get(key, "")
    if not isinstance(value, str):
        raise SheetError(f"{path}: '{key}' is {value!r}. Write it in quotes.")
    return " ".join(value.split())


def _logo_beside(path: Path, name: str) -> Logo:
    logo = path.parent / name
    try:
        content = logo.read_bytes()
    except OSError as error:
        raise SheetError(
            f"{path}: the logo {logo} cannot be read: {error.strerror}. Put it beside the "
            "branding file."
        ) from error
    return logo_of(content, logo.name)


#: Nobody's documents: no name, the product's own colour.
PLAIN = Branding()
