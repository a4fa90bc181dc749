"""The door, the tickets and the list of who was there, as each role finds them."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from portal.safety.services import block_add
from share.models import Registration
from share.services.attendance import attendance_enter, event_code_renew
from tests.portal.accounts_factories import UserFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.share.afterwards import going_on, over, page, signed_in
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db
DOORS = ("event-checkin", "event-attendance", "event-attendance-csv", "event-attendance-xlsx", "event-screen")


def post(client: Client, name: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(f"share:{name}", args=args), data)


def test_only_those_who_look_after_the_event_open_its_door_and_its_list() -> None:
    town = MunicipalityFactory()
    organiser = member()
    at = going_on(organiser, municipality=town)
    going = registered(at, code="CDFG3467").user
    left = member(municipality=town)
    left.memberships.update(status="left", ended_on=timezone.localdate())
    coordinator = member(municipality=town, role="coordinator")
    blocked = member()
    block_add(user=organiser, other=blocked)
    allowed = [organiser, coordinator, UserFactory(staff=True)]
    refused = [
        UserFactory(),
        member(),
        member(municipality=town),
        member(role="coordinator"),
        left,
        going,
        blocked,
    ]
    for name in DOORS:
        assert page(Client(), name, at.pk).status_code == 302
        assert [page(signed_in(user), name, at.pk).status_code for user in allowed] == [200] * 3, name
        assert [page(signed_in(user), name, at.pk).status_code for user in refused] == [403] * 7, name
    for user in refused:
        assert post(signed_in(user), "event-door", at.pk, "CDFG3467").status_code == 403
        assert post(signed_in(user), "event-checkin", at.pk, q="CDFG3467").status_code == 403
        assert post(signed_in(user), "event-attendance", at.pk, accion="cerrar").status_code == 403
        assert post(signed_in(user), "event-screen", at.pk).status_code == 403
    assert Registration.objects.get(event=at).attendance == "unknown"


def test_the_camera_of_a_telephone_opens_a_page_that_changes_nothing_until_one_taps() -> None:
    organiser = member()
    at = going_on(organiser)
    row = registered(at, member(name="Luz Paz"), code="CDFG3467")
    client = signed_in(organiser)
    for _look in range(2):
        shown = page(client, "event-door", at.pk, "CDFG3467").content.decode()
        assert "Luz Paz" in shown
        assert "Dejar pasar" in shown
    row.refresh_from_db()
    assert row.attendance == "unknown"
    assert post(client, "event-door", at.pk, "CDFG3467").status_code == 302
    assert "Entró a las" in page(client, "event-door", at.pk, "CDFG3467").content.decode()
    assert "No encontramos esa entrada" in page(client, "event-door", at.pk, "GGGGGGGG").content.decode()


def test_whoever_is_no_organiser_learns_nothing_from_somebody_elses_code() -> None:
    at = going_on(member())
    registered(at, member(name="Luz Paz"), code="CDFG3467")
    client = signed_in(member())
    real = page(client, "event-door", at.pk, "CDFG3467")
    none = page(client, "event-door", at.pk, "GGGGGGGG")
    assert real.status_code == none.status_code == 200
    assert "Luz Paz" not in real.content.decode()
    assert "Esta es la entrada de alguien" in real.content.decode()
    assert _without_tokens(real) == _without_tokens(none)


def _without_tokens(response: Any) -> str:
    text = re.sub(r"[A-Za-z0-9]{64}", "", response.content.decode())
    return text.replace("CDFG3467", "").replace("GGGGGGGG", "")


def test_a_code_typed_at_the_door_lets_in_and_a_reload_does_not_do_it_again() -> None:
    organiser = member()
    at = going_on(organiser)
    row = registered(at, member(name="Luz Paz"), code="CDFG3467")
    registered(at)
    client = signed_in(organiser)
    answer = post(client, "event-checkin", at.pk, q="cdfg 3467")
    assert answer.status_code == 302
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "Luz Paz" in shown
    assert re.search(r"big-number\">1</strong>\s*<span>de 2", shown)
    again = client.post(reverse("share:event-checkin", args=[at.pk]), {"q": "CDFG3467"}, follow=True)
    assert "Ya había entrado" in again.content.decode()
    post(client, "event-checkin", at.pk, deshacer=row.pk)
    row.refresh_from_db()
    assert row.attendance == "unknown"


def test_the_door_tells_a_refusal_from_a_weak_line() -> None:
    """What the script shows: two texts, each of its own."""
    organiser = member()
    at = event(organiser=organiser, starts=timezone.now() - timedelta(minutes=5))
    page = signed_in(organiser).get(reverse("share:event-checkin", args=[at.pk])).content.decode()
    assert page.count("data-door-trouble") == page.count("data-door-refused") == 1
    assert "no quedó nada anotado" in page


def test_the_door_answers_htmx_with_a_part_and_finds_names_without_their_accents() -> None:
    organiser = member()
    at = going_on(organiser)
    row = registered(at, member(name="José Núñez"))
    registered(at, status="interested", user=member(name="José Otro"))
    client = signed_in(organiser)
    url = reverse("share:event-checkin", args=[at.pk])
    found = client.post(url, {"q": "jose nun"}, headers={"HX-Request": "true"})
    text = found.content.decode()
    assert "<html" not in text
    assert "José Núñez" in text
    assert "José Otro" not in text
    done = client.post(url, {"persona": row.pk}, headers={"HX-Request": "true"})
    assert done.status_code == 200
    assert "Entró a las" in done.content.decode()
    assert "HX-Request" in done.headers["Vary"]


def test_sample_and_blocked_people_are_on_the_organisers_list() -> None:
    organiser = member()
    at = going_on(organiser)
    sample = registered(at, member(name="Ana Muestra", is_sample=True))
    apart = registered(at, member(name="Luz Paz"))
    block_add(user=apart.user, other=organiser)
    shown = page(signed_in(organiser), "event-attendance", at.pk).content.decode()
    assert sample.user.name in shown
    assert "Luz Paz" in shown


def test_what_is_typed_at_the_door_is_shown_as_text_and_strange_keys_find_nobody() -> None:
    organiser = member()
    at = going_on(organiser)
    other = registered(going_on(member()))
    client = signed_in(organiser)
    shown = post(client, "event-checkin", at.pk, q="<script>alert(1)</script>\0 %_").content.decode()
    assert "<script>alert(1)" not in shown
    for key in (other.pk, "x", "-1", "9" * 40, "١"):
        assert post(client, "event-checkin", at.pk, persona=key).status_code == 404
    for key in ("x", "00000000-0000-0000-0000-000000000000"):
        assert post(client, "event-checkin", at.pk, colega=key).status_code == 404


def test_nobody_is_let_in_days_before_or_at_a_cancelled_event() -> None:
    organiser = member()
    early = event(organiser=organiser)
    off = going_on(organiser, status="cancelled", cancelled_at=timezone.now())
    for at in (early, off):
        row = registered(at, code="CDFG3467")
        assert post(signed_in(organiser), "event-checkin", at.pk, q="CDFG3467").status_code == 403
        assert page(signed_in(organiser), "event-checkin", at.pk).status_code == 200
        row.refresh_from_db()
        assert row.attendance == "unknown"


def test_a_participant_has_her_code_as_a_picture_and_as_a_text() -> None:
    at = going_on(member())
    row = registered(at, code="CDFG3467")
    shown = page(signed_in(row.user), "my-ticket", at.pk).content.decode()
    assert "CDFG-3467" in shown
    assert "<svg" in shown
    assert "style=" not in shown.split('role="img"')[1].split("</svg>")[0]
    assert page(signed_in(member()), "my-ticket", at.pk).status_code == 404
    waits = registered(at, status="waiting", place=1)
    without = page(signed_in(waits.user), "my-ticket", at.pk).content.decode()
    assert 'role="img"' not in without
    assert "Todavía no tenés un lugar" in without


def test_a_member_who_left_does_not_reach_the_ticket_of_an_event_for_members() -> None:
    at = going_on(member(), visibility="members")
    row = registered(at, code="CDFG3467")
    row.user.memberships.update(status="left", ended_on=timezone.localdate())
    assert page(signed_in(row.user), "my-ticket", at.pk).status_code == 404


def test_she_marks_her_own_entry_from_the_picture_on_the_screen_with_one_tap() -> None:
    at = going_on(member())
    code = event_code_renew(event=at)
    row = registered(at)
    client = signed_in(row.user)
    assert f'value="{code}"' in page(client, "event-here", at.pk, codigo=code).content.decode()
    row.refresh_from_db()
    assert row.attendance == "unknown"
    done = client.post(reverse("share:event-here", args=[at.pk]), {"code": code}, follow=True)
    assert "registramos tu ingreso" in done.content.decode()


def test_a_wrong_code_is_said_beside_the_field_and_too_many_are_stopped() -> None:
    at = going_on(member())
    event_code_renew(event=at)
    row = registered(at)
    client = signed_in(row.user)
    for _attempt in range(10):
        assert "Ese no es el código" in post(client, "event-here", at.pk, code="GGGGGGGG").content.decode()
    assert "muchos códigos" in post(client, "event-here", at.pk, code="GGGGGGGG").content.decode()
    assert "muy largo" in post(client, "event-here", at.pk, code="G" * 100_000).content.decode()


@pytest.mark.parametrize(("hours", "status"), [(1.5, 403), (0.5, 302), (-2.5, 302), (-3.5, 403)])
def test_one_marks_ones_own_entry_around_the_event_only(hours: float, status: int) -> None:
    at = event(organiser=member(), starts=timezone.now() + timedelta(hours=hours))
    code = event_code_renew(event=at)
    assert post(signed_in(registered(at).user), "event-here", at.pk, code=code).status_code == status


def test_the_list_marks_many_closes_and_counts() -> None:
    organiser = member()
    at = over(organiser)
    rows = [registered(at) for _one in range(3)]
    client = signed_in(organiser)
    post(client, "event-attendance", at.pk, marcar="present", persona=[rows[0].pk, rows[1].pk])
    answer = client.post(
        reverse("share:event-attendance", args=[at.pk]), {"accion": "cerrar"}, follow=True
    ).content.decode()
    assert "1 persona figura como que no estuvo" in answer
    shown = page(client, "event-attendance", at.pk, estado="absent").content.decode()
    assert rows[2].user.name in shown
    assert rows[0].user.name not in shown
    assert post(client, "event-attendance", at.pk, marcar="borrar", persona=["x"]).status_code == 302


def test_attendance_is_not_closed_while_the_event_goes_on() -> None:
    organiser = member()
    at = going_on(organiser)
    row = registered(at)
    assert post(signed_in(organiser), "event-attendance", at.pk, accion="cerrar").status_code == 403
    row.refresh_from_db()
    assert row.attendance == "unknown"


def test_the_list_is_taken_away_as_tables_that_run_no_formulas() -> None:
    organiser = member()
    at = over(organiser, time_zone="Europe/Madrid")
    row = registered(at, member(name="=HYPERLINK(1)"))
    attendance_enter(registration=row, actor=organiser)
    client = signed_in(organiser)
    text = b"".join(page(client, "event-attendance-csv", at.pk).streaming_content).decode()
    assert "\n=HYPERLINK" not in text
    assert "estuvo" in text
    came = timezone.localtime(Registration.objects.get(pk=row.pk).checked_in_at, at.starts_at.tzinfo)
    answer = page(client, "event-attendance-xlsx", at.pk)
    assert answer.headers["Cache-Control"] == "no-store"
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.max_row == 2
    assert abs((sheet["D2"].value - came.replace(tzinfo=None)).total_seconds()) < 2


def test_pages_cost_as_much_for_many_as_for_one() -> None:
    organiser = member()
    at = over(organiser)
    client = signed_in(organiser)

    def cost(name: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            answer = page(client, name, at.pk)
            b"".join(answer.streaming_content) if answer.streaming else None
        return len(asked)

    registered(at)
    names = ("event-checkin", "event-attendance", "event-attendance-csv")
    before = {name: cost(name) for name in names}
    for _one in range(5):
        registered(at)
    assert {name: cost(name) for name in names} == before
    assert max(before.values()) <= 14
