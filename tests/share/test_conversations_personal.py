"""What stays of conversations when somebody leaves, and what she takes with her."""

import json

import pytest

from portal.accounts.models import User
from portal.accounts.own_marks import LEFT_OUT, marks_cutter, marks_of
from portal.accounts.services import account_erase, account_export
from portal.catalog.models import Entry
from share.models import Post, RoutedQuestion, Thread, ThreadChange, ThreadReader
from share.moderation.handover import held_questions, pass_on_questions
from share.personal.conversations import erase_conversations
from share.services.moderation.entries import thread_entry_refresh
from share.threads.texts import text_kept
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.share.factories import member, post, thread

pytestmark = pytest.mark.django_db


def erase(person: User) -> None:
    account_erase(user=person, actor=UserFactory(superuser=True))


def ana(**wanted) -> User:
    return member(name="Ana Única", email="ana.unica@villa.example", **wanted)


def test_what_others_read_stays_without_her_and_is_signed_as_a_former_member(client):
    her, reader = ana(), member()
    town = her.memberships.get().municipality
    of = thread(title="¿Alguien compró contenedores?", visibility="public")
    said = post(
        of,
        author=her,
        municipality=town,
        text="Con una ordenanza. Saludos, ANA ÚNICA (ana.unica@villa.example, 0342 15-455-1234)",
    )
    erase(her)
    said.refresh_from_db()
    assert said.text == f"Con una ordenanza. Saludos, {LEFT_OUT} ({LEFT_OUT}, {LEFT_OUT})"
    assert "Única" not in said.html
    client.force_login(reader)
    page = client.get(of.get_absolute_url()).content.decode()
    assert f"Ex integrante de {town.name}" in page
    assert "Con una ordenanza." in page
    assert "Única" not in page


def test_her_title_is_cut_in_the_catalogue_too():
    her = ana()
    of = thread(author=her, title="Pregunta de Ana Única sobre agua")
    post(of)
    thread_entry_refresh(of)
    erase(her)
    entry = Entry.objects.get(kind="thread", object_id=of.pk)
    assert entry.title == f"Pregunta de {LEFT_OUT} sobre agua"
    assert her.pk not in entry.people


def test_a_conversation_that_was_hers_alone_goes_and_one_that_others_share_stays():
    her = ana()
    alone, shared, same = (thread(author=her) for _number in range(3))
    thread_entry_refresh(alone)
    post(shared)
    same.supported.create(user=member())
    erase(her)
    assert set(Thread.objects.values_list("pk", flat=True)) == {shared.pk, same.pk}
    assert not Entry.objects.filter(kind="thread", object_id=alone.pk).exists()


def test_what_nobody_read_loses_its_text_and_her_steps_lose_her():
    her, of = ana(), thread()
    for status in ("held", "hidden", "removed"):
        post(of, author=her, status=status, text=f"secreto {status}")
    ThreadChange.objects.create(thread=of, kind="hidden", by=her, reason="secreto")
    RoutedQuestion.objects.create(thread=of, user=her)
    erase(her)
    assert not Post.objects.filter(text__contains="secreto").exists()
    assert not Post.objects.filter(status="held").exists()
    assert list(ThreadChange.objects.values_list("by", "reason")) == [(None, "")]
    assert not RoutedQuestion.objects.exists()


def test_a_mention_of_her_holds_no_name_by_itself():
    her, of = ana(), thread()
    text = text_kept(f"Gracias [@Ana Única](persona:{her.public_id}) por esto.")
    assert "Única" not in text
    said = post(of, text=text)
    erase(her)
    assert "Única" not in Post.objects.get(pk=said.pk).text


def test_her_copy_holds_all_that_she_wrote_and_nothing_of_others():
    her, of = ana(), thread(text="Texto ajeno y reservado")
    mine = thread(author=her, title="Mi pregunta", text="Mi texto")
    post(mine, text="Respuesta ajena y reservada")
    post(of, author=her, text="Lo mío que espera", status="held")
    RoutedQuestion.objects.create(thread=of, user=her, reasons=["team"])
    copy = json.dumps(account_export(user=her), ensure_ascii=False)
    for text in ("Mi pregunta", "Mi texto", "Lo mío que espera", "el equipo de la red pensó en vos"):
        assert text in copy
    for text in ("Texto ajeno y reservado", "Respuesta ajena y reservada"):
        assert text not in copy


def test_erasing_twice_changes_nothing_more():
    her = ana()
    post(thread(), author=her, text="Queda.")
    erase(her)
    before = list(Post.objects.order_by("pk").values_list("text", "status"))
    erase_conversations(User.objects.get(pk=her.pk))
    assert list(Post.objects.order_by("pk").values_list("text", "status")) == before


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Llamame al +54 9 342 455-1234.", f"Llamame al {LEFT_OUT}."),
        ("Tel. (0342) 15 455 1234", f"Tel. {LEFT_OUT}"),
        (
            "Ordenanza 12.345/2019, $ 12.500.000 en 2024-2025",
            "Ordenanza 12.345/2019, $ 12.500.000 en 2024-2025",
        ),
        ("Somos 12345678 habitantes", "Somos 12345678 habitantes"),
        ("Del 12-11-2026 al 14-11-2026", "Del 12-11-2026 al 14-11-2026"),
    ],
)
def test_telephone_numbers_are_cut_and_other_numbers_stay(text, left):
    assert marks_cutter([], with_phones=True)(text) == left


def test_her_marks_are_her_name_and_every_address():
    her = ana()
    her.emailaddress_set.create(email="casa@otra.example", verified=True)
    assert set(marks_of(her)) == {"Ana Única", "ana.unica@villa.example", "casa@otra.example"}


def test_open_questions_of_a_municipality_pass_to_a_colleague_who_follows_them():
    her = ana()
    town = her.memberships.get().municipality
    colleague = MembershipFactory(municipality=town).user
    waits = thread(author=her, municipality=town)
    solved = thread(author=her, municipality=town)
    thread(author=her)
    Thread.objects.filter(pk=solved.pk).update(accepted=1)
    assert held_questions(her, town) == [str(waits.pk)]
    assert pass_on_questions(her, town, None, [str(waits.pk)]) == 0
    assert pass_on_questions(her, town, colleague, [str(waits.pk), str(solved.pk)]) == 1
    assert ThreadReader.objects.get(user=colleague, thread=waits).is_following
