"""What is offered to somebody who is about to ask."""

from time import perf_counter

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.catalog.services import lexicon_rebuild
from share.services.moderation.entries import thread_entry_refresh
from share.threads.before_asking import MAX_TITLE, offers_for
from tests.portal.accounts_factories import UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.share.factories import member, post, thread

pytestmark = pytest.mark.django_db
ASKED = "¿Cómo hacemos compostaje domiciliario en un pueblo chico?"


def known(title: str, **wanted):
    made = thread(title=title, **wanted)
    thread_entry_refresh(made)
    return made


def titles(offers) -> list[str]:
    return [offer.title for offer in offers]


def test_questions_like_hers_come_with_what_became_of_them_the_answered_first():
    known("Compostaje domiciliario: ¿por dónde empezar?")
    solved = known("Compostaje domiciliario en edificios")
    post(solved, accepted_at=timezone.now())
    thread_entry_refresh(solved)
    known("Alumbrado público con sensores")
    found = offers_for(member(), ASKED)
    assert [(offer.title, offer.why) for offer in found.threads] == [
        ("Compostaje domiciliario en edificios", "Tiene una respuesta aceptada."),
        (
            "Compostaje domiciliario: ¿por dónde empezar?",
            "Todavía sin respuesta: podés sumarte con «a mí también».",
        ),
    ]


def test_things_that_may_be_the_answer_come_with_a_reason_and_people_do_not():
    EntryFactory(kind="solution", title="Compostaje domiciliario con vecinos", place_name="Rafaela")
    EntryFactory(kind="person", title="Compostaje Domiciliario Pérez")
    EntryFactory(kind="solution", title="Pueblo chico, fiesta grande")
    found = offers_for(member(), ASKED)
    first = found.things[0]
    assert (first.title, first.place) == ("Compostaje domiciliario con vecinos", "Rafaela")
    assert first.why in ("Dice: compostaje y domiciliario.", "Dice: domiciliario y compostaje.")
    assert "Compostaje Domiciliario Pérez" not in titles(found.things)


def test_only_what_the_reader_may_find_is_offered():
    known("Compostaje domiciliario entre integrantes", visibility="members")
    hidden = known("Compostaje domiciliario oculto")
    hidden.hidden_at = timezone.now()
    hidden.save(update_fields=["hidden_at"])
    assert titles(offers_for(member(), ASKED).threads) == ["Compostaje domiciliario entre integrantes"]
    assert not offers_for(UserFactory(), ASKED)


def test_it_asks_little_and_as_little_of_many_as_of_few(django_assert_max_num_queries):
    lexicon_rebuild()
    reader = User.objects.get(pk=member().pk)
    for number in range(40):
        known(f"Compostaje domiciliario número {number}")
    # Her municipality, whom she blocked; the words, the entries, the conversations.
    with django_assert_max_num_queries(5):
        assert len(offers_for(reader, ASKED).threads) == 4
    with django_assert_max_num_queries(3):
        offers_for(reader, ASKED)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "   ",
        "de la",
        "😀😀",
        "a" * 100_000,
        "palabra " * 20_000,
        "' OR 1=1 --",
        "x\x00y",
        "& | ! :* <->",
        "-compost",
    ],
)
def test_whatever_is_typed_is_answered_soon(client, title):
    client.force_login(member())
    began = perf_counter()
    assert client.post(reverse("share:similar"), {"title": title}).status_code == 200
    assert client.get(reverse("share:similar"), {"title": title[:2000]}).status_code == 200
    assert perf_counter() - began < 2


def test_the_fragment_and_the_page_say_the_same_and_links_leave_the_form_alone(client):
    EntryFactory(kind="solution", title="Compostaje domiciliario <b>y</b> vecinos")
    client.force_login(member())
    page = client.get(reverse("share:similar"), {"title": ASKED}).content.decode()
    part = client.get(
        reverse("share:similar"), {"title": ASKED}, headers={"HX-Request": "true"}
    ).content.decode()
    for html in (page, part):
        assert "Compostaje domiciliario &lt;b&gt;y&lt;/b&gt; vecinos" in html
        assert 'target="_blank"' in html
    assert "<html" in page
    assert "<html" not in part


def test_as_much_of_a_title_counts_as_a_title_holds():
    EntryFactory(kind="solution", title="Compostaje domiciliario")
    assert not offers_for(member(), "x" * MAX_TITLE + ASKED).things
