"""Lists of choices, which several questions may share."""

from collections.abc import Container
from dataclasses import replace

from evaluate.drafting.formulas import formulas_of
from evaluate.drafting.names import fresh_name
from evaluate.engine.definition import Choice, FormDefinition, Question


def list_users(definition: FormDefinition, name: str) -> list[Question]:
    """Return the questions that offer a list, in their order."""
    return [question for question in definition.questions if name and question.choice_list == name]


def with_choices(definition: FormDefinition, name: str, choices: tuple[Choice, ...]) -> FormDefinition:
    """Give a list these choices, for every question that offers it; the list is made where there is none."""
    return replace(definition, choice_lists={**definition.choice_lists, name: choices})


def fresh_list_name(taken: Container[str], wanted: str) -> str:
    """Return a name for a list that no other has."""
    return fresh_name(taken, wanted)


def without_lists_left_behind(before: FormDefinition, after: FormDefinition) -> FormDefinition:
    """Drop the lists that were in use before a change and are not afterwards."""
    in_use = _in_use(after)
    gone = _in_use(before) - in_use
    if not gone:
        return after
    kept = {name: choices for name, choices in after.choice_lists.items() if name not in gone}
    return replace(after, choice_lists=kept)


def _in_use(definition: FormDefinition) -> set[str]:
    """The lists that a question offers, or that a formula looks a value up in."""
    offered = {question.choice_list for question in definition.questions if question.choice_list}
    written = " ".join(text for item in definition.by_path.values() for _field, text in formulas_of(item))
    if "instance(" not in written:
        return offered
    return offered | {
        name for name in definition.choice_lists if f"'{name}'" in written or f'"{name}"' in written
    }
