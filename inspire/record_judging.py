"""The pieces that the rules of `inspire.record_checks` are made of: one value, cleaned and judged."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from inspire.importing.plain_text import clean_line, clean_text, without_surrogates
from inspire.record import SolutionRecord
from inspire.record_limits import LINE_LENGTH, MOST_ITEMS, URL_LENGTH

_is_url = URLValidator(schemes=["http", "https"])


class Judging:
    """A record, what becomes of its values, and what has to be said about them."""

    def __init__(self, record: SolutionRecord) -> None:
        self.record = record
        self.changes: dict[str, Any] = {}
        self.errors: dict[str, list[str]] = {}

    def say(self, field: str, sentence: str) -> None:
        """Note what is wrong with a field."""
        # What was sent is quoted in some, and has to get through the answer.
        self.errors.setdefault(field, []).append(without_surrogates(sentence))

    def text(self, field: str, text: str, length: int) -> str:
        """Return a text of several paragraphs as plain text, judged by its length."""
        clean = clean_text(text)
        if len(clean) > length:
            self.say(field, longer_than(length))
        return clean

    def line(self, field: str, text: str, length: int) -> str:
        """Return a text on one line as plain text, judged by its length."""
        clean = clean_line(text)
        if len(clean) > length:
            self.say(field, longer_than(length))
        return clean

    def one_of(self, field: str, value: str, choices: Iterable[str]) -> None:
        """Judge a choice."""
        if value not in choices:
            known = ", ".join(filter(None, choices))
            self.say(
                field,
                _("«%(value)s» no es una de las opciones: %(known)s.")
                % {"value": value[:60], "known": known},
            )

    def count(self, field: str, items: Iterable[Any]) -> None:
        """Judge how many items a list has."""
        if len(list(items)) > MOST_ITEMS:
            self.say(field, _("Son más de %(most)s: dejá los más importantes.") % {"most": MOST_ITEMS})

    def url(self, field: str, url: str) -> str:
        """Return the address of a page, judged."""
        try:
            _is_url(url.strip())
        except ValidationError:
            self.say(
                field,
                _("«%(url)s» no es una dirección web que empiece con http:// o https://.")
                % {"url": url[:60]},
            )
        if len(url) > URL_LENGTH:
            self.say(field, longer_than(URL_LENGTH))
        return url.strip()

    def parts(self, field: str, value: Any, length: int = LINE_LENGTH) -> dict[str, str]:
        """Return the texts of a figure or a person, judged by their length."""
        return {
            part.name: self.line(field, getattr(value, part.name), length)
            for part in fields(value)
            if part.name != "user_id"
        }


def longer_than(length: int) -> str:
    """Say that a text does not fit."""
    return _("Es demasiado largo: entran %(length)s caracteres.") % {"length": length}
