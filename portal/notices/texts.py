"""Sentences that wait to be said until it is known who will read them, and in which language."""

from datetime import date
from typing import Any, Self

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext


class Text:
    """One sentence with its parameters, put into words in the language of whoever reads it.

    `Text(gettext_noop("%(person)s pidió sumarse a %(municipality)s."), person=…, municipality=…)`

    Parameters may be plain values, dates, lazy translations or other texts; each is said in the same language.
    """

    def __init__(self, msgid: str, /, **params: Any) -> None:
        self.msgid = msgid
        self.many = ""
        self.number = 1
        self.params = params

    @classmethod
    def plural(cls, msgid: str, many: str, /, number: int = 1, **params: Any) -> Self:
        """Return a sentence with two forms; both may say `%(number)s`.

        `make_messages` collects both forms from the call, so that they need no `gettext_noop`.

        Args:
            msgid: for one.
            many: for several.
            number: how many; a notice that stands for a group puts its own here.
        """
        text = cls(msgid, **params)
        text.many, text.number = many, number
        return text

    def counting(self, number: int) -> "Text":
        """Return the same sentence for another number."""
        return type(self).plural(self.msgid, self.many, number, **self.params)

    def said_in(self, language: str) -> str:
        """Return the sentence in a language; in the portal's own where it has no translation."""
        with translation.override(language):
            return str(self)

    def __str__(self) -> str:
        if not self.params and not self.many:
            return gettext(self.msgid)
        params = {name: _said(value) for name, value in self.params.items()}
        return self._pattern() % {"number": self.number, **params}

    def _pattern(self) -> str:
        if not self.many:
            return gettext(self.msgid)
        pattern = ngettext(self.msgid, self.many, self.number)
        # Forms that were collected one by one have a translation each.
        return gettext(pattern) if pattern in (self.msgid, self.many) else pattern


def _said(value: Any) -> Any:
    """Put a parameter into the current language; numbers stay numbers."""
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return value if isinstance(value, int | float) else str(value)
