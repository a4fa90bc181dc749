"""A question as a form."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluate.drafting.forms.choices import EDITABLE_CHOICES, BaseChoiceFormSet, choice_rows
from evaluate.drafting.forms.fields import (
    FormulaField,
    NumberField,
    PairsField,
    TextField,
    pairs_of,
    pairs_text,
)
from evaluate.drafting.forms.layout import LaidOutForm, PartPlan, Titles
from evaluate.drafting.forms.question_lists import OWN_LIST, list_options, with_list_chosen
from evaluate.drafting.forms.texts import text_fields, typed_texts
from evaluate.drafting.names import name_from
from evaluate.drafting.renaming import with_item_renamed
from evaluate.drafting.settings import languages_of, with_languages_in_use
from evaluate.drafting.tree import require_item, with_item_added
from evaluate.drafting.type_names import type_choices
from evaluate.drafting.vocabulary import Words, options
from evaluate.engine.definition import (
    NOT_APPLICABLE_COUNTED,
    NOT_APPLICABLE_EXCLUDED,
    NOT_APPLICABLE_REFUSED,
    FormDefinition,
    Question,
)
from evaluate.engine.question_types import QuestionType

ALWAYS, WHEN = "always", "when"
_TRUE = "true()"
_TEXTS = {
    "label": (_("Pregunta"), 2),
    "hint": (_("Ayuda corta, o por qué se pregunta"), 3),
    "guidance": (_("Ayuda larga, plegada"), 3),
    "good": (_("Cómo se ve cuando está bien hecho"), 3),
    "evidence": (_("Qué evidencia se pide"), 3),
    "constraint_message": (_("Mensaje cuando el valor no se admite"), 2),
    "required_message": (_("Mensaje cuando falta la respuesta"), 2),
}
_PLAIN = (
    "name", "type", "relevant", "constraint", "calculation", "default", "default_formula", "read_only",
    "choice_filter", "choices_from", "weight", "criterion", "stage", "met_at", "not_applicable", "area", "topic",
    "appearance",
)  # fmt: skip
NOT_APPLICABLE_OPTIONS = (
    (NOT_APPLICABLE_EXCLUDED, _("Se puede marcar, y no cuenta")),
    (NOT_APPLICABLE_COUNTED, _("Se puede marcar, y cuenta como 0")),
    (NOT_APPLICABLE_REFUSED, _("No se puede marcar")),
)


class QuestionForm(LaidOutForm):
    """Everything about a question, the usual first; its choices are rows beside it."""

    text_titles: Titles = {name: title for name, (title, _rows) in _TEXTS.items()}
    plan = (
        PartPlan("texts", _("Pregunta"), ("type", "label", "hint"), is_folding=False),
        PartPlan("help", _("Nivel bueno, evidencia y más ayuda"), ("good", "evidence", "guidance")),
        PartPlan("choices", _("Opciones"), ("choice_list", "choice_filter", "choices_from")),
        PartPlan("when", _("Cuándo se pregunta y qué se admite"), (
            "relevant", "required_kind", "required_when", "required_message", "constraint", "constraint_message",
        )),
        PartPlan("score", _("Puntaje"), ("weight", "criterion", "stage", "met_at", "not_applicable")),
        PartPlan("place", _("Área y tema"), ("area", "topic")),
        PartPlan("value", _("Cálculo y valor inicial"), ("calculation", "default", "default_formula", "read_only")),
        PartPlan("more", _("Identificador y apariencia"), ("name", "appearance", "parameters")),
    )  # fmt: skip
    type = forms.ChoiceField(label=_("Tipo"))
    name = TextField(
        label=_("Identificador"),
        max_length=60,
        help_text=_(
            "Corto y sin espacios. Si lo dejás vacío sale de la pregunta. Cuando lo cambiás, también cambian las "
            "fórmulas que lo mencionan."
        ),
    )
    relevant = FormulaField(
        label=_("Se pregunta solo si"), help_text=_("Una condición como ${separa} = 'si'. Vacío: siempre.")
    )
    required_kind = forms.ChoiceField(
        label=_("Hay que responderla"),
        required=False,
        choices=(("", _("No")), (ALWAYS, _("Sí, siempre")), (WHEN, _("Según una condición"))),
    )
    required_when = FormulaField(label=_("Hay que responderla si"))
    constraint = FormulaField(
        label=_("Valor que se admite"), help_text=_("El punto es la respuesta: «. >= 0 and . <= 100».")
    )
    calculation = FormulaField(label=_("Cálculo"))
    default = TextField(label=_("Valor inicial"), max_length=500)
    default_formula = FormulaField(label=_("Fórmula del valor inicial"))
    read_only = FormulaField(label=_("Solo se muestra si"), help_text=_("«true()» para que nadie la cambie."))
    choice_list = forms.ChoiceField(label=_("Lista de opciones"), required=False)
    choice_filter = FormulaField(
        label=_("Se ofrecen solo las opciones que cumplen"),
        help_text=_("Con las columnas de la lista: «provincia = ${provincia}»."),
    )
    choices_from = TextField(
        label=_("Opciones tomadas de las respuestas a"),
        help_text=_("El identificador de una pregunta que se repite."),
    )
    weight = NumberField(label=_("Peso"), least=0, help_text=_("1 si no decís nada; 0 para que no cuente."))
    criterion = TextField(
        label=_("Criterio"), help_text=_("Varias preguntas con el mismo criterio se puntúan juntas.")
    )
    stage = forms.IntegerField(
        label=_("Etapa"), required=False, min_value=1, help_text=_("Solo con el método por etapas.")
    )
    met_at = NumberField(
        label=_("Se cumple con esta parte de los puntos"),
        least=0,
        most=1,
        help_text=_("De 0 a 1; 1 si no decís nada."),
    )
    not_applicable = forms.ChoiceField(
        label=_("«No aplica»"),
        required=False,
        choices=(("", _("Como dice el cuestionario")), *NOT_APPLICABLE_OPTIONS),
    )
    area = forms.ChoiceField(label=_("Área de gestión"), required=False)
    topic = forms.ChoiceField(label=_("Tema"), required=False)
    appearance = TextField(
        label=_("Apariencia"), help_text=_("Como en XLSForm: «minimal», «likert», «multiline».")
    )
    parameters = PairsField(label=_("Parámetros"), help_text=_("Para una escala: «start=1; end=5; step=1»."))

    def __init__(
        self,
        data: Any = None,
        *,
        definition: FormDefinition,
        item: Question | None,
        words: Words,
        **kwargs: Any,
    ) -> None:
        """Show a question of the questionnaire, or nothing yet for a new one."""
        self.is_new = item is None
        self.item = item or Question(name="", path="", type=QuestionType.SELECT_ONE)
        self.definition = definition
        languages = languages_of(definition)
        super().__init__(data, languages=languages, initial=_initial(self.item), **kwargs)
        self.fields["name"].required = not self.is_new
        for name, (title, rows) in _TEXTS.items():
            self.fields |= text_fields(name, title, languages, getattr(self.item, name), rows=rows)
        self._offer(words)
        self.unused = {"weight": "1", "met_at": "1", "choice_list": OWN_LIST, "name": self.item.name}
        self.choices = self._choice_rows(data)

    @property
    def list_size(self) -> int:
        """How many choices the question's list has."""
        return len(self.definition.choice_lists.get(self.item.choice_list, ()))

    def is_valid(self) -> bool:
        """Whether the question and every row of its choices can be kept."""
        rows_fit = self.choices is None or self.choices.is_valid()
        return super().is_valid() and rows_fit

    def edited(
        self, definition: FormDefinition, path: str, *, keep_criterion: bool = False
    ) -> tuple[FormDefinition, str]:
        """Return the questionnaire with what was typed, and the path at which the question is now."""
        old = require_item(definition, path)
        changed = with_list_chosen(
            definition, path, self._typed(old), self.cleaned_data["choice_list"], self.choices
        )
        name = self.cleaned_data["name"]
        renamed = with_item_renamed(with_languages_in_use(changed), path, name, keep_criterion=keep_criterion)
        return renamed, f"{path.rpartition('/')[0]}/{name}"

    def added(self, definition: FormDefinition, container: str, place: int) -> tuple[FormDefinition, str]:
        """Return the questionnaire with the new question, and its path."""
        typed = self._typed(self.item)
        label = next(filter(None, typed.label.values()), "")
        name = self.cleaned_data["name"] or name_from(definition, label, "pregunta")
        placed = with_item_added(definition, replace(typed, name=name), container=container, place=place)
        path = f"{container}/{name}"
        new = replace(typed, name=name, path=path)
        made = with_list_chosen(placed, path, new, self.cleaned_data["choice_list"], self.choices)
        return with_languages_in_use(made), path

    def _offer(self, words: Words) -> None:
        item = self.item
        self.offer("type", type_choices())
        self.offer("choice_list", list_options(self.definition, item))
        general = _("La del cuestionario")
        areas = options(general, words.areas, item.area, words.known.areas)
        self.offer("area", areas)
        topics = options(_("Ninguno"), words.topics, item.topic, words.known.topics)
        self.offer("topic", topics)

    def _choice_rows(self, data: Any) -> BaseChoiceFormSet | None:
        if self.list_size > EDITABLE_CHOICES:
            return None
        choices = self.definition.choice_lists.get(self.item.choice_list, ())
        return choice_rows(data, choices, self.text_languages)

    def _typed(self, item: Any) -> Question:
        cleaned = self.cleaned_data
        changes = {name: cleaned[name] for name in _PLAIN if name not in {"name", "type", "weight", "met_at"}}
        texts = {name: typed_texts(name, getattr(item, name), cleaned) for name in _TEXTS}
        required = {ALWAYS: _TRUE, WHEN: cleaned["required_when"]}.get(cleaned["required_kind"], "")
        return replace(
            item,
            **changes,
            **texts,
            type=QuestionType(cleaned["type"]),
            required=required,
            weight=cleaned["weight"] or "1",
            met_at=cleaned["met_at"] or "1",
            parameters=pairs_of(cleaned["parameters"], item.parameters),
        )


def _initial(item: Question) -> dict[str, Any]:
    required = item.required.strip()
    return {
        **{name: getattr(item, name) for name in _PLAIN},
        "type": item.type.value,
        "required_kind": "" if not required else ALWAYS if required == _TRUE else WHEN,
        "required_when": "" if required == _TRUE else required,
        "choice_list": item.choice_list or OWN_LIST,
        "parameters": pairs_text(item.parameters),
    }
