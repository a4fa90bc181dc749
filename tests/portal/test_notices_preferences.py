"""How a person wants her notices: each kind, many at once, her hours; and stopping e-mails from an e-mail."""

import re
from datetime import time
from zoneinfo import ZoneInfo

import pytest
from django.core import mail, signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.notices.emails import DIGESTS, unsubscribe_token
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import NoticePreference, NoticeSettings, Notification
from portal.notices.services import notice_deliver, notify, preferences_of, preferences_save
from portal.notices.undoing import undo_token
from tests.portal.notices_factories import a_person

PAGE = "/avisos/preferencias/"
SHORTCUT = "/avisos/preferencias/atajo/"


@pytest.fixture
def person(client, db):
    person = a_person()
    client.force_login(person)
    return person


@pytest.fixture
def kind(monkeypatch) -> NoticeKind:
    kind = NoticeKind(id="prueba", label="Algo que pasó", order=-1, reason="Porque seguís la prueba.")
    monkeypatch.setitem(notice_kinds._items, kind.id, kind)
    return kind


def as_shown(client, **changes: str) -> dict[str, str]:
    """What the browser would send if the page were saved as it is, with these changes; None leaves a field out."""
    page = client.get(PAGE)
    fields = [*page.context["form"], *page.context["hours"]]
    values = {field.name: field.value() for field in fields} | changes
    sent = {name: value for name, value in values.items() if value is not None and value is not False}
    return {name: "on" if value is True else value for name, value in sent.items()}


def save(client, **changes: str):
    return client.post(PAGE, as_shown(client, **changes))


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get(PAGE).status_code == 302
    assert client.post(SHORTCUT, {"atajo": "resumen"}).status_code == 302


def test_the_page_shows_what_holds_and_why_and_keeps_what_is_chosen(client, person, kind):
    page = client.get(PAGE)
    assert page.context["form"]["prueba-email"].value() == "now"
    assert "Porque seguís la prueba." in page.content.decode()
    answer = client.post(PAGE, as_shown(client, **{"prueba-email": "weekly"}), follow=True)
    assert "Guardamos cómo querés recibir los avisos." in answer.content.decode()
    wish = NoticePreference.objects.get(user=person, kind="prueba")
    assert (wish.in_portal, wish.email) == (True, "weekly")
    save(client, **{"prueba-portal": None, "prueba-email": "never"})
    wish.refresh_from_db()
    assert (wish.in_portal, wish.email) == (False, "never")


def test_saving_the_page_as_it_is_fixes_nothing(client, person, kind):
    """Else a kind's better default would never reach whoever once looked at the page."""
    assert save(client).status_code == 302
    assert not NoticePreference.objects.exists()


def test_kinds_stand_under_their_function_and_those_of_the_team_are_for_the_team(client, person, monkeypatch):
    for name, more in {"a": {"function": "evaluate"}, "b": {"is_for_staff": True}}.items():
        monkeypatch.setitem(notice_kinds._items, name, NoticeKind(id=name, label=f"Aviso {name}", **more))
    html = client.get(PAGE).content.decode()
    assert html.index('id="notices-evaluate"') < html.index("Aviso a") < html.index('id="always"')
    assert "Aviso b" not in html
    client.force_login(a_person(is_staff=True))
    assert "Aviso b" in client.get(PAGE).content.decode()


def test_what_people_must_know_is_shown_as_fixed_and_cannot_be_turned_off(client, person, monkeypatch):
    needed = NoticeKind(id="prueba", label="Algo debido", is_optional=False)
    monkeypatch.setitem(notice_kinds._items, "prueba", needed)
    html = client.get(PAGE).content.decode()
    assert html.index("Estos llegan siempre") < html.index("Algo debido")
    assert 'name="prueba-email"' not in html
    save(client, **{"prueba-email": "never"})
    assert not NoticePreference.objects.filter(kind="prueba").exists()


def test_a_mode_that_there_is_not_is_refused_beside_its_field_and_nothing_is_kept(client, person, kind):
    answer = save(client, **{"prueba-email": "hourly", "digest_weekday": "4"})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "No guardamos nada todavía" in html and 'href="#id_prueba-email"' in html
    assert not NoticePreference.objects.exists() and not NoticeSettings.objects.exists()


