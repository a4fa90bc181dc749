"""Questionnaires and evaluations to test with."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from evaluate.models import (
    CurrentResult,
    Evaluation,
    EvaluationRun,
    PlanStep,
    Questionnaire,
    QuestionnaireVersion,
)
from evaluate.services.answering import evaluation_start
from evaluate.services.questionnaires import questionnaire_import
from portal.accounts.models import User
from portal.places.models import Municipality
from tests.evaluate.form_workbooks import Rows, workbook
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory
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


def current_result(
    version: QuestionnaireVersion,
    municipality: Municipality | None = None,
    *,
    is_public: bool = False,
    is_sample: bool = False,
    submitted_at: datetime | None = None,
    **shares: float,
) -> CurrentResult:
    """A signed result of a municipality, with its total and whatever other shares are named (`criterion__mide=0.5`).

    A second one of the same municipality takes the place of the first.
    """
    municipality = municipality or MunicipalityFactory()
    submitted_at = submitted_at or timezone.now()
    evaluation = Evaluation.objects.create(
        questionnaire=version.questionnaire,
        version=version,
        municipality=municipality,
        status=Evaluation.Status.SCORED,
        submitted_at=submitted_at,
        published_at=submitted_at if is_public else None,
        is_sample=is_sample,
    )
    run = EvaluationRun.objects.create(
        evaluation=evaluation, status=EvaluationRun.Status.DONE, result={}, finished_at=submitted_at
    )
    total = shares.get("total", 0.5)
    written = {"total": total} | {name.replace("__", ":"): share for name, share in shares.items()}
    result, _is_new = CurrentResult.objects.update_or_create(
        questionnaire=version.questionnaire,
        municipality=municipality,
        defaults={
            "run": run,
            "signature": version.scoring_signature,
            "share": total,
            "shares": written,
            "submitted_at": submitted_at,
            "is_sample": is_sample,
        },
    )
    return result


def plan_step(
    municipality: Municipality | None = None,
    *,
    owner: User | None = None,
    about: Questionnaire | None = None,
    **fields: Any,
) -> PlanStep:
    """A step of a municipality's plan, or of a person's own where only the owner is given."""
    if municipality is None and owner is None:
        membership = MembershipFactory()
        municipality, owner = membership.municipality, membership.user
    values = {
        "title": "Publicar el presupuesto",
        "criterion": "mide",
        "criterion_label": "¿Se mide?",
    } | fields
    return PlanStep.objects.create(
        questionnaire=about or Questionnaire.objects.first() or questionnaire(),
        municipality=municipality,
        owner=owner,
        **values,
    )


def criteria_version(slug: str = "plazas") -> QuestionnaireVersion:
    """A version in our readable form, in force: two sections of two criteria that may be said not to apply."""
    PolicyAreaFactory(slug="environment-waste")
    return questionnaire_import(
        data=CRITERIA.replace("SLUG", slug).encode(), filename="plazas.yaml", publish=True
    ).version


CRITERIA = """
id: SLUG
area: environment-waste
title: {es: Plazas}
summary: {es: Cómo están las plazas}
sections:
""" + "".join(
    f"""
  - id: {section}
    title: {{es: {section.title()}}}
    criteria:
"""
    + "".join(
        f"""
      - id: {section}_{number}
        title: {{es: "¿Cómo anda {section} {number}?"}}
        why: {{es: Porque sí}}
        evidence: {{es: "La planilla de {section}"}}
        levels: [{{es: Nada}}, {{es: Poco}}, {{es: Bastante}}, {{es: Todo}}]
"""
        for number in (1, 2)
    )
    for section in ("riego", "juegos")
)
