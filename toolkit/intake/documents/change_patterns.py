"""How people write that a figure changed, in English and in German."""

from __future__ import annotations

import re
from fractions import Fraction

from toolkit.intake.documents.quantity import quantity_pattern

_UP_EN = (
    r"rais(?:ed?|ing)|gr[eo]w(?:n|ing|th)?|increas(?:ed?|es|ing)|improv(?:ed?|es|ing|ement)|lift(?:ed|ing)?"
    r"|boost(?:ed|ing)?|scal(?:ed?|ing)|expand(?:ed|ing)?|ris(?:en|e|es|ing)|rose|climb(?:ed|ing)?"
    r"|gain(?:ed|ing)?|push(?:ed|ing)|jump(?:ed|ing)?|accelerat(?:ed?|ing)|up"
)
_DOWN_EN = (
    r"cut(?:ting)?|reduc(?:ed?|es|ing|tion)|decreas(?:ed?|es|ing)|lower(?:ed|ing)?|dropp?(?:ed|ing)?|fell|fall(?:en|ing)?"
    r"|shrank|shr[iu]nk|shorten(?:ed|ing)?|sav(?:ed|es|ing|ings)|slash(?:ed|ing)?"
    r"|trimm?(?:ed|ing)?|declin(?:ed?|ing)|down"
)
_EITHER_EN = (
    r"went|going|took|taking|taken|brought|bringing|mov(?:ed|ing)|chang(?:ed?|ing)|turn(?:ed|ing)"
)
_UP_DE = (
    r"gesteigert|steigerten?|steigern|Steigerung|erhöht|erhöhten?|erhöhen|Erhöhung"
    r"|gewachsen|wuchs(?:en)?|Wachstum|Zuwachs"
    r"|verbessert|Verbesserung|gehoben|gestiegen|stieg(?:en)?|ausgebaut|angehoben|Anstieg|Plus"
)
_DOWN_DE = (
    r"gesenkt|senkten?|senken|Senkung|reduziert|Reduzierung|Reduktion|verkürzt|verringert|gesunken|sank(?:en)?|gefallen"
    r"|eingespart|gekürzt|Rückgang|Minus|Einsparung"
)
UP = re.compile(rf"\b(?:{_UP_EN}|{_UP_DE})\b", re.IGNORECASE)
DOWN = re.compile(rf"\b(?:{_DOWN_EN}|{_DOWN_DE})\b", re.IGNORECASE)
CHANGED = re.compile(
    rf"\b(?:{_UP_EN}|{_DOWN_EN}|{_UP_DE}|{_DOWN_DE}|{_EITHER_EN})\b",
    re.IGNORECASE,
)
#: What makes "from … to" a range of things instead of a change of one.
RANGE = re.compile(
    r"\b(?:ranging|ranged|range[sd]?|between|varying|vary|anywhere|aged?|ages|sizes?|reichen?d?|zwischen"
    r"|open|hours|daily|Mon(?:day)?|Tue|Wed|Thu|Fri|Öffnungszeiten|Uhr|pages?|Seiten?)\b",
    re.IGNORECASE,
)
_MORE = (
    r"(?:(?:more than|over|about|around|nearly|almost|roughly|some|at least|up to|>|~|≈|mehr als"
    r"|über|rund|etwa|fast|knapp|ca\.|bis zu)\s?)?"
)
#: A unit behind a figure: one or two words that are not the next part of the sentence.
_NEXT = (
    "to|from|in|on|by|per|and|or|within|over|during|after|for|at|with|the|a|an|of|im|und|oder|auf|pro"
    "|bei|durch|mit|nach|von|je|innerhalb|binnen|gesteigert|erhöht|gesenkt|reduziert|while|using|via"
    "|between|across|when|since|until|through|zwischen|seit"
)
#: It goes on in the next line only where that begins small: capitals begin something new.
_GAP = r"(?: |\n(?-i:(?=[a-zäöüß])))"
_THING = (
    rf"(?P<thing>(?:{_GAP}(?!(?:{_NEXT})\b)[^\W\d_][\w-]*(?: (?!(?:{_NEXT})\b)[^\W\d_][\w-]*)?)?)"
)

