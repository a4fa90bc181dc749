"""Which list a question offers: one of its own, or one that others offer too."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluate.drafting.choice_lists import (
    fresh_list_name,
    list_users,
    with_choices,
    without_lists_left_behind,
)
from evaluate.drafting.forms.choices import BaseChoiceFormSet
from evaluate.drafting.tree import with_item_replaced
from evaluate.engine.definition import FormDefinition, Question
from evaluate.engine.question_types import SELECT_TYPES

OWN_LIST = "__own__"


def list_options(definition: FormDefinition, question: Question) -> list[tuple[str, Any]]:
    """Return the lists that a question can offer, each with how many offer it already."""
    users: dict[str, int] = {}
    for other in definition.questions:
        users[other.choice_list] = users.get(other.choice_list, 0) + 1
    own = question.choice_list
    is_shared = users.get(own, 0) > 1
    options = [] if own and not is_shared else [(OWN_LIST, _own_label(is_shared))]
    if own and own not in definition.choice_lists:
        options.append((own, _("%(name)s (no existe)") % {"name": own}))
    return options + [(name, _list_label(name, len(choices), users.get(name, 0), name == own))
                      for name, choices in definition.choice_lists.items()]  # fmt: skip


def with_list_chosen(
    definition: FormDefinition, path: str, question: Question, chosen: str, rows: BaseChoiceFormSet | None
) -> FormDefinition:
    """Put the question in its place with the list that was chosen, and what was typed into the rows.

    The rows are those of the list that the page showed: they change that list, or begin an own one; after choosing
    another list they are left aside.
    """
    shown = question.choice_list
    if question.type not in SELECT_TYPES:
        bare = replace(question, choice_list="", choice_filter="", choices_from="", choices_file="")
        return _placed(definition, path, bare)
    chosen = chosen or shown or OWN_LIST
    if chosen not in {OWN_LIST, shown}:
        return _placed(definition, path, replace(question, choice_list=chosen))
    before = definition.choice_lists.get(shown, ())
    choices = rows.choices_of(before) if rows is not None else tuple(before)
    if chosen == OWN_LIST:
        return _with_own_list(definition, path, question, choices)
    changed = with_choices(definition, shown, choices) if choices != tuple(before) else definition
    return _placed(changed, path, question)


def _with_own_list(definition: FormDefinition, path: str, question: Question, choices: Any) -> FormDefinition:
    came_without = question.row is not None and not question.choice_list
    if not choices and (question.choices_from or question.choices_file or came_without):
        return _placed(definition, path, question)
    name = fresh_list_name(definition.choice_lists, question.name)
    made = with_choices(definition, name, choices)
    return _placed(made, path, replace(question, choice_list=name))


def _placed(definition: FormDefinition, path: str, question: Question) -> FormDefinition:
    return without_lists_left_behind(definition, with_item_replaced(definition, path, question))


def sharing(definition: FormDefinition, question: Question) -> list[Question]:
    """Return the other questions that offer the same list."""
    return [other for other in list_users(definition, question.choice_list) if other.path != question.path]


def _own_label(is_shared: bool) -> str:
    return (
        _("Una copia propia, que cambia solo acá")
        if is_shared
        else _("Una lista nueva, con las filas de abajo")
    )


def _list_label(name: str, size: int, users: int, is_own: bool) -> str:
    count = ngettext("%(count)s opción", "%(count)s opciones", size) % {"count": size}
    if is_own and users <= 1:
        return _("La suya, «%(name)s»: %(count)s") % {"name": name, "count": count}
    shared = ngettext("en %(count)s pregunta", "en %(count)s preguntas", users) % {"count": users}
    return f"{name}: {count}, {shared}"
