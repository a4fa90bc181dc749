"""Which of the portal's languages a page speaks."""

from collections.abc import Callable

from babel import Locale
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


def reader_language(request: HttpRequest) -> str:
    """Return the language that the reader chose, else the portal's own.

    The choice is kept in a cookie: at sign-in it becomes that of the account, so that a new device begins in her
    language, and kept pages are found without asking who reads. The browser's wish is not asked: the network's
    language is the default, and municipal machines are often installed in another.
    """
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def remember_language(response: HttpResponse, code: str) -> None:
    """Keep a reader's language in a cookie, which says nothing about a person."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )


def language_name(code: str) -> str:
    """Return a language's name as a sentence in the reader's language writes it ("inglés", "English").

    Source: Unicode CLDR, through Babel. An unknown code is returned as it is.
    """
    reader = Locale.parse(translation.get_language() or settings.LANGUAGE_CODE, sep="-")
    return str(reader.languages.get(code, code))


class LanguageMiddleware:
    """Speak the reader's language for the length of a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate the language and name it in the answer."""
        language = reader_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