#: "from 200 to 1,400 sign-ups", "von 1,5 % auf 4,5 %"; the word between says which language.
FROM_TO = re.compile(
    rf"\b(?P<lead>from|von)\s{_MORE}{quantity_pattern('a_')}(?P<mid>(?:\s[^\W\d_][\w-]*){{0,2}}?)"
    rf"\s(?P<word>to|auf)\s{_MORE}{quantity_pattern('b_')}{_THING}",
    re.IGNORECASE,
)
#: "1.5 % to 4.5 %": both with a percent sign, or with an arrow between whatever they are.
PERCENT_TO = re.compile(
    rf"{quantity_pattern('a_')}\s(?P<word>to|auf)\s{quantity_pattern('b_')}", re.IGNORECASE
)
ARROW = re.compile(
    rf"{quantity_pattern('a_')}(?P<mid>(?:\s[^\W\d_][\w-]*)?)\s?(?P<word>→|⟶|➔|➜|⇒|->|-->|=>)\s?"
    rf"{quantity_pattern('b_')}{_THING}"
)
#: "increased by 35 %", "um 35 % gesteigert", "up 35 %", "saved over 30 %".
BY = re.compile(rf"\b(?P<word>by|um)\s{_MORE}{quantity_pattern('a_')}", re.IGNORECASE)
VERB_PERCENT = re.compile(
    rf"\b(?P<verb>up|down|saved|saving|cut|grew|rose|fell|dropped)\s{_MORE}{quantity_pattern('a_')}",
    re.IGNORECASE,
)
#: "a 35 % increase", "35 % more", "35 % Steigerung", "35 % weniger".
PERCENT_NOUN = re.compile(
    rf"{quantity_pattern('a_')}\s(?:(?P<up>increase|growth|improvement|uplift|lift|gain|rise|more|higher|faster"
    r"|better|Steigerung|Zuwachs|Wachstum|Anstieg|mehr|höhere?[rns]?|schneller)"
    r"|(?P<down>decrease|reduction|drop|decline|savings?|less|fewer|lower|cheaper|Senkung|Rückgang"
    r"|Reduktion|Einsparung|weniger|geringere?[rns]?|günstiger))\b",
    re.IGNORECASE,
)
SIGNED = re.compile(rf"(?<![\w.,)%/–−+-])(?<!\d )(?P<sign>[+±−–-])\s?{quantity_pattern('a_')}")
#: "grew 3x", "10x faster", "threefold", "by a factor of 3", "doubled".
TIMES = re.compile(
    r"(?<![\w.,-])(?P<factor>\d{1,4}(?:[.,]\d{1,2})?)\s?[x×](?![\w×])(?!\s?\d)(?P<after>\s(?:"
    r"faster|more|higher|growth|increase|improvement|larger|bigger|as many|as much|mehr|schneller"
    r"|so viele?|Wachstum))?",
    re.IGNORECASE,
)
FACTOR_OF = re.compile(
    r"\b(?:by a factor of|um den Faktor|um Faktor)\s"
    r"(?P<factor>\d{1,4}(?:[.,]\d{1,2})?)\b",
    re.IGNORECASE,
)
FOLD = re.compile(r"\b(?P<factor>two|three|four|five|six|ten|\d{1,3})-?fold\b", re.IGNORECASE)
_WORDS: dict[str, Fraction] = {
    "doubled": Fraction(2), "doubling": Fraction(2),
    "tripled": Fraction(3), "tripling": Fraction(3),
    "quadrupled": Fraction(4), "halved": Fraction(1, 2), "halving": Fraction(1, 2),
    "verdoppelt": Fraction(2), "verdoppelte": Fraction(2), "verdoppelten": Fraction(2),
    "verdoppelung": Fraction(2), "verdopplung": Fraction(2), "verdreifacht": Fraction(3),
    "verdreifachte": Fraction(3), "verdreifachung": Fraction(3), "vervierfacht": Fraction(4),
    "verzehnfacht": Fraction(10), "halbiert": Fraction(1, 2), "halbierte": Fraction(1, 2),
    "halbierung": Fraction(1, 2),
}  # fmt: skip
FOLD_OF = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
#: "doubled as office manager" and "doubled down" change nothing.
WORD = re.compile(
    rf"\b(?P<word>{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b"
    r"(?!\s(?:as|down|over|back|up)\b)",
    re.IGNORECASE,
)
NOT = re.compile(
    r"\b(?:not|never|no|without|n't|nicht|nie|kein\w*|ohne|to be|will|would|could|should|aim\w*"
    r"|goal|target|plan(?:s|ned|ning)?|hope[sd]?|want\w*|soll\w*|wollen|Ziel\w*)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)


def factor_of(word: str) -> Fraction:
    """What a word such as "tripled" multiplies by."""
    return _WORDS[word.casefold()]
