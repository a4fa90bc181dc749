"""Conversations for partner systems and members: what their pages show to whoever asks."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotAuthenticated, NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from portal.core.api.conditional import conditional
from portal.core.api.pages import PAGES, page_size
from portal.core.paging import Keyset
from share.api.thread_serializers import (
    PostPageSerializer,
    ThreadPageSerializer,
    ThreadSerializer,
    told_post,
    told_thread,
)
from share.api.thread_writing import ANSWER_SCHEMA, ThreadWritingMixin, answer
from share.models import Thread
from share.querysets.threads import ThreadQuerySet
from share.threads.about import unseen_things_left_out
from share.threads.drawing import posts_named, signatures_of
from share.threads.facets import facets
from share.threads.filters import View
from share.threads.orders import Order
from share.threads.page import blocked_by, level_reader, posts_of
from share.threads.paging import is_cursor, posts_page
from share.threads.reading import FoundThreads
from share.threads.references import html_filled

_FILTERS = [
    OpenApiParameter("q", description="Words in the title, the opening post or accepted answers."),
    *(OpenApiParameter(facet.id, many=True, description="Repeat it for one or another.") for facet in facets),
    OpenApiParameter("vista", enum=[view.value for view in View if view.value]),
    OpenApiParameter("sobre", description="A thing of the catalogue: kind:id."),
    OpenApiParameter("orden", enum=[str(order) for order in Order]),
]
_PK = OpenApiParameter("id", OpenApiTypes.INT, OpenApiParameter.PATH)


class ThreadViewSet(ThreadWritingMixin, viewsets.GenericViewSet):
    """Conversations with the filters and orders of their page, and the posts of each, paged by key."""

    queryset = Thread.objects.none()
    serializer_class = ThreadSerializer
    permission_classes = [AllowAny]
    filter_backends: list[type] = []
    pagination_class = None
    lookup_value_converter = "int"

    @extend_schema(parameters=[*_FILTERS, *PAGES], responses=ThreadPageSerializer)
    def list(self, request: Request) -> HttpResponseBase:
        """List what the reader may read, a page at a time, without setting apart what is pinned."""
        found = FoundThreads(request, request.query_params)
        if found.view.is_personal and not request.user.is_authenticated:
            raise NotAuthenticated
        threads: ThreadQuerySet = found.filters.found
        cursor = request.query_params.get("cursor", "")
        keyset = Keyset(found.sorting.fields)
        if cursor and not keyset.reads(found.sorting.keys(threads), cursor):
            raise NotFound(_wrong_cursor())
        page = found.sorting.page(threads, cursor, size=page_size(request))
        unseen_things_left_out(request.user, page.rows)
        answer = {
            "count": found.counts.total.number,
            "count_is_least": found.counts.total.is_least,
            "next": _address(request, page.next_cursor),
            "previous": _address(request, page.previous_cursor),
            "results": [_told(request, thread) for thread in page.rows],
        }
        return conditional(request, answer)

    @extend_schema(parameters=[_PK], responses=ThreadSerializer)
    def retrieve(self, request: Request, pk: int) -> HttpResponseBase:
        """Tell of one conversation."""
        thread = self._thread(request, pk)
        unseen_things_left_out(request.user, [thread])
        return conditional(request, _told(request, thread), modified_at=None)

    @extend_schema(parameters=[_PK, *PAGES], responses=PostPageSerializer)
    @action(detail=True, methods=["get"])
    def posts(self, request: Request, pk: int) -> HttpResponseBase:
        """Tell a page of its posts: each answer, followed by its comments."""
        thread = self._thread(request, pk)
        cursor = request.query_params.get("cursor", "")
        if cursor and not is_cursor(cursor):
            raise NotFound(_wrong_cursor())
        posts = posts_of(request.user, thread).select_related("author", "municipality")
        page = posts_page(posts, cursor, size=page_size(request))
        shared = level_reader(request.user)
        named = posts_named(shared, page.posts, apart=blocked_by(request.user))
        signed = signatures_of(shared, page.posts, named)
        absolute = request.build_absolute_uri
        answer = {
            "next": _address(request, page.next_cursor),
            "previous": _address(request, page.previous_cursor),
            "results": [
                told_post(
                    post,
                    signed[post.author_id, post.municipality_id],
                    html_filled(post.html, named),
                    absolute,
                )
                for post in page.posts
            ],
        }
        return conditional(request, answer)

    @extend_schema(parameters=[_PK], **ANSWER_SCHEMA)
    @posts.mapping.post
    def write_post(self, request: Request, pk: int) -> HttpResponseBase:
        """Answer in a conversation, or comment on an answer."""
        return answer(request, pk)

    def _thread(self, request: Request, pk: int) -> Thread:
        return get_object_or_404(Thread.objects.readable_by(request.user), pk=pk)


def _told(request: Request, thread: Thread) -> dict[str, Any]:
    return told_thread(thread, request.build_absolute_uri, reverse("thread-posts", args=[thread.pk]))


def _address(request: Request, cursor: str) -> str | None:
    return replace_query_param(request.build_absolute_uri(), "cursor", cursor) if cursor else None


def _wrong_cursor() -> str:
    return _("Ese cursor no es de este listado. Empezá sin «cursor» y seguí las direcciones «next».")
