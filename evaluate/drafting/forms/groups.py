"""A section, a group inside one, or a repeated group as a form."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from evaluate.drafting.forms.fields import FormulaField, TextField
from evaluate.drafting.forms.layout import LaidOutForm, PartPlan, Titles
from evaluate.drafting.forms.texts import text_fields, typed_texts
from evaluate.drafting.names import name_from
from evaluate.drafting.renaming import with_item_renamed
from evaluate.drafting.settings import languages_of, with_languages_in_use
from evaluate.drafting.tree import require_item, with_item_added, with_item_replaced
from evaluate.engine.definition import FormDefinition, Group, Repeat

_TEXTS = {"label": _("Título"), "hint": _("Texto que la presenta")}


class GroupForm(LaidOutForm):
    """The texts and conditions of a group."""

    text_titles: Titles = _TEXTS
    plan = (
        PartPlan("texts", _("Textos"), ("label", "hint"), is_folding=False),
        PartPlan("when", _("Cuándo se muestra"), ("relevant", "count")),
        PartPlan("more", _("Identificador y apariencia"), ("name", "appearance")),
    )
    name = TextField(
        label=_("Identificador"),
        max_length=60,
        help_text=_("Corto y sin espacios. Si lo dejás vacío sale del título. No cambia con los idiomas."),
    )
    relevant = FormulaField(
        label=_("Se muestra solo si"),
        help_text=_("Una condición como ${tiene_censo} = 'si'. Vacío: siempre."),
    )
    count = FormulaField(
        label=_("Cantidad de veces"), help_text=_("Una fórmula; vacío: las que la persona quiera.")
    )
    appearance = TextField(label=_("Apariencia"), help_text=_("Como en XLSForm, por ejemplo «table-list»."))

    def __init__(
        self, *args: Any, definition: FormDefinition, item: Group | None, kind: str, **kwargs: Any
    ) -> None:
        """Show a group of the questionnaire, or nothing yet for a new one of that kind."""
        made = Repeat if kind == "repeat" else Group
        self.item = item or made(name="", path="")
        initial = {name: getattr(self.item, name, "") for name in ("name", "relevant", "count", "appearance")}
        languages = languages_of(definition)
        super().__init__(*args, languages=languages, initial=initial, **kwargs)
        self.fields["name"].required = item is not None
        if not isinstance(self.item, Repeat):
            del self.fields["count"]
        for name, title in _TEXTS.items():
            self.fields |= text_fields(name, title, languages, getattr(self.item, name), rows=2)

    def edited(self, definition: FormDefinition, path: str) -> tuple[FormDefinition, str]:
        """Return the questionnaire with what was typed, and the path at which the group is now."""
        changed = with_item_replaced(definition, path, self._typed(require_item(definition, path)))
        return _renamed(with_languages_in_use(changed), path, self.cleaned_data["name"])

    def added(self, definition: FormDefinition, container: str, place: int) -> tuple[FormDefinition, str]:
        """Return the questionnaire with the new group, and its path."""
        typed = self._typed(self.item)
        otherwise = "repeticion" if isinstance(typed, Repeat) else "seccion"
        name = self.cleaned_data["name"] or name_from(
            definition, next(iter(typed.label.values()), ""), otherwise
        )
        made = with_item_added(definition, replace(typed, name=name), container=container, place=place)
        return with_languages_in_use(made), f"{container}/{name}"

    def _typed(self, item: Any) -> Any:
        plain = ("relevant", "count", "appearance")
        changes = {name: self.cleaned_data[name] for name in plain if name in self.fields}
        texts = {name: typed_texts(name, getattr(item, name), self.cleaned_data) for name in _TEXTS}
        return replace(item, **changes, **texts)


def _renamed(definition: FormDefinition, path: str, name: str) -> tuple[FormDefinition, str]:
    return with_item_renamed(definition, path, name), f"{path.rpartition('/')[0]}/{name}"
