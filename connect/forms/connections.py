"""Forms about connections and introductions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from connect.models.connections import MAX_NOTE
from portal.core.form_fields import TextField

# Asked of anybody of the network's team.
TEAM = "equipo"
_WITHOUT_REASON = _("Escribí en una o dos líneas por qué: con eso deciden.")
_TOO_LONG = _("Tiene %(show_value)s caracteres y entran %(limit_value)s. Acortalo un poco.")


class NoteField(TextField):
    """A few lines that another person reads."""

    def __init__(self, *, is_required: bool = False, **kwargs: Any) -> None:
        messages = {"max_length": _TOO_LONG, "required": _WITHOUT_REASON}
        super().__init__(rows=5, max_length=MAX_NOTE, error_messages=messages, **kwargs)
        self.required = is_required


class ConnectionForm(forms.Form):
    """A note to somebody whom one asks to connect."""

    use_required_attribute = False

    note = NoteField(
        label=_("Un mensaje"),
        help_text=_(
            "Contá en dos líneas quién sos y por qué le escribís. Por ejemplo: «Estamos por empezar con compostaje "
            "domiciliario y vi que ustedes ya lo hacen. ¿Hablamos?»"
        ),
    )


class IntroductionAskForm(forms.Form):
    """Who should introduce one, and why.

    Args:
        ways: the values and names of those who could.
    """

    use_required_attribute = False

    via = forms.ChoiceField(
        label=_("¿Quién querés que te presente?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Elegí quién querés que te presente."),
            "invalid_choice": _("Ya no te puede presentar esa persona. Elegí a otra o al equipo de la red."),
        },
    )
    note = NoteField(
        is_required=True,
        label=_("¿Por qué querés que te presenten?"),
        help_text=_(
            "Lo leen quien presenta y la otra persona. Por ejemplo: qué estás por hacer y qué te ayudaría."
        ),
    )

    def __init__(self, *args: Any, ways: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["via"].choices = ways  # type: ignore[attr-defined]
        self.initial.setdefault("via", ways[0][0])


class IntroduceForm(forms.Form):
    """Whom one introduces to whom, and why.

    Args:
        people: the values and names of those who can be chosen.
    """

    use_required_attribute = False

    other = forms.ChoiceField(
        label=_("¿A quién?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Elegí a una persona."),
            "invalid_choice": _("A esa persona no la podés presentar ahora. Elegí a otra."),
        },
    )
    note = NoteField(
        is_required=True,
        label=_("¿Por qué conviene que se conozcan?"),
        help_text=_("Lo leen las dos personas antes de decidir."),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = people  # type: ignore[attr-defined]


class OfferForm(forms.Form):
    """What the two read when an introduction that was asked for is offered; empty leaves what was asked."""

    use_required_attribute = False

    note = NoteField(label=_("Lo que van a leer las dos personas"))
