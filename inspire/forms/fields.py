"""Fields of the desk's forms."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from inspire.record_limits import LANGUAGES, MOST_ITEMS, TEXT_LENGTH
from portal.core.language import language_name
from portal.places.models import Country
from portal.places.names import normalise_name
from portal.topics.models import PolicyArea, Topic
from portal.topics.sdgs import GOALS

YEARS = (1900, 2100)


class LineField(forms.CharField):
    """A text on one line; the box takes any length, so that a long text is answered and not cut."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str:
        """Join what was pasted over several lines."""
        return " ".join(str(super().to_python(value)).split())


class LongField(forms.CharField):
    """A text of several paragraphs."""

    def __init__(self, *, rows: int = 5, max_length: int = TEXT_LENGTH, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(widget=widget, max_length=max_length, **kwargs)
        self.widget.attrs.pop("maxlength", None)


class WordsField(forms.CharField):
    """Several short texts, parted by commas or lines; its clean value is a list without repetitions.

    Args:
        each: how long one may be.
        lines: whether only lines part them, because each may hold a comma.
    """

    def __init__(self, *, each: int, lines: bool = False, **kwargs: Any) -> None:
        self.each = each
        self.lines = lines
        if lines:
            kwargs["widget"] = forms.Textarea(attrs={"rows": 3})
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[str]:
        """Part them.

        Raises:
            ValidationError: one is too long, or there are too many.
        """
        text = str(super().clean(value) or "")
        pieces = (text if self.lines else text.replace(",", "\n")).split("\n")
        words = {normalise_name(word): word for piece in pieces if (word := " ".join(piece.split()))}
        for word in words.values():
            if len(word) > self.each:
                raise ValidationError(
                    _("«%(word)s…» es muy largo: hasta %(most)s caracteres cada uno."),
                    params={"word": word[:30], "most": self.each},
                )
        if len(words) > MOST_ITEMS:
            raise ValidationError(_("Son demasiados: dejá los más importantes."))
        return list(words.values())


def year_field(label: Any) -> forms.IntegerField:
    """Return a field for a year."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=YEARS[0],
        max_value=YEARS[1],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Escribí el año con cuatro cifras, por ejemplo 2019."),
            "min_value": _("El año tiene que estar entre 1900 y 2100."),
            "max_value": _("El año tiene que estar entre 1900 y 2100."),
        },
    )


def country_choices() -> list[tuple[str, str]]:
    """Return all countries by name in the reader's language, after an empty choice."""
    named = [(country.code, country.name) for country in Country.objects.all()]
    return [("", str(_("Elegí un país"))), *sorted(named, key=lambda choice: normalise_name(choice[1]))]


def area_choices() -> list[tuple[str, str]]:
    """Return the policy areas."""
    return [(area.slug, area.name) for area in PolicyArea.objects.all()]


def topic_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the topics by area."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for topic in Topic.objects.select_related("area"):
        groups.setdefault(topic.area.name, []).append((topic.slug, topic.name))
    return list(groups.items())


def goal_choices() -> list[tuple[str, str]]:
    """Return the Sustainable Development Goals."""
    return [(str(number), f"{number}. {name}") for number, name in GOALS.items()]


def language_choices(empty: str = "") -> list[tuple[str, str]]:
    """Return the languages that a text may be in, with a first choice of none where there is a word for it."""
    named = [(code, language_name(code).capitalize()) for code in LANGUAGES]
    return [("", empty), *named] if empty else named
