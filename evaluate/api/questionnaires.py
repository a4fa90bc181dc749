"""Questionnaires and public results, for everybody."""

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from evaluate.api.definitions import in_one_language
from evaluate.api.language import LANGUAGE, InReadersLanguage, present_language
from evaluate.api.scores import ToldScore
from evaluate.api.serializers import (
    PublicResultDetailSerializer,
    PublicResultSerializer,
    QuestionnaireDetailSerializer,
    QuestionnaireSerializer,
    VersionDetailSerializer,
    VersionSerializer,
    page_of,
)
from evaluate.engine.definition import text_in
from evaluate.engine.xlsform import write_workbook
from evaluate.entries import public_runs
from evaluate.models import Evaluation, EvaluationRun, QuestionnaireVersion
from evaluate.services.definitions import definition_of
from portal.core.api.conditional import conditional
from portal.core.api.pages import PAGES, ApiPage

PUBLIC_ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILTERS = [
    OpenApiParameter("area", many=True, description="Slug of a policy area; repeat it for one or another."),
    OpenApiParameter("q", description="Words in the title or summary, in any language."),
]
ALL_LANGUAGES = OpenApiParameter(
    "todos", OpenApiTypes.BOOL, description="true: the texts of the definition in all their languages."
)
MUNICIPALITY = OpenApiParameter(
    "municipio", OpenApiTypes.INT, description="Only results of this municipality."
)
NUMBER = OpenApiParameter("number", OpenApiTypes.INT, OpenApiParameter.PATH)
RESULT = OpenApiParameter("public_id", OpenApiTypes.UUID, OpenApiParameter.PATH)


class QuestionnaireViewSet(InReadersLanguage, viewsets.GenericViewSet):
    """What municipalities are asked, in every version that was published, and the results that they made public."""

    queryset = QuestionnaireVersion.objects.published()
    serializer_class = QuestionnaireSerializer
    permission_classes = [AllowAny]
    renderer_classes = [JSONRenderer]
    filter_backends: list[type] = []
    pagination_class = None
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"

    @extend_schema(parameters=[*FILTERS, *PAGES, LANGUAGE], responses=page_of(QuestionnaireSerializer))
    def list(self, request: Request) -> HttpResponseBase:
        """List the questionnaires that have a version in force."""
        found = self._in_force().without_definition()
        if areas := [slug.replace("\x00", "") for slug in request.query_params.getlist("area")]:
            found = found.in_areas(areas)
        if words := request.query_params.get("q", ""):
            found = found.filter(pk__in=_with_words(found, words))
        page = ApiPage(request, found, "questionnaire__slug")
        return conditional(request, page.answer(_questionnaire))

    @extend_schema(parameters=[LANGUAGE, ALL_LANGUAGES], responses=QuestionnaireDetailSerializer)
    def retrieve(self, request: Request, slug: str) -> HttpResponseBase:
        """Tell everything of a questionnaire, with the whole definition of the version in force."""
        version = get_object_or_404(self._in_force(), questionnaire__slug=slug)
        data = {**_questionnaire(version), "version": _with_definition(request, version)}
        return conditional(request, data)

    @extend_schema(
        operation_id="questionnaires_versions_list",
        parameters=[LANGUAGE, *PAGES],
        responses=page_of(VersionSerializer),
    )
    @action(detail=True)
    def versions(self, request: Request, slug: str) -> HttpResponseBase:
        """List all versions that were ever published, the latest first."""
        found = self._ever_published(slug).without_definition()
        if not found.exists():
            raise Http404
        return conditional(request, ApiPage(request, found, "-number").answer(_version))

    @extend_schema(parameters=[NUMBER, LANGUAGE, ALL_LANGUAGES], responses=VersionDetailSerializer)
    @action(detail=True, url_path=r"versions/(?P<number>[0-9]{1,6})", url_name="version")
    def version(self, request: Request, slug: str, number: str) -> HttpResponseBase:
        """Tell everything of one version, as old results refer to it."""
        version = get_object_or_404(self._ever_published(slug), number=int(number))
        return conditional(request, _with_definition(request, version))

    @extend_schema(responses={(200, XLSX): OpenApiTypes.BINARY})
    @action(detail=True)
    def workbook(self, request: Request, slug: str) -> HttpResponseBase:
        """Give the version in force as an XLSForm workbook, which can be imported again."""
        version = get_object_or_404(self._in_force(), questionnaire__slug=slug)
        response = HttpResponse(write_workbook(definition_of(version)), content_type=XLSX)
        response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{version.number}.xlsx"'
        return response

    @extend_schema(
        operation_id="questionnaires_results_list",
        parameters=[MUNICIPALITY, *PAGES],
        responses=page_of(PublicResultSerializer),
    )
    @action(detail=True)
    def results(self, request: Request, slug: str) -> HttpResponseBase:
        """List the results that municipalities made public, the latest published first."""
        found = Evaluation.objects.published().with_questionnaire().with_last_score()
        found = found.filter(questionnaire__slug=slug)
        if municipality := request.query_params.get("municipio", ""):
            found = found.filter(municipality=_number(municipality))
        page = ApiPage(request, found, "-published_at", "-id")
        return conditional(request, page.answer(lambda each: _public(each, cast(Any, each).last_signed_at)))

    @extend_schema(
        parameters=[RESULT, LANGUAGE],
        responses={200: PublicResultDetailSerializer, 404: OpenApiResponse(description="It is not public.")},
    )
    @action(detail=True, url_path="results/(?P<public_id>" + PUBLIC_ID + ")", url_name="result")
    def result(self, request: Request, slug: str, public_id: str) -> HttpResponseBase:
        """Tell a public result: its numbers, and nothing that people wrote."""
        runs: QuerySet[EvaluationRun] = public_runs().filter(evaluation__questionnaire__slug=slug)
        run = runs.filter(evaluation__public_id=UUID(public_id)).first()
        if run is None:
            raise Http404(_("No hay un resultado público en esta dirección: quizás el municipio lo retiró."))
        score = ToldScore(run, explains_answers=False).told()
        return conditional(request, {**_public(run.evaluation, run.created_at), "score": score})

    def _in_force(self) -> Any:
        return QuestionnaireVersion.objects.published().select_related("questionnaire__area")

    def _ever_published(self, slug: str) -> Any:
        drafts = QuestionnaireVersion.Status.DRAFT
        return QuestionnaireVersion.objects.exclude(status=drafts).filter(questionnaire__slug=slug)


