"""Evaluations for those who take part in them: begin, answer, sign, and read what came of it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.exceptions import ValidationError as Invalid
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from evaluate.api.answers import answers_of, entries_in
from evaluate.api.comparison import Comparison
from evaluate.api.language import LANGUAGE, InReadersLanguage
from evaluate.api.notes import Notes
from evaluate.api.scores import ToldScore
from evaluate.api.serializers import (
    AnswersInput,
    AnswersSerializer,
    EvaluationInput,
    EvaluationSerializer,
    RefusedSerializer,
    ResultSerializer,
    page_of,
)
from evaluate.models import Evaluation, EvaluationRun, Questionnaire
from evaluate.permissions import can_start_evaluation, can_submit_evaluation
from evaluate.services.answer_batches import AnswersRefused, answers_write
from evaluate.services.answering import evaluation_start
from evaluate.services.submission import NotReady, Review, evaluation_submit
from evaluate.tasks import score_evaluation
from evaluate.views.access import held_evaluation, seen_evaluation
from portal.core.api.conditional import conditional, etag_of, require_match
from portal.core.api.pages import PAGES, ApiPage
from portal.core.api.parsers import EncodableJSONParser
from portal.core.decision import Decision
from portal.core.jobs import queue_on_commit
from portal.places.models import Municipality

STATUSES = [str(each) for each in Evaluation.Status]
FILTERS = [
    OpenApiParameter("status", enum=STATUSES),
    OpenApiParameter("questionnaire", description="Slug of a questionnaire."),
    OpenApiParameter("municipality", OpenApiTypes.INT),
]
PUBLIC_ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
IF_MATCH = OpenApiParameter(
    "If-Match",
    location=OpenApiParameter.HEADER,
    description="The ETag of what was read from this address: 412 when it has changed since.",
)


class EvaluationViewSet(InReadersLanguage, Notes, Comparison, viewsets.GenericViewSet):
    """The evaluations that the signed-in person sees: her self-checks and those of the places where she works."""

    queryset = Evaluation.objects.none()
    serializer_class = EvaluationSerializer
    permission_classes = [IsAuthenticated]
    renderer_classes = [JSONRenderer]
    parser_classes = [EncodableJSONParser]
    filter_backends: list[type] = []
    pagination_class = None
    lookup_field = "public_id"
    lookup_value_regex = PUBLIC_ID

    @extend_schema(parameters=[*FILTERS, *PAGES], responses=page_of(EvaluationSerializer))
    def list(self, request: Request) -> HttpResponseBase:
        """List them, the latest begun first."""
        found = Evaluation.objects.visible_to(request.user).with_questionnaire()
        asked = request.query_params
        if (wanted := asked.get("status", "")) in STATUSES:
            found = found.filter(status=wanted)
        if slug := asked.get("questionnaire", ""):
            found = found.filter(questionnaire__slug=slug.replace("\x00", ""))
        if number := asked.get("municipality", ""):
            found = found.filter(municipality=int(number) if _is_number(number) else 0)
        return conditional(request, ApiPage(request, found, "-id").answer(_evaluation))

    @extend_schema(request=EvaluationInput, responses={201: EvaluationSerializer, 200: EvaluationSerializer})
    def create(self, request: Request) -> Response:
        """Begin a questionnaire, or tell of the one that is begun already (200)."""
        asked = EvaluationInput(data=request.data)
        asked.is_valid(raise_exception=True)
        questionnaire, municipality = (
            _questionnaire(asked.validated_data),
            _municipality(asked.validated_data),
        )
        _require(can_start_evaluation(request.user, questionnaire, municipality))
        try:
            evaluation, is_new = evaluation_start(
                user=request.user, questionnaire=questionnaire, municipality=municipality
            )
        except ValidationError as error:
            raise Invalid({"questionnaire": error.messages}) from error
        response = _told(evaluation, status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)
        response.headers["Location"] = request.build_absolute_uri(f"{request.path}{evaluation.public_id}/")
        return response

    def retrieve(self, request: Request, public_id: str) -> HttpResponseBase:
        """Tell where one stands."""
        return conditional(request, _evaluation(seen_evaluation(request._request, UUID(public_id))))

    @extend_schema(responses=AnswersSerializer)
    @action(detail=True)
    def answers(self, request: Request, public_id: str) -> HttpResponseBase:
        """Tell all that was answered, also what is not asked for at the moment."""
        return conditional(request, answers_of(seen_evaluation(request._request, UUID(public_id))))

    @extend_schema(
        request=AnswersInput,
        responses={200: AnswersSerializer, 400: RefusedSerializer},
        parameters=[IF_MATCH],
    )
    @answers.mapping.patch
    def write_answers(self, request: Request, public_id: str) -> Response:
        """Keep answers, all of them or none: 400 says what is wrong with each, by its path."""
        asked = AnswersInput(data=request.data)
        asked.is_valid(raise_exception=True)
        entries = entries_in(asked.validated_data["answers"])
        try:
            with transaction.atomic():
                found = held_evaluation(request._request, UUID(public_id))
                require_match(request, answers_of(found))
                answers_write(evaluation=found, user=request.user, entries=entries)
        except AnswersRefused as refused:
            return _refused(_("No guardamos nada: hay respuestas para corregir."), refused.errors)
        data = answers_of(found)
        response = Response(data)
        response.headers["ETag"] = etag_of(data)
        return response

    @extend_schema(request=None, responses={200: EvaluationSerializer, 400: RefusedSerializer})
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, public_id: str) -> Response:
        """Sign it; the score comes after a moment, at result. 400 says which answers are missing or wrong."""
        try:
            with transaction.atomic():
                found = held_evaluation(request._request, UUID(public_id))
                _require(can_submit_evaluation(request.user, found))
                run = evaluation_submit(evaluation=found, user=request.user)
                if run is not None:
                    queue_on_commit(score_evaluation, run.pk)
        except NotReady as problem:
            detail = _("Todavía no se puede firmar: faltan respuestas o hay algo para corregir.")
            return _refused(detail, _open_matters(problem.review))
        return _told(found, status.HTTP_200_OK)

    @extend_schema(responses=ResultSerializer, parameters=[LANGUAGE])
    @action(detail=True)
    def result(self, request: Request, public_id: str) -> HttpResponseBase:
        """Tell where the scoring stands, and its result with the explanation of every number."""
        found = seen_evaluation(request._request, UUID(public_id))
        run = found.runs.exclude(status=EvaluationRun.Status.CANCELLED).order_by("-id").first()
        if run is None:
            return conditional(request, {"status": "none", "finished_at": None, "score": None})
        run.evaluation = found
        is_done = run.status == EvaluationRun.Status.DONE
        score = ToldScore(run, explains_answers=True).told() if is_done else None
        return conditional(request, {"status": run.status, "finished_at": run.finished_at, "score": score})


def _evaluation(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "id": evaluation.public_id,
        "url": evaluation.get_absolute_url(),
        "questionnaire": evaluation.questionnaire.slug,
        "version": evaluation.version.number,
        "municipality": evaluation.municipality_id,
        "status": evaluation.status,
        "started_at": evaluation.started_at,
        "submitted_at": evaluation.submitted_at,
        "published_at": evaluation.published_at,
        "is_sample": evaluation.is_sample,
    }


def _told(evaluation: Evaluation, code: int) -> Response:
    data = _evaluation(evaluation)
    response = Response(data, status=code)
    response.headers["ETag"] = etag_of(data)
    return response


def _refused(detail: str, errors: Any) -> Response:
    return Response({"detail": detail, "errors": errors}, status=status.HTTP_400_BAD_REQUEST)


def _open_matters(review: Review) -> dict[str, list[str]]:
    missing = {path: [review.state.required_message(path)] for path in review.missing}
    return missing | {path: list(messages) for path, messages in review.invalid.items()}


def _require(decision: Decision) -> None:
    if not decision:
        raise PermissionDenied(str(decision.reason))


def _questionnaire(asked: dict[str, Any]) -> Questionnaire:
    return get_object_or_404(Questionnaire, slug=asked["questionnaire"])


def _municipality(asked: dict[str, Any]) -> Municipality | None:
    number = asked.get("municipality")
    return None if number is None else get_object_or_404(Municipality, pk=number)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
