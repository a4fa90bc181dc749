"""Questionnaires and evaluations to test with."""

from typing import Any

from evaluate.models import Evaluation, Questionnaire, QuestionnaireVersion
from evaluate.services.answering import evaluation_start
from evaluate.services.questionnaires import questionnaire_import
from portal.accounts.models import User
from portal.places.models import Municipality
from tests.evaluate.form_workbooks import Rows, workbook
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.topics_factories import PolicyAreaFactory

YES_NO: Rows = [
    {"list_name": "sino", "name": "si", "label": "Sí", "points": 2},
    {"list_name": "sino", "name": "no", "label": "No", "points": 0},
]
# Two sections: the first with skip logic and a constraint, the second with what only shows other answers.
SURVEY: Rows = [
    {"type": "begin group", "name": "residuos", "label": "Residuos"},
    {"type": "select_one sino", "name": "separa", "label": "¿Se separan los residuos?", "required": "yes"},
    {"type": "integer", "name": "barrios", "label": "¿En cuántos barrios?", "relevant": "${separa} = 'si'",
     "constraint": ". >= 1 and . <= 50", "constraint_message": "Tiene que ser un número entre 1 y 50."},
    {"type": "text", "name": "responsable", "label": "¿Quién está a cargo?"},
    {"type": "end group"},
    {"type": "begin group", "name": "agua", "label": "Agua"},
    {"type": "note", "name": "saludo", "label": "Ahora, el agua. Contesta ${responsable}."},
    {"type": "select_one sino", "name": "mide", "label": "¿Se mide la calidad del agua?"},
    {"type": "end group"},
]  # fmt: skip


def questionnaire_version(
    survey: Rows = SURVEY,
    choices: Rows = YES_NO,
    *,
    slug: str = "ambiente",
    area: str = "",
    publish: bool = True,
    settings: Rows = (),
    filename: str = "ambiente.xlsx",
) -> QuestionnaireVersion:
    """A version that was imported like any other, in force unless told otherwise."""
    if area:
        PolicyAreaFactory(slug=area)
    data = workbook(survey, choices, settings or [{"form_title": "Ambiente", "form_id": slug}])
    return questionnaire_import(data=data, filename=filename, slug=slug, area=area, publish=publish).version


def questionnaire(**options: Any) -> Questionnaire:
    """A questionnaire with a version in force."""
    return questionnaire_version(**options).questionnaire


def municipal_evaluation(
    version: QuestionnaireVersion | None = None,
    *,
    user: User | None = None,
    municipality: Municipality | None = None,
) -> Evaluation:
    """An evaluation begun by someone who works in the municipality."""
    version = version or questionnaire_version()
    if user is None or municipality is None:
        fields = {
            name: value for name, value in {"user": user, "municipality": municipality}.items() if value
        }
        membership = MembershipFactory(**fields)
        user, municipality = membership.user, membership.municipality
    evaluation, _is_new = evaluation_start(
        user=user, questionnaire=version.questionnaire, municipality=municipality
    )
    return evaluation


def personal_evaluation(
    version: QuestionnaireVersion | None = None, *, user: User | None = None
) -> Evaluation:
    """A self-check that is its owner's alone."""
    version = version or questionnaire_version()
    evaluation, _is_new = evaluation_start(user=user or UserFactory(), questionnaire=version.questionnaire)
    return evaluation
