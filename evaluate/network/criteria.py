"""Where the network is weak, criterion by criterion, and how much the catalogue has to learn from."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evaluate.benchmark.figures import whole_percent
from evaluate.models import QuestionnaireVersion
from evaluate.network.filters import NetworkFilter
from evaluate.network.table import Kind, NetworkColumn, NetworkRow, NetworkTable
from evaluate.services.definitions import definition_of
from portal.topics.labels import topic_labels

SHOWN = 50
# One town says little about the network.
FEWEST = 3
SOLUTION = "solution"
_COUNTED_SECONDS = 600
_BY_CRITERION = """
    SELECT result.questionnaire_id, part.key, count(*), avg(part.value::float8),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY part.value::float8)
    FROM ({results}) AS result CROSS JOIN LATERAL jsonb_each(result.shares) AS part
    WHERE part.key LIKE 'criterion:%%'
    GROUP BY 1, 2 HAVING count(*) >= %s
    ORDER BY 4, 3 DESC, 1, 2
"""
_BY_TOPIC = """
    SELECT topic, count(*) FROM catalog_entry, unnest(topics) AS topic
    WHERE kind = %s AND NOT is_sample GROUP BY topic
"""


@dataclass(frozen=True)
class Asked:
    """What a criterion is called, and what it is about."""

    label: str
    topic: str


def weakest_criteria(
    chosen: NetworkFilter, *, most: int | None = SHOWN, fewest: int = FEWEST
) -> NetworkTable:
    """Return the criteria by the mean of what towns reached, the weakest first.

    Args:
        most: how many rows; all of them when None.
        fewest: of how many towns each criterion is at least.
    """
    found = _shares(chosen, fewest)
    versions = _versions({row[0] for row in found})
    asked = {key: _asked(version) for key, version in versions.items()}
    known = [row for row in found if row[1].removeprefix("criterion:") in asked.get(row[0], {})]
    solutions = _solutions_by_topic()
    rows = [
        _row(row, versions[row[0]], asked[row[0]][row[1].removeprefix("criterion:")], solutions)
        for row in known[:most]
    ]
    return NetworkTable(
        "criterios",
        _("Criterios, del más flojo al más fuerte"),
        [
            NetworkColumn(_("Criterio")),
            NetworkColumn(_("Cuestionario")),
            NetworkColumn(_("Promedio"), Kind.PERCENT),
            NetworkColumn(_("Mediana"), Kind.PERCENT),
            NetworkColumn(_("Municipios"), Kind.NUMBER),
            NetworkColumn(_("Tema")),
            NetworkColumn(_("Soluciones sobre el tema"), Kind.NUMBER),
        ],
        rows,
        note=_(
            "Con los resultados vigentes de todas las versiones de cada cuestionario. Pocas soluciones sobre un tema "
            "flojo: ahí hace falta buscar experiencias."
        ),
        more=max(len(known) - len(rows), 0),
    )


def _shares(chosen: NetworkFilter, fewest: int) -> list[tuple[int, str, int, float, float]]:
    statement, values = chosen.results.values("questionnaire_id", "shares").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_BY_CRITERION.format(results=statement), [*values, fewest])
        return list(cursor.fetchall())


def _versions(questionnaires: set[int]) -> dict[int, QuestionnaireVersion]:
    """Return the version in force of each, or else the latest, with its questions: two queries at most."""
    found = QuestionnaireVersion.objects.filter(questionnaire__in=questionnaires).exclude(status="draft")
    latest = found.order_by("questionnaire_id", "-number").distinct("questionnaire_id")
    return {version.questionnaire_id: version for version in latest}


def _asked(version: QuestionnaireVersion) -> dict[str, Asked]:
    definition = definition_of(version)
    language = (get_language() or "es").split("-")[0]
    found: dict[str, Asked] = {}
    for path, key in definition.criterion_keys.items():
        question: Any = definition.by_path[path]
        found.setdefault(key, Asked(definition.text(question.label, language), question.topic))
    return found


def _row(
    row: tuple[int, str, int, float, float],
    version: QuestionnaireVersion,
    asked: Asked,
    solutions: dict[str, int],
) -> NetworkRow:
    _questionnaire, _key, count, mean, median = row
    topic = str(topic_labels().get(asked.topic, asked.topic))
    about = solutions.get(asked.topic, 0) if asked.topic else None
    return NetworkRow(
        [asked.label, version.title, whole_percent(mean), whole_percent(median), count, topic, about],
        needs_attention=about == 0,
    )


def _solutions_by_topic() -> dict[str, int]:
    """Count what the catalogue has on each topic; kept for a while, because it looks at all of it."""
    found: dict[str, int] | None = cache.get("evaluate:solutions-by-topic")
    if found is None:
        with connection.cursor() as cursor:
            cursor.execute(_BY_TOPIC, [SOLUTION])
            found = dict(cursor.fetchall())
        cache.set("evaluate:solutions-by-topic", found, _COUNTED_SECONDS)
    return found
