"""The portal's own questionnaires: readable files of criteria with four described levels.

A criterion becomes a required question with the choices 0 to 3, worth as many points; its reason is the
hint. A criterion of kind `filter` asks for a fact and gives no points. How it is scored can be said for the whole file
(`scoring`, `level_thresholds`, `not_applicable`) and for a criterion: docs/xlsform-scoring.md.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from evaluate.engine import criteria_keys
from evaluate.engine.compiled import compiled
from evaluate.engine.criteria_keys import unknown_keys
from evaluate.engine.definition import (
    NOT_APPLICABLE_EXCLUDED,
    NOT_APPLICABLE_REFUSED,
    POINTS_OVER_MAXIMUM,
    Choice,
    FormDefinition,
    Group,
    Item,
    Question,
    Texts,
)
from evaluate.engine.expressions import ExpressionError, parse
from evaluate.engine.problems import FormRejected, Problem
from evaluate.engine.question_types import QuestionType
from evaluate.engine.scoring_faults import scoring_faults

LEVELS = 4
FILTER = "filter"
DEFAULT_LANGUAGE = "es"
_REQUIRED = "true()"


def read_criteria(data: Mapping[str, Any]) -> FormDefinition:
    """Build a questionnaire from the content of one of the portal's files.

    Raises FormRejected with what is missing or wrong and in which section or criterion.
    """
    reader = _Reader()
    definition = reader.read(data)
    problems = [*reader.problems, *_scoring_problems(definition)] or _formula_problems(definition)
    if problems:
        raise FormRejected(problems)
    return definition


class _Reader:
    """One pass over one file; what is wrong is gathered, so that its author sees all of it at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._lists: dict[str, tuple[Choice, ...]] = {}
        self._languages: dict[str, None] = {}
        self._ids: set[str] = set()

    def read(self, data: Mapping[str, Any]) -> FormDefinition:
        self._check_keys(data, criteria_keys.QUESTIONNAIRE, "")
        area = str(data.get("area", ""))
        items = tuple(self._section(section, area) for section in self._sequence(data, "sections", ""))
        title = self._texts(data, "title", "")
        return FormDefinition(
            form_id=self._text(data, "id", ""),
            title=title.get(DEFAULT_LANGUAGE, ""),
            titles=title,
            version=str(data.get("version", "")),
            summary=self._texts(data, "summary", ""),
            intro=self._texts(data, "intro", "", optional=True),
            area=area,
            minutes=self._whole(data, "minutes", "", least=0),
            languages=tuple(self._languages) or (DEFAULT_LANGUAGE,),
            default_language=DEFAULT_LANGUAGE,
            scoring=str(data.get("scoring", POINTS_OVER_MAXIMUM)),
            level_names=self._level_names(data),
            level_thresholds=tuple(map(str, self._list(data, "level_thresholds", ""))),
            not_applicable=_rule(data.get("not_applicable", NOT_APPLICABLE_EXCLUDED)),
            items=items,
            choice_lists=self._lists,
        )

    def _section(self, data: Mapping[str, Any], area: str) -> Group:
        name = self._id(data, "")
        self._check_keys(data, criteria_keys.SECTION, name)
        criteria = self._sequence(data, "criteria", name)
        return Group(
            name=name,
            path=f"/{name}",
            label=self._texts(data, "title", name),
            hint=self._texts(data, "intro", name, optional=True),
            relevant=str(data.get("relevant", "")),
            items=tuple(self._criterion(criterion, name, area) for criterion in criteria),
        )

    def _criterion(self, data: Mapping[str, Any], section: str, area: str) -> Item:
        name = self._id(data, section)
        is_filter = data.get("kind") == FILTER
        if data.get("kind", FILTER) != FILTER:
            message = _("«%(kind)s» no es una clase de criterio. La única que se nombra es «filter».")
            self._complain(message % {"kind": data["kind"]}, name)
        self._check_keys(data, criteria_keys.FACT if is_filter else criteria_keys.CRITERION, name)
        self._lists[name] = self._choices(data, name) if is_filter else self._levels(data, name)
        return Question(
            name=name,
            path=f"/{section}/{name}",
            type=QuestionType.SELECT_ONE,
            label=self._texts(data, "title", name),
            hint=self._texts(data, "why", name, optional=is_filter),
            evidence=self._texts(data, "evidence", name, optional=is_filter),
            required=_REQUIRED,
            relevant=str(data.get("relevant", "")),
            choice_list=name,
            weight=str(data.get("weight", 1)),
            area=str(data.get("area", area)),
            topic=str(data.get("topic", "")),
            criterion=str(data.get("criterion", "")),
            stage=self._whole(data, "stage", name, least=1),
            met_at=str(data.get("met_at", 1)),
            not_applicable=_rule(data.get("not_applicable", "")),
            good=self._texts(data, "good", name, optional=True),
        )

    def _levels(self, data: Mapping[str, Any], name: str) -> tuple[Choice, ...]:
        levels = self._sequence(data, "levels", name)
        if len(levels) != LEVELS:
            self._complain(_("Hacen falta %(count)d niveles descriptos.") % {"count": LEVELS}, name)
        return tuple(
            Choice(str(number), self._noted(texts, name), points=str(number))
            for number, texts in enumerate(levels)
        )

    def _choices(self, data: Mapping[str, Any], name: str) -> tuple[Choice, ...]:
        choices = self._sequence(data, "choices", name)
        return tuple(
            Choice(self._text(choice, "id", name), self._choice_texts(choice, name)) for choice in choices
        )

    def _choice_texts(self, choice: Mapping[str, Any], name: str) -> Texts:
        field = next((each for each in ("title", "label") if each in choice), None)
        if field is not None:
            self._check_keys(choice, criteria_keys.CHOICE, name)
            return self._texts(choice, field, name)
        return self._noted({key: text for key, text in choice.items() if key not in {"id", "name"}}, name)

    def _level_names(self, data: Mapping[str, Any]) -> tuple[Texts, ...]:
        names = self._list(data, "level_names", "")
        if not all(isinstance(texts, Mapping) and texts for texts in names):
            message = _("Cada nombre de «level_names» va con su idioma, como {es: Inicial, en: Initial}.")
            self._complain(message, "level_names")
            return ()
        return tuple(self._noted(texts, "level_names") for texts in names)

    def _whole(self, data: Mapping[str, Any], field: str, place: str, *, least: int) -> int | None:
        value = data.get(field)
        if value is None or (type(value) is int and value >= least):
            return value
        message = _("«%(field)s» tiene que ser un número entero de %(least)d en adelante.")
        self._complain(message % {"field": field, "least": least}, place)
        return None

    def _list(self, data: Mapping[str, Any], field: str, place: str) -> Sequence[Any]:
        value = data.get(field, [])
        if isinstance(value, list):
            return value
        self._complain(_("«%(field)s» tiene que ser una lista.") % {"field": field}, place)
        return ()

    def _check_keys(self, data: Mapping[str, Any], known: frozenset[str], place: str) -> None:
        for message in unknown_keys(data, known):
            self._complain(message, place)

    def _id(self, data: Mapping[str, Any], place: str) -> str:
        name = self._text(data, "id", place)
        if name in self._ids:
            self._complain(_("El identificador «%(id)s» está dos veces.") % {"id": name}, place)
        self._ids.add(name)
        return name

    def _text(self, data: Mapping[str, Any], field: str, place: str) -> str:
        value = data.get(field, data.get("name") if field == "id" else None)
        if value in (None, ""):
            self._complain(_("Falta «%(field)s».") % {"field": field}, place)
        return str(value or "")

    def _texts(self, data: Mapping[str, Any], field: str, place: str, *, optional: bool = False) -> Texts:
        value = data.get(field)
        if isinstance(value, Mapping) and value.get(DEFAULT_LANGUAGE):
            return self._noted(value, place or field)
        if value is not None or not optional:
            self._complain(
                _("«%(field)s» tiene que estar al menos en español (es).") % {"field": field}, place
            )
        return {}

    def _noted(self, texts: Mapping[str, Any], place: str) -> Texts:
        for message in unknown_keys(texts, frozenset(), or_language=True):
            self._complain(message, place)
        clean = {str(language): str(text).strip() for language, text in texts.items()}
        self._languages.update(dict.fromkeys(clean))
        return clean

    def _sequence(self, data: Mapping[str, Any], field: str, place: str) -> Sequence[Mapping[str, Any]]:
        value = data.get(field)
        if isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value):
            return value
        self._complain(_("Falta la lista «%(field)s».") % {"field": field}, place)
        return ()

    def _complain(self, message: str, place: str) -> None:
        self.problems.append(Problem(message, column=place))


