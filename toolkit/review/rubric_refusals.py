"""What a rubric must not rate: the person instead of the work, and why not.

Many words are honest about work and not about a person: the appearance of a chart, an accent
colour, the age of an audience, a race condition. A rule therefore says which words it is
about, which phrases are of the work, and whether naming a piece of work nearby is enough. A
text that says not to look at something ("regardless of accent") is let through. The rules
know English only, and they are no substitute for reading the rubric.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_PERSON = (
    r"(?:candidate|applicant|person|people|interviewee|employee|colleague|author|speaker|writer|"
    r"designer|developer|analyst|engineer|man|woman)(?:s|['’]s|s['’])?"
)
#: With a piece of work nearby, a word that has two senses is about work.
_WORK = re.compile(
    r"\b(?:charts?|graphs?|plots?|figures?|maps?|tables?|dashboards?|pages?|sites?|websites?|"
    r"screens?|interfaces?|layouts?|designs?|logos?|icons?|fonts?|colou?rs?|posters?|slides?|"
    r"illustrations?|images?|videos?|reels?|posts?|brands?|campaigns?|channels?|products?|"
    r"packag(?:e|es|ing)|prototypes?|mock-?ups?|reports?|articles?|texts?|copy|letters?|"
    r"newsletters?|emails?|code|functions?|modules?|commits?|apis?|data|datasets?|columns?|rows?|"
    r"records?|entr(?:y|ies)|fields?|models?|caches?|documents?|files?|portfolios?|pieces?|"
    r"stor(?:y|ies)|proofs?|solutions?|sentences?|headlines?|pictures?|"
    r"sounds?|music|shops?|apps?|deliverables?|artefacts?|artifacts?|outputs?|photo\w* editing)\b",
    re.IGNORECASE,
)
#: Age, sex and the like may also be those of whom the work is for, or of whom data are about.
_AUDIENCE = re.compile(
    r"\b(?:audiences?|readers?|users?|customers?|clients?|visitors?|viewers?|subscribers?|"
    r"segments?|samples?|populations?|respondents?|groups?|demographics?|personas?|targets?|"
    r"markets?|breakdowns?|breaks? \w+ down|accounts?)\b",
    re.IGNORECASE,
)
_ABOUT_OTHERS = (
    "age",
    "origin, sex or orientation",
    "religion or belief",
    "health or disability",
    "prestige",
)
#: Up to here a text may say that something is not to be looked at.
_DISREGARD_BEFORE = re.compile(
    r"\b(?:regardless of|irrespective of|independent(?:ly)? of|instead of|rather than|"
    r"ignor(?:e|es|ed|ing)|disregard(?:s|ed|ing)?|leav(?:e|es|ing) out|"
    r"(?:not|never|nor|and not) (?:by|the|of|about|on|for|their|his|her|how|whether|from)|"
    r"(?:do|does|must|should|is|are) not (?:to )?(?:be )?"
    r"(?:rate[ds]?|judge[ds]?|count(?:ed)?|consider(?:ed)?|look(?:ed)? at|"
    r"(?:depend|rest|rely) on))\b"
    r"(?: [\w'’-]+,?){0,7} ?$",
    re.IGNORECASE,
)
_DISREGARD_AFTER = re.compile(
    r"^[\w'’ -]{0,30}\b(?:is|are|was|were|does|do|plays?|counts? for)(?: not| never|n['’]t| no)\b"
    r"(?! only)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.;:!?\n]+")


@dataclass(frozen=True)
class Refusal:
    """Words in a rubric that rate the person.

    Parameters
    ----------
    where : str
        The part of the criterion, for instance ``"the anchor at 5"``.
    found : str
        The words.
    concern : str
        What they are about, for instance ``"age"``.
    reason : str
        Why that is refused, and what to write instead.
    """

    where: str
    found: str
    concern: str
    reason: str

    @property
    def sentence(self) -> str:
        """The refusal in words."""
        return (
            f"'{self.found}' in {self.where} rates the person, not the work ({self.concern}). "
            f"{self.reason}"
        )


@dataclass(frozen=True)
class _Rule:
    """One concern.

    ``always`` is refused wherever it stands; ``unless_work`` unless a piece of work (for some
    concerns, an audience) is named in the same sentence; ``honest`` are phrases looked past.
    """

    concern: str
    reason: str
    always: re.Pattern[str] | None
    unless_work: re.Pattern[str] | None
    honest: re.Pattern[str] | None


def _rule(
    concern: str, reason: str, always: str = "", unless_work: str = "", honest: str = ""
) -> _Rule:
    def words(pattern: str) -> re.Pattern[str] | None:
        return re.compile(rf"\b(?:{pattern})", re.IGNORECASE) if pattern else None

    return _Rule(concern, reason, words(always), words(unless_work), words(honest))


def _of_person(words: str) -> str:
    """The words as somebody's: "the candidate's age", "age of the applicant"."""
    return (
        rf"{_PERSON} (?:{words})\b|(?:{words}) of (?:the |an? |our |this )?{_PERSON}\b|"
        rf"(?:his|her|one['’]s) (?:{words})\b"
    )


