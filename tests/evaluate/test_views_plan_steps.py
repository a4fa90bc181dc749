"""One step: changing it together, moving it, and what inspires it."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from evaluate.services.plans import step_mark
from tests.evaluate.factories import plan_step
from tests.evaluate.queries import counted_queries
from tests.portal.accounts_factories import MembershipFactory
from tests.portal.catalog_factories import EntryFactory

pytestmark = pytest.mark.django_db


def edit_url(step) -> str:
    return reverse("evaluate:plan-step-edit", args=[step.public_id])


def inspiration_url(step) -> str:
    return reverse("evaluate:plan-step-inspiration", args=[step.public_id])


def test_two_people_who_edit_at_once_see_each_others_words(client):
    step = plan_step(notes="De antes")
    client.force_login(step.owner)
    held = step_mark(step)
    client.post(edit_url(step), {"title": "De Ana", "criterion": "mide", "held": held})
    page = client.post(
        edit_url(step), {"title": "De Eva", "criterion": "mide", "held": held}
    ).content.decode()
    assert "Alguien cambió este paso mientras lo editabas" in page
    assert "De Ana" in page
    assert "De Eva" in page
    step.refresh_from_db()
    assert step.title == "De Ana"
    client.post(edit_url(step), {"title": "De Eva", "criterion": "mide", "held": step_mark(step)})
    step.refresh_from_db()
    assert step.title == "De Eva"


@pytest.mark.parametrize("held", ["", "ayer", "x" * 100])
def test_a_form_that_does_not_say_what_it_saw_overwrites_nothing(client, held):
    step = plan_step()
    client.force_login(step.owner)
    assert client.post(edit_url(step), {"title": "Otro", "held": held}).status_code == 200
    step.refresh_from_db()
    assert step.title == "Publicar el presupuesto"


def test_a_criterion_that_the_version_dropped_stays_with_its_words(client):
    step = plan_step(criterion="ya-no-esta", criterion_label="Un criterio de antes")
    client.force_login(step.owner)
    assert "Un criterio de antes" in client.get(edit_url(step)).content.decode()
    client.post(edit_url(step), {"title": "Igual", "criterion": "ya-no-esta", "held": step_mark(step)})
    step.refresh_from_db()
    assert (step.title, step.criterion_label) == ("Igual", "Un criterio de antes")


def test_a_step_moves_with_a_note_and_tells_its_history(client):
    step = plan_step()
    client.force_login(step.owner)
    move = reverse("evaluate:plan-step-move", args=[step.public_id])
    client.post(move, {"estado": "doing", "nota": "<b>Arrancó</b>"})
    client.post(move, {"estado": "inventado"})
    client.post(move, {"estado": "done", "nota": "x" * 301})
    page = client.get(step.get_absolute_url()).content.decode()
    assert "por empezar → en marcha" in page
    assert "&lt;b&gt;Arrancó&lt;/b&gt;" in page
    step.refresh_from_db()
    assert step.status == "doing"
    assert client.get(move).status_code == 405


def test_inspirations_are_searched_added_and_taken_away(client):
    step = plan_step()
    entry = EntryFactory(title="Medición comunitaria del agua")
    client.force_login(step.owner)
    assert "Medición comunitaria" in client.get(f"{step.get_absolute_url()}?q=medición").content.decode()
    assert "No encontramos nada" in client.get(f"{step.get_absolute_url()}?q=zzzz").content.decode()
    client.post(inspiration_url(step), {"entrada": entry.pk, "accion": "sumar"})
    assert list(step.inspirations.all()) == [entry]
    assert "Medición comunitaria" in client.get(step.get_absolute_url()).content.decode()
    client.post(inspiration_url(step), {"entrada": entry.pk, "accion": "quitar"})
    assert not step.inspirations.exists()
    for wrong in ("", "abc", "9" * 30, "٣", "-1", "0"):
        assert client.post(inspiration_url(step), {"entrada": wrong}).status_code == 404


def test_a_person_or_a_municipality_as_such_inspires_no_step(client):
    step = plan_step()
    client.force_login(step.owner)
    for kind in ("person", "town"):
        entry = EntryFactory(kind=kind, title="Compostaje Pérez")
        assert (
            "Compostaje Pérez" not in client.get(f"{step.get_absolute_url()}?q=compostaje").content.decode()
        )
        asked = {"entrada": entry.pk, "accion": "sumar"}
        assert client.post(inspiration_url(step), asked).status_code == 404
    assert not step.inspirations.exists()


def test_what_only_members_may_find_inspires_members_only(client):
    step = plan_step(owner=MembershipFactory(left=True).user)
    hidden = EntryFactory(title="Reservado", visibility="members")
    client.force_login(step.owner)
    assert client.post(inspiration_url(step), {"entrada": hidden.pk}).status_code == 404
    step.inspirations.add(hidden)
    assert "Reservado" not in client.get(step.get_absolute_url()).content.decode()
    assert "Reservado" not in client.get("/evaluarme/plan/").content.decode()
    assert b"Reservado" not in b"".join(client.get("/evaluarme/plan/exportar.csv"))


def test_whoever_left_is_marked_and_cannot_be_chosen_again(client):
    step = plan_step()
    gone = MembershipFactory(municipality=step.municipality, left=True).user
    step.responsible = gone
    step.save()
    client.force_login(step.owner)
    assert "ya no trabaja en el municipio" in client.get(step.get_absolute_url()).content.decode()
    page = client.get(edit_url(step)).content.decode()
    assert f'value="{gone.pk}"' not in page


def test_the_page_of_a_step_costs_the_same_with_a_long_history(client):
    step = plan_step()
    client.force_login(step.owner)
    counts = []
    for _round in range(2):
        with counted_queries() as queries:
            client.get(step.get_absolute_url())
        counts.append(len(queries))
        for number in range(6):
            actor = MembershipFactory(municipality=step.municipality).user
            step.changes.create(from_status="todo", to_status="doing", actor=actor, note=str(number))
            step.inspirations.add(EntryFactory())
    assert counts[0] == counts[1]
    assert counts[0] <= 9


def test_the_files_of_a_plan_run_nothing_and_keep_numbers_and_dates(client):
    member = MembershipFactory(user__name="=HYPERLINK(0)")
    plan_step(
        member.municipality,
        title="=cmd|' /C calc'!A0",
        notes="@SUM(1)",
        share_then="0.333333333",
        due_on="2027-03-01",
        responsible=member.user,
    )
    client.force_login(member.user)
    table = b"".join(client.get("/evaluarme/plan/exportar.csv")).decode("utf-8-sig")
    assert "'=cmd|' /C calc'!A0" in table
    assert "'@SUM(1)" in table
    assert "'=HYPERLINK(0)" in table
    response = client.get("/evaluarme/plan/exportar.xlsx")
    assert "plan-de-mejora-" in response.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(b"".join(response)))
    titles, row = book.active.iter_rows(values_only=True)
    cells = dict(zip(titles, row, strict=True))
    assert cells["Qué vamos a hacer"] == "'=cmd|' /C calc'!A0"
    assert cells["Puntaje de partida (%)"] == 33.33
    assert f"{cells['Para cuándo']:%Y-%m-%d}" == "2027-03-01"
    assert cells["Vencido"] is False
