"""The forms of a draft: what nobody touched stays to the letter."""

from html import unescape

import pytest

from evaluate.drafting.forms import GroupForm, QuestionForm, SettingsForm
from evaluate.drafting.forms.choices import EDITABLE_CHOICES, PREFIX
from evaluate.drafting.forms.question_lists import OWN_LIST
from evaluate.drafting.settings import with_language_named
from evaluate.engine.definition import Choice, FormDefinition, Question
from evaluate.engine.definition_json import from_json, to_json
from tests.evaluate.drafts import CONTENT_NAMES, NO_WORDS, as_sent, content, entangled, item_form
from tests.evaluate.form_workbooks import read

FORM = entangled()
BIG = content("ambiente-y-clima")
CENSUS = "/arbolado/arbolado_censo"


def sent_back(definition: FormDefinition, path: str, **typed: str) -> tuple[FormDefinition, str]:
    """The questionnaire after its form was sent with these fields changed."""
    item = definition.by_path[path]
    form = item_form(definition, item, {**as_sent(item_form(definition, item)), **typed})
    assert form.is_valid(), (form.errors, getattr(getattr(form, "choices", None), "errors", ""))
    return form.edited(definition, path)


@pytest.mark.parametrize("name", ["entangled", *CONTENT_NAMES[:5]])
def test_a_form_sent_back_untouched_changes_nothing(name: str) -> None:
    definition = FORM if name == "entangled" else content(name)
    for path in definition.by_path:
        assert sent_back(definition, path) == (definition, path)


@pytest.mark.parametrize("definition", [FORM, BIG], ids=["entangled", "content"])
def test_settings_sent_back_untouched_change_nothing(definition: FormDefinition) -> None:
    data = as_sent(SettingsForm(definition=definition, words=NO_WORDS))
    data["area"] = definition.area
    form = SettingsForm(data, definition=definition, words=NO_WORDS)
    assert form.is_valid(), form.errors
    assert form.edited(definition) == definition


def test_a_text_is_changed_in_one_language_and_the_other_stays() -> None:
    changed, _path = sent_back(BIG, CENSUS, label_es="¿Qué sabe de sus árboles?")
    label = changed.by_path[CENSUS].label
    assert label == {**BIG.by_path[CENSUS].label, "es": "¿Qué sabe de sus árboles?"}


def test_choices_change_places_and_points_and_keep_the_rest() -> None:
    changed, _path = sent_back(BIG, CENSUS, **{f"{PREFIX}-0-ORDER": "9", f"{PREFIX}-3-points": "5"})
    before, after = BIG.choice_lists["arbolado_censo"], changed.choice_lists["arbolado_censo"]
    assert [choice.name for choice in after] == ["1", "2", "3", "0"]
    assert after[2].points == "5"
    assert after[3] == before[0]


def test_a_choice_is_added_without_a_name_and_another_taken_out() -> None:
    typed = {f"{PREFIX}-4-label_es": "Más todavía", f"{PREFIX}-4-points": "4", f"{PREFIX}-0-DELETE": "on"}
    changed, _path = sent_back(BIG, CENSUS, **typed)
    after = changed.choice_lists["arbolado_censo"]
    assert [(choice.name, choice.points) for choice in after] == [
        ("1", "1"),
        ("2", "2"),
        ("3", "3"),
        ("4", "4"),
    ]
    assert after[3].label == {"es": "Más todavía"}


def test_a_shared_list_changes_for_all_or_becomes_a_copy_of_ones_own() -> None:
    shared, _path = sent_back(FORM, "/agua/mide", **{f"{PREFIX}-0-points": "7"})
    assert shared.choice_lists["sino"][0].points == "7"
    own, path = sent_back(FORM, "/agua/mide", choice_list=OWN_LIST, **{f"{PREFIX}-0-points": "7"})
    question = own.by_path[path]
    assert isinstance(question, Question)
    assert own.choice_lists["sino"] == FORM.choice_lists["sino"]
    assert own.choice_lists[question.choice_list][0].points == "7"


