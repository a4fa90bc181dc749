"""The two shapes of the anonymised file: a row for each response, or a row for each answer.

Only answers to scored questions are in it, and of them only choices of the questionnaire's own lists: whatever people
wrote themselves (texts, numbers, reasons, comments, files) stays out.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evaluate.benchmark.figures import whole_percent
from evaluate.engine.definition import FormDefinition, Question
from evaluate.engine.paths import template_path
from evaluate.engine.scoring import NOT_APPLICABLE, NOT_RELEVANT
from evaluate.exporting.anonymity import Traits
from evaluate.exporting.responses import Response, Responses
from evaluate.models import QuestionnaireVersion
from evaluate.network.filters import band_name, province_name
from evaluate.services.definitions import definition_of
from portal.core.tabular.writing import Cell
from portal.places.models import Municipality

BETWEEN_CASES = " | "
KEPT_ANSWERS = 20_000


class Wording:
    """Places, questions and choices in the reader's words."""

    def __init__(self, versions: Sequence[QuestionnaireVersion]) -> None:
        self.language = (get_language() or "es").split("-")[0]
        self.versions = {version.pk: version for version in versions}
        self._forms: dict[int, FormDefinition] = {version.pk: definition_of(version) for version in versions}
        self._province = lru_cache(maxsize=None)(_province_words)
        # The same few answers come again and again; put into words once, a file is ten times as quick.
        self.answer = lru_cache(maxsize=KEPT_ANSWERS)(self._answer)

    def traits(self, traits: Traits) -> list[Cell]:
        """What is said of a town; empty cells where nothing is."""
        period = f"{traits.year}-T{traits.quarter}" if traits.quarter else traits.year
        band = band_name(int(traits.band)) if traits.band else ""
        return [self._province(traits.province), band, period]

    def scored_questions(self) -> dict[str, str]:
        """The scored questions of all versions by path, each as the latest version words it."""
        found: dict[str, str] = {}
        for form in self._forms.values():
            for path, key in form.criterion_keys.items():
                found.setdefault(path, f"{key}: {form.text(form.by_path[path].label, self.language)}")
        return found

    def _answer(self, version_id: int, path: str, answer: str, excluded_because: str) -> tuple[str, str, str]:
        """The question in words, and the codes and words of what was chosen.

        What is in no list of the questionnaire is left out: it would be somebody's own words.
        """
        form = self._forms[version_id]
        item = form.by_path.get(template_path(path))
        if not isinstance(item, Question):
            return "", "", ""
        label = form.text(item.label, self.language)
        if excluded_because == NOT_APPLICABLE:
            return label, _("no aplica"), ""
        if excluded_because == NOT_RELEVANT:
            return label, "", ""
        offered = {choice.name: choice for choice in form.choice_lists.get(item.choice_list, ())}
        picked = [offered[name] for name in answer.split() if name in offered]
        words = [form.text(choice.label, self.language) or choice.name for choice in picked]
        return label, " ".join(choice.name for choice in picked), ", ".join(words)


def wide_titles(wording: Wording) -> list[str]:
    """The columns of the file with a row for each response."""
    return [*_common_titles(), *wording.scored_questions().values()]


def wide_rows(responses: Responses, wording: Wording) -> Iterator[list[Cell]]:
    """Yield a row for each response: the code of what was chosen in each scored question."""
    paths = list(wording.scored_questions())
    for response in responses:
        cells: dict[str, list[str]] = {}
        for question in response.questions:
            _label, code, _words = _said(wording, response, question)
            cells.setdefault(template_path(question["path"]), []).append(code)
        yield [
            *_common(response, wording),
            *(BETWEEN_CASES.join(filter(None, cells.get(path, ()))) for path in paths),
        ]


def long_titles() -> list[str]:
    """The columns of the file with a row for each answer."""
    return [
        _("Cuestionario"),
        *_common_titles(),
        _("Pregunta"),
        _("Texto de la pregunta"),
        _("Código elegido"),
        _("Respuesta"),
        _("Puntos"),
        _("Máximo"),
    ]


def long_rows(questionnaires: Iterable[tuple[str, Responses]]) -> Iterator[list[Cell]]:
    """Yield a row for each answer of each questionnaire; one town's responses to two of them are not linked."""
    for slug, responses in questionnaires:
        wording = Wording(responses.versions)
        for response in responses:
            common = [slug, *_common(response, wording)]
            yield from ([*common, *_answer_cells(wording, response, each)] for each in response.questions)


def _answer_cells(wording: Wording, response: Response, question: dict[str, Any]) -> list[Cell]:
    points, maximum = _number(question["points"]), _number(question["maximum"])
    return [question["path"], *_said(wording, response, question), points, maximum]


def _said(wording: Wording, response: Response, question: dict[str, Any]) -> tuple[str, str, str]:
    return wording.answer(
        response.version_id, question["path"], question["answer"], question.get("excluded_because", "")
    )


@lru_cache(maxsize=1024)
def _number(fraction: str) -> float:
    return float(Fraction(fraction))


def _common_titles() -> list[str]:
    return [
        _("Respuesta n.º"),
        _("Versión"),
        _("Provincia"),
        _("Habitantes"),
        _("Firmada en"),
        _("Total (%)"),
    ]


def _common(response: Response, wording: Wording) -> list[Cell]:
    total = None if response.total is None else whole_percent(float(response.total))
    version = wording.versions[response.version_id].number
    return [response.id, version, *wording.traits(response.traits), total]


def _province_words(province: str) -> str:
    """A province's name from what tells it apart; one query for each, once in a file."""
    country, _dash, region = province.partition("-")
    if not region:
        return ""
    names = Municipality.objects.filter(country=country, region_code=region)
    return province_name(
        country, names.values_list("region_name", flat=True).order_by("id").first() or region
    )
