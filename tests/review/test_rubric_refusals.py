from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.review.rubric import rubric_templates
from toolkit.review.rubric_refusals import refusals

#: What rates the person, by concern; one text a line.
OF_PERSONS = {
    "culture fit": [
        "Culture fit",
        "Cultural Fit",
        "Fits into the team",
        "Would you have a beer with them?",
        "Team fit",
        "Is a good fit with our culture",
        "Fits in with us",
    ],
    "likeability": [
        "Someone we would like to work with",
        "Likeability",
        "A personable candidate",
        "Pleasant personality",
        "Good chemistry with the panel",
        "Charming",
        "Would get along with the team",
        "We'd enjoy working with them",
        "Is charming and outgoing",
        "Good personality",
    ],
    "appearance": [
        "Appearance",
        "Professional appearance",
        "Well-groomed and well dressed",
        "Attractiveness",
        "Beautiful",
        "Visual appearance of the candidate",
        "Appearance when meeting clients",
        "Attractive appearance at work",
        "Looks professional",
        "Attractive",
        "Good looking",
    ],
    "poise and manner": [
        "Poise on stage",
        "Executive presence",
        "Charisma",
        "Makes eye contact and has a firm handshake",
        "Confident manner",
        "Presents well",
        "Well spoken",
        "Smiles and makes eye contact",
        "Confidence and presence",
        "Social media presence of the candidate",
        "Body language",
    ],
    "age": [
        "Age",
        "The candidate's age",
        "Young and dynamic",
        "A digital native who knows the platforms",
        "Not older than 35",
        "Age of employees",
        "Energetic and youthful",
        "Maturity",
        "Under 40",
        "Recently graduated",
    ],
    "accent or native language": [
        "No accent",
        "The candidate speaks without an accent",
        "Native speaker of English",
        "Speaks without a foreign accent",
        "Sounds like a native",
    ],
    "photograph": [
        "Photograph on the CV",
        "The photograph of the applicant",
        "Profile picture looks professional",
        "Photo",
    ],
    "family": [
        "Family status",
        "Has no children",
        "Married",
        "Is single and can travel",
        "Has family responsibilities",
        "Plans to have children",
    ],
    "religion or belief": [
        "Religion",
        "Religious beliefs",
        "Goes to church",
    ],
    "a social score": [
        "Number of followers",
        "Follower count",
        "Klout above 50",
        "At least 10,000 followers",
        "The candidate's followers",
        "Own reach on social media",
        "GitHub stars",
        "Not only the number of followers",
        "Social score",
        "Klout score",
        "Twitter followers",
        "LinkedIn connections",
        "Has a big following on Instagram",
        "Popularity on social media",
        "Social media influence",
    ],
    "origin, sex or orientation": [
        "Gender",
        "Race",
        "Nationality",
        "Male or female",
    ],
    "health or disability": [
        "Disability",
        "The person is physically fit",
    ],
    "prestige": [
        "Graduated from an elite university",
        "From a top university",
    ],
}

REFUSED = [text for many in OF_PERSONS.values() for text in many]

