"""Which answers a questionnaire fills in with who is answering."""

from evaluate.engine.compiled import CompiledForm, compiled
from evaluate.engine.definition import FormDefinition, Question
from evaluate.engine.question_types import QuestionType

PERSONAL_TYPES = frozenset(
    {QuestionType.USERNAME, QuestionType.EMAIL, QuestionType.PHONENUMBER, QuestionType.DEVICEID}
)


def personal_paths(definition: FormDefinition) -> frozenset[str]:
    """Return the item paths of questions whose value comes from the person's account, straight or through others."""
    form = compiled(definition)
    found: set[str] = set()
    # In this order each comes after all that it looks at.
    for path in form.order:
        item = definition.by_path[path]
        if isinstance(item, Question) and (item.type in PERSONAL_TYPES or found & _sources(form, path)):
            found.add(path)
    return frozenset(found)


def _sources(form: CompiledForm, path: str) -> set[str]:
    """Return the items that a question's default or calculation takes in."""
    formulas = form.formulas[path]
    values = filter(None, (formulas.default, formulas.calculation))
    return {target for formula in values for target in form.index.looked_at(formula, path)}
