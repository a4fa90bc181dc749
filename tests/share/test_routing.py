"""Putting a question to people: who is chosen, why, and who never is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.services import membership_end
from portal.notices.models import NoticePreference, Notification
from portal.places.models import Municipality
from portal.safety.models import Block
from portal.topics.models import Topic
from share.models import RoutedQuestion, Thread, ThreadReader
from share.routing.asking import NOTICE
from share.routing.candidates import candidates_for
from share.routing.reasons import said_to_her, said_to_others
from share.routing.working_days import working_days_before
from share.services.routed_ends import question_end, questions_end_between
from share.services.routing import (
    AT_A_TIME,
    IN_ALL,
    RoutingRefused,
    question_decline,
    question_note_answer,
    question_suggest,
    thread_route,
)
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory
from tests.share.factories import member, post, thread

pytestmark = pytest.mark.django_db
Status = RoutedQuestion.Status


def maker(*, things: int = 1, topics=("compostaje",), **wanted) -> User:
    person = member(**wanted)
    for _number in range(things):
        EntryFactory(kind="solution", people=[person.pk], topics=list(topics), is_sample=person.is_sample)
    return person


def a_capital() -> Municipality:
    return MunicipalityFactory(population=2_000_000, region_code="14", category="Ciudad")


def question(**wanted) -> Thread:
    wanted.setdefault("topics", ["compostaje"])
    return thread(**wanted)


@pytest.fixture
def topic() -> Topic:
    return TopicFactory(slug="compostaje", name_es="Compostaje")


def asked(of: Thread) -> set[int]:
    return set(of.routed.values_list("user_id", flat=True))


def test_whoever_published_most_on_the_topic_comes_first_and_reads_why(topic):
    few, many = maker(), maker(things=3)
    found = candidates_for(question(), limit=3)
    assert [one.user_id for one in found] == [many.pk, few.pk]
    assert said_to_others(found[0].codes) == "porque publicó 3 soluciones sobre compostaje"
    assert said_to_her(found[1].codes) == "Porque publicaste 1 solución sobre compostaje."


def test_an_answer_that_helped_counts_and_one_that_nobody_thanked_for_does_not(topic):
    helped, silent = member(), member()
    before = question()
    post(before, author=helped, accepted_at=timezone.now())
    post(before, author=silent)
    found = candidates_for(question(), limit=3)
    assert [one.user_id for one in found] == [helped.pk]
    assert said_to_others(found[0].codes) == "porque respondió sobre compostaje y sirvió"


def test_whoever_made_the_very_thing_comes_first(topic):
    expert, author = maker(things=5), member()
    entry = EntryFactory(kind="solution", people=[author.pk])
    about = question(about_kind="solution", about_id=entry.object_id, about_title=entry.title)
    assert [one.user_id for one in candidates_for(about, limit=2)] == [author.pk, expert.pk]


def test_a_similar_municipality_is_told_and_colleagues_of_the_next_desk_come_last(topic):
    asker = MembershipFactory(municipality__population=20_000)
    town, country = asker.municipality, asker.municipality.country
    near = MembershipFactory(municipality__population=21_000, municipality__country=country).user
    for person in (
        near,
        beside := MembershipFactory(municipality=town).user,
        far := maker(municipality=a_capital()),
    ):
        EntryFactory(kind="solution", people=[person.pk], topics=["compostaje"])
    found = candidates_for(question(author=asker.user, municipality=town), limit=5)
    assert [one.user_id for one in found] == [near.pk, far.pk, beside.pk]
    assert said_to_others(found[0].codes).endswith("y trabaja en un municipio parecido al tuyo")


def test_who_works_on_the_area_in_a_similar_town_is_asked_where_nobody_published():
    area = PolicyAreaFactory(slug="ambiente", name_es="Ambiente")
    asker = MembershipFactory(municipality__population=20_000)
    country = asker.municipality.country
    like = MembershipFactory(municipality__population=19_000, municipality__country=country)
    like.areas.add(area)
    found = candidates_for(
        thread(author=asker.user, municipality=asker.municipality, areas=["ambiente"]), limit=3
    )
    assert [one.user_id for one in found] == [like.user_id]
    assert "trabaja en ambiente" in said_to_others(found[0].codes)


def test_people_of_different_municipalities_are_preferred(topic):
    first = maker(things=5)
    town = first.memberships.get().municipality
    second = MembershipFactory(municipality=town).user
    EntryFactory(kind="solution", people=[second.pk], topics=["compostaje"])
    EntryFactory(kind="solution", people=[second.pk], topics=["compostaje"])
    elsewhere = maker()
    assert [one.user_id for one in candidates_for(question(), limit=2)] == [first.pk, elsewhere.pk]


def excluded_people(of: Thread) -> dict[str, User]:
    """Return people who published on the topic, and why each must not be asked."""
    author = of.author
    blocked, blocker = maker(), maker()
    Block.objects.create(blocker=author, blocked=blocked)
    Block.objects.create(blocker=blocker, blocked=author)
    left = maker()
    membership_end(membership=left.memberships.get(), actor=left, reason="")
    wrote, muted, unwilling, resting, pausing = maker(), maker(), maker(), maker(), maker()
    post(of, author=wrote, status="held")
    ThreadReader.objects.create(thread=of, user=muted, is_muted=True)
    NoticePreference.objects.create(user=unwilling, kind=NOTICE, in_portal=False, email="never")
    RoutedQuestion.objects.create(thread=question(), user=resting)
    for _number in range(2):
        row = RoutedQuestion.objects.create(thread=question(), user=pausing, status=Status.DECLINED)
        RoutedQuestion.objects.filter(pk=row.pk).update(asked_at=timezone.now() - timedelta(days=30))
    outsider = UserFactory()
    EntryFactory(kind="solution", people=[outsider.pk, author.pk], topics=["compostaje"])
    return {
        "author": author, "blocked": blocked, "blocker": blocker, "left": left, "wrote": wrote, "muted": muted,
        "unwilling": unwilling, "resting": resting, "pausing": pausing, "outsider": outsider,
        "staff": maker(is_staff=True), "suspended": maker(is_active=False), "sample": maker(is_sample=True),
    }  # fmt: skip


def test_nobody_is_asked_who_must_not_be(topic):
    of = question()
    people = excluded_people(of)
    fine = maker()
    thread_route(thread_id=of.pk)
    named = {key: name for name, key in ((name, person.pk) for name, person in people.items())}
    assert {named.get(key, "fine") for key in asked(of)} == {"fine"}
    assert asked(of) == {fine.pk}


def test_samples_ask_samples_only(topic):
    maker()
    sample = maker(is_sample=True)
    of = question(author=member(is_sample=True))
    thread_route(thread_id=of.pk)
    assert asked(of) == {sample.pk}


def test_at_most_three_are_asked_once_and_each_is_told_why(topic, django_capture_on_commit_callbacks):
    for _number in range(5):
        maker()
    of = question(title="¿Cómo empezaron con el compostaje?")
    made = thread_route(thread_id=of.pk)
    assert len(made) == AT_A_TIME == 3
    assert thread_route(thread_id=of.pk) == []
    of.refresh_from_db()
    assert of.routed_at is not None
    notices = Notification.objects.filter(kind=NOTICE)
    assert {notice.user_id for notice in notices} == asked(of)
    assert "¿Cómo empezaron con el compostaje?" in notices[0].text
    assert notices[0].reason == "Porque publicaste 1 solución sobre compostaje."


@pytest.mark.parametrize(
    "state",
    [{"kind": "discussion"}, {"hidden_at": timezone.now()}, {"closed_at": timezone.now()}],
    ids=["discussion", "hidden", "closed"],
)
def test_only_an_open_question_that_is_seen_is_put_to_people(topic, state):
    maker()
    of = question(**state)
    assert thread_route(thread_id=of.pk) == []
    answered = question()
    post(answered)
    assert thread_route(thread_id=answered.pk) == []


def test_whoever_prefers_not_makes_room_for_the_next_and_the_asker_reads_nothing_of_it(topic):
    people = [maker() for _number in range(AT_A_TIME + 1)]
    of = question()
    first = thread_route(thread_id=of.pk)[0]
    assert question_decline(routed=first)
    assert not question_decline(routed=first)
    assert asked(of) == {person.pk for person in people}
    assert of.routed.filter(status=Status.ASKED).count() == AT_A_TIME


def test_however_many_prefer_not_it_ends(topic):
    for _number in range(IN_ALL + 3):
        maker()
    of = question()
    thread_route(thread_id=of.pk)
    while row := of.routed.filter(status=Status.ASKED).first():
        question_decline(routed=row)
        assert of.routed.filter(status=Status.ASKED).count() <= AT_A_TIME
    assert of.routed.count() == IN_ALL


def test_an_answer_is_noted_and_the_others_are_let_be_when_one_helped(topic):
    first, second = maker(), maker()
    of = question()
    thread_route(thread_id=of.pk)
    question_note_answer(post_id=post(of, author=first).pk)
    assert of.routed.get(user=first).status == Status.ANSWERED
    assert of.routed.get(user=second).status == Status.ASKED
    question_end(thread_id=of.pk)
    assert of.routed.get(user=second).status == Status.ENDED
    assert not Notification.objects.filter(user=second).exclude(kind=NOTICE).exists()


def test_a_block_takes_the_question_away(topic):
    person = maker()
    of = question()
    thread_route(thread_id=of.pk)
    questions_end_between(one_id=person.pk, other_id=of.author_id)
    assert of.routed.get().status == Status.ENDED


def test_the_team_puts_a_question_to_somebody_who_was_asked_lately_but_never_against_a_block(topic):
    moderator, person, of = UserFactory(superuser=True), maker(), question()
    RoutedQuestion.objects.create(thread=question(), user=person)
    question_suggest(thread=of, person=person, actor=moderator)
    assert asked(of) == {person.pk}
    with pytest.raises(RoutingRefused, match="Ya se la acercamos"):
        question_suggest(thread=of, person=person, actor=moderator)
    blocker = maker()
    Block.objects.create(blocker=blocker, blocked=of.author)
    with pytest.raises(RoutingRefused) as refusal:
        question_suggest(thread=of, person=blocker, actor=moderator)
    assert "bloque" not in str(refusal.value)
    for _number in range(2):
        question_suggest(thread=of, person=member(), actor=moderator)
    with pytest.raises(RoutingRefused, match="tres personas"):
        question_suggest(thread=of, person=member(), actor=moderator)


def test_the_number_of_questions_to_the_database_does_not_grow(topic, django_assert_max_num_queries):
    for _number in range(2):
        maker()
    of = question()
    with django_assert_max_num_queries(10):
        candidates_for(of, limit=3)
    for _number in range(12):
        maker(things=2)
    of = question()
    with django_assert_max_num_queries(10):
        candidates_for(of, limit=3)


def test_the_team_waits_for_working_days_only():
    monday = timezone.make_aware(timezone.datetime(2026, 11, 23, 10, 0))
    assert working_days_before(monday, 3).date().isoformat() == "2026-11-18"
    assert working_days_before(monday, 0) == monday