#: What sounds alike and is of work.
OF_WORK = """
Visual appearance of the chart
The appearance of the page is consistent
Layout is attractive and clear to readers
The code fits into the existing module
Fits the brief and the budget
Uses one accent colour and keeps to the grid
Accents and umlauts are set correctly in the text
Names the age group of the audience
Copy speaks to young readers
Breaks the data down by gender and ethnicity
No race condition is left
Handles a race between two writers
The font family is consistent
A children's book illustration suits its age group
Works for users with a disability
The option is disabled when the field is empty
Photographs are cropped for the channel
Photographs in the portfolio are credited
No outcome is named, or only attention: views, followers, likes
The goal is sign-ups, not the number of followers
Judge what is understood, regardless of accent
The candidate's age is not considered
Brand voice is kept throughout
Tone of voice suits the brand
Confidence intervals are shown
Presence on the right channels
User-friendly error messages
TLS handshake is verified
Brand personality comes through in the copy
Cultural references are right for the audience
Religious holidays of the audience are respected in the calendar
Mature code without needless abstraction
Engagement of the brand's followers is planned
Weight of the evidence
Looks at the data before modelling
Names who is reached, by age and place of the target group
Security posture is assessed
Keeps within 280 characters
Handles more than 10,000 rows
Explains choices to colleagues and clients
Alternative texts describe each picture
Data over 18 months old is left out
Ages of cached entries are checked
The report is delivered in over 20 pages
Chooses reach, saves or sign-ups as the figure to move
Appearance of the work
Charts are beautiful and exact
Keeps the tone of the brand young at heart
Writes for readers of all ages
Names the age at which each sample was taken
Explains the family of distributions used
Chooses a font family and pairs it well
Handles children nodes of the tree correctly
Removes orphaned child processes
Checks that the married name column is joined correctly
Works with stakeholders to agree the goal
Meets the needs of users with impaired sight
Presents the results to a client in ten minutes
Uses photographs with the rights cleared
Alt text describes each photograph
Names what a native speaker reviewer of the text would change
Localises copy for native speakers
Keeps the accent on the main point
The plan does not depend on the author's own reach
Followers are engaged by answering comments within a day
Grows the number of subscribers of the newsletter by 10 %
Explains why the number of followers of the brand is not the aim
The chart is attractive and exact
A beautiful proof
Sexual health campaign avoids stigma
Explains gender pay gap figures with their uncertainty
Religious holidays are respected
Handles sensitive data on health with care
Covers the top 10 countries in the market
Uses at least 3 sources
Within a limit of 30 minutes
The budget is at most 50
Under 10 % of the rows are lost
Over 90 percent of cases are covered
Response time below 200
Finds errors in at least 20 of the 25 places
Keeps names of people out of the published report
Fit of the model is checked
Fits a regression to the data
Culture and heritage copy is researched
Team work: shares information
Poised to ship
Physically based rendering is right
Race to the bottom is avoided
Mental model of the user is described
Colour contrast and text size are accessible
Prestige of the venue is used in the copy
Top employers in the sample are listed
Personal data are removed
Speaks to people in their own accent and dialect in the video
""".strip().splitlines()


def concerns(text: str) -> set[str]:
    return {one.concern for one in refusals([("the definition", text)])}


def test_a_person_is_refused_and_a_chart_is_not() -> None:
    (found,) = refusals([("the label", "Professional appearance")])
    assert found.sentence == (
        "'Professional appearance' in the label rates the person, not the work (appearance). How "
        "somebody looks says nothing about the work. If the look of a piece of work is meant, name "
        "the piece: 'appearance of the chart'."
    )
    assert refusals([("the label", "Appearance of the chart")]) == ()


@pytest.mark.parametrize(
    ("concern", "text"), [(concern, text) for concern, many in OF_PERSONS.items() for text in many]
)
def test_what_rates_the_person_is_refused(concern: str, text: str) -> None:
    assert concern in concerns(text)


@pytest.mark.parametrize("text", OF_WORK)
def test_honest_texts_are_let_through(text: str) -> None:
    assert concerns(text) == set()


@pytest.mark.parametrize("name", rubric_templates())
def test_the_shipped_rubrics_rate_work(name: str) -> None:
    for criterion in rubric_templates()[name].criteria:
        assert criterion.refusals() == ()


def test_it_is_found_wherever_it_stands_and_said_once_a_concern() -> None:
    parts = [("the label", "Clarity"), ("the anchor at 5", "Clear. Charisma, poise, gravitas.")]
    (found,) = refusals(parts)
    assert (found.where, found.found) == ("the anchor at 5", "Charisma")


@settings(max_examples=40)
@given(st.sampled_from(OF_WORK), st.sampled_from(REFUSED))
def test_an_honest_sentence_before_it_hides_nothing(honest: str, refused: str) -> None:
    assert concerns(f"{honest}. {refused}.") >= concerns(refused) != set()


@settings(max_examples=40)
@given(st.sampled_from(REFUSED), st.sampled_from([str.upper, str.title, str]))
def test_capitals_do_not_matter(text: str, spelt: object) -> None:
    assert concerns(spelt(text)) == concerns(text)  # type: ignore[operator]
