"""The portal's own questionnaires become the same kind of definition as a workbook."""

import copy
import json
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from evaluate.engine.criteria import read_criteria
from evaluate.engine.definition_json import from_json, to_json
from evaluate.engine.problems import FormRejected
from evaluate.engine.scoring import score
from evaluate.engine.state import FormState
from tests.evaluate.form_robot import FormRobot
from tests.evaluate.form_workbooks import NOW

CONTENT = sorted((Path(__file__).parents[2] / "evaluate" / "content").glob("*.yaml"))
LEVELS = [{"es": f"Nivel {number}", "en": f"Level {number}"} for number in range(4)]
DATA = {
    "id": "residuos",
    "version": "1",
    "area": "environment",
    "title": {"es": "Residuos", "en": "Waste"},
    "summary": {"es": "Cómo se manejan"},
    "intro": {"es": "Para empezar"},
    "minutes": 20,
    "level_names": [{"es": name} for name in ("Inicial", "En desarrollo", "Consolidado", "Referente")],
    "sections": [
        {
            "id": "recoleccion",
            "title": {"es": "Recolección"},
            "criteria": [
                {
                    "id": "tiene_planta",
                    "kind": "filter",
                    "title": {"es": "¿Hay planta?"},
                    "choices": [{"id": "si", "es": "Sí"}, {"id": "no", "es": "No"}],
                },
                {
                    "id": "planta",
                    "title": {"es": "¿Cómo trabaja la planta?"},
                    "why": {"es": "Porque importa"},
                    "evidence": {"es": "Fotos"},
                    "topic": "recycling",
                    "weight": 2,
                    "levels": LEVELS,
                    "relevant": "${tiene_planta} = 'si'",
                },
                {
                    "id": "camiones",
                    "title": {"es": "¿Cómo pasa el camión?"},
                    "why": {"es": "Porque se nota"},
                    "evidence": {"es": "Recorridos"},
                    "levels": LEVELS,
                },
            ],
        }
    ],
}


def problems(change):
    data = copy.deepcopy(DATA)
    change(data)
    with pytest.raises(FormRejected) as refusal:
        read_criteria(data)
    return [(problem.column, problem.message) for problem in refusal.value.problems]


def test_a_criterion_is_a_required_question_with_four_levels_worth_their_number():
    definition = read_criteria(DATA)
    question = definition.by_path["/recoleccion/planta"]
    assert definition.text(question.hint, "es") == "Porque importa"
    assert definition.text(question.evidence, "es") == "Fotos"
    assert (question.weight, question.topic, question.area) == ("2", "recycling", "environment")
    levels = definition.choice_lists[question.choice_list]
    assert [(level.name, level.points) for level in levels] == [
        (str(number), str(number)) for number in range(4)
    ]
    assert (definition.title_in("en"), definition.minutes) == ("Waste", 20)
    assert from_json(json.loads(json.dumps(to_json(definition)))) == definition


def test_a_filter_gives_no_points_and_opens_its_criteria():
    definition = read_criteria(DATA)
    state = FormState(definition, {"/recoleccion/tiene_planta": "no", "/recoleccion/camiones": "3"}, now=NOW)
    assert state.missing_required() == ()
    assert score(definition, state).share == 1
    state.set("/recoleccion/tiene_planta", "si")
    assert state.missing_required() == ("/recoleccion/planta",)
    state.set("/recoleccion/planta", "1")
    assert score(definition, state).share == Fraction(2 * 1 + 3, 2 * 3 + 3)


def test_what_is_wrong_in_a_file_is_said_all_at_once():
    def spoil(data):
        criteria = data["sections"][0]["criteria"]
        criteria[1]["levels"] = LEVELS[:3]
        criteria[1]["weight"] = "mucho"
        criteria[2]["id"] = "planta"
        del criteria[2]["why"]
        del data["title"]

    places = [place for place, _message in problems(spoil)]
    assert sorted(places) == ["", "planta", "planta", "planta", "recoleccion"]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("${nadie} = 'si'", "«nadie», que no existe"),
        ("${tiene_planta} =", "incompleta"),
        ("${planta} = '1'", "se muerden la cola"),
    ],
)
def test_a_condition_that_cannot_work_is_refused(condition, words):
    def spoil(data):
        data["sections"][0]["criteria"][1]["relevant"] = condition

    ((_place, message),) = problems(spoil)
    assert words in message


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: path.stem)
def test_each_questionnaire_that_ships_is_answered_to_the_end_and_scored(path):
    definition = read_criteria(yaml.safe_load(path.read_text(encoding="utf-8")))
    best = FormRobot(FormState(definition, {}, now=NOW), last_choices=True).run()
    assert (best.missing_required(), best.invalid()) == ((), {})
    found = score(definition, best)
    assert found.share == 1
    assert found.total.counted >= 12
    assert len(found.sections) == len(definition.sections)
