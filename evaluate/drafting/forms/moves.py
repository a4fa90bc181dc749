"""Where to put an item."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from evaluate.drafting.overview import item_title
from evaluate.drafting.tree import TOP, children_of
from evaluate.engine.definition import FormDefinition, Group, Item
from evaluate.engine.dependencies import parent_path

LAST, FIRST = "last", "first"
INDENT = "— "


class MoveForm(forms.Form):
    """A group, and the beginning or end of it."""

    container = forms.ChoiceField(label=_("Mover a"), required=False)
    place = forms.ChoiceField(label=_("Lugar"), choices=((LAST, _("Al final")), (FIRST, _("Al comienzo"))))

    def __init__(self, *args: Any, definition: FormDefinition, item: Item, **kwargs: Any) -> None:
        """Offer every group but the item itself and what is inside it."""
        super().__init__(*args, **kwargs)
        self.fields["container"].initial = parent_path(item)
        self.definition, self.item = definition, item
        groups = [
            (path, INDENT * (path.count("/") - 1) + item_title(definition, other))
            for path, other in definition.by_path.items()
            if isinstance(other, Group) and path != item.path and not path.startswith(f"{item.path}/")
        ]
        offered = [(TOP, _now("Fuera de toda sección")), *groups]
        cast(forms.ChoiceField, self.fields["container"]).choices = offered

    def target(self) -> tuple[str, int]:
        """Return the group and the place in it."""
        container: str = self.cleaned_data["container"]
        if self.cleaned_data["place"] == FIRST:
            return container, 0
        return container, len(children_of(self.definition, container))
