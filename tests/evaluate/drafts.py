"""Definitions to edit, and the fields that a browser sends for a form as it was shown."""

import hypothesis.strategies as st
import yaml
from django import forms

from evaluate.drafting.findings import Vocabulary
from evaluate.drafting.forms import GroupForm, QuestionForm
from evaluate.drafting.forms.choices import PREFIX
from evaluate.drafting.vocabulary import Words
from evaluate.engine.criteria import read_criteria
from evaluate.engine.definition import FormDefinition, Group, Item, Question, Repeat
from evaluate.engine.question_types import QuestionType
from evaluate.starter import CONTENT
from tests.evaluate.factories import SURVEY, YES_NO
from tests.evaluate.form_workbooks import Rows, read

NO_WORDS = Words([], [], Vocabulary())
# A repeated group, a shared list, a filter, a calculation and texts that mention answers.
ENTANGLED: Rows = [
    *SURVEY,
    {"type": "begin group", "name": "flota", "label": "Flota", "relevant": "${separa} = 'si'"},
    {"type": "integer", "name": "camiones", "label": "¿Cuántos camiones?", "constraint": ". >= 0"},
    {"type": "begin repeat", "name": "camion", "label": "Camión", "repeat_count": "${camiones}"},
    {"type": "integer", "name": "anio", "label": "¿De qué año? (de ${camiones})"},
    {"type": "end repeat"},
    {"type": "calculate", "name": "por_barrio", "calculation": "${camiones} div ${barrios}"},
    {
        "type": "note",
        "name": "resumen",
        "label": "Son ${por_barrio} por barrio",
        "relevant": "${por_barrio} > 0",
    },
    {"type": "end group"},
]


def entangled() -> FormDefinition:
    """A questionnaire in which much mentions much else."""
    return read(ENTANGLED, YES_NO, [{"form_title": "Ambiente", "form_id": "ambiente"}]).definition


def content(name: str) -> FormDefinition:
    """One of the portal's own questionnaires."""
    return read_criteria(yaml.safe_load((CONTENT / f"{name}.yaml").read_text()))


CONTENT_NAMES = sorted(file.stem for file in CONTENT.glob("*.yaml"))


def two_of_one_name() -> FormDefinition:
    """Two sections that ask the same name, each with a note that means its own; no workbook may say so."""
    return FormDefinition(
        form_id="dos",
        title="Dos",
        items=tuple(
            Group(
                name=name,
                path=f"/{name}",
                label={"es": name},
                items=(
                    Question(
                        name="quien", path=f"/{name}/quien", type=QuestionType.TEXT, label={"es": "¿Quién?"}
                    ),
                    Question(
                        name=f"eco_{name}",
                        path=f"/{name}/eco_{name}",
                        type=QuestionType.NOTE,
                        label={"es": "Dijiste ${quien}"},
                    ),
                ),
            )
            for name in ("a", "b")
        ),
    )


def paths(definition: FormDefinition) -> st.SearchStrategy[str]:
    """Any item of a questionnaire."""
    return st.sampled_from(list(definition.by_path))


def groups(definition: FormDefinition) -> list[str]:
    """Every group, and the top."""
    return ["", *(path for path, item in definition.by_path.items() if isinstance(item, Group))]


def item_form(definition: FormDefinition, item: Item, data: dict | None = None) -> QuestionForm | GroupForm:
    """The form of an item."""
    if isinstance(item, Question):
        return QuestionForm(data, definition=definition, item=item, words=NO_WORDS)
    assert isinstance(item, Group)
    return GroupForm(
        data, definition=definition, item=item, kind="repeat" if isinstance(item, Repeat) else "group"
    )


def as_sent(form: forms.BaseForm) -> dict[str, object]:
    """What a browser sends for a form that nobody touched, its rows of choices with it."""
    sent = _fields(form)
    rows = getattr(form, "choices", None)
    if rows is not None:
        sent |= _fields(rows.management_form)
        for row in rows.forms:
            sent |= _fields(row)
        assert f"{PREFIX}-TOTAL_FORMS" in sent
    return sent


def _fields(form: forms.BaseForm) -> dict[str, object]:
    sent: dict[str, object] = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(field, forms.BooleanField):
            if value:
                sent[form.add_prefix(name)] = "on"
        elif isinstance(value, list):
            sent[form.add_prefix(name)] = value
        else:
            # A browser sends the line breaks of a text as CR and LF.
            sent[form.add_prefix(name)] = "" if value is None else str(value).replace("\n", "\r\n")
    return sent