def _questionnaire(version: QuestionnaireVersion) -> dict[str, Any]:
    questionnaire = version.questionnaire
    return {
        "slug": questionnaire.slug,
        "url": questionnaire.get_absolute_url(),
        "area": questionnaire.area.slug if questionnaire.area else None,
        "is_open": questionnaire.is_open,
        "version": _version(version),
    }


def _version(version: QuestionnaireVersion) -> dict[str, Any]:
    language, default = present_language(), version.default_language
    return {
        "number": version.number,
        "status": version.status,
        "title": text_in(version.titles, language, default),
        "summary": text_in(version.summaries, language, default),
        "default_language": default,
        "published_at": version.published_at,
        "minutes": version.minutes,
        "question_count": version.question_count,
        "criteria_count": version.criteria_count,
        "is_scored": version.is_scored,
        "signature": version.scoring_signature,
        "topics": version.topics,
    }


def _with_definition(request: Request, version: QuestionnaireVersion) -> dict[str, Any]:
    wants_all = request.query_params.get("todos", "").lower() in {"true", "1", "si"}
    definition = version.definition if wants_all else in_one_language(version.definition, present_language())
    return {**_version(version), "definition": definition}


def _public(evaluation: Evaluation, signed_at: Any) -> dict[str, Any]:
    return {
        "id": evaluation.public_id,
        "url": f"/evaluarme/resultados/{evaluation.public_id}/",
        "questionnaire": evaluation.questionnaire.slug,
        "version": evaluation.version.number,
        "municipality": evaluation.municipality_id,
        "municipality_name": str(evaluation.municipality),
        "signed_at": signed_at,
        "published_at": evaluation.published_at,
        "is_sample": evaluation.is_sample,
        "self_reported": True,
    }


def _with_words(versions: Any, words: str) -> list[int]:
    """Find versions by words, whatever their accents; there are tens of questionnaires and not thousands."""
    wanted = slugify(words).split("-")
    return [
        pk
        for pk, titles, summaries in versions.values_list("pk", "titles", "summaries")
        if _has_all(wanted, [*titles.values(), *summaries.values()])
    ]


def _has_all(wanted: list[str], texts: list[str]) -> bool:
    said = slugify(" ".join(texts))
    return all(word in said for word in wanted)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
