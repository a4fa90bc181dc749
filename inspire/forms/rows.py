"""A field that holds a few rows, such as figures or links: with spare rows to fill in, and more with JavaScript."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspire.record_limits import MOST_ITEMS

SPARE_ROWS = 2
# Rows that a request may name at all; what is beyond is nobody's honest typing.
READ_ROWS = 100


class RowsWidget(forms.Widget):
    """Rows of small fields, each named `<field>-<number>-<part>`; rows without a word are no rows."""

    template_name = "inspire/widgets/rows.html"
    use_fieldset = True
    shows_errors = False

    def __init__(self, row_form: type[forms.Form], add_label: Any) -> None:
        super().__init__()
        self.row_form = row_form
        self.add_label = add_label

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        """Gather the rows in the order of their numbers."""
        pattern = re.compile(rf"{re.escape(name)}-(\d{{1,4}})-\w+")
        found = {int(match.group(1)) for key in data if (match := pattern.fullmatch(key))}
        rows = [
            {part: str(data.get(f"{name}-{number}-{part}", "")) for part in self.row_form.base_fields}
            for number in sorted(found)[:READ_ROWS]
        ]
        return [row for row in rows if self._says_something(row)]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Say whether nothing of the field was sent."""
        return not any(key.startswith(f"{name}-") for key in data)

    def id_for_label(self, id_: str) -> str:
        """Lead to the first row's first field."""
        first = next(iter(self.row_form.base_fields))
        return f"id_{id_.removeprefix('id_')}-0-{first}" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the template a form for each row, some spare ones, and one to copy for more."""
        context = super().get_context(name, None, attrs)
        rows = [row for row in value or [] if isinstance(row, dict)]
        forms_of_rows = [self._bound(name, number, row) for number, row in enumerate(rows)]
        spare = range(len(rows), min(len(rows) + SPARE_ROWS, MOST_ITEMS))
        context["widget"] |= {
            "rows": forms_of_rows + [self.row_form(prefix=f"{name}-{number}") for number in spare],
            "blank": self.row_form(prefix=f"{name}-__n__"),
            "add_label": self.add_label,
            "most": MOST_ITEMS,
        }
        return context

    def _bound(self, name: str, number: int, row: dict[str, str]) -> forms.Form:
        prefix = f"{name}-{number}"
        if self.shows_errors:
            return self.row_form({f"{prefix}-{part}": text for part, text in row.items()}, prefix=prefix)
        return self.row_form(initial=row, prefix=prefix)

    def _says_something(self, row: dict[str, str]) -> bool:
        """A choice that is always made, such as a role, says nothing alone."""
        always = {
            name for name, field in self.row_form.base_fields.items() if isinstance(field, forms.ChoiceField)
        }
        return any(text.strip() for name, text in row.items() if name not in always)


class RowsField(forms.Field):
    """A list of rows; its clean value is a list of dictionaries.

    Args:
        row_form: the form of one row.
        add_label: what the button says that adds a row.
    """

    default_error_messages = {
        "rows": gettext_lazy("Revisá lo marcado en estas filas."),
        "most": gettext_lazy("Son demasiadas filas: dejá las más importantes."),
    }

    def __init__(self, *, row_form: type[forms.Form], add_label: Any, **kwargs: Any) -> None:
        self.row_form = row_form
        super().__init__(widget=RowsWidget(row_form, add_label), **kwargs)

    def to_python(self, value: Any) -> list[dict[str, str]]:
        """Check each row.

        Raises:
            ValidationError: a row does not hold, each named by its number, or there are too many.
        """
        rows = list(value or [])
        if len(rows) > MOST_ITEMS:
            raise ValidationError(self.error_messages["most"], code="most")
        bound = [self.row_form(row) for row in rows]
        wrong = [(number, form) for number, form in enumerate(bound, 1) if not form.is_valid()]
        if wrong:
            raise ValidationError([_in_words(number, form) for number, form in wrong])
        return [form.cleaned_data for form in bound]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether the rows differ."""
        return list(initial or []) != list(data or [])


def _in_words(number: int, form: forms.Form) -> str:
    said = " ".join(
        f"{form.fields[name].label}: {message}" if name in form.fields else str(message)
        for name, messages in form.errors.items()
        for message in messages
    )
    return _("Fila %(number)s. %(said)s") % {"number": number, "said": said}
