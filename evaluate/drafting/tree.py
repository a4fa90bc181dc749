"""Items added, removed, moved and replaced: each function makes a new questionnaire out of another."""

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _

from evaluate.drafting.bindings import retargeted
from evaluate.drafting.choice_lists import fresh_list_name, list_users, without_lists_left_behind
from evaluate.drafting.names import fresh_name, require_name_free
from evaluate.drafting.refusals import EditRefused
from evaluate.engine.definition import FormDefinition, Group, Item, Question
from evaluate.engine.dependencies import parent_path
from evaluate.engine.xlsform.limits import MAX_NESTING

TOP = ""
Items = tuple[Item, ...]


def children_of(definition: FormDefinition, container: str) -> Items:
    """Return what lies directly in a group; at the top for an empty path.

    Raises EditRefused when there is no such group.
    """
    if container == TOP:
        return definition.items
    found = definition.by_path.get(container)
    if not isinstance(found, Group):
        raise EditRefused(_("Esa sección ya no está en el borrador. Volvé a la lista y elegí otra."))
    return found.items


def require_item(definition: FormDefinition, path: str) -> Item:
    """Return the item at a path.

    Raises EditRefused when there is none.
    """
    item = definition.by_path.get(path)
    if item is None:
        raise EditRefused(_("Eso ya no está en el borrador: alguien lo quitó o lo movió. Volvé a la lista."))
    return item


def place_of(definition: FormDefinition, path: str) -> int:
    """Return an item's place among its siblings, from 0."""
    siblings = children_of(definition, parent_path(require_item(definition, path)))
    return next(place for place, item in enumerate(siblings) if item.path == path)


def with_item_added(definition: FormDefinition, item: Item, *, container: str, place: int) -> FormDefinition:
    """Put a new item into a group, before the one that holds this place now."""
    require_name_free(definition, item.name)
    return _inserted(definition, item, container, place)


def with_item_removed(definition: FormDefinition, path: str) -> FormDefinition:
    """Take an item out with all inside it, and the choice lists that nobody uses any more."""
    return without_lists_left_behind(definition, _taken_out(definition, path))


def with_item_moved(definition: FormDefinition, path: str, *, container: str, place: int) -> FormDefinition:
    """Move an item to a place of a group; places are counted without the item itself.

    Raises EditRefused when it would go into itself, beside one of the same name, or when a formula would then mean
    another question than it does now.
    """
    item = require_item(definition, path)
    if container == path or container.startswith(f"{path}/"):
        raise EditRefused(_("Una sección no puede ir dentro de sí misma. Elegí otro lugar."))
    moved = _inserted(_taken_out(definition, path), item, container, place)
    changed = retargeted(definition, moved, {path: f"{container}/{item.name}"})
    if changed:
        message = _(
            "No se puede mover ahí: la fórmula o el texto de «%(names)s» pasaría a hablar de otra pregunta con el "
            "mismo nombre. Cambiale antes el nombre a una de las dos."
        )
        raise EditRefused(message % {"names": "», «".join(changed)})
    return moved


def with_item_shifted(definition: FormDefinition, path: str, by: int) -> FormDefinition:
    """Move an item up (negative) or down among its siblings; at the edge it stays."""
    container = parent_path(require_item(definition, path))
    last = len(children_of(definition, container)) - 1
    place = min(max(place_of(definition, path) + by, 0), last)
    return with_item_moved(definition, path, container=container, place=place)


def with_item_replaced(definition: FormDefinition, path: str, item: Item) -> FormDefinition:
    """Put an item in another's stead; its name stays, and what is inside a group too."""
    old = require_item(definition, path)
    item = replace(item, name=old.name, path=old.path)
    return _rebuilt(
        definition,
        parent_path(old),
        lambda items: tuple(item if one.path == path else one for one in items),
    )


def with_item_duplicated(definition: FormDefinition, path: str) -> tuple[FormDefinition, str]:
    """Put a copy behind an item, under new names and as criteria of their own; returns the copy's path too."""
    item = require_item(definition, path)
    container = parent_path(item)
    copier = _Copier(definition)
    copy = copier.copy(item)
    widened = replace(definition, choice_lists={**definition.choice_lists, **copier.lists})
    made = _inserted(widened, copy, container, place_of(definition, path) + 1)
    return made, f"{container}/{copy.name}"


class _Copier:
    """Copies items; a list that only the copied question uses is copied with it."""

    def __init__(self, definition: FormDefinition) -> None:
        self._definition = definition
        self._names = {item.name for item in definition.by_path.values()}
        self.lists: dict[str, tuple] = {}

    def copy(self, item: Item) -> Item:
        name = fresh_name(self._names, item.name)
        self._names.add(name)
        copy = replace(item, name=name, row=None)
        if isinstance(copy, Group):
            return replace(copy, items=tuple(self.copy(child) for child in copy.items))
        if isinstance(copy, Question):
            return replace(copy, criterion="", choice_list=self._own_list(copy))
        return copy

    def _own_list(self, question: Question) -> str:
        name = question.choice_list
        if not name or len(list_users(self._definition, name)) > 1:
            return name
        own = fresh_list_name({*self._definition.choice_lists, *self.lists}, question.name)
        self.lists[own] = tuple(self._definition.choice_lists.get(name, ()))
        return own


def _taken_out(definition: FormDefinition, path: str) -> FormDefinition:
    item = require_item(definition, path)
    return _rebuilt(
        definition, parent_path(item), lambda items: tuple(one for one in items if one.path != path)
    )


def _inserted(definition: FormDefinition, item: Item, container: str, place: int) -> FormDefinition:
    siblings = children_of(definition, container)
    if any(one.name == item.name for one in siblings):
        message = _("Ahí ya hay algo que se llama «%(name)s». Cambiale el nombre antes de moverlo.")
        raise EditRefused(message % {"name": item.name})
    if container.count("/") + _depth(item) > MAX_NESTING:
        message = _("Quedarían más de %(limit)d grupos unos dentro de otros. Elegí un lugar menos profundo.")
        raise EditRefused(message % {"limit": MAX_NESTING})
    place = min(max(place, 0), len(siblings))
    placed = repathed(item, container)
    return _rebuilt(definition, container, lambda items: (*items[:place], placed, *items[place:]))


def repathed(item: Item, container: str) -> Item:
    """Return the item with its path, and those of all inside it, as they are in that group."""
    path = f"{container}/{item.name}"
    if isinstance(item, Group):
        return replace(item, path=path, items=tuple(repathed(child, path) for child in item.items))
    return replace(item, path=path)


def _depth(item: Item) -> int:
    return 1 + max(map(_depth, item.items), default=0) if isinstance(item, Group) else 0


def _rebuilt(definition: FormDefinition, container: str, change: Callable[[Items], Items]) -> FormDefinition:
    return replace(definition, items=_changed(definition.items, container, change))


def _changed(items: Items, container: str, change: Callable[[Items], Items]) -> Items:
    if container == TOP:
        return change(items)
    return tuple(
        replace(item, items=_inside(item, container, change))
        if isinstance(item, Group) and (container == item.path or container.startswith(f"{item.path}/"))
        else item
        for item in items
    )


def _inside(group: Group, container: str, change: Callable[[Items], Items]) -> Items:
    return change(group.items) if group.path == container else _changed(group.items, container, change)
