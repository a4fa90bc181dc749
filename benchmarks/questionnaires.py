"""Questionnaires made for measuring: sections of criteria with four described levels."""

from collections.abc import Iterator
from typing import Any

import yaml

from evaluate.models import Questionnaire
from evaluate.services.questionnaires import questionnaire_import

LEVELS = 4


def example_questionnaire(sections: int, criteria: int) -> Questionnaire:
    """Return a published questionnaire of so many sections with so many criteria each, made at first use."""
    slug = f"medicion-{sections}-por-{criteria}"
    content = {
        "id": slug,
        "title": {"es": f"Medición de {sections} secciones"},
        "summary": {"es": "Un cuestionario inventado para medir."},
        "level_names": [{"es": name} for name in ("Inicial", "En desarrollo", "Consolidado", "Referente")],
        "sections": list(_sections(sections, criteria)),
    }
    data = yaml.safe_dump(content, allow_unicode=True).encode()
    return questionnaire_import(
        data=data, filename=f"{slug}.yaml", slug=slug, publish=True
    ).version.questionnaire


def _sections(sections: int, criteria: int) -> Iterator[dict[str, Any]]:
    for section in range(sections):
        yield {
            "id": f"s{section}",
            "title": {"es": f"Sección {section + 1}"},
            "criteria": [_criterion(section, number) for number in range(criteria)],
        }


def _criterion(section: int, number: int) -> dict[str, Any]:
    return {
        "id": f"q{section}_{number}",
        "title": {"es": f"¿Cómo se hace la tarea {number + 1} de la parte {section + 1}?"},
        "why": {"es": "Lo que no se mira se decide por costumbre, y la costumbre sale cara."},
        "evidence": {"es": "Planilla del último año, norma que lo ordena y nombre de quien está a cargo."},
        "levels": [
            {"es": f"Así se ve el nivel {level} para quien entra sin avisar."} for level in range(LEVELS)
        ],
    }
