"""What organisers ask those who register, as a form; why somebody is taken off the list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.form_fields import TextField
from share.models import Registration, RegistrationQuestion

MOST_LETTERS = 1_000
MAX_REASON = 150
_YES_NO = (("yes", _("Sí")), ("no", _("No")))
Kind = RegistrationQuestion.Kind


class AnswersForm(forms.Form):
    """The questions of an event, in their order; `answers` holds what was answered, by the question's id."""

    def __init__(
        self,
        *args: Any,
        questions: list[RegistrationQuestion],
        registration: Registration | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        known = registration.answers if registration else {}
        for question in questions:
            self.fields[_name(question)] = _field(question)
            if str(question.pk) in known:
                self.initial[_name(question)] = _shown(question, known[str(question.pk)])

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, as it is stored; what was left empty is not there."""
        found = {}
        for question in self.questions:
            value = self.cleaned_data.get(_name(question))
            if value not in (None, "", []):
                found[str(question.pk)] = value == "yes" if question.kind == Kind.YES_NO else value
        return found


def _name(question: RegistrationQuestion) -> str:
    return f"q{question.pk}"


def _shown(question: RegistrationQuestion, value: Any) -> Any:
    if question.kind == Kind.YES_NO:
        return "yes" if value is True else "no"
    return value


def _field(question: RegistrationQuestion) -> forms.Field:
    """Return the field in which a question is answered."""
    if question.kind == Kind.TEXT:
        text = TextField(label=question.text, rows=3, max_length=MOST_LETTERS)
        text.required = question.is_required
        return text
    options = _YES_NO if question.kind == Kind.YES_NO else [(one, one) for one in question.choices]
    told: dict[str, Any] = {"label": question.text, "required": question.is_required, "choices": options}
    if question.kind == Kind.CHOICES:
        return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, **told)
    return forms.ChoiceField(widget=forms.RadioSelect, **told)


class TakeOffForm(forms.Form):
    """Why somebody is taken off the list."""

    reason = TextField(
        label=_("¿Por qué?"),
        rows=3,
        max_length=MAX_REASON,
        help_text=_("Se lo decimos tal cual, así que escribilo como se lo dirías en persona."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
