"""Beginning conversations and answering in them through the API, by the rules, limits and services of the pages."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.conf import settings
from django.core.exceptions import ValidationError as Refused
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotAuthenticated, PermissionDenied, Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.affiliation import active_municipalities
from portal.accounts.models import User
from portal.core.decision import Decision
from portal.safety.services import LimitReached
from share.api.thread_serializers import PostSerializer, ThreadSerializer, told_post, told_thread
from share.models import Post, Thread
from share.permissions.threads import can_start_thread, can_write_in_thread
from share.services.posts import post_create
from share.services.thread_drafts import ThreadDraft
from share.services.threads import thread_create
from share.signatures import signatures
from share.threads.about import discussed_entry
from share.threads.references import filled_in

Made = TypeVar("Made")


class ThreadInput(serializers.Serializer):
    """A conversation to begin."""

    kind = serializers.ChoiceField(Thread.Kind.choices, default=Thread.Kind.QUESTION)
    title = serializers.CharField()
    text = serializers.CharField(help_text="Markdown.", trim_whitespace=False)
    language = serializers.ChoiceField(settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    visibility = serializers.ChoiceField(Thread.Visibility.choices, default=Thread.Visibility.MEMBERS)
    municipality = serializers.IntegerField(
        required=False,
        allow_null=True,
        help_text="One where the author works; may be left out if it is the only one.",
    )
    areas = serializers.ListField(child=serializers.SlugField(), default=list)
    topics = serializers.ListField(child=serializers.SlugField(), default=list)
    about = serializers.CharField(
        default="", allow_blank=True, help_text="The thing of the catalogue that it is about, as kind:id."
    )
    client_key = serializers.UUIDField(
        required=False,
        allow_null=True,
        help_text="The same key with the same text again makes no second one.",
    )


class PostInput(serializers.Serializer):
    """An answer, or a comment on one."""

    text = serializers.CharField(help_text="Markdown.", trim_whitespace=False)
    answers_to = serializers.IntegerField(
        required=False, allow_null=True, help_text="To comment: the number of the answer."
    )
    client_key = serializers.UUIDField(required=False, allow_null=True)


class ThreadWritingMixin:
    """Adds writing to the conversations of the API; what waits to be looked at is answered with 202 and not 201."""

    @extend_schema(request=ThreadInput, responses={201: ThreadSerializer, 202: ThreadSerializer})
    def create(self, request: Request) -> HttpResponseBase:
        """Begin a conversation."""
        require(request, can_start_thread(request.user))
        given = read(ThreadInput, request)
        draft = ThreadDraft(
            municipality=_municipality(request, given.pop("municipality", None)),
            about=_about(request, given.pop("about")),
            **{name: value for name, value in given.items() if name != "client_key"},
        )
        thread = written(
            lambda: thread_create(author=_person(request), draft=draft, client_key=given.get("client_key"))
        )
        told = told_thread(thread, request.build_absolute_uri, reverse("thread-posts", args=[thread.pk]))
        return _made(told, is_held=thread.hidden_at is not None)


def answer(request: Request, pk: int) -> HttpResponseBase:
    """Answer in a conversation, or comment on an answer."""
    readable: QuerySet[Thread] = Thread.objects.visible_to(request.user)
    thread = get_object_or_404(readable, pk=pk)
    require(request, can_write_in_thread(request.user, thread))
    given = read(PostInput, request)
    post = written(
        lambda: post_create(
            thread=thread,
            author=_person(request),
            text=given["text"],
            parent=_answer(thread, given.get("answers_to")),
            client_key=given.get("client_key"),
        )
    )
    signed = (post.author_id, post.municipality_id)
    told = told_post(
        post,
        signatures(request.user, [signed])[signed],
        filled_in(request.user, [post])[post.pk],
        request.build_absolute_uri,
    )
    return _made(told, is_held=not post.is_visible)


ANSWER_SCHEMA: dict[str, Any] = {
    "request": PostInput,
    "responses": {201: PostSerializer, 202: PostSerializer},
}


def require(request: Request, decision: Decision) -> None:
    """Go on when allowed.

    Raises:
        PermissionDenied, NotAuthenticated: it is not, with the reason.
    """
    if not decision:
        refusal = PermissionDenied if request.user.is_authenticated else NotAuthenticated
        raise refusal(str(decision.reason))


def read(wanted: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    """Return what a request holds.

    Raises:
        ValidationError: it is not what is wanted.
    """
    serializer = wanted(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def written(write: Callable[[], Made]) -> Made:
    """Write, and say in the API's way why it was refused.

    Raises:
        ValidationError, Throttled: it was.
    """
    try:
        return write()
    except Refused as error:
        raise ValidationError(
            error.message_dict if hasattr(error, "error_dict") else {"non_field_errors": error.messages}
        ) from error
    except LimitReached as error:
        raise Throttled(detail=str(error)) from error


def _person(request: Request) -> User:
    """Return who writes; nobody else passes the permission."""
    return cast(User, request.user)


def _made(told: dict[str, Any], *, is_held: bool) -> Response:
    return Response(told, status=status.HTTP_202_ACCEPTED if is_held else status.HTTP_201_CREATED)


def _municipality(request: Request, asked: int | None) -> Any:
    """Return the town that was asked for if she works there; her only one where she names none."""
    towns = active_municipalities(request.user)
    if asked is not None:
        found = towns.filter(pk=asked).first() if 0 < asked < 2**63 else None
        if found is None:
            raise ValidationError({"municipality": ["Not one where you work."]})
        return found
    only = list(towns[:2])
    return only[0] if len(only) == 1 else None


def _about(request: Request, asked: str) -> Any:
    if not asked:
        return None
    entry = discussed_entry(request.user, asked)
    if entry is None:
        raise ValidationError({"about": ["There is no such thing, or it is not discussed."]})
    return entry


def _answer(thread: Thread, number: int | None) -> Post | None:
    if not number:
        return None
    found = Post.objects.filter(thread=thread, number=number).first() if 0 < number < 2**31 else None
    if found is None:
        raise ValidationError({"answers_to": ["There is no such post in this conversation."]})
    return found