_RULES = (
    _rule(
        "culture fit",
        "Fit with the people who are there rewards being like them, and no piece of work shows "
        "it. Name the behaviour that the job requires, for instance how feedback is taken up.",
        r"cultur(?:e|al)(?:ly)?[\s-]+(?:fit|match|add|alignment|aligned|compatib\w+)\b|"
        r"(?:team|company|personality|value|values|social)[\s-]fit\b|"
        r"(?:fits?|fitting|blends?|belongs?) (?:well )?(?:in|into|in with|with|to) "
        r"(?:the |our |this )?(?:team|culture|company|group|office|crowd|people|us)\b|"
        r"fits? in\b(?!to)|one of us\b|beer test\b|(?:have|having|get|drink) a (?:beer|drink) with|"
        r"old school tie|same wavelength",
        honest=r"(?:fits?|fitting|fit) (?:in|into) (?:the |a |an |one |this |its )?"
        r"(?:code|page|layout|screen|line|space|budget|brief|format|limit|module|memory|grid|plan|"
        r"slot|tweet|column|existing|surrounding)",
    ),
    _rule(
        "appearance",
        "How somebody looks says nothing about the work. If the look of a piece of work is meant, "
        "name the piece: 'appearance of the chart'.",
        rf"{_of_person('appearance|looks|clothes|clothing|outfit|attire|hair|weight|height|face')}|"
        r"(?:physical|personal|outward|professional|well-kept|neat|tidy|smart|groomed) "
        r"appearance\b|good[\s-]looking|well[\s-](?:dressed|groomed|kempt)|grooming\b|"
        r"dress code|style of dress|body (?:weight|shape|type|size)\b|overweight|obes\w+|"
        r"physique|personal hygiene|tattoos?\b|photogenic|telegenic",
        r"appearances?\b|attractive(?:ness|ly)?\b|beauty\b|beautiful\b|handsome\b|"
        r"(?:good|nice|their) looks\b|attire\b|hair ?styles?\b|"
        r"looks (?:professional|smart|good|neat|presentable|trustworthy)\b",
        r"visual appearance\b(?! of (?:the |an? )?" + _PERSON + r"\b)|"
        r"appearance of the work\b|the work['’]s appearance",
    ),
    _rule(
        "poise and manner",
        "Manner rewards practice at being interviewed. Name what the job requires somebody to do, "
        "for instance how a question by a client is answered.",
        r"poise\b|poised\b(?! to\b)|charisma\w*|gravitas\b|demeanou?r\b|handshake\b|eye contact\b|"
        r"body language\b|(?:executive|stage|personal|commanding|physical|camera) presence\b|"
        r"presence in (?:the|a) (?:room|interview|meeting)|self[\s-]confiden\w+|"
        r"confident (?:manner|bearing|voice|delivery|air|appearance)|speaking voice\b|"
        r"(?:pleasant|firm|strong|deep) voice\b|well[\s-]spoken\b|presents well(?=\s*(?:$|,))|"
        rf"presents (?:them|him|her)sel(?:f|ves)\b|{_of_person('voice|bearing|posture|manner')}",
        r"presence\b",
        r"(?:tcp|tls|ssl|protocol|connection|three-way|two-way) handshake|handshake "
        r"(?:protocol|message)",
    ),
    _rule(
        "likeability",
        "Whom reviewers like is mostly whom they resemble. Name what the work or the behaviour "
        "must show.",
        r"likea?b(?:le|ility|leness)\b|personable\b|gut feeling|gut instinct|"
        r"(?:nice|pleasant|fun|agreeable) (?:person|personality|to (?:be|work|have)|colleague)|"
        r"(?:good|right|personal|team) chemistry\b|chemistry with\b|"
        r"(?:like|want|enjoy|love|happy) to (?:work|spend time|hang out|sit|travel) with|"
        r"(?:enjoy|like|love) working with (?:them|him|her|this)\b|"
        r"get(?:s|ting)? (?:along|on) with|good vibes?\b",
        r"charm(?:ing|s)?\b|sympathetic\b|personality\b|personalities\b",
        r"likea?ble (?:\w+ )?(?:brand|mascot|character|tone|copy|voice|figure)\b",
    ),
    _rule(
        "age",
        "Age is protected by law in many places and says little about work. Name the experience "
        "or the skill that the job requires.",
        rf"{_of_person('age|youth')}|digital natives?\b|recent(?:ly)? graduat(?:es?|ed)\b|"
        r"(?:too|very|rather) (?:old|young)\b|(?:young|youthful|mature|old|older|younger|elderly) "
        rf"(?:and \w+ )?(?:{_PERSON}|talents?|professionals?|graduates?|team|hires?|workers?|mind)"
        r"\b|(?:younger|older) than \d\d\b|(?:under|over|below|above) the age of \d\d|"
        r"^(?:under|over|below|above) \d\d$|(?:emotional|personal) maturity|"
        r"years (?:old|of age)\b|close to retirement|overqualified\b",
        r"age\b|ages\b|aged\b|youth\w*|young\b|elderly\b|^maturity$",
    ),
    _rule(
        "accent or native language",
        "An accent stands for where somebody comes from. Name the language level that the job "
        "requires and judge what is understood.",
        rf"{_of_person('accent|accents|dialect')}|native[\s-](?:speakers?|level|english|tongue)\b|"
        r"mother tongue|accent[\s-]free|(?:foreign|regional|strong|heavy|thick|slight|neutral|no|"
        r"without an?) accents?\b|sounds? (?:foreign|like a native)\b|native-like\b",
        r"accents?\b",
        r"accent (?:colou?rs?|marks?|walls?|lights?|letters?|characters?)|"
        r"(?:colou?r|acute|grave|typographic) accents?|accents? (?:and|or) (?:umlauts?|special|"
        r"diacritics?|other)|(?:umlauts?|diacritics?) (?:and|or) accents?|accents? on\b|"
        r"for native speakers|native speaker (?:reviewers?|readers?|proof\w*|check\w*)",
    ),
    _rule(
        "photograph",
        "A photograph shows age, sex, origin and looks, and no work. Judge without one.",
        rf"(?:profile|passport|application|cv|résumé|resume|head) (?:photo\w*|pictures?|shots?)\b|"
        rf"headshots?\b|selfies?\b|{_of_person('photo|photos|photograph|picture|portrait')}|"
        r"(?:photo\w*|pictures?) (?:on|in|with|attached to) (?:the |an? )?"
        r"(?:cv|résumé|resume|application)\b",
        r"photo(?:s|graph|graphs)?\b(?=\s*(?:$|[,]|of (?:him|her|the person)))",
        r"profile (?:photo|picture)s? (?:and \w+ )?of (?:the |a |each )?"
        r"(?:brand|channel|company|account|page|shop|campaign)",
    ),
    _rule(
        "family",
        "Family is nobody's business in a selection, and asking is against the law in many "
        "places. Name the hours or the travel that the job requires, and ask everybody.",
        r"marital\b|famil(?:y|ial) (?:status|situation|plans?|planning|commitments?|obligations?|"
        r"circumstances|background|duties|responsibilities)|pregnan\w+|maternity\b|paternity\b|parental\b|"
        r"child[\s-]?care|childless|single (?:mother|father|parent)s?\b|"
        rf"(?:is|are|being) single(?=\s*(?:$|,| and))|{_of_person('family|children|wife|husband')}|"
        r"(?:has|have|having|wants|without|no|plans for|planning) (?:young |small )?"
        r"(?:kids|children|a family)\b|(?:husband|wife|spouse)\b",
        r"(?:married|divorced|unmarried|widowed)\b|family\b(?=\s*$)|children\b(?=\s*$)|kids\b(?=\s*$)",
    ),
    _rule(
        "religion or belief",
        "Religion and politics are protected and have nothing to do with the work.",
        r"religio(?:n|us|sity) (?:beliefs?|affiliation|background|commitment|observance)|"
        r"church(?:going| membership| attendance)|go(?:es|ing)? to (?:church|mosque|synagogue)|"
        r"christian (?:values|background)|"
        r"political (?:views?|opinions?|beliefs?|affiliation|leaning)|trade union membership|"
        rf"union member\b|{_of_person('religion|faith|beliefs?|politics')}|devout|god-fearing",
        r"religio(?:n|ns|us)\b",
        r"religious (?:holidays?|festivals?|feasts?|freedom|calendar)",
    ),
    _rule(
        "origin, sex or orientation",
        "These are protected by law and say nothing about the work.",
        _of_person(
            "race|ethnicity|ethnic background|nationality|citizenship|gender|sex|sexuality|origin|"
            "national origin|skin|birthplace|surname|first name"
        )
        + r"|skin colou?r|sexual orientation|country of birth|place of birth|social background|"
        r"(?:feminine|masculine|manly|ladylike)\b|(?:a|the) (?:man|woman|male|female) (?:for|in) "
        r"(?:the|this) (?:job|role|post)",
        r"race\b|ethnicity\b|nationality\b|citizenship\b|gender\b|sex\b|(?:fe)?male\b",
        r"race (?:conditions?|hazards?)|data races?|races? (?:to|between|through)|"
        r"gender[\s-](?:neutral|inclusive|fair)",
    ),
    _rule(
        "health or disability",
        "Health and disability are protected. Name what the job requires; adjustments are part "
        "of the task.",
        rf"{_of_person('health|disability|illness|fitness')}|sick (?:days|leave)|able-bodied|"
        r"(?:mentally|physically) (?:fit|healthy|ill|stable)|medical (?:history|condition)s?|"
        r"mental (?:health|stability)\b",
        r"disabilit(?:y|ies)\b|disabled\b(?! by)|handicap\w*",
        r"(?:is|are|be|button|field|option|control)s? disabled",
    ),
    _rule(
        "prestige",
        "A known name stands for where somebody could afford to be. Judge the work itself.",
        r"(?:elite|prestigious|ivy|renowned) (?:league\b|universit(?:y|ies)|schools?|colleges?|"
        r"employers?|business schools?)|pedigree\b|prestige of (?:the |an? )?"
        r"(?:universit|school|college|employer)|brand-name employers?",
        r"(?:top|target|good|known) (?:universit(?:y|ies)|schools?|colleges?|employers?|business "
        r"schools?)",
    ),
    _rule(
        "a social score",
        "Scores and counts of followers can be bought and say little about work. Ask for an "
        "outcome that can be checked.",
        r"klout\b|kred\b|peer ?index\b|trust ?cloud\b|trustscore\b|empire avenue|credit scores?\b|"
        r"credit rating|social[\s-](?:media[\s-])?scores?\b|clout\b|"
        r"popular(?:ity)? on social media|"
        r"social[\s-]media (?:influence|popularity|standing|reputation)\b|influence scores?\b|"
        r"influencer scores?\b|social selling index|(?:linkedin )?ssi\b|"
        + _of_person("followers?|follower counts?|following|likes|reach|stars|karma|connections")
        + r"|"
        r"(?:own|personal|private) (?:followers?|following|reach|audience|accounts?|channels?|"
        r"social media)\b|(?:number|count) of (?:linkedin )?connections|"
        r"(?:github|repository|repo) stars?\b|stack overflow reputation|(?:has|have|with|at least|"
        r"over|more than) [\d.,]+\s?k? (?:followers|subscribers|connections|stars|likes)\b",
        r"(?:follower|subscriber|like|star|friend|fan)s?['’]?[\s-]counts?\b|"
        r"(?:number|count) of (?:followers|subscribers|likes|stars|friends|fans)\b|"
        r"(?:has|have|having|with|many) (?:many |more |most )?(?:followers|subscribers|fans)\b|"
        r"(?:social[\s-]media|online) presence\b|(?:twitter|instagram|tiktok|linkedin|facebook|"
        r"youtube|mastodon) (?:followers?|connections?|subscribers?|contacts?|likes)\b|"
        r"^(?:followers|subscribers|likes|stars|reach)$|(?:large|big|huge) (?:following|fan base)",
    ),
)


