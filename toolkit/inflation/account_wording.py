"""Facts of an account in words, and where it is."""

from __future__ import annotations

from toolkit.inflation.wording import brief, whole
from toolkit.sentence import Sentence, say, say_count


def posts(number: float) -> Sentence:
    """So many posts.

    Examples
    --------
    >>> posts(0), posts(1), posts(1200)
    ('no posts', '1 post', '1,200 posts')
    """
    if number == 0:
        return say("no posts")
    return say_count("{n} post", "{n} posts", number, n=whole(number))


def followers(number: float) -> Sentence:
    if number == 0:
        return say("no followers")
    return say_count("{n} follower", "{n} followers", number, n=whole(number))


def on_lists(number: float) -> Sentence:
    if number == 0:
        return say("on no lists")
    return say_count("on {n} list", "on {n} lists", number, n=whole(number))


def likes_given(number: float) -> Sentence:
    if number == 0:
        return say("no likes given")
    return say_count("{n} like given", "{n} likes given", number, n=whole(number))


def age(days: float) -> Sentence:
    if days == 0:
        return say("an account no days old")
    return say_count("an account {n} day old", "an account {n} days old", days, n=whole(days))


def follows(following: float) -> Sentence:
    return say("follows {n}", n=whole(following))


def posts_beside_followers(number: float, audience: float) -> Sentence:
    return say("{posts} for {followers}", posts=posts(number), followers=followers(audience))


def posts_while_following(number: float, following: float) -> Sentence:
    return say("{posts} while following {n}", posts=posts(number), n=whole(following))


def posts_a_day(number: float) -> Sentence:
    return say("{n} posts a day", n=brief(number))


def more_followers_than_followed(audience: float) -> Sentence:
    return say("{n} followers, more than it follows", n=whole(audience))


VERIFIED_FACT, NOT_VERIFIED_FACT = say("verified"), say("not verified")
PICTURE, NO_PICTURE = say("a picture"), say("no picture")
BIOGRAPHY, NO_BIOGRAPHY = say("a biography"), say("no biography")
VERIFIED = say("The account is verified.")


def on(platform: str, said: Sentence) -> Sentence:
    """A sentence about an account, with where it is.

    Examples
    --------
    >>> on("Twitter", VERIFIED), on("", VERIFIED)
    ('On Twitter: The account is verified.', 'The account is verified.')
    """
    return say("On {platform}: {sentence}", platform=platform, sentence=said) if platform else said
