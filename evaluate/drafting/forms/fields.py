"""Fields that know what a formula, a number and a name of a questionnaire are."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from evaluate.drafting.findings import syntax_complaint
from evaluate.drafting.forms.texts import as_typed
from evaluate.engine.expressions import ExpressionError, parse
from evaluate.engine.scoring_faults import number_in


class TextField(forms.CharField):
    """A line or a text with the line breaks of the questionnaire, not of the browser."""

    def __init__(self, **kwargs: Any) -> None:
        """Be optional unless told otherwise."""
        super().__init__(**{"required": False, "max_length": 200, **kwargs})

    def clean(self, value: Any) -> str:
        """Return the text with plain line breaks."""
        return as_typed(super().clean(value))


class FormulaField(TextField):
    """A formula, understood before it is kept; names that do not exist yet are told beside the list of questions."""

    def __init__(self, **kwargs: Any) -> None:
        """Show it in the letters of code, and mark it for being checked while one types."""
        attrs = {"rows": 1, "class": "draft-formula", "data-formula": "", "spellcheck": "false"}
        super().__init__(**{"max_length": 10_000, "widget": forms.Textarea(attrs=attrs), **kwargs})

    def clean(self, value: Any) -> str:
        """Return the formula.

        Raises ValidationError with the reason and the place when it cannot be understood.
        """
        text = super().clean(value)
        if text:
            try:
                parse(text)
            except ExpressionError as error:
                raise ValidationError(syntax_complaint(text, error)) from error
        return text


class NumberField(TextField):
    """A number kept as it was written, because it is exact; a comma is taken for a point."""

    def __init__(self, *, least: int | None = None, most: int | None = None, **kwargs: Any) -> None:
        """Take the bounds within which it must lie, if any."""
        super().__init__(
            **{"max_length": 30, "widget": forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs}
        )
        self._least, self._most = least, most

    def clean(self, value: Any) -> str:
        """Return the number as text.

        Raises ValidationError when it is none or lies outside.
        """
        text = super().clean(value).replace(",", ".")
        if not text:
            return text
        amount = number_in(text)
        if amount is None:
            message = _("«%(text)s» no es un número. Escribilo con cifras, por ejemplo 1.5.")
            raise ValidationError(message % {"text": text})
        if self._least is not None and amount < self._least:
            raise ValidationError(_("Escribí un número de %(least)s en adelante.") % {"least": self._least})
        if self._most is not None and amount > self._most:
            raise ValidationError(_("Escribí un número de hasta %(most)s.") % {"most": self._most})
        return text


class PairsField(TextField):
    """Names with a value each: `start=1; end=10`."""

    def __init__(self, **kwargs: Any) -> None:
        """Allow a long line."""
        super().__init__(**{"max_length": 2000, **kwargs})

    def clean(self, value: Any) -> str:
        """Return the text.

        Raises ValidationError when a part has no equals sign.
        """
        text = super().clean(value)
        for part in filter(None, map(str.strip, text.split(";"))):
            if not part.partition("=")[0].strip() or "=" not in part:
                raise ValidationError(
                    _("Escribí pares separados por punto y coma, como «provincia=06; zona=norte».")
                )
        return text


def pairs_text(pairs: Any) -> str:
    """Return pairs as one line."""
    return "; ".join(f"{name}={value}" for name, value in pairs.items())


def pairs_of(text: str, before: Any) -> dict[str, str]:
    """Return the pairs that were typed; those of before when the line was left as it was."""
    if text == as_typed(pairs_text(before)):
        return dict(before)
    parts = (part.partition("=") for part in text.split(";") if part.strip())
    return {name.strip(): value.strip() for name, _sign, value in parts}
