"""How people usually answer is looked at kindly, and from what happened."""

from datetime import timedelta

import pytest
from django.utils import timezone

from connect.models import Conversation, Message, Profile
from connect.services.handing_over import conversations_pass_on
from connect.services.response_habits import habits_refresh_all
from connect.tasks import refresh_response_habits
from tests.connect.factories import answered, listed, written
from tests.portal.catalog_factories import EntryFactory
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


def asked(person, *, days_ago: float, answered_after_hours: float | None = None) -> Message:
    """Somebody else asked her that long ago, and perhaps she answered."""
    first = written(listed(), person)
    at = timezone.now() - timedelta(days=days_ago)
    Conversation.objects.filter(pk=first.conversation_id).update(created_at=at)
    Message.objects.filter(pk=first.pk).update(created_at=at)
    if answered_after_hours is not None:
        answer = answered(first, person)
        Message.objects.filter(pk=answer.pk).update(created_at=at + timedelta(hours=answered_after_hours))
    return first


def habit_of(person) -> tuple[int, int, int | None]:
    profile = Profile.objects.get(user=person)
    return profile.asks_received, profile.asks_answered, profile.typical_hours


def test_an_answer_within_two_weeks_counts_and_a_young_question_waits() -> None:
    ana = listed()
    asked(ana, days_ago=30, answered_after_hours=5)
    asked(ana, days_ago=30, answered_after_hours=20 * 24)
    asked(ana, days_ago=30)
    asked(ana, days_ago=3, answered_after_hours=30)
    asked(ana, days_ago=3)
    asked(ana, days_ago=400)
    refresh_response_habits()
    assert habit_of(ana) == (4, 2, 5)


def test_her_first_answer_is_noted_at_once_and_a_second_night_changes_nothing() -> None:
    ana = listed()
    answered(written(listed(), ana), ana)
    assert habit_of(ana)[:2] == (1, 1)
    assert habits_refresh_all() == 0


def test_what_she_asked_herself_and_groups_do_not_count() -> None:
    ana = listed()
    answered(written(ana, listed()), ana)
    group = written(listed(), ana, listed())
    answered(group, ana)
    habits_refresh_all()
    assert habit_of(ana) == (0, 0, None)


def test_who_follows_a_colleague_is_not_blamed_for_what_was_asked_before() -> None:
    town = MunicipalityFactory()
    leaver, successor = listed(), listed(municipality=town)
    first = written(listed(), leaver, about=EntryFactory(municipality=town))
    conversations_pass_on(user=leaver, municipality=town, successor=successor)
    Conversation.objects.filter(pk=first.conversation_id).update(
        created_at=timezone.now() - timedelta(days=40)
    )
    habits_refresh_all()
    assert habit_of(successor) == (0, 0, None)
    assert habit_of(leaver) == (1, 0, None)
