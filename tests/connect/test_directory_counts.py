"""The directory's counts: what they say is so after whatever history."""

from io import StringIO

import pytest
from celery import current_app
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from connect.directory.reading import whole_tally
from connect.models import DirectoryCount, DirectoryEntry, Profile
from connect.services.directory import (
    directory_counts_add_up,
    directory_rebuild,
    directory_recount,
    directory_refresh,
)
from portal.accounts.models import Membership, User
from portal.core.events import announce, municipalities_changed
from portal.facets.addends import addends_summed
from portal.facets.counts import ALL
from portal.safety.models import Block
from tests.connect.factories import listed
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.topics_factories import TopicFactory

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "list",
                "unlist",
                "show",
                "hide",
                "help",
                "close",
                "open",
                "leave",
                "work",
                "coordinate",
                "add up",
            ]
        ),
        st.integers(min_value=0, max_value=2),
    ),
    max_size=14,
)


def counted_out() -> dict[str, int]:
    """Return the counts as a look at every row gives them."""
    counts: dict[str, int] = {}
    for audience, keys in DirectoryEntry.objects.values_list("audience", "facet_keys"):
        for key in (ALL, *keys):
            counts[f"{audience}|{key}"] = counts.get(f"{audience}|{key}", 0) + 1
    return counts


def rows() -> list[tuple]:
    fields = ("user_id", "audience", "name", "position", "municipality_id", "facet_keys", "text", "active_on")
    return list(DirectoryEntry.objects.order_by("user_id", "audience").values_list(*fields))


class TestHistories(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(STEPS)
    def test_after_any_history_rows_and_counts_equal_those_made_anew(self, steps):
        TopicFactory(slug="compost")
        people = [MembershipFactory().user, UserFactory(), UserFactory(is_staff=True)]
        for person in people:
            Profile.objects.create(user=person)
        for step, number in steps:
            take(step, people[number])
        kept = rows()
        assert addends_summed(DirectoryCount) == counted_out()
        assert directory_rebuild() == 0
        assert rows() == kept
        directory_recount()
        assert addends_summed(DirectoryCount) == counted_out()


def take(step: str, user: User) -> None:
    """Write one thing as some path of the portal does it; what only leaves needs nobody's help."""
    profile = Profile.objects.filter(user=user)
    work = Membership.objects.filter(user=user)
    if step == "list":
        profile.update(listed_at="2026-03-01T12:00Z")
    elif step == "unlist":
        profile.update(listed_at=None)
    elif step in ("show", "hide"):
        profile.update(
            visibility={"name": "public", "work": "public"} if step == "show" else {"name": "nobody"}
        )
    elif step == "help":
        profile.update(offer_topics=["compost"], visibility={"offers": "public"})
    elif step in ("close", "open"):
        User.objects.filter(pk=user.pk).update(is_active=step == "open")
    elif step == "leave":
        work.update(status="left", ended_on=timezone.localdate())
    elif step == "work":
        MembershipFactory(user=user)
    elif step == "coordinate":
        work.update(role="coordinator")
    else:
        directory_counts_add_up()
    if step in ("list", "show", "hide", "help", "open", "coordinate"):
        directory_refresh(user_ids=[user.pk])


@pytest.mark.django_db
def test_adding_up_changes_no_count():
    listed(audience="public")
    listed()
    before = addends_summed(DirectoryCount)
    directory_counts_add_up()
    assert addends_summed(DirectoryCount) == before == counted_out()
    assert DirectoryCount.objects.count() == len(before)


@pytest.mark.django_db
def test_whoever_is_kept_apart_is_in_no_count():
    reader, other, blocker, blocked = (
        listed(),
        listed(),
        listed(role="coordinator"),
        listed(role="coordinator"),
    )
    assert whole_tally(reader).count("role:coordinator").number == 2
    Block.objects.create(blocker=blocker, blocked=reader)
    Block.objects.create(blocker=reader, blocked=blocked)
    reader = User.objects.get(pk=reader.pk)
    assert whole_tally(reader).count(ALL).number == 2
    assert whole_tally(reader).values("role") == ["member"]
    assert whole_tally(other).count(ALL).number == 4


@pytest.mark.django_db
def test_the_command_makes_rows_and_counts_anew():
    user = listed(audience="public")
    true = rows(), addends_summed(DirectoryCount)
    DirectoryEntry.objects.filter(user=user, audience="public").delete()
    DirectoryEntry.objects.filter(user=user).update(text="cualquier cosa")
    DirectoryCount.objects.create(key="members|all", count=7)
    call_command("rebuild_directory", stdout=(out := StringIO()))
    assert "2" in out.getvalue()
    assert (rows(), addends_summed(DirectoryCount)) == true


@pytest.fixture
def run_at_once():
    """Let tasks run where they are queued."""
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False


@pytest.mark.django_db
@pytest.mark.usefixtures("run_at_once")
def test_towns_and_topics_that_have_another_name_are_found_by_it(
    django_capture_on_commit_callbacks,
):
    user = listed()
    town = user.memberships.get().municipality
    type(town).objects.filter(pk=town.pk).update(
        name="Villa Rebautizada", normalised_name="villa rebautizada"
    )
    with django_capture_on_commit_callbacks(execute=True):
        announce(municipalities_changed)
    assert DirectoryEntry.objects.get(user=user).municipality_name.startswith("Villa Rebautizada")
