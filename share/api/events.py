"""Encounters for partner systems, and registering in them."""

from typing import Any, cast

from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from portal.accounts.models import User
from portal.core.api.conditional import conditional
from portal.core.api.pages import PAGES, page_size
from portal.core.decision import ALLOWED, Decision
from portal.safety.services import LimitReached, allowance_take
from share.api.event_serializers import (
    EventDetailSerializer,
    EventPageSerializer,
    EventSerializer,
    OwnRegistrationSerializer,
    RegistrationInput,
)
from share.events.filters import EventFilter
from share.events.orders import Order
from share.events.page import event_page
from share.events.reading import FoundEvents
from share.forms.registrations import AnswersForm
from share.models import Event, Registration, RegistrationQuestion
from share.permissions.registrations import can_answer_event, can_register
from share.registrations.box import registration_box
from share.services.registrations import WISHES_LIMIT, RegistrationConflict, registration_set

_FILTERS = [OpenApiParameter(name, many=name in EventFilter.facets) for name in EventFilter.base_filters]
_WHEN = [
    OpenApiParameter("cuando", enum=["pasados"], description="What has ended; else what is to come."),
    OpenApiParameter("vista", enum=["mes"], description="A month's, with mes=2026-12."),
    OpenApiParameter("mes", description="2026-12"),
    OpenApiParameter("dia", description="2026-12-03"),
    OpenApiParameter("orden", enum=[str(order) for order in Order]),
]


class EventViewSet(viewsets.GenericViewSet):
    """Encounters with the filters of their page, and what each of them lets the reader see."""

    queryset = Event.objects.none()
    serializer_class = EventSerializer
    permission_classes = [AllowAny]
    filter_backends: list[type] = []
    pagination_class = None
    lookup_value_converter = "int"

    @extend_schema(parameters=[*_FILTERS, *_WHEN, *PAGES], responses=EventPageSerializer)
    def list(self, request: Request) -> HttpResponseBase:
        """List what the reader may find, a page at a time."""
        found = FoundEvents(request, request.query_params)
        cursor = request.query_params.get("cursor", "")
        if cursor and not found.sorting.reads(found.events, cursor):
            raise NotFound(
                _("Ese cursor no es de este listado. Empezá sin «cursor» y seguí las direcciones «next».")
            )
        page = found.sorting.page(found.events, cursor, size=page_size(request))
        answer = {
            "count": found.counts.total.number,
            "count_is_least": found.counts.total.is_least,
            "next": _address(request, page.next_cursor),
            "previous": _address(request, page.previous_cursor),
            "results": self.get_serializer(page.rows, many=True).data,
        }
        return conditional(request, answer)

    @extend_schema(responses=EventDetailSerializer)
    def retrieve(self, request: Request, pk: int) -> HttpResponseBase:
        """Tell everything of one that the reader may see."""
        return conditional(request, _told(request, self._event(pk)))

    @extend_schema(
        methods=["POST"],
        request=RegistrationInput,
        responses=EventDetailSerializer,
        description="Say that one goes, is interested or does not go; a full event gives the next number of its line.",
    )
    @extend_schema(methods=["DELETE"], request=None, responses=EventDetailSerializer)
    @action(detail=True, methods=["post", "delete"], permission_classes=[IsAuthenticated])
    def registration(self, request: Request, pk: int) -> HttpResponseBase:
        """Register the reader, or take her registration back."""
        event = self._event(pk)
        given = RegistrationInput(
            data={"wanted": "not_going"} if request.method == "DELETE" else request.data
        )
        given.is_valid(raise_exception=True)
        wanted = given.validated_data["wanted"]
        reader = cast(User, request.user)
        _require(_may_want(reader, event, wanted))
        answers = _answers(event, reader, given.validated_data.get("answers")) if wanted == "going" else None
        try:
            with transaction.atomic():
                allowance_take(user=reader, limit=WISHES_LIMIT)
                registration_set(event=event, user=reader, wanted=wanted, answers=answers)
        except LimitReached as refused:
            return Response({"detail": str(refused)}, status=status.HTTP_429_TOO_MANY_REQUESTS)
        except RegistrationConflict as refused:
            return Response({"detail": str(refused)}, status=status.HTTP_409_CONFLICT)
        return Response(_told(request, self._event(pk)))

    def _event(self, pk: int) -> Event:
        readable = Event.objects.visible_to(self.request.user).defer("calendar_text")
        event: Event = get_object_or_404(readable.select_related("municipality", "series", "seats"), pk=pk)
        return event


def _told(request: Request, event: Event) -> dict[str, Any]:
    context = {"request": request, "own": _own(request, event)}
    return dict(EventDetailSerializer(event_page(request.user, event), context=context).data)


def _own(request: Request, event: Event) -> dict[str, Any] | None:
    if not request.user.is_authenticated:
        return None
    box = registration_box(request.user, event)
    mine = box.registration
    may = can_register(request.user, event)
    return dict(
        OwnRegistrationSerializer(
            {
                "status": mine.status if mine else "",
                "number_in_line": box.number_in_line,
                "offer_expires_at": mine.offer_expires_at if mine and mine.status == "offered" else None,
                "link": box.link,
                "can_register": bool(may),
                "reason": str(may.reason),
            }
        ).data
    )


def _may_want(reader: User, event: Event, wanted: str) -> Decision:
    """Say whether a person may say that; she answers for a place kept for her, and gives back her own, always."""
    status = Registration.objects.of(reader).filter(event=event).values_list("status", flat=True).first()
    if wanted == "not_going" and status is not None:
        return ALLOWED
    if wanted == "going" and status != Registration.Status.OFFERED:
        return can_register(reader, event)
    return can_answer_event(reader, event)


def _require(decision: Decision) -> None:
    if not decision:
        raise PermissionDenied(str(decision.reason))


def _answers(event: Event, reader: User, given: dict[str, Any] | None) -> dict[str, Any] | None:
    """Read the answers as the page's form does, and keep those that were given before where none are sent.

    Raises:
        ValidationError: something that has to be answered is not, or not so.
    """
    questions = list(RegistrationQuestion.objects.filter(event=event))
    if not questions:
        return None
    mine = Registration.objects.of(reader).filter(event=event).first()
    known = mine.answers if mine else {}
    is_answered = all(str(each.pk) in known for each in questions if each.is_required)
    if given is None and is_answered:
        return None
    form = AnswersForm(_as_form(given or {}), questions=questions, registration=mine)
    if not form.is_valid():
        errors = {
            name.removeprefix("q"): [str(one) for one in messages] for name, messages in form.errors.items()
        }
        raise ValidationError({"answers": errors})
    answers: dict[str, Any] = form.answers
    return answers


def _as_form(given: dict[str, Any]) -> dict[str, Any]:
    words = {True: "yes", False: "no"}
    return {f"q{key}": words[value] if isinstance(value, bool) else value for key, value in given.items()}


def _address(request: Request, cursor: str) -> str | None:
    return replace_query_param(request.build_absolute_uri(), "cursor", cursor) if cursor else None
