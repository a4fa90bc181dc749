"""Choosing a municipality in a form, with or without JavaScript."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.places.models import Municipality
from portal.places.services.municipality_search import MunicipalityOptions, find_municipalities


@dataclass(frozen=True)
class MunicipalityAnswer:
    """What was sent for a municipality field: the choice, the text to search, and the text last searched."""

    choice: str = ""
    search: str = ""
    searched: str = ""
    wants_search: bool = False

    @property
    def asks_to_search(self) -> bool:
        """Say whether the search button was meant.

        Enter in any box of the form presses its first button, which is this one: it counts only for a new text.
        """
        return self.wants_search and self.search != self.searched


class MunicipalityChoiceWidget(forms.Widget):
    """A search box over a list of options.

    With htmx the list follows what is typed; without JavaScript the button beside the box sends the form, and the
    field, not yet answered, comes back with the options.
    """

    template_name = "places/widgets/municipality_choice.html"
    use_fieldset = True
    country = ""

    def id_for_label(self, id_: str) -> str:
        """Lead labels and the error summary to the search box."""
        return f"{id_}_search" if id_ else ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> MunicipalityAnswer:
        """Gather what was sent under the field's names."""
        return MunicipalityAnswer(
            choice=data.get(name, ""),
            search=data.get(f"{name}_search", "").strip(),
            searched=data.get(f"{name}_searched", "").strip(),
            wants_search=f"{name}_find" in data,
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Say whether nothing of the field was sent."""
        return name not in data and f"{name}_search" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the template the options that belong to the search, and the one that is chosen."""
        context = super().get_context(name, None, attrs)
        answer = value if isinstance(value, MunicipalityAnswer) else MunicipalityAnswer(choice=_key(value))
        chosen = _municipality(answer.choice)
        address = f"{reverse('places:municipality-search')}?field={name}"
        context["widget"].update(
            {
                "search": answer.search,
                "address": f"{address}&country={self.country}" if self.country else address,
                "found": self._options(answer, chosen),
                "chosen": chosen,
            }
        )
        return context

    def _options(self, answer: MunicipalityAnswer, chosen: Municipality | None) -> MunicipalityOptions:
        """Return what the search finds, with the chosen one among it."""
        found = find_municipalities(answer.search, country=self.country)
        if chosen is None or chosen in found.options:
            return found
        return MunicipalityOptions(found.text, [chosen, *found.options], found.has_more)


class MunicipalityChoiceField(forms.Field):
    """A municipality, found by the beginning of its name.

    Args:
        country: the ISO code of the only country to choose from; by default all.
    """

    widget = MunicipalityChoiceWidget
    default_error_messages = {
        "required": _("Escribí las primeras letras del municipio, buscalo y elegilo de la lista."),
        "not_chosen": _("Elegí tu municipio en la lista de los que encontramos."),
        "not_found": _(
            "No encontramos un municipio que empiece así. Probá con menos letras o con el nombre oficial."
        ),
        "invalid_choice": _("Ese municipio ya no está en la lista. Buscalo de nuevo y elegilo."),
    }

    def __init__(self, *, country: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.country = self.widget.country = country  # type: ignore[attr-defined]

    def to_python(self, value: Any) -> Municipality | None:
        """Turn what was sent into a municipality.

        Raises:
            ValidationError: none is chosen yet, or the one chosen does not exist.
        """
        answer = value if isinstance(value, MunicipalityAnswer) else MunicipalityAnswer(choice=_key(value))
        if answer.asks_to_search or (answer.search and not answer.choice):
            raise self._not_yet(answer)
        if not answer.choice:
            return None
        municipality = _municipality(answer.choice)
        if municipality is None or (self.country and municipality.country_id != self.country):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return municipality

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether another municipality was chosen."""
        return _key(initial) != (data.choice if isinstance(data, MunicipalityAnswer) else _key(data))

    def _not_yet(self, answer: MunicipalityAnswer) -> ValidationError:
        found = find_municipalities(answer.search, country=self.country)
        code = "not_chosen" if found.options else "not_found"
        return ValidationError(self.error_messages[code], code=code)


def _key(value: Any) -> str:
    return str(value.pk if isinstance(value, Municipality) else value or "")


def _municipality(key: str) -> Municipality | None:
    # More digits than a key has would be an error of the database.
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    return Municipality.objects.select_related("country").filter(pk=int(key)).first()
