"""Comments and evidence beside the questions of an evaluation."""

from typing import Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError as Invalid
from rest_framework.request import Request
from rest_framework.response import Response

from evaluate.api.serializers import CommentSerializer, EvidenceSerializer, page_of
from evaluate.engine.definition import Question
from evaluate.engine.paths import template_path
from evaluate.models import Evaluation, ItemComment, ItemEvidence
from evaluate.services.comments import comment_add
from evaluate.services.evidence import evidence_add
from evaluate.services.states import evaluation_state
from evaluate.views.access import held_evaluation, seen_evaluation
from portal.accounts.models import User
from portal.core.api.conditional import conditional
from portal.core.api.pages import PAGES, ApiPage

PATH = OpenApiParameter("path", description="Only those beside this question.")


class Notes:
    """What people say about questions, and what proves their answers."""

    @extend_schema(parameters=[PATH, *PAGES], responses=page_of(CommentSerializer))
    @action(detail=True)
    def comments(self, request: Request, public_id: str) -> HttpResponseBase:
        """List the comments, the first written first."""
        found = seen_evaluation(request._request, UUID(public_id))
        rows = _beside(request, ItemComment.objects.filter(evaluation=found).select_related("author"))
        return conditional(request, ApiPage(request, rows, "id").answer(_comment))

    @extend_schema(request=CommentSerializer, responses={201: CommentSerializer})
    @comments.mapping.post
    def write_comment(self, request: Request, public_id: str) -> Response:
        """Say something about a question, for the colleagues."""
        asked = CommentSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        with transaction.atomic():
            found = held_evaluation(request._request, UUID(public_id))
            path = _existing(found, asked.validated_data["path"])
            comment = comment_add(
                evaluation=found,
                path=path,
                text=asked.validated_data["text"],
                author=cast(User, request.user),
            )
        return Response(_comment(comment), status=status.HTTP_201_CREATED)

    @extend_schema(parameters=[PATH, *PAGES], responses=page_of(EvidenceSerializer))
    @action(detail=True)
    def evidence(self, request: Request, public_id: str) -> HttpResponseBase:
        """List the evidence; files are downloaded from the page of their question."""
        found = seen_evaluation(request._request, UUID(public_id))
        rows = _beside(request, ItemEvidence.objects.filter(evaluation=found).select_related("added_by"))
        return conditional(request, ApiPage(request, rows, "id").answer(_evidence))

    @extend_schema(request=EvidenceSerializer, responses={201: EvidenceSerializer})
    @evidence.mapping.post
    def add_evidence(self, request: Request, public_id: str) -> Response:
        """Put an address that proves an answer beside its question."""
        asked = EvidenceSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        with transaction.atomic():
            found = held_evaluation(request._request, UUID(public_id))
            path = _existing(found, given["path"])
            try:
                piece = evidence_add(
                    evaluation=found,
                    path=path,
                    user=cast(User, request.user),
                    title=given["title"],
                    url=given["url"],
                )
            except ValidationError as error:
                raise Invalid({"url": error.messages}) from error
        return Response(_evidence(piece), status=status.HTTP_201_CREATED)


def _beside(request: Request, rows: Any) -> Any:
    path = request.query_params.get("path", "").replace("\x00", "")
    return rows.filter(path=path) if path else rows


def _existing(evaluation: Evaluation, path: str) -> str:
    """Return the path of a question that the evaluation has.

    Raises:
        ValidationError: it has none there.
    """
    state = evaluation_state(evaluation)
    item = state.definition.by_path.get(template_path(path))
    if isinstance(item, Question) and item.is_answerable:
        try:
            state.item(path)
        except KeyError:
            pass
        else:
            return path
    raise Invalid({"path": [_("El cuestionario no tiene esta pregunta, o no tiene tantos casos.")]})


def _comment(comment: ItemComment) -> dict[str, Any]:
    return {
        "id": comment.public_id,
        "path": comment.path,
        "text": comment.text,
        "author": comment.author.name if comment.author else None,
        "written_at": comment.written_at,
    }


def _evidence(piece: ItemEvidence) -> dict[str, Any]:
    return {
        "id": piece.public_id,
        "path": piece.path,
        "title": piece.title,
        "url": piece.url,
        "is_file": piece.file_id is not None,
        "added_by": piece.added_by.name if piece.added_by else None,
        "added_at": piece.added_at,
    }