def _rule(value: Any) -> str:
    """What a file says about "not applicable": YAML reads a bare `no` and `yes` as false and true."""
    if isinstance(value, bool):
        return NOT_APPLICABLE_EXCLUDED if value else NOT_APPLICABLE_REFUSED
    return str(value)


def _scoring_problems(definition: FormDefinition) -> list[Problem]:
    return [
        Problem(fault.message, column=fault.path.rpartition("/")[2] or fault.choice_list or fault.field)
        for fault in scoring_faults(definition)
        if fault.is_refusal
    ]


def _formula_problems(definition: FormDefinition) -> list[Problem]:
    form = compiled(definition)
    problems = []
    for item in definition.by_path.values():
        if not item.relevant:
            continue
        try:
            expression = parse(item.relevant)
        except ExpressionError as error:
            problems.append(Problem(error.message, column=item.name))
            continue
        unknown = [name for name in sorted(expression.references) if form.index.find(name, item.path) is None]
        message = _("La condición menciona «%(name)s», que no existe.")
        problems.extend(Problem(message % {"name": name}, column=item.name) for name in unknown)
    if form.cycle:
        names = " → ".join(path.rpartition("/")[2] for path in form.cycle)
        problems.append(Problem(_("Las condiciones se muerden la cola: %(names)s.") % {"names": names}))
    return problems