def test_hours_language_and_zone_are_kept_together(client, person):
    save(
        client, quiet_from="22:00", quiet_until="07:30", digest_weekday="4",
        language="pt-br", time_zone="America/Sao_Paulo",
    )  # fmt: skip
    person.refresh_from_db()
    kept = NoticeSettings.objects.get(user=person)
    assert (kept.quiet_from, kept.quiet_until, kept.digest_weekday) == (time(22), time(7, 30), 4)
    assert (person.language, person.time_zone) == ("pt-br", "America/Sao_Paulo")
    html = client.get(PAGE).content.decode()
    assert 'value="22:00"' in html and '<option value="4" selected>' in html
    save(client, quiet_from="", quiet_until="")
    kept.refresh_from_db()
    assert (kept.quiet_from, kept.quiet_until) == (None, None)


@pytest.mark.parametrize(
    ("start", "end", "field", "said"),
    [
        ("22:00", "", "quiet_until", "Escribí también hasta qué hora"),
        ("", "07:00", "quiet_from", "Escribí también desde qué hora"),
        ("22:00", "22:00", "quiet_until", "Las dos horas son iguales."),
        ("25:99", "07:00", "quiet_from", "Escribí una hora del día"),
    ],
)
def test_hours_that_are_not_whole_are_refused_beside_the_one_to_mend(client, person, start, end, field, said):
    answer = save(client, quiet_from=start, quiet_until=end, language="en")
    assert list(answer.context["hours"].errors) == [field]
    html = answer.content.decode()
    assert said in html and f'href="#id_{field}"' in html
    assert f'value="{start}"' in html or not start
    assert not NoticeSettings.objects.exists()
    person.refresh_from_db()
    assert person.language == "es-ar"


def test_what_waits_follows_the_new_choice(client, person, kind):
    [waiting] = notify(users=person, kind="prueba", text="Pasó algo", fact="f")
    save(client, **{"prueba-email": "daily"})
    notice = Notification.objects.get(pk=waiting)
    assert notice.email_mode == "daily" and notice.email_due_at > notice.created_at
    save(client, **{"prueba-email": "never"})
    notice.refresh_from_db()
    assert notice.email_status == "not_wanted"


def test_who_moves_gets_her_digest_on_her_new_morning(
    client, person, kind, django_capture_on_commit_callbacks
):
    preferences_save(user=person, wishes={"prueba": (True, "daily")})
    [waiting] = notify(users=person, kind="prueba", text="Pasó algo", fact="f")
    before = Notification.objects.get(pk=waiting).email_due_at
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/cuenta/idioma-y-hora/", {"language": "es-ar", "time_zone": "Asia/Tokyo"})
    due = Notification.objects.get(pk=waiting).email_due_at
    assert due != before
    assert due.astimezone(ZoneInfo("Asia/Tokyo")).time() == time(8)


@pytest.mark.parametrize(
    ("shortcut", "gets"),
    [
        ("resumen", ["daily", "daily", "never"]),
        ("importante", ["never"] * 3),
        ("habitual", ["now", "now", "now"]),
    ],
)
def test_one_button_changes_many_and_leaves_what_must_be_known(client, person, monkeypatch, shortcut, gets):
    for name in "abc":
        monkeypatch.setitem(notice_kinds._items, name, NoticeKind(id=name, label=name))
    monkeypatch.setitem(notice_kinds._items, "d", NoticeKind(id="d", label="d", is_optional=False))
    preferences_save(user=person, wishes={"b": (True, "weekly"), "c": (True, "never")})
    answer = client.post(SHORTCUT, {"atajo": shortcut}, follow=True)
    assert "Listo:" in answer.content.decode()
    ways = {kind.id: way for kind, way in preferences_of(user=person)}
    assert [ways[name] for name in "abc"] == [(True, mode) for mode in gets]
    assert ways["d"] == (True, "now")


def test_a_button_that_there_is_not_changes_nothing(client, person):
    answer = client.post(SHORTCUT, {"atajo": "todo"}, follow=True)
    assert "no cambiamos nada" in answer.content.decode()
    assert not NoticePreference.objects.exists()


def test_the_page_costs_the_same_for_any_number_of_kinds(client, person, monkeypatch):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    few = queries()
    for number in range(20):
        monkeypatch.setitem(notice_kinds._items, f"k{number}", NoticeKind(id=f"k{number}", label="k"))
    assert queries() == few <= 7


def unsubscribe_path(person) -> str:
    [waiting] = notify(users=person, kind="prueba", text="Pasó algo", fact="f")
    notice_deliver(notification_id=waiting)
    header = mail.outbox[-1].extra_headers["List-Unsubscribe"]
    return "/" + header.strip("<>").split("/", 3)[3]


