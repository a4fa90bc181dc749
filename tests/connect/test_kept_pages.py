"""Pages that are kept for a moment show nobody who has just left, whichever way she did."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import update_last_login
from django.test import Client
from django.utils import timezone

from connect.services.profiles import profile_leave_directory, profile_save
from portal.accounts.models import User
from tests.connect.factories import listed
from tests.portal.accounts_factories import MembershipFactory

pytestmark = pytest.mark.django_db

EVERYTHING = dict.fromkeys(("work", "about", "offers"), "public")


@pytest.fixture(autouse=True)
def _keep_pages(settings: LazySettings) -> None:
    settings.VISITOR_CACHE_SECONDS = 300


def close(user: User) -> None:
    user.is_active = False
    user.save()


def rename(user: User) -> None:
    user.name = "Otra Persona"
    user.save(update_fields=["name"])


def end_work(user: User) -> None:
    work = user.memberships.get()
    work.status, work.ended_on = "left", timezone.localdate()
    work.save()


WAYS = {
    "unlisted": lambda user: profile_leave_directory(user=user),
    "hides her name": lambda user: profile_save(user=user, values={}, levels={"name": "nobody"}),
    "closed in the admin": close,
    "work ended in the admin": end_work,
    "another name": rename,
}


@pytest.mark.parametrize("way", WAYS)
def test_a_kept_page_shows_nobody_who_has_just_left(
    way: str, django_capture_on_commit_callbacks: Any
) -> None:
    user = listed("Marcela Visible", audience="public", visibility=EVERYTHING)
    town = user.memberships.get().municipality
    pages = ["/buscar/?tipo=person", f"/conectarme/municipios/{town.pk}/", "/conectarme/"]
    member = Client()
    member.force_login(MembershipFactory().user)
    for client in (Client(), member):
        assert all("Marcela Visible" in client.get(page).content.decode() for page in pages)
    with django_capture_on_commit_callbacks(execute=True):
        WAYS[way](user)
    for client in (Client(), member):
        assert [page for page in pages if "Marcela Visible" in client.get(page).content.decode()] == []


def test_signing_in_makes_nothing_anew(django_assert_num_queries: Any) -> None:
    user = listed()
    with django_assert_num_queries(1):
        update_last_login(sender=User, user=user)
