"""What the database holds whatever writes to it: places, their queue, counts and keys."""

import pytest
from django.db import IntegrityError, transaction

from portal.facets.addends import addends_summed
from share.models import ListCount, PostThanks, Registration, Seats, ThreadSupport
from tests.portal.places_factories import MunicipalityFactory
from tests.share.factories import event, member, post, registered, thread

pytestmark = pytest.mark.django_db
Status = Registration.Status


def seats(of: object) -> tuple[int, int, int]:
    row = Seats.objects.get(event=of)
    return row.taken, row.waiting, row.interested


def test_places_follow_from_registrations_however_they_are_written():
    webinar = event(capacity=5)
    going = registered(webinar)
    registered(webinar, status=Status.INTERESTED)
    registered(webinar, status=Status.WAITING, place=1)
    assert seats(webinar) == (1, 1, 1)
    Registration.objects.filter(pk=going.pk).update(status=Status.NOT_GOING)
    assert seats(webinar) == (0, 1, 1)
    Registration.objects.filter(event=webinar).delete()
    assert seats(webinar) == (0, 0, 0)


def test_no_more_places_are_taken_than_there_are():
    workshop = event(capacity=1)
    registered(workshop)
    with pytest.raises(IntegrityError, match="share_no_more_than_there_are_places"), transaction.atomic():
        registered(workshop)
    with pytest.raises(IntegrityError, match="share_no_more_than_there_are_places"), transaction.atomic():
        Seats.objects.filter(event=workshop).update(capacity=0)


def test_nobody_who_waits_is_overtaken_by_a_statement_either():
    workshop = event(capacity=3)
    first = registered(workshop, status=Status.WAITING, place=1)
    second = registered(workshop, status=Status.WAITING, place=2)
    for overtaking in (lambda: registered(workshop), lambda: move(second, Status.GOING)):
        with (
            pytest.raises(IntegrityError, match="Somebody waits"),
            transaction.atomic(),
        ):
            overtaking()
    move(first, Status.GOING)
    move(second, Status.GOING)
    assert seats(workshop) == (2, 0, 0)


def move(registration: Registration, status: str) -> None:
    Registration.objects.filter(pk=registration.pk).update(status=status)


def test_a_conversation_counts_what_everybody_sees_in_it():
    question = thread()
    answer = post(question)
    post(question, parent=answer)
    held = post(question, status="held")
    question.refresh_from_db()
    assert (question.replies, question.answers, question.accepted) == (2, 1, 0)
    held.status, answer.accepted_at = "visible", question.created_at
    held.save()
    answer.save()
    question.refresh_from_db()
    assert (question.replies, question.answers, question.accepted) == (3, 2, 1)
    answer.delete()
    question.refresh_from_db()
    assert (question.replies, question.answers, question.accepted) == (1, 1, 0)


def test_thanks_and_support_are_counted():
    question = thread()
    thanks = PostThanks.objects.create(post=question.posts.get(), user=member())
    ThreadSupport.objects.create(thread=question, user=member())
    question.refresh_from_db()
    assert (question.posts.get().thanks, question.supporters) == (1, 1)
    thanks.delete()
    assert question.posts.get().thanks == 0


def test_rows_say_what_they_answer_to():
    town = MunicipalityFactory(population=18_000)
    visit = event(kind="visit", venue="Planta", link="", municipality=town, areas=["environment"])
    visit.refresh_from_db()
    assert {"kind:visit", "format:in_person", "area:environment", "population:2"} <= set(visit.facet_keys)
    question = thread(municipality=town, topics=["recycling"])
    assert {"state:unanswered", "topic:recycling", f"country:{town.country_id}"} <= set(question.facet_keys)
    post(question)
    assert "state:answered" in question.facet_keys
    assert "state:unanswered" not in question.facet_keys


def test_lists_know_how_many_there_are_for_each_audience():
    thread(visibility="public")
    hidden = thread()
    counts = addends_summed(ListCount)
    assert (counts["public|all"], counts["members|all"]) == (1, 2)
    hidden.hidden_at = hidden.created_at
    hidden.save()
    assert addends_summed(ListCount)["members|all"] == 1
