"""The home of a municipality's evaluation: progress, what comes next, who has what, reminders."""

import pytest
from django.urls import reverse

from evaluate.models import ItemComment, SectionAssignment
from evaluate.services.assignments import REMINDER_NOTICE, section_set_ready, sections_assign
from portal.notices.models import Notification
from tests.evaluate.factories import YES_NO, personal_evaluation, questionnaire_version
from tests.evaluate.queries import counted_queries
from tests.evaluate.team import Team, team
from tests.portal.accounts_factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours() -> Team:
    return team()


def url(ours: Team, name: str = "evaluation", *args: str) -> str:
    return reverse(f"evaluate:{name}", args=[ours.evaluation.public_id, *args])


def home(client, ours: Team, user) -> str:
    client.force_login(user)
    response = client.get(url(ours))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def assign(ours: Team, *pairs) -> None:
    sections_assign(
        evaluation=ours.evaluation,
        user=ours.coordinator,
        added=[(key, person.pk) for key, person in pairs],
    )


def test_it_shows_progress_by_section_and_by_person(client, ours):
    assign(ours, ("residuos", ours.ana), ("agua", ours.beto))
    ours.answer(residuos__separa="no")
    page = home(client, ours, ours.coordinator)
    assert "1 de 2" in page
    assert "Ana Agua" in page
    assert "0 de 1 sección lista" in page
    assert "1 respuesta" in page
    assert "respondió 1 pregunta de Residuos" in page
    assert "tiene a cargo Agua" in page


def test_the_coordinator_is_first_asked_who_answers_what(client, ours):
    page = home(client, ours, ours.coordinator)
    assert "¿Quién responde qué?" in page
    assert url(ours, "sections-assign") in page
    assign(ours, ("residuos", ours.ana))
    assert "1 sección no la tiene nadie" in home(client, ours, ours.coordinator)
    assign(ours, ("agua", ours.beto))
    assert "Faltan 2 secciones de otras personas" in home(client, ours, ours.coordinator)


def test_a_colleague_is_led_to_her_section_and_then_asked_whether_it_is_ready(client, ours):
    assign(ours, ("residuos", ours.ana))
    page = home(client, ours, ours.ana)
    assert "Te toca 1 sección" in page
    assert url(ours, "evaluation-answer", "residuos") in page
    assert url(ours, "sections-assign") not in page
    ours.answer(residuos__separa="no", residuos__responsable="Obras")
    assert "¿Está lista tu parte?" in home(client, ours, ours.ana)
    section_set_ready(evaluation=ours.evaluation, user=ours.ana, section="residuos", is_ready=True)
    page = home(client, ours, ours.ana)
    assert "No tenés secciones a cargo" in page
    assert "«Agua» no la tiene nadie" in page


def test_when_all_is_ready_the_coordinator_is_led_to_sign_and_the_others_told_who_signs(client, ours):
    assign(ours, ("residuos", ours.ana), ("agua", ours.beto))
    for person, section in ((ours.ana, "residuos"), (ours.beto, "agua")):
        section_set_ready(evaluation=ours.evaluation, user=person, section=section, is_ready=True)
    assert "Está todo para firmar" in home(client, ours, ours.coordinator)
    page = home(client, ours, ours.ana)
    assert "De tu parte no falta nada" in page
    assert "La firma Coco Coordina" in page


def test_the_section_of_a_colleague_who_left_is_nobodys(client, ours):
    assign(ours, ("agua", ours.ana))
    ours.ana.memberships.update(status="left")
    page = home(client, ours, ours.coordinator)
    assert "Sin nadie: la tenía Ana Agua, que ya no trabaja en el municipio" in page
    assert client.get(url(ours, "sections-assign")).content.decode().count("La tenía Ana Agua") == 1


@pytest.mark.parametrize("role", ["elsewhere", "left", "stranger"])
def test_for_everybody_else_there_is_no_such_page(role, client, ours):
    people = {
        "elsewhere": MembershipFactory(coordinator=True),
        "left": MembershipFactory(municipality=ours.town, left=True, coordinator=True),
    }
    client.force_login(people[role].user if role in people else UserFactory())
    for name in ("evaluation", "sections-assign", "evaluation-reopen", "result-publish", "evaluation-review"):
        assert client.get(url(ours, name)).status_code == 404
        assert client.post(url(ours, name), {"elegida": "agua:x"}).status_code in {404, 405}
    assert client.post(url(ours, "section-ready", "agua")).status_code == 404
    assert client.post(url(ours, "evaluation-remind")).status_code == 404


def test_staff_look_and_do_not_touch(client, ours):
    page = home(client, ours, UserFactory(staff=True))
    assert "La responde el municipio" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    for name in ("sections-assign", "evaluation-reopen", "result-publish"):
        assert client.get(url(ours, name)).status_code == 403


def test_a_member_who_does_not_lead_assigns_reminds_and_reopens_nothing(client, ours):
    assign(ours, ("agua", ours.beto))
    client.force_login(ours.ana)
    assert client.get(url(ours, "sections-assign")).status_code == 403
    name = f"agua:{ours.ana.public_id}"
    assert client.post(url(ours, "sections-assign"), {"elegida": name}).status_code == 403
    response = client.post(url(ours, "evaluation-remind"), {"persona": ours.beto.public_id})
    assert response.status_code == 403
    assert SectionAssignment.objects.get().person == ours.beto


