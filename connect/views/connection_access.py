"""Finding the person or connection that a page is about, for those who may know of it; nobody else finds it."""

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from connect.models import Connection, Introduction
from connect.people.finding import shown_person
from connect.people.shown import ShownPerson
from portal.accounts.models import User

MOST_LETTERS = 200


def person(request: HttpRequest) -> User:
    """Return who is behind a request whose view asked for a sign-in."""
    return cast(User, request.user)


def other_person(request: HttpRequest, public_id: UUID) -> ShownPerson:
    """Return the person a page is about, who is not the reader.

    Raises:
        Http404: there is nobody with this id whom the reader may know, or it is her own.
    """
    found = shown_person(request.user, public_id)
    if found.is_self:
        raise Http404
    return found


def account_of(shown: ShownPerson) -> User:
    """Return the account of somebody whom the reader may know."""
    return User.objects.get(pk=shown.user_id)


def seen_connection(request: HttpRequest, public_id: UUID) -> Connection:
    """Return a connection or request that the reader takes part in.

    Raises:
        Http404: there is none, it is other people's, or the other is not there for her.
    """
    rows = Connection.objects.visible_to(request.user).select_related("requester", "recipient")
    return get_object_or_404(rows, public_id=public_id)


def seen_introduction(request: HttpRequest, public_id: UUID) -> Introduction:
    """Return an introduction that concerns the reader.

    Raises:
        Http404: there is none, or it is other people's.
    """
    rows = Introduction.objects.visible_to(request.user).select_related("first", "second", "introducer")
    return get_object_or_404(rows, public_id=public_id)


def words_of(request: HttpRequest) -> str:
    """Return what the reader looks for."""
    return request.GET.get("q", "")[:MOST_LETTERS].strip()
