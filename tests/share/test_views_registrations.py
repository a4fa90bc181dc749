"""The page of an event says where the reader stands, and does what she wants with or without JavaScript."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.safety.limits import sending_limits
from share.models import Registration, RegistrationQuestion
from share.services.registrations import WISHES_LIMIT
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db
Status = Registration.Status
SECRET = "https://reunion.example.org/compostaje"


def reading(user=None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def page(of, user=None) -> str:
    return reading(user).get(of.get_absolute_url()).content.decode()


def register(of, user, follow=True, **said):
    return reading(user).post(
        reverse("share:register", args=[of.pk]), said or {"quiero": "ir"}, follow=follow
    )


def question(of, **wanted) -> RegistrationQuestion:
    return RegistrationQuestion.objects.create(event=of, text="¿En qué turno venís?", **wanted)


def test_one_click_registers_and_the_page_shows_the_link_and_the_code():
    webinar, ana = event(), member()
    assert "Inscribirme" in page(webinar, ana)
    answer = register(webinar, ana).content.decode()
    assert "tenés tu lugar" in answer and SECRET in answer
    assert "No puedo ir" in answer
    gone = register(webinar, ana, quiero="no-ir").content.decode()
    assert SECRET not in gone and "Dijiste que no vas" in gone


def test_htmx_gets_the_box_alone_and_what_happened_in_it():
    webinar = event()
    answer = reading(member()).post(
        reverse("share:register", args=[webinar.pk]), {"quiero": "ir"}, headers={"HX-Request": "true"}
    )
    text = answer.content.decode()
    assert text.lstrip().startswith("<section") and "tenés tu lugar" in text and SECRET in text


def test_each_state_says_where_the_reader_stands():
    ana = member()
    waits = event(capacity=1)
    registered(waits)
    registered(waits, status=Status.WAITING, place=1)
    registered(waits, ana, status=Status.WAITING, place=2)
    assert "Sos la 2.ª persona de la lista" in page(waits, ana)
    assert "Esperan 2 personas" in page(waits, member())
    soon = timezone.now() + timedelta(days=2)
    for fields, said in (
        ({"registration_opens_at": soon}, "La inscripción abre el"),
        ({"registration_closes_at": timezone.now() - timedelta(days=1)}, "La inscripción ya cerró"),
        ({"starts": timezone.now() - timedelta(days=1)}, "Este encuentro ya terminó"),
        ({"status": "cancelled", "cancelled_at": timezone.now()}, "se canceló"),
        ({"capacity": 3}, "Quedan 3 lugares"),
    ):
        assert said in page(event(**fields), ana), said
    assert "Ingresar para inscribirme" in page(event())
    assert "trabajan en un municipio de la red" in page(event(), UserFactory())
    assert "trabajan en un municipio de la red" in page(event(), MembershipFactory(left=True).user)


def test_an_offer_is_shown_on_her_own_clock_and_answered_with_a_button():
    ana = member(time_zone="America/Bogota")
    workshop = event(capacity=1)
    registered(
        workshop,
        ana,
        status=Status.OFFERED,
        place=1,
        offer_expires_at=timezone.now() + timedelta(hours=5),
    )
    shown = page(workshop, ana)
    assert "Hay un lugar para vos" in shown and "hora de Bogotá" in shown
    address = reverse("share:offer-answer", args=[workshop.pk])
    answer = reading(ana).post(address, {"accion": "aceptar"}, follow=True)
    assert "tenés tu lugar" in answer.content.decode()
    assert Registration.objects.get(user=ana).status == Status.GOING


def test_an_offer_that_lapsed_says_so():
    ana, workshop = member(), event(capacity=1)
    over = timezone.now() - timedelta(minutes=1)
    registered(workshop, ana, status=Status.OFFERED, place=1, offer_expires_at=over)
    assert "Pasó el tiempo para confirmar" in page(workshop, ana)
    answer = reading(ana).post(
        reverse("share:offer-answer", args=[workshop.pk]), {"accion": "aceptar"}, follow=True
    )
    assert "ya no está guardado para vos" in answer.content.decode()


def test_the_link_is_shown_to_who_goes_and_to_organisers_and_to_nobody_else():
    organiser, going = member(), member()
    webinar = event(organiser=organiser, link_note="Clave: huerta")
    registered(webinar, going)
    others = {
        "visitor": None,
        "account": UserFactory(),
        "member": member(),
        "interested": member(),
        "waiting": member(),
        "left": MembershipFactory(left=True).user,
    }
    registered(webinar, others["interested"], status=Status.INTERESTED)
    registered(webinar, others["left"])
    registered(webinar, others["waiting"], status=Status.WAITING, place=1)
    for name, reader in others.items():
        shown = page(webinar, reader)
        assert SECRET not in shown and "huerta" not in shown, name
    for reader in (going, organiser, UserFactory(is_staff=True)):
        assert SECRET in page(webinar, reader)
    for address in ("/api/v1/events/", reverse("share:event-list"), reverse("share:site-ics")):
        for reader in (None, member(), going):
            answer = reading(reader).get(address)
            assert SECRET.encode() not in answer.getvalue(), address


def test_what_must_be_answered_is_asked_first_and_nothing_written_is_lost():
    webinar, ana = event(), member()
    turn = question(webinar, kind="choice", choices=["Mañana", "Tarde"], is_required=True)
    note = question(webinar, kind="text")
    assert reverse("share:register", args=[webinar.pk]) in page(webinar, ana)
    refused = register(webinar, ana, quiero="ir", **{f"q{note.pk}": "Sin gluten <b>"})
    assert not Registration.objects.exists()
    assert "Sin gluten &lt;b&gt;" in refused.content.decode()
    wrong = register(webinar, ana, **{"quiero": "ir", f"q{turn.pk}": "Medianoche"})
    assert f"q{turn.pk}" in wrong.context["form"].errors
    register(webinar, ana, **{"quiero": "ir", f"q{turn.pk}": "Tarde", f"q{note.pk}": "Sin gluten"})
    assert Registration.objects.get().answers == {str(turn.pk): "Tarde", str(note.pk): "Sin gluten"}


def test_answers_of_every_kind_are_kept_and_can_be_changed():
    webinar, ana = event(), member()
    asked = {
        kind: question(webinar, kind=kind, choices=["A", "B"])
        for kind in ("text", "choice", "choices", "yes_no")
    }
    said = {"text": "x" * 1001, "choice": "A", "choices": ["A", "B"], "yes_no": "no"}
    form = {"con-respuestas": "1", **{f"q{asked[kind].pk}": value for kind, value in said.items()}}
    assert f"q{asked['text'].pk}" in register(webinar, ana, **form).context["form"].errors
    form[f"q{asked['text'].pk}"] = "Hola"
    register(webinar, ana, **form)
    kept = Registration.objects.get().answers
    assert [kept[str(asked[kind].pk)] for kind in said] == ["Hola", "A", ["A", "B"], False]
    shown = reading(ana).get(reverse("share:register", args=[webinar.pk])).content.decode()
    assert "Hola" in shown and "Guardar" in shown
    form[f"q{asked['text'].pk}"] = "Chau"
    reading(ana).post(reverse("share:answers-save", args=[webinar.pk]), form)
    assert Registration.objects.get().answers[str(asked["text"].pk)] == "Chau"


def test_nobody_registers_for_what_she_may_not_see():
    for hidden in (event(status="draft", published_at=None), event(hidden_at=timezone.now())):
        assert register(hidden, member()).status_code == 404
    members_only = event(visibility="members")
    assert register(members_only, UserFactory()).status_code == 404
    assert reading().post(reverse("share:register", args=[members_only.pk])).status_code == 302
    assert not Registration.objects.exists()


def test_a_wish_that_cannot_be_is_answered_with_its_reason():
    closed = event(registration_closes_at=timezone.now() - timedelta(days=1))
    assert "ya cerró" in register(closed, member()).content.decode()
    assert "municipio de la red" in register(event(), UserFactory()).content.decode()


def test_my_events_are_mine():
    ana = member()
    titles = {
        "Voy": Status.GOING,
        "Espero": Status.WAITING,
        "Me interesa esto": Status.INTERESTED,
        "No voy": Status.NOT_GOING,
    }
    for number, (title, status) in enumerate(titles.items()):
        registered(event(title=title), ana, status=status, place=number + 1)
    past = event(title="Ya fue", starts=timezone.now() - timedelta(days=3))
    registered(past, ana)
    registered(event(title="De otra persona"))
    shown = reading(ana).get(reverse("share:my-events")).content.decode()
    assert all(title in shown for title in ("Voy", "Espero", "Me interesa esto", "Ya fue"))
    assert "De otra persona" not in shown and "No voy" not in shown
    assert reading().get(reverse("share:my-events")).status_code == 302


def test_my_events_and_the_box_cost_the_same_however_many_there_are(django_assert_max_num_queries):
    ana, workshop = member(), event(capacity=1)
    registered(workshop)
    client = reading(ana)

    def more() -> None:
        registered(event(), ana)
        registered(event(starts=timezone.now() - timedelta(days=3)), ana)
        waiting = Registration.objects.filter(event=workshop).count()
        registered(workshop, status=Status.WAITING, place=waiting)

    more()
    registered(workshop, ana, status=Status.WAITING, place=1_000)
    addresses = (reverse("share:my-events"), workshop.get_absolute_url())
    few = []
    for address in addresses:
        client.get(address)
        with django_assert_max_num_queries(20) as asked:
            client.get(address)
        few.append(len(asked))
    for _time in range(5):
        more()
    for address, most in zip(addresses, few, strict=True):
        with django_assert_max_num_queries(most):
            client.get(address)


def test_whoever_changes_her_mind_all_the_time_is_asked_to_wait():
    webinar, ana = event(), member()
    limit = sending_limits.get(WISHES_LIMIT)
    for number in range(limit.most_when_new + 1):
        answer = register(webinar, ana, follow=False, quiero=("ir", "no-ir")[number % 2])
    assert "Cambiaste de idea muchas veces" in [str(one) for one in get_messages(answer.wsgi_request)][-1]
    assert Registration.objects.get().changes.count() <= limit.most
