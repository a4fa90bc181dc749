"""The pages of those who organise encounters: who gets in, what is saved, and that nothing typed is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Membership
from share.models import Event, EventOrganiser, RegistrationQuestion, Session, Speaker
from share.services.events import event_change
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.share.factories import BUENOS_AIRES, event, member, registered

pytestmark = pytest.mark.django_db
CREATE = "/intercambiar/encuentros/nuevo/"


def typed(**wanted):
    """Return what somebody types into the form."""
    day = (timezone.now() + timedelta(days=20)).date().isoformat()
    data = {
        "kind": "workshop",
        "title": "Taller de compostaje",
        "description": "Traé **guantes**.",
        "language": "es-ar",
        "start_date": day,
        "start_time": "10:00",
        "end_date": "",
        "end_time": "12:00",
        "time_zone": BUENOS_AIRES,
        "link": "reunion.example.org/taller",
        "visibility": "public",
        "offer_hours": "24",
        "capacity": "",
    }
    return {**data, **wanted}


def host(user):
    """Return the key of the municipality where somebody works."""
    return str(Membership.objects.get(user=user).municipality_id)


@pytest.fixture
def organiser(client):
    """Somebody who works in a municipality, signed in."""
    user = member()
    client.force_login(user)
    return user


def test_a_member_makes_a_draft_in_the_name_of_her_municipality(client, organiser):
    """And comes to its desk, which says what is next."""
    assert client.get(CREATE).status_code == 200
    answer = client.post(CREATE, typed(municipality=host(organiser)), follow=True)
    made = Event.objects.get()
    assert answer.redirect_chain[0][0] == f"/intercambiar/encuentros/organizar/{made.pk}/"
    assert (made.status, made.link, str(made.municipality_id)) == (
        "draft",
        "https://reunion.example.org/taller",
        host(organiser),
    )
    assert made.end_date == made.start_date
    assert "Publicar" in answer.content.decode()
    client.post(reverse("share:event-publish", args=[made.pk]))
    made.refresh_from_db()
    assert made.is_published


def test_a_form_sent_twice_makes_one_event(client, organiser):
    """An impatient finger, or a bad line."""
    data = typed(municipality=host(organiser), client_key="0d9f33cc-6f3f-4a11-8ad1-3c1b1f0f1f11")
    client.post(CREATE, data)
    assert client.post(CREATE, data).status_code == 302
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("wanted", "field", "message"),
    [
        ({"end_time": "09:00"}, "end_time", "tiene que terminar después de empezar"),
        ({"link": "javascript:alert(1)"}, "link", "con https:// adelante"),
        ({"start_date": "0001-01-01"}, "start_date", "Revisá el año"),
        ({"end_date": "9999-12-31"}, "end_date", "Revisá el año"),
        ({"start_date": "2020-03-02"}, "start_date", "Ese momento ya pasó"),
        (
            {"start_date": "2027-09-05", "start_time": "00:30", "time_zone": "America/Santiago"},
            "start_time",
            "01:30",
        ),
        ({"title": ""}, "title", ""),
        ({"title": "x" * 201}, "title", "200"),
        ({"description": "x" * 20_001}, "description", "20"),
        ({"capacity": "0"}, "capacity", "1"),
        ({"capacity": "99999999999999999999"}, "capacity", "100"),
        ({"municipality": "999999"}, "municipality", ""),
        ({"municipality": ""}, "municipality", "Elegí el municipio que invita"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", ""),
        ({"registration_closes_at": "ayer"}, "registration_closes_at", "Escribí el día y la hora"),
        ({"registration_opens_at": "2035-01-01T10:00"}, "registration_closes_at", "cerrar después de abrir"),
        ({"latitude": "-31"}, "longitude", "o ninguna de las dos"),
        ({"offer_hours": "0"}, "offer_hours", "1"),
        ({"repeat": "rule", "repeat_rule": "FREQ=SECONDLY"}, "repeat_rule", "por día, semana, mes o año"),
        ({"repeat": "weekly", "repeat_until": "2020-01-01"}, "repeat_until", "antes del primer encuentro"),
        ({"start_time": "24:99"}, "start_time", "Escribí la hora como 18:30"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_typed_is_lost(
    client, organiser, wanted, field, message
):
    """And nothing is made."""
    answer = client.post(CREATE, typed(**{"municipality": host(organiser), **wanted}))
    assert answer.status_code == 200
    assert message in str(answer.context["form"].errors[field])
    assert "Traé **guantes**." in answer.content.decode() or "description" in wanted
    assert not Event.objects.exists()


def test_what_was_done_already_can_be_written_down_when_it_is_meant(client, organiser):
    """The box is offered with the message."""
    data = typed(municipality=host(organiser), start_date="2025-03-03")
    assert "is_past_meant" in client.post(CREATE, data).content.decode()
    client.post(CREATE, data | {"is_past_meant": "on"})
    assert Event.objects.get().start_date.year == 2025


def test_the_description_is_shown_as_it_will_look_and_nothing_is_judged(client, organiser):
    """Without JavaScript too."""
    answer = client.post(CREATE, typed(title="", accion="ver")).content.decode()
    assert "<strong>guantes</strong>" in answer
    assert "error-summary" not in answer
    assert not Event.objects.exists()


def test_who_saves_after_somebody_else_sees_both_and_loses_nothing(client, organiser):
    """The second time, what she wrote holds."""
    at = event(organiser=organiser)
    other = member(name="Ana Paz")
    address = reverse("share:event-edit", args=[at.pk])
    seen = client.get(address).context["form"].initial["seen"]
    event_change(event=at, actor=other, fields={"title": "Compostaje en escuelas"}, seen=seen)
    data = typed(title="Compostaje urbano", seen=str(seen), municipality="")
    answer = client.post(address, data)
    text = answer.content.decode()
    assert "alguien más lo cambió" in text
    assert "Ana Paz" in text
    assert "Compostaje en escuelas" in text
    assert 'value="Compostaje urbano"' in text
    at.refresh_from_db()
    assert at.title == "Compostaje en escuelas"
    again = data | {"seen": answer.context["form"].data["seen"]}
    assert client.post(address, again).status_code == 302
    at.refresh_from_db()
    assert at.title == "Compostaje urbano"


def test_places_under_the_registered_are_refused_beside_the_field(client, organiser):
    """With how many there are."""
    at = event(organiser=organiser, capacity=4)
    for _one in range(3):
        registered(at)
    answer = client.post(reverse("share:event-edit", args=[at.pk]), typed(capacity="2", municipality=""))
    assert "3 personas" in answer.content.decode()
    at.seats.refresh_from_db()
    assert at.seats.capacity == 4


def test_cancelling_asks_why_and_says_how_many_are_told(client, organiser):
    """And takes place on the button alone."""
    at = event(organiser=organiser)
    for _one in range(2):
        registered(at)
    address = reverse("share:event-cancel", args=[at.pk])
    assert "Les vamos a avisar a 2 personas" in " ".join(client.get(address).content.decode().split())
    assert client.post(address, {"reason": " "}).status_code == 200
    client.post(address, {"reason": "Se inundó <b>todo</b>"})
    at.refresh_from_db()
    assert at.is_cancelled
    desk = client.get(reverse("share:event-manage", args=[at.pk])).content.decode()
    assert "Se inundó &lt;b&gt;todo&lt;/b&gt;" in desk
    client.post(reverse("share:event-restore", args=[at.pk]))
    at.refresh_from_db()
    assert at.is_published


def test_sessions_speakers_and_questions_are_added_changed_and_taken_out(client, organiser):
    """One at a time, each with a way back."""
    at = event(organiser=organiser, starts=timezone.now() + timedelta(days=5))
    begins = f"{at.start_time:%H:%M}"
    client.post(
        reverse("share:session-create", args=[at.pk]), {"title": "Apertura", "begins": begins, "minutes": 15}
    )
    session = Session.objects.get(event=at)
    assert (session.begins_after, session.minutes) == (0, 15)
    late = {"title": "Después", "begins": f"{at.end_time:%H:%M}", "minutes": 5}
    assert (
        "en ese tiempo" in client.post(reverse("share:session-create", args=[at.pk]), late).content.decode()
    )
    client.post(
        reverse("share:speaker-create", args=[at.pk]),
        {"name": "Ana Paz", "role": "Vivero", "session": session.pk},
    )
    assert Speaker.objects.get().session == session
    question = {"text": "¿Cómo venís?", "kind": "choice", "choices": "En auto\nEn bici\n\nEn bici"}
    client.post(reverse("share:question-create", args=[at.pk]), question)
    assert RegistrationQuestion.objects.get().choices == ["En auto", "En bici"]
    bad = client.post(reverse("share:question-create", args=[at.pk]), question | {"choices": "Una"})
    assert "opciones distintas" in bad.content.decode()
    client.post(reverse("share:session-edit", args=[at.pk, session.pk]), {"accion": "quitar"})
    assert not Session.objects.filter(pk=session.pk).exists()
    assert Speaker.objects.get().session is None


def test_parts_of_another_event_are_not_reached_through_ones_own(client, organiser):
    """The key in the address is not enough."""
    at, other = event(organiser=organiser), event(organiser=member())
    session = Session.objects.create(event=other, title="Ajena", begins_after=0, minutes=5)
    address = reverse("share:session-edit", args=[at.pk, session.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"accion": "quitar"}).status_code == 404


def _roles():
    """Return people by what they are to an event of a municipality, and whether its desk is theirs."""
    at = event(organiser=member())
    town = MembershipFactory(role=Membership.Role.COORDINATOR)
    at.municipality = town.municipality
    at.save()
    left = member()
    EventOrganiser.objects.create(event=at, user=left)
    Membership.objects.filter(user=left).update(status=Membership.Status.LEFT)
    return at, {
        "organiser": (EventOrganiser.objects.filter(event=at).first().user, True),
        "coordinator": (town.user, True),
        "staff": (UserFactory(is_staff=True), True),
        "colleague of the municipality": (MembershipFactory(municipality=town.municipality).user, False),
        "colleague from another municipality": (member(), False),
        "member who left": (left, False),
        "somebody without a municipality": (UserFactory(), False),
    }


def test_the_desk_and_its_steps_are_for_who_looks_after_the_event(client):
    """A visitor is asked to sign in; to others the reason is told; nothing changes for them."""
    at, roles = _roles()
    names = (
        "event-manage",
        "event-edit",
        "event-cancel",
        "event-history",
        "event-organisers",
        "session-create",
    )
    for role, (user, may) in roles.items():
        client.force_login(user)
        found = {name: client.get(reverse(f"share:{name}", args=[at.pk])).status_code for name in names}
        assert set(found.values()) == {200 if may else 403}, (role, found)
        if not may:
            assert (
                client.post(reverse("share:event-cancel", args=[at.pk]), {"reason": "x"}).status_code == 403
            )
            assert client.post(reverse("share:event-duplicate", args=[at.pk])).status_code == 403
    client.logout()
    assert all(client.get(reverse(f"share:{name}", args=[at.pk])).status_code == 302 for name in names)
    at.refresh_from_db()
    assert at.is_published


def test_somebody_without_a_municipality_is_told_why_she_cannot_organise(client):
    """And what to do."""
    client.force_login(UserFactory())
    answer = client.get(CREATE)
    assert answer.status_code == 403
    assert "Pedí sumarte" in answer.content.decode()


def test_a_copy_is_a_draft_without_registrations(client, organiser):
    """In the name of the one who copies."""
    at = event(organiser=organiser, capacity=3)
    registered(at)
    Session.objects.create(event=at, title="Apertura", begins_after=0, minutes=5)
    client.post(reverse("share:event-duplicate", args=[at.pk]))
    copy = Event.objects.exclude(pk=at.pk).get()
    assert (copy.status, copy.title, copy.seats.taken, copy.created_by) == ("draft", at.title, 0, organiser)
    assert copy.sessions.get().title == "Apertura"
    assert copy.start_date > at.start_date


def test_the_desk_asks_as_much_for_many_parts_as_for_few(client, organiser, django_assert_max_num_queries):
    """Its queries do not grow."""
    at = event(organiser=organiser)
    for number in range(12):
        session = Session.objects.create(event=at, title=f"{number}", begins_after=number, minutes=5)
        Speaker.objects.create(event=at, session=session, name=f"Persona {number}")
        EventOrganiser.objects.create(event=at, user=member())
    with django_assert_max_num_queries(24):
        assert client.get(reverse("share:event-manage", args=[at.pk])).status_code == 200