def refusals(texts: Iterable[tuple[str, str]]) -> tuple[Refusal, ...]:
    """What is refused in the parts of a criterion.

    Parameters
    ----------
    texts : iterable of (str, str)
        What a part is called ("the label") and what it says.

    Returns
    -------
    tuple of Refusal
        One a part and concern.

    Examples
    --------
    >>> [one.concern for one in refusals([("the label", "Poise"), ("the definition", "On time.")])]
    ['poise and manner']
    >>> refusals([("the label", "Appearance of the chart")])
    ()
    """
    return tuple(
        Refusal(where, found, rule.concern, rule.reason)
        for where, text in texts
        for rule in _RULES
        for found in _first(_found(rule, text))
    )


def _first(found: Iterator[str]) -> Iterator[str]:
    for words in found:
        yield words
        return


def _found(rule: _Rule, text: str) -> Iterator[str]:
    for match in _SENTENCE.finditer(text.replace("\u00a0", " ")):
        sentence = match.group().strip()
        honest = [one.span() for one in rule.honest.finditer(sentence)] if rule.honest else []
        about_work = _WORK.search(sentence) is not None or (
            rule.concern in _ABOUT_OTHERS and _AUDIENCE.search(sentence) is not None
        )
        for pattern, excused in ((rule.always, False), (rule.unless_work, about_work)):
            if pattern is None or excused:
                continue
            for hit in pattern.finditer(sentence):
                start, end = hit.span()
                inside = any(first <= start and end <= last for first, last in honest)
                if not inside and not _disregarded(sentence, start, end):
                    yield hit.group().strip()


def _disregarded(sentence: str, start: int, end: int) -> bool:
    """Whether the sentence says that this is not to be looked at."""
    before, after = sentence[:start], sentence[end:]
    return bool(_DISREGARD_BEFORE.search(before) or _DISREGARD_AFTER.search(after))
