"""Encounters and conversations to test with: rows as services would leave them, without their notices."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Permission
from django.utils import timezone

from portal.accounts.models import User
from share.models import Event, EventOrganiser, Post, Registration, Seats, Thread
from tests.portal.accounts_factories import MembershipFactory, UserFactory

BUENOS_AIRES = "America/Argentina/Buenos_Aires"


def member(**wanted: Any) -> User:
    """Return somebody who works in a municipality; `municipality`, `role` of her work, the rest of her account."""
    work = {key: wanted.pop(key) for key in ("municipality", "role", "position") if key in wanted}
    user = UserFactory(**wanted)
    MembershipFactory(user=user, **work)
    return user


def event(
    *,
    organiser: User | None = None,
    starts: datetime | None = None,
    hours: float = 2,
    capacity: int | None = None,
    **wanted: Any,
) -> Event:
    """Return a published event, in ten days unless told otherwise, with its places and who organises it.

    Args:
        starts: an aware moment; it is written down on the clock of `time_zone`.
    """
    zone = ZoneInfo(wanted.setdefault("time_zone", BUENOS_AIRES))
    starts = (starts or timezone.now() + timedelta(days=10)).astimezone(zone).replace(second=0, microsecond=0)
    ends = (starts.astimezone(ZoneInfo("UTC")) + timedelta(hours=hours)).astimezone(zone)
    fields: dict[str, Any] = {
        "kind": Event.Kind.WEBINAR,
        "title": "Compostaje en ciudades chicas",
        "link": "https://reunion.example.org/compostaje",
        "status": Event.Status.PUBLISHED,
        "published_at": timezone.now(),
        "start_date": starts.date(),
        "start_time": starts.time(),
        "end_date": ends.date(),
        "end_time": ends.time(),
        "starts_at": starts,
        "ends_at": ends,
        "created_by": organiser,
    }
    made = Event.objects.create(**{**fields, **wanted})
    Seats.objects.create(event=made, capacity=capacity)
    if organiser:
        EventOrganiser.objects.create(event=made, user=organiser)
    return made


def registered(
    at: Event, user: User | None = None, status: str = Registration.Status.GOING, **wanted: Any
) -> Registration:
    """Register somebody, without a word to anybody."""
    return Registration.objects.create(
        event=at, user=user or member(), status=status, registered_at=timezone.now(), **wanted
    )


def thread(*, author: User | None = None, text: str = "¿Cómo separan los residuos?", **wanted: Any) -> Thread:
    """Return a question of a member, with its opening post."""
    author = author or member()
    fields: dict[str, Any] = {
        "title": "¿Cómo empezaron con el compostaje?",
        "author": author,
        "last_post_at": timezone.now(),
        "last_post_by": author,
    }
    made = Thread.objects.create(**{**fields, **wanted})
    post(made, author=author, text=text)
    return made


def post(
    within: Thread, *, author: User | None = None, text: str = "Con una ordenanza.", **wanted: Any
) -> Post:
    """Write in a conversation: an answer, or a comment where `parent` is given."""
    author = author or member()
    within.last_number += 1
    within.last_post_at = timezone.now()
    within.last_post_by = author
    parent = wanted.get("parent")
    made = Post.objects.create(
        thread=within,
        number=within.last_number,
        branch=parent.branch if parent else within.last_number,
        author=author,
        text=text,
        html=f"<p>{text}</p>",
        **wanted,
    )
    within.save(update_fields=["last_number", "last_post_at", "last_post_by"])
    within.refresh_from_db()
    return made


def thread_moderator(**fields: Any) -> User:
    """Return somebody of the network's team who looks after conversations."""
    user = UserFactory(staff=True, **fields)
    user.user_permissions.add(Permission.objects.get(codename="moderate_threads"))
    return user
