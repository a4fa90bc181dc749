"""The formulas and texts of items, wherever one of them may mention another item."""

from collections.abc import Iterator

from evaluate.engine.definition import Choice, FormDefinition, Item, Question, Texts

FORMULA_FIELDS = (
    "relevant",
    "required",
    "constraint",
    "calculation",
    "default_formula",
    "read_only",
    "choice_filter",
    "count",
)
TEXT_FIELDS = ("label", "hint", "guidance", "constraint_message", "required_message", "good", "evidence")


def formulas_of(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the formulas of an item: field and text."""
    for field in FORMULA_FIELDS:
        text = getattr(item, field, "")
        if text.strip():
            yield field, text


def texts_of(item: Item) -> Iterator[tuple[str, Texts]]:
    """Yield the texts of an item that people may read: field, and text by language."""
    for field in TEXT_FIELDS:
        texts = getattr(item, field, {})
        if texts:
            yield field, texts


def choices_of(definition: FormDefinition, item: Item) -> tuple[Choice, ...]:
    """Return the choices of a question's list; none for anything else."""
    if isinstance(item, Question) and item.choice_list:
        return tuple(definition.choice_lists.get(item.choice_list, ()))
    return ()
