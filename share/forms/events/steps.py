"""Short forms of the organisers' desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.form_fields import TextField
from share.forms.events.repeating import RepeatingMixin
from share.models import Event


class CancelForm(forms.Form):
    """Why an encounter does not take place."""

    reason = TextField(
        label=_("Por qué se cancela"),
        max_length=500,
        rows=3,
        help_text=_(
            "Se lo contamos a quienes iban a ir. Por ejemplo: «Se pasa a abril porque el salón está en obra»."
        ),
    )
    scope = forms.ChoiceField(
        label=_("Qué se cancela"),
        choices=[("this", _("Solo este")), ("following", _("Este y todos los que siguen"))],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, repeats: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        if repeats:
            self.fields["scope"].required = True
            self.initial.setdefault("scope", "this")
        else:
            del self.fields["scope"]


class RuleForm(RepeatingMixin, forms.Form):
    """How an encounter repeats from one of its days on.

    Args:
        event: the one from which on.
    """

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["repeat"].required = True
        repeat: Any = self.fields["repeat"]
        repeat.choices = [choice for choice in repeat.choices if choice[0]]

    def clean(self) -> dict[str, Any]:
        """Put the rule together."""
        data = super().clean() or self.cleaned_data
        data |= {"start_date": self.event.start_date, "time_zone": self.event.time_zone}
        self.clean_repeating(data)
        return data


class PeopleSearchForm(forms.Form):
    """Words by which a colleague is found."""

    q = TextField(label=_("Buscar por nombre o municipio"), max_length=100)