def test_one_click_in_the_mail_program_stops_the_mails(db, kind):
    person = a_person()
    path = unsubscribe_path(person)
    # As mail programs do it: no cookie, no token of ours.
    answer = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and not answer.cookies
    wish = NoticePreference.objects.get(user=person)
    assert (wish.in_portal, wish.email) == (True, "never")
    assert notify(users=person, kind="prueba", text="Otra cosa", fact="g") == []


def test_following_the_link_only_asks(client, db, kind):
    path = unsubscribe_path(a_person())
    assert client.head(path).status_code == 200
    page = client.get(path)
    assert "No recibirlos más por correo" in page.content.decode()
    assert "Algo que pasó" in page.content.decode()
    assert not page.cookies
    assert not NoticePreference.objects.exists()


def test_one_click_stops_all_digests_and_nothing_else(client, db, kind, monkeypatch):
    monkeypatch.setitem(notice_kinds._items, "otra", NoticeKind(id="otra", label="Otra cosa"))
    person = a_person()
    preferences_save(user=person, wishes={"prueba": (True, "weekly")})
    path = f"/avisos/baja/{unsubscribe_token(person, DIGESTS)}/"
    assert "Son los resúmenes de tus avisos" in client.get(path).content.decode()
    assert "Ya no te mandamos resúmenes." in client.post(path).content.decode()
    ways = {each.id: way for each, way in preferences_of(user=person)}
    assert ways["prueba"] == (True, "never")
    assert ways["otra"] == (True, "now")


def test_whoever_stopped_them_by_mistake_takes_it_back_without_signing_in(db, kind):
    client, person = Client(enforce_csrf_checks=True), a_person()
    preferences_save(user=person, wishes={"prueba": (False, "weekly")})
    path = f"/avisos/baja/{unsubscribe_token(person, 'prueba')}/"
    html = client.post(path).content.decode()
    undo = re.search(r'name="undo" value="([^"]+)"', html)[1]
    answer = client.post(f"{path}deshacer/", {"undo": undo})
    assert "te los volvemos a mandar" in answer.content.decode()
    wish = NoticePreference.objects.get(user=person)
    assert (wish.in_portal, wish.email) == (False, "weekly")


@pytest.mark.parametrize("undo", ["", "x", "another", "old"])
def test_taking_back_takes_our_own_recent_word_for_this_person(client, db, kind, undo):
    person = a_person()
    preferences_save(user=person, wishes={"prueba": (True, "never")})
    if undo == "another":
        undo = undo_token(a_person(), {"prueba": "now"})
    elif undo == "old":
        content = {"user": str(person.public_id), "modes": {"prueba": "now"}}
        signer = signing.TimestampSigner(salt="portal.notices.undo")
        signer.timestamp = lambda: signing.b62_encode(1_700_000_000)
        undo = signer.sign_object(content, serializer=signing.JSONSerializer)
    path = f"/avisos/baja/{unsubscribe_token(person, 'prueba')}/deshacer/"
    assert client.post(path, {"undo": undo}).status_code == 404
    assert NoticePreference.objects.get(user=person).email == "never"


def test_a_changed_or_foreign_token_stops_nothing(client, db, kind):
    path = unsubscribe_path(a_person())
    assert client.post(path.rstrip("/") + "x/").status_code == 404
    assert client.post("/avisos/baja/whatever/").status_code == 404
    assert client.post("/avisos/baja/whatever/deshacer/").status_code == 404
    assert not NoticePreference.objects.exists()


def test_one_click_is_heard_while_her_account_is_closed_and_not_once_it_is_erased(client, db, kind):
    person = a_person()
    path = unsubscribe_path(person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.post(path).status_code == 200
    assert NoticePreference.objects.get(user=person).email == "never"
    User.objects.filter(pk=person.pk).update(erased_at=timezone.now())
    assert client.get(path).status_code == client.post(path).status_code == 404


def test_an_e_mail_of_a_kind_that_is_gone_stops_nothing_and_says_so(client, db, kind):
    path = f"/avisos/baja/{unsubscribe_token(a_person(), 'gone-kind')}/"
    for answer in (client.get(path), client.post(path), client.post(f"{path}deshacer/", {"undo": "x"})):
        assert answer.status_code == 404
        assert "ya no se envían" in answer.content.decode()
    assert not NoticePreference.objects.exists()


def test_what_must_be_known_cannot_be_stopped_from_an_e_mail(client, db):
    path = f"/avisos/baja/{unsubscribe_token(a_person(), 'membership-decided')}/"
    assert client.get(path).status_code == client.post(path).status_code == 404
