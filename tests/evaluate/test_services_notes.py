"""Who is told of comments, and what becomes of notes when a case of a repeated group goes."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from evaluate.models import Evaluation, ItemComment, ItemEvidence, SectionAssignment
from evaluate.services.answering import repeat_add, repeat_remove
from evaluate.services.comments import COMMENTED_NOTICE, comment_add
from evaluate.services.evidence import evidence_add
from portal.files.models import StoredFile
from portal.notices.models import Notification
from tests.evaluate.factories import (
    criteria_version,
    municipal_evaluation,
    personal_evaluation,
    questionnaire_version,
)
from tests.portal.accounts_factories import MembershipFactory

pytestmark = pytest.mark.django_db
PATH = "/riego/riego_1"


def colleague_of(evaluation: Evaluation, **options: object):
    return MembershipFactory(municipality=evaluation.municipality, **options).user


def comment(evaluation: Evaluation, author, path: str = PATH) -> ItemComment:
    return comment_add(evaluation=evaluation, path=path, text="¿Y esto?", author=author)


def told() -> list[object]:
    lines = Notification.objects.filter(kind=COMMENTED_NOTICE).heads()
    return list(lines.order_by("user").values_list("user", flat=True))


def test_those_with_the_section_and_those_who_commented_before_are_told_and_the_author_is_not():
    evaluation = municipal_evaluation(criteria_version())
    assigned, elsewhere, commented, left = (colleague_of(evaluation) for _number in range(4))
    SectionAssignment.objects.create(evaluation=evaluation, section="riego", person=assigned)
    SectionAssignment.objects.create(evaluation=evaluation, section="juegos", person=elsewhere)
    SectionAssignment.objects.create(evaluation=evaluation, section="riego", person=left)
    left.memberships.update(status="left", ended_on=timezone.localdate())
    comment(evaluation, commented)
    assert told() == [assigned.pk]
    comment(evaluation, evaluation.owner)
    assert told() == [assigned.pk, commented.pk]


def test_what_is_said_while_a_notice_waits_to_be_read_is_one_line():
    evaluation = municipal_evaluation(criteria_version())
    assigned = colleague_of(evaluation)
    SectionAssignment.objects.create(evaluation=evaluation, section="riego", person=assigned)
    lines = Notification.objects.filter(user=assigned, kind=COMMENTED_NOTICE).heads().unread()
    for _number in range(3):
        comment(evaluation, evaluation.owner)
    assert [line.number for line in lines.all()] == [3]
    assert "Hay 3 comentarios nuevos" in lines.get().text
    comment(evaluation, evaluation.owner, "/riego/riego_2")
    assert lines.count() == 2
    Notification.objects.update(read_at=timezone.now())
    comment(evaluation, evaluation.owner)
    assert [line.number for line in lines.all()] == [1]


def test_the_notice_leads_to_the_question_and_names_nobody(client):
    evaluation = municipal_evaluation(criteria_version())
    assigned = colleague_of(evaluation)
    SectionAssignment.objects.create(evaluation=evaluation, section="riego", person=assigned)
    comment(evaluation, evaluation.owner)
    notice = Notification.objects.get(kind=COMMENTED_NOTICE)
    assert evaluation.owner.name not in notice.text
    client.force_login(assigned)
    assert "¿Y esto?" in client.get(notice.url).content.decode()


def test_notes_to_oneself_tell_nobody():
    evaluation = personal_evaluation(criteria_version())
    comment(evaluation, evaluation.owner)
    assert told() == []


WORKS = [
    {"type": "begin repeat", "name": "obra", "label": "Obra"},
    {"type": "text", "name": "nombre", "label": "Nombre"},
    {"type": "end repeat"},
]


def test_the_notes_of_a_case_go_with_it_and_those_of_the_cases_behind_move_up():
    evaluation = personal_evaluation(questionnaire_version(WORKS, (), slug="obras"))
    user = evaluation.owner
    for _number in range(11):
        repeat_add(evaluation=evaluation, user=user, path="/obra")
    for place in range(1, 13):
        path = f"/obra[{place}]/nombre"
        comment_add(evaluation=evaluation, path=path, text=f"Obra {place}", author=user)
    file = ContentFile(b"Plano", name="plano.txt")
    evidence_add(evaluation=evaluation, path="/obra[2]/nombre", user=user, upload=file)
    evidence_add(evaluation=evaluation, path="/obra[3]/nombre", user=user, url="https://municipio.gob.ar")
    repeat_remove(evaluation=evaluation, user=user, path="/obra[2]")
    found = dict(ItemComment.objects.values_list("path", "text"))
    assert found == {
        f"/obra[{place}]/nombre": f"Obra {place if place < 2 else place + 1}" for place in range(1, 12)
    }
    assert ItemEvidence.objects.get().path == "/obra[2]/nombre"
    assert not StoredFile.objects.exists()
