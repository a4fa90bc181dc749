"""A person's copy of what she did around her municipality's answers, and its erasure."""

import pytest
from django.utils import timezone

from evaluate.models import AnswerRevision, ItemComment, ItemEvidence, SectionAssignment
from evaluate.personal import erase_evaluations, export_teamwork
from evaluate.services.answering import answer_save
from evaluate.services.assignments import sections_assign
from tests.evaluate.factories import plan_step
from tests.evaluate.team import Team, team

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours() -> Team:
    """A team in which Ana did one of everything and Beto did the same."""
    ours = team()
    for person in (ours.ana, ours.beto):
        sections_assign(evaluation=ours.evaluation, user=ours.coordinator, added=[("agua", person.pk)])
        ItemComment.objects.create(
            evaluation=ours.evaluation, path="/agua/mide", author=person, text=f"Dice {person.name}"
        )
        ItemEvidence.objects.create(
            evaluation=ours.evaluation, path="/agua/mide", added_by=person, url="https://muestra.example/a"
        )
        plan_step(
            ours.town, owner=person, about=ours.evaluation.questionnaire, title=f"Paso de {person.name}"
        )
        ours.evaluation.changes.create(
            from_status="scored", to_status="draft", actor=person, reason="Porque sí"
        )
        answer_save(evaluation=ours.evaluation, user=person, path="/residuos/responsable", value=person.name)
    return ours


def test_her_copy_holds_what_is_hers_and_nothing_of_her_colleagues(ours):
    copy = export_teamwork(ours.ana)
    assert [row["section"] for row in copy["sections"]] == ["agua"]
    assert [row["text"] for row in copy["comments"]] == ["Dice Ana Agua"]
    assert [row["url"] for row in copy["evidence"]] == ["https://muestra.example/a"]
    assert [row["value"] for row in copy["replaced_answers"]] == ["Ana Agua"]
    assert [row["reason"] for row in copy["changes"]] == ["Porque sí"]
    assert [(row["title"], row["added"]) for row in copy["plan_steps"]] == [("Paso de Ana Agua", True)]
    assert "Beto" not in str(copy)


def test_someone_who_did_nothing_gets_an_empty_copy(ours):
    copy = export_teamwork(ours.coordinator)
    assert copy["sections"] == copy["comments"] == copy["evidence"] == copy["plan_steps"] == []


def test_with_her_account_her_sections_and_comments_go_and_the_towns_record_stays_without_her(ours):
    erase_evaluations(ours.ana)
    assert SectionAssignment.objects.get().person == ours.beto
    assert ItemComment.objects.get().author == ours.beto
    assert set(ItemEvidence.objects.values_list("added_by", flat=True)) == {None, ours.beto.pk}
    assert AnswerRevision.objects.get().answered_by is None
    assert ours.evaluation.changes.filter(reason="Porque sí", actor=None).exists()
    assert "Ana" not in str(export_teamwork(ours.ana))


def test_the_mark_of_a_ready_section_is_in_her_copy(ours):
    SectionAssignment.objects.filter(person=ours.ana).update(ready_at=timezone.now())
    assert export_teamwork(ours.ana)["sections"][0]["ready_at"]
