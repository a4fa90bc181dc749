"""Conversations and posts as one reader may find them."""

from collections.abc import Iterable
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import DateTimeField, Exists, F, FilteredRelation, Func, OuterRef, Q, Value

from portal.catalog.models import Entry
from portal.catalog.reading_level import MEMBERS_LEVELS, reading_level

KIND = "thread"
# What a list shows; the texts stay in the database.
_LISTED = (
    "kind",
    "title",
    "visibility",
    "municipality",
    "municipality__name",
    "areas",
    "topics",
    "about_kind",
    "about_id",
    "about_title",
    "about_url",
    "outcome",
    "created_at",
    "last_number",
    "last_post_at",
    "replies",
    "answers",
    "accepted",
    "supporters",
    "is_pinned",
    "closed_at",
    "is_sample",
    "language",
)


class ThreadQuerySet(models.QuerySet):
    """Conversations, in the words of those who read them."""

    def visible_to(self, user: Any) -> Self:
        """Keep what a reader may read: what is public, for members everything, for the team what is hidden too."""
        if user.is_authenticated and user.is_staff:
            return self
        shown = self.filter(hidden_at__isnull=True)
        return shown if reading_level(user) in MEMBERS_LEVELS else shown.filter(visibility="public")

    def readable_by(self, user: Any) -> Self:
        """Keep what a reader may open: what she may read, and of her own what waits to be looked at.

        For one conversation whose key is known: lists never ask for what waits.
        """
        if not _has_rows(user) or user.is_staff:
            return self.visible_to(user)
        waiting = _model("Post").objects.filter(thread_id=OuterRef("pk"), number=1, status="held")
        own = Q(author_id=user.pk, hidden_at__isnull=False) & Exists(waiting)
        readable = Q(hidden_at__isnull=True)
        if reading_level(user) not in MEMBERS_LEVELS:
            readable &= Q(visibility="public")
        return self.filter(readable | own)

    def shown(self) -> Self:
        """Keep what was not taken away: lists show no more, to the team neither."""
        return self.filter(hidden_at__isnull=True)

    def unanswered(self) -> Self:
        """Keep open questions that nobody has answered."""
        return self.shown().filter(kind="question", answers=0, closed_at__isnull=True)

    def about(self, kind: str, object_id: int) -> Self:
        """Keep what is about a thing of the catalogue."""
        return self.filter(about_kind=kind, about_id=object_id)

    def answering(self, facet: str, values: Iterable[str]) -> Self:
        """Keep what has at least one of these values of a facet (see `share.threads.facets`)."""
        return self.filter(facet_keys__overlap=[f"{facet}:{value}" for value in values])

    def matching(self, text: str) -> Self:
        """Keep that in whose title, opening or accepted answers all of a reader's words are found."""
        return self.filter(pk__in=Entry.objects.of_kind(KIND).matching(text).order_by().values("object_id"))

    def taken_part_in_by(self, user: Any) -> Self:
        """Keep what somebody began or wrote in; nothing for a visitor."""
        if not _has_rows(user):
            return self.none()
        posts = _model("Post").objects.filter(author_id=user.pk)
        return self.filter(pk__in=posts.order_by().values("thread_id"))

    def followed_by(self, user: Any) -> Self:
        """Keep what somebody follows; nothing for a visitor."""
        if not _has_rows(user):
            return self.none()
        readers = _model("ThreadReader").objects.filter(user_id=user.pk, is_following=True)
        return self.filter(pk__in=readers.order_by().values("thread_id"))

    def unread_by(self, user: Any, *, is_following: bool = False) -> Self:
        """Keep what somebody has read or follows, and in which somebody else wrote since; nothing for a visitor.

        Args:
            is_following: whether only what she follows is meant.
        """
        if not _has_rows(user):
            return self.none()
        condition = Q(readers__user_id=user.pk, readers__is_muted=False)
        if is_following:
            condition &= Q(readers__is_following=True)
        reader = FilteredRelation("readers", condition=condition)
        news = _model("Post").objects.filter(
            thread_id=OuterRef("pk"), number__gt=OuterRef("reading__read_number"), status="visible"
        )
        # A person reads a conversation once: no row comes twice.
        return self.annotate(reading=reader).filter(
            Exists(news.exclude(author_id=user.pk)),
            reading__isnull=False,
            last_number__gt=F("reading__read_number"),
        )

    def timed(self, field: str) -> Self:
        """Add `moment` to each row: one of its times as no index knows it.

        A small set is sorted by it at once. By an index the database would go through all conversations, the latest
        first, hoping to come across a few of the set soon.
        """
        moment = Func(
            F(field),
            Value("0 seconds"),
            template="(%(expressions)s::interval)",
            arg_joiner=" + ",
            output_field=DateTimeField(),
        )
        return self.annotate(moment=moment)

    def for_list(self) -> Self:
        """Load what a list shows of each."""
        return self.select_related("municipality").only(*_LISTED)


class PostQuerySet(models.QuerySet):
    """Posts of conversations that the reader may read."""

    def visible_to(self, user: Any) -> Self:
        """Keep what a reader may read: what everybody sees, and of her own what waits to be looked at."""
        if user.is_authenticated and user.is_staff:
            return self
        shown = Q(status="visible")
        if user.is_authenticated:
            shown |= Q(status="held", author_id=user.pk)
        return self.filter(shown)

    def in_order(self) -> Self:
        """Sort as they are read: each answer, and below it its comments."""
        return self.order_by("branch", "number")


def _has_rows(user: Any) -> bool:
    return bool(user.is_authenticated and user.pk is not None)


def _model(name: str) -> Any:
    """Return a model that stands on this module."""
    return apps.get_model("share", name)