def test_a_self_check_leads_on_as_before(client, ours):
    check = personal_evaluation(ours.evaluation.version, user=ours.ana)
    client.force_login(ours.ana)
    response = client.get(reverse("evaluate:evaluation", args=[check.public_id]))
    assert response.url == reverse("evaluate:evaluation-answer", args=[check.public_id, "residuos"])
    assert client.get(reverse("evaluate:sections-assign", args=[check.public_id])).status_code == 403


def test_a_reminder_goes_out_once_a_day_and_only_to_who_has_a_section(client, ours):
    assign(ours, ("agua", ours.ana))
    client.force_login(ours.coordinator)
    send = url(ours, "evaluation-remind")
    assert client.post(send, {"persona": ours.ana.public_id}).url == url(ours)
    again = client.post(send, {"persona": ours.ana.public_id, "vuelta": "revisar"}, follow=True)
    assert "Hoy ya le mandamos un recordatorio" in again.content.decode()
    assert Notification.objects.filter(kind=REMINDER_NOTICE).count() == 1
    for person in (ours.beto.public_id, "nadie", ""):
        assert client.post(send, {"persona": person}).status_code == 404


def test_one_marks_ones_section_on_the_home_page_and_from_the_questions(client, ours):
    assign(ours, ("agua", ours.ana))
    client.force_login(ours.ana)
    client.post(url(ours, "section-ready", "agua"))
    assert SectionAssignment.objects.get().ready_at
    client.post(url(ours, "section-ready", "agua"), {"lista": "no"})
    assert SectionAssignment.objects.get().ready_at is None
    fields = {"accion": "lista", "shown": "/agua/mide", "/agua/mide": "si"}
    response = client.post(url(ours, "evaluation-answer", "agua"), fields)
    assert response.url == url(ours)
    assert SectionAssignment.objects.get().ready_at
    assert ours.evaluation.answers.filter(path="/agua/mide", value="si").exists()
    assert client.post(url(ours, "section-ready", "residuos")).status_code == 404


def test_the_list_of_sections_beside_the_questions_says_who_has_them(client, ours):
    assign(ours, ("agua", ours.ana), ("residuos", ours.beto))
    client.force_login(ours.ana)
    page = client.get(url(ours, "evaluation-answer", "agua")).content.decode()
    assert "Beto Barrios" in page
    assert "Mi parte de esta sección está lista" in page
    assert "Mi parte" not in client.get(url(ours, "evaluation-answer", "residuos")).content.decode()
    response = client.post(url(ours, "evaluation-answer", "agua"), {"accion": "ir:equipo"})
    assert response.url == url(ours)


def many_sections(number: int) -> list[dict[str, str]]:
    return [
        row
        for place in range(number)
        for row in (
            {"type": "begin group", "name": f"s{place}", "label": f"Sección {place}"},
            {"type": "select_one sino", "name": "una", "label": "Una"},
            {"type": "end group"},
        )
    ]


def test_the_queries_do_not_grow_with_sections_people_answers_or_comments(client):
    counts = []
    for number in (2, 12):
        ours = team(questionnaire_version(many_sections(number), YES_NO, slug=f"c{number}"))
        for place in range(number):
            person = MembershipFactory(municipality=ours.town).user
            assign(ours, (f"s{place}", person))
            ours.answer(person, **{f"s{place}__una": "si"})
            ItemComment.objects.create(
                evaluation=ours.evaluation, path=f"/s{place}/una", author=person, text="¿Seguro?"
            )
        home(client, ours, ours.coordinator)
        with counted_queries() as queries:
            home(client, ours, ours.coordinator)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_a_questionnaire_that_asks_nothing_has_a_home_all_the_same(client):
    survey = [
        {"type": "calculate", "name": "uno", "label": "", "calculation": "0"},
        {"type": "begin group", "name": "solo", "label": "Solo"},
        {"type": "text", "name": "dos", "label": "¿Dos?", "relevant": "${uno} = '1'"},
        {"type": "end group"},
    ]
    ours = team(questionnaire_version(survey, (), slug="nada"))
    page = home(client, ours, ours.coordinator)
    assert url(ours, "evaluation-review") in page


def test_a_section_that_is_not_asked_any_more_keeps_nobody_waiting(client):
    survey = [
        {"type": "begin group", "name": "uno", "label": "Uno"},
        {"type": "select_one sino", "name": "hay", "label": "¿Hay?"},
        {"type": "end group"},
        {"type": "begin group", "name": "dos", "label": "Dos", "relevant": "${hay} = 'si'"},
        {"type": "text", "name": "cual", "label": "¿Cuál?"},
        {"type": "end group"},
    ]
    ours = team(questionnaire_version(survey, YES_NO, slug="saltos"))
    ours.answer(uno__hay="si")
    assign(ours, ("uno", ours.ana), ("dos", ours.beto))
    section_set_ready(evaluation=ours.evaluation, user=ours.ana, section="uno", is_ready=True)
    ours.answer(uno__hay="no")
    assert "Está todo para firmar" in home(client, ours, ours.coordinator)
    review = client.get(url(ours, "evaluation-review")).content.decode()
    assert "todavía no se marcaron como listas" not in review
    shelf = client.get(reverse("evaluate:questionnaire-list"))
    assert shelf.status_code == 200
    client.force_login(ours.beto)
    assert home(client, ours, ours.beto)
    assert client.post(url(ours, "section-ready", "dos")).status_code == 302
