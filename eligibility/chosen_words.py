"""In which words she wants to read a programme's sentences: やさしい日本語, English, or its own Japanese."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from eligibility.engine import Words, in_words

A_YEAR = 365 * 24 * 60 * 60


def chosen_words(request: HttpRequest | None) -> Words | None:
    """None: the programme's own Japanese. Its cookie holds a code of `Words` and nothing about her."""
    return _read(request.COOKIES.get(settings.WORDS_COOKIE_NAME, "")) if request else None


def keep_choice(response: HttpResponse, typed: str, *, secure: bool) -> None:
    """Remember the choice on her device; anything that is no code of `Words` forgets it."""
    if _read(typed):
        response.set_cookie(
            settings.WORDS_COOKIE_NAME, typed, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(settings.WORDS_COOKIE_NAME, samesite="Lax")


def told(sentence: Any, words: Words | None) -> Any:
    """The sentence in these words, as HTML where its language is another; as it is where it is not said so."""
    other = in_words(sentence, words)
    return format_html('<span lang="en">{}</span>', other) if other and words is Words.EN else other or sentence


def _read(typed: str) -> Words | None:
    return next((words for words in Words if words == typed), None)