def test_a_question_that_no_longer_offers_choices_gives_up_its_list() -> None:
    changed, _path = sent_back(BIG, CENSUS, type="text")
    assert "arbolado_censo" not in changed.choice_lists


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("relevant", "${separa} = ", "no se entiende"),
        ("constraint", ". >= 'a", "comillas"),
        ("calculation", "inventada(1)", "inventada"),
        ("weight", "mucho", "no es un número"),
        ("weight", "-1", "0 en adelante"),
        ("met_at", "2", "hasta 1"),
        ("parameters", "sin signo", "pares"),
        (f"{PREFIX}-0-points", "dos", "no es un número"),
        (f"{PREFIX}-0-name", "con espacio", "Sin espacios"),
    ],
)
def test_what_cannot_be_kept_is_told_beside_its_field_and_stays_typed(
    field: str, typed: str, words: str
) -> None:
    item = FORM.by_path["/residuos/separa"]
    form = item_form(FORM, item, {**as_sent(item_form(FORM, item)), field: typed})
    assert not form.is_valid()
    rows = form.choices.forms if isinstance(form, QuestionForm) and form.choices else []
    errors = {**form.errors, **{f"{PREFIX}-0-{name}": said for name, said in rows[0].errors.items()}}
    assert words in str(errors[field])
    assert typed in unescape(str(form) + "".join(map(str, rows)))


def test_a_comma_is_taken_for_a_decimal_point() -> None:
    assert sent_back(BIG, CENSUS, weight="1,5")[0].by_path[CENSUS].weight == "1.5"


def test_a_question_begins_with_nothing_but_its_text_and_two_choices() -> None:
    data = as_sent(QuestionForm(definition=BIG, item=None, words=NO_WORDS))
    data |= {"label_es": "¿Hay plan de riego?", f"{PREFIX}-0-label_es": "No", f"{PREFIX}-1-label_es": "Sí"}
    form = QuestionForm(data, definition=BIG, item=None, words=NO_WORDS)
    assert form.is_valid(), form.errors
    made, path = form.added(BIG, "/arbolado", 0)
    assert path == "/arbolado/hay_plan_de_riego"
    assert [choice.name for choice in made.choice_lists["hay_plan_de_riego"]] == ["no", "si"]
    assert made.by_path["/arbolado"].items[0].path == path
    assert from_json(to_json(made)) == made


def test_a_section_begins_with_its_title() -> None:
    data = as_sent(GroupForm(definition=BIG, item=None, kind="group")) | {"label_es": "Ruido y luz"}
    form = GroupForm(data, definition=BIG, item=None, kind="group")
    assert form.is_valid()
    made, path = form.added(BIG, "", 99)
    assert (path, made.items[-1].label) == ("/ruido_y_luz", {"es": "Ruido y luz"})


def test_a_list_too_long_for_a_page_is_left_to_the_workbook() -> None:
    choices = tuple(Choice(f"c{place}", {"es": str(place)}) for place in range(EDITABLE_CHOICES + 1))
    definition = FormDefinition(
        **{**_values(BIG), "choice_lists": {**BIG.choice_lists, "arbolado_censo": choices}}
    )
    form = item_form(definition, definition.by_path[CENSUS])
    assert isinstance(form, QuestionForm)
    assert form.choices is None
    assert sent_back(definition, CENSUS) == (definition, CENSUS)


def _values(definition: FormDefinition) -> dict:
    return {name: getattr(definition, name) for name in FormDefinition.__dataclass_fields__}


def test_texts_without_a_language_are_given_one_and_a_default_answer_is_no_text() -> None:
    form = read(
        [{"type": "text", "name": "a", "label": "¿Qué?", "hint": "Algo", "default": "nada"}],
        settings=[{"form_title": "Uno", "form_id": "uno"}],
    ).definition
    named = with_language_named(form, "es")
    question = named.by_path["/a"]
    assert (named.languages, named.default_language) == (("es",), "es")
    assert (question.label, question.hint, question.default) == ({"es": "¿Qué?"}, {"es": "Algo"}, "nada")
