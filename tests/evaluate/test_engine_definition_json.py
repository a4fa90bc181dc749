"""What published versions hold stays readable, whatever a definition learns to say later."""

from evaluate.engine.definition import NOT_APPLICABLE_REFUSED, Question
from evaluate.engine.definition_json import from_json, to_json

# As the first release wrote it: with row numbers, without any of the later fields.
FIRST_FORMAT = {
    "format": 1,
    "form_id": "ambiente",
    "title": "Ambiente",
    "languages": ["default"],
    "scoring": "points_over_maximum",
    "level_names": [{"es": "Inicial"}, {"es": "Referente"}],
    "items": [
        {
            "kind": "group",
            "name": "g",
            "path": "/g",
            "label": {"default": "Grupo"},
            "row": 2,
            "items": [
                {
                    "kind": "question",
                    "name": "q",
                    "path": "/g/q",
                    "label": {"default": "¿Se separa?"},
                    "row": 3,
                    "type": "select_one",
                    "choice_list": "l",
                    "weight": "2",
                }
            ],
        }
    ],
    "choice_lists": {"l": [{"name": "a", "label": {"default": "Sí"}, "points": "1"}]},
    "tables": {},
}


def test_a_version_of_the_first_format_is_read_with_the_defaults_of_what_came_later():
    definition = from_json(FIRST_FORMAT)
    question = definition.by_path["/g/q"]
    assert isinstance(question, Question)
    assert (question.weight, question.row, question.met_at, question.stage) == ("2", 3, "1", None)
    assert (question.choices_file, question.good, question.criterion) == ("", {}, "")
    assert (definition.level_thresholds, definition.not_applicable) == ((), NOT_APPLICABLE_REFUSED)
    assert definition.criterion_keys == {"/g/q": "q"}


def test_what_equals_its_default_and_the_rows_of_a_workbook_are_not_written():
    written = to_json(from_json(FIRST_FORMAT))
    (group,) = written["items"]
    assert set(group) == {"kind", "name", "path", "label", "items"}
    assert set(group["items"][0]) == {"kind", "name", "path", "label", "type", "choice_list", "weight"}
    assert from_json(written) == from_json(FIRST_FORMAT)
