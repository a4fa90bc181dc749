"""How a readable file says what it is scored by, and what is said when it says it wrongly."""

import copy
import json
from fractions import Fraction

import pytest

from evaluate.engine.criteria import read_criteria
from evaluate.engine.definition_json import from_json, to_json
from evaluate.engine.problems import FormRejected
from evaluate.engine.scoring import score
from evaluate.engine.state import FormState
from tests.evaluate.form_workbooks import NOW

LEVELS = [{"es": f"Nivel {number}"} for number in range(4)]
NAMES = [{"es": name} for name in ("Inicial", "En desarrollo", "Consolidado")]
DATA = {
    "id": "residuos",
    "title": {"es": "Residuos"},
    "summary": {"es": "Cómo se manejan"},
    "sections": [
        {
            "id": "s",
            "title": {"es": "Sección"},
            "criteria": [
                {
                    "id": name,
                    "title": {"es": f"¿{name}?"},
                    "why": {"es": "Porque importa"},
                    "evidence": {"es": "Fotos"},
                    "levels": LEVELS,
                }
                for name in ("uno", "dos")
            ],
        }
    ],
}


def file_with(questionnaire=None, **first):
    data = {**copy.deepcopy(DATA), **(questionnaire or {})}
    data["sections"][0]["criteria"][0].update(first)
    return data


def complaints(data):
    with pytest.raises(FormRejected) as refusal:
        read_criteria(data)
    return [(problem.column, problem.message) for problem in refusal.value.problems]


def test_all_that_a_workbook_says_of_scoring_a_file_says_too():
    questionnaire = {"scoring": "staged", "level_names": NAMES, "not_applicable": "counted"}
    data = file_with(
        questionnaire,
        stage=1,
        met_at=0.5,
        criterion="primero",
        good={"es": "Se ve en la calle"},
        not_applicable=False,
    )
    data["sections"][0]["criteria"][1]["stage"] = 2
    definition = read_criteria(data)
    first, second = definition.questions
    assert (first.stage, first.met_at, first.criterion, first.not_applicable) == (1, "0.5", "primero", "no")
    assert (first.good, second.stage) == ({"es": "Se ve en la calle"}, 2)
    assert from_json(json.loads(json.dumps(to_json(definition)))) == definition
    found = score(definition, FormState(definition, {"/s/uno": "2", "/s/dos": "2"}, now=NOW))
    assert (found.total.points, found.total.level) == (Fraction(1), 1)


def test_a_file_may_say_where_its_levels_begin():
    definition = read_criteria(file_with({"level_names": NAMES, "level_thresholds": [0, 40, 75.5]}))
    assert definition.level_thresholds == ("0", "40", "75.5")


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (file_with({"sumary": {"es": "x"}}), "", "¿Quisiste decir «summary»?"),
        (file_with(weigth=2), "uno", "¿Quisiste decir «weight»?"),
        (file_with(xyzzy=2), "uno", "Lo que se puede decir es: area,"),
        (file_with(levels=[*LEVELS[:3], {"es": "a", "inglés": "b"}]), "uno", "«inglés» no es un idioma"),
        (file_with({"title": {"es": "a", "English": "b", "e n": "c"}}), "title", "no es un idioma"),
        (file_with(kind="filtro"), "uno", "«filtro» no es una clase"),
        (file_with(stage="1"), "uno", "número entero"),
        (file_with({"minutes": "veinte"}), "", "número entero"),
        (file_with(met_at=1.5), "uno", "mayor que 0 y hasta 1"),
        (file_with(not_applicable="quizás"), "uno", "excluded, counted, no"),
        (file_with({"scoring": "magia"}), "scoring", "no es una forma de puntuar"),
        (file_with({"scoring": "staged"}), "uno", "Falta la etapa"),
        (file_with({"level_thresholds": 40}), "", "tiene que ser una lista"),
        (file_with({"level_thresholds": [0, 50]}), "level_thresholds", "2 comienzos de nivel y 0 nombres"),
        (file_with({"level_names": ["Inicial"]}), "level_names", "va con su idioma"),
    ],
)
def test_what_cannot_be_meant_is_refused_where_it_stands(data, place, words):
    found = complaints(data)
    assert any(column == place and words in message for column, message in found), found


def test_a_misspelt_word_in_a_section_or_a_choice_is_refused_too():
    data = file_with()
    section = data["sections"][0]
    section["titel"] = {"es": "x"}
    fact = {"kind": "filter", "id": "hecho", "title": {"es": "¿Hay?"}, "weight": 2}
    fact["choices"] = [{"id": "si", "title": {"es": "Sí"}, "puntos": 3}, {"id": "no", "es": "No"}]
    section["criteria"].insert(0, fact)
    assert [column for column, _message in complaints(data)] == ["s", "hecho", "hecho"]
