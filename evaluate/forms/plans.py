"""Writing a step of an improvement plan."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluate.models import PlanStep
from evaluate.plan.criteria import CriterionName
from evaluate.services.plans import StepContent
from portal.accounts.models import Membership, User
from portal.catalog.models import Entry
from portal.places.models import Municipality

MOST_YEARS_AHEAD = 20


def colleagues(municipality: Municipality | None) -> Any:
    """Return the people who work in a municipality now."""
    if municipality is None:
        return User.objects.none()
    working = Membership.objects.active().filter(municipality=municipality)
    return User.objects.filter(is_active=True, pk__in=working.values("user_id")).order_by("name", "pk")


class PlanStepForm(forms.Form):
    """What is to be done about a criterion, by whom and by when. Only the title is needed."""

    use_required_attribute = False

    title = forms.CharField(
        label=_("Qué vamos a hacer"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "En una oración, algo que se pueda dar por hecho. Por ejemplo: publicar el presupuesto del año."
        ),
        error_messages={
            "required": _("Falta qué van a hacer. Con una oración alcanza."),
            "max_length": _(
                "Tiene %(show_value)s caracteres y entran %(limit_value)s. Acortalo: lo demás va en las notas."
            ),
        },
    )
    criterion = forms.ChoiceField(
        label=_("Criterio que mejora"),
        required=False,
        error_messages={
            "invalid_choice": _("Ese criterio no es de este cuestionario. Elegí uno de la lista.")
        },
    )
    responsible = forms.ModelChoiceField(
        label=_("Responsable"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Todavía nadie"),
        help_text=_("Le avisamos ahora, y de nuevo una semana antes de la fecha."),
        error_messages={"invalid_choice": _("Esa persona ya no trabaja en el municipio. Elegí a otra.")},
    )
    due_on = forms.DateField(
        label=_("Para cuándo"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": _("No entendemos esa fecha. Escribila como día/mes/año, por ejemplo 30/06/2027.")
        },
    )
    notes = forms.CharField(
        label=_("Notas"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Lo que haga falta recordar: con quién hay que hablar, cuánto cuesta, qué traba."),
        error_messages={
            "max_length": _("Tiene %(show_value)s caracteres y entran %(limit_value)s. Acortalas.")
        },
    )
    held = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        criteria: list[CriterionName],
        municipality: Municipality | None,
        step: PlanStep | None = None,
        entries: list[Entry] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = {each.key: each for each in criteria}
        self.step = step
        self.entries = {str(entry.pk): entry for entry in entries or ()}
        self._offer_criteria(criteria)
        if municipality is None:
            del self.fields["responsible"]
        else:
            self.fields["responsible"].queryset = colleagues(municipality)  # type: ignore[attr-defined]
        if entries:
            self.fields["inspirations"] = forms.MultipleChoiceField(
                label=_("En qué nos inspiramos"),
                required=False,
                choices=[(key, entry.shown_title) for key, entry in self.entries.items()],
                widget=forms.CheckboxSelectMultiple,
                help_text=_("De la biblioteca, sobre el mismo tema. Después podés buscar más."),
            )
            self.order_fields(["title", "criterion", "inspirations"])

    def clean_title(self) -> str:
        """A title is one line, however it was typed."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_due_on(self) -> Any:
        """A day to come, in this generation; the one that the step had already may stay."""
        due_on, today = self.cleaned_data["due_on"], timezone.localdate()
        if due_on is None or (self.step and self.step.due_on == due_on):
            return due_on
        if due_on < today:
            raise ValidationError(_("Esa fecha ya pasó. Elegí una de hoy en adelante, o dejala vacía."))
        if due_on > today + timedelta(days=366 * MOST_YEARS_AHEAD):
            raise ValidationError(_("Esa fecha queda demasiado lejos. Revisá el año."))
        return due_on

    @property
    def content(self) -> StepContent:
        """What was written, once it is right."""
        data = self.cleaned_data
        return StepContent(
            title=data["title"],
            criterion=data["criterion"],
            criterion_label=self._criterion_label(data["criterion"]),
            notes=data["notes"],
            responsible=data.get("responsible"),
            due_on=data["due_on"],
        )

    @property
    def chosen_entries(self) -> list[Entry]:
        """The offered things of the catalogue that were ticked."""
        return [self.entries[key] for key in self.cleaned_data.get("inspirations", ())]

    def _criterion_label(self, key: str) -> str:
        """Keep the words that the criterion had when the step was written."""
        if self.step and self.step.criterion == key:
            return self.step.criterion_label
        return self.criteria[key].label if key else ""

    def _offer_criteria(self, criteria: list[CriterionName]) -> None:
        """Offer the criteria under their sections, and the one the step has, also where the version dropped it."""
        by_section: dict[str, list[tuple[str, str]]] = {}
        for each in criteria:
            by_section.setdefault(each.section, []).append((each.key, each.label))
        choices: list[Any] = [("", _("Todo el cuestionario")), *by_section.items()]
        if self.step and self.step.criterion and self.step.criterion not in self.criteria:
            choices.append((self.step.criterion, self.step.criterion_label or self.step.criterion))
        self.fields["criterion"].choices = choices  # type: ignore[attr-defined]


class StatusForm(forms.Form):
    """Moving a step, with a word about it."""

    estado = forms.ChoiceField(choices=PlanStep.Status.choices)
    nota = forms.CharField(required=False, max_length=300)
