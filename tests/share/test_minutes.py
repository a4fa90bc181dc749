"""Minutes and decisions: written, published, put right, followed up."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.catalog.models import Entry
from portal.notices.models import Notification
from portal.safety.services import block_add
from share.events.decisions import my_agreements, open_from_before
from share.events.said import minutes_plain
from share.models import Agreement, AgreementChange, Event, EventSeries, Minutes, MinutesRevision
from share.services.agreements import (
    Wording,
    agreement_add,
    agreement_change,
    agreement_remove,
    agreement_set_status,
    agreements_remind,
)
from share.services.minutes import MinutesConflict, minutes_publish, minutes_save, minutes_version
from tests.connect.factories import listed
from tests.portal.accounts_factories import UserFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.share.afterwards import agreed, going_on, minuted, over, page, signed_in
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db


def test_a_draft_is_read_by_organisers_alone_and_what_is_published_by_whoever_sees_the_event() -> None:
    town = MunicipalityFactory()
    organiser = member()
    at = over(organiser, municipality=town, visibility="members")
    minutes = minuted(at, "Lo que se dijo", published_at=None)
    left = member()
    left.memberships.update(status="left", ended_on=timezone.localdate())
    writers = [organiser, member(municipality=town, role="coordinator"), UserFactory(staff=True)]
    blocked = member()
    block_add(user=organiser, other=blocked)
    readers = [member(), member(municipality=town), registered(at).user, blocked]
    outside = [UserFactory(), left]

    def reads(user: object) -> bool:
        answer = page(signed_in(user) if user else Client(), "event-minutes", at.pk)
        return answer.status_code == 200 and "Lo que se dijo" in answer.content.decode()

    assert [reads(user) for user in (*writers, *readers, *outside, None)] == [True] * 3 + [False] * 7
    minutes.published_at = timezone.now()
    minutes.save()
    assert [reads(user) for user in (*writers, *readers, *outside, None)] == [True] * 7 + [False] * 3
    Event.objects.filter(pk=at.pk).update(visibility="public")
    assert [reads(user) for user in (*outside, None)] == [True] * 3


def test_only_those_who_look_after_the_event_write() -> None:
    at = over(member())
    going = registered(at).user
    urls = [reverse(f"share:{name}", args=[at.pk]) for name in ("event-minutes-edit", "agreement-add")]
    for url in urls:
        assert Client().get(url).status_code == 302
        for user in (going, member(), UserFactory()):
            assert signed_in(user).post(url, {"text": "x"}).status_code == 403
    assert not Minutes.objects.exists()


def test_minutes_are_written_once_the_event_began() -> None:
    organiser = member()
    assert page(signed_in(organiser), "event-minutes-edit", event(organiser=organiser).pk).status_code == 403
    assert page(signed_in(organiser), "event-minutes-edit", going_on(organiser).pk).status_code == 200


def test_publishing_tells_those_who_were_there_once_and_the_search() -> None:
    organiser = member()
    at = over(organiser)
    came, absent = registered(at, attendance="present"), registered(at, attendance="absent")
    no_place = registered(at, status="interested")
    left = registered(at, attendance="present").user
    left.memberships.update(status="left", ended_on=timezone.localdate())
    client = signed_in(organiser)
    url = reverse("share:event-minutes-edit", args=[at.pk])
    client.post(url, {"text": "## Composteras\n\nHablamos de **lombrices**.", "seen": "", "publicar": "1"})
    minutes_publish(event=at, actor=organiser)
    told = Notification.objects.filter(kind="event-follow-up")
    assert [note.user_id for note in told] == [came.user_id]
    assert absent.user_id != no_place.user_id
    at.refresh_from_db()
    assert at.has_minutes
    assert "left:minutes" in at.facet_keys
    assert "lombrices" in Entry.objects.get(kind="event", object_id=at.pk).body
    assert "<strong>lombrices</strong>" in page(Client(), "event-minutes", at.pk).content.decode()


def test_a_draft_is_in_nobodys_search() -> None:
    organiser = member()
    at = over(organiser)
    minutes_save(event=at, text="secreto", seen="", actor=organiser)
    agreement_add(event=at, wording=Wording("reservado"), actor=organiser)
    assert minutes_plain(at) == ""
    minutes_publish(event=at, actor=organiser)
    assert minutes_plain(Event.objects.get(pk=at.pk)) == "secreto\n\nreservado"


def test_what_published_minutes_said_before_is_kept() -> None:
    organiser = member()
    at = over(organiser)
    minutes = minutes_save(event=at, text="Uno", seen="", actor=organiser)
    minutes = minutes_save(event=at, text="Dos", seen=minutes_version(minutes), actor=organiser)
    assert not MinutesRevision.objects.exists()
    minutes_publish(event=at, actor=organiser)
    minutes.refresh_from_db()
    minutes_save(event=at, text="Tres", seen=minutes_version(minutes), actor=organiser)
    revision = MinutesRevision.objects.get()
    assert (revision.text, revision.replaced_by) == ("Dos", organiser)
    assert "Dos" in page(signed_in(organiser), "event-minutes-edit", at.pk).content.decode()


def test_two_who_write_at_once_lose_nothing() -> None:
    organiser, other = member(), member()
    at = over(organiser)
    minutes_save(event=at, text="De Ana", seen="", actor=organiser)
    with pytest.raises(MinutesConflict):
        minutes_save(event=at, text="De Luz", seen="", actor=other)
    shown = signed_in(organiser).post(
        reverse("share:event-minutes-edit", args=[at.pk]), {"text": "De Luz", "seen": ""}
    )
    text = shown.content.decode()
    assert "De Luz" in text
    assert "De Ana" in text
    seen = minutes_version(Minutes.objects.get())
    assert f'value="{seen}"' in text


def test_what_was_typed_is_saved_before_a_decision_is_written() -> None:
    organiser = member()
    at = over(organiser)
    url = reverse("share:event-minutes-edit", args=[at.pk])
    answer = signed_in(organiser).post(url, {"text": "A medio escribir", "seen": "", "decision": "1"})
    assert answer.headers["Location"] == reverse("share:agreement-add", args=[at.pk])
    assert Minutes.objects.get().text == "A medio escribir"
    made = agreed(Minutes.objects.get())
    seen = minutes_version(Minutes.objects.get())
    answer = signed_in(organiser).post(url, {"text": "Más", "seen": seen, "editar": str(made.pk)})
    assert answer.headers["Location"] == reverse("share:agreement-edit", args=[at.pk, made.pk])
    assert Minutes.objects.get().text == "Más"


def test_empty_minutes_are_not_published() -> None:
    organiser = member()
    at = over(organiser)
    answer = signed_in(organiser).post(
        reverse("share:event-minutes-edit", args=[at.pk]), {"text": " ", "seen": "", "publicar": "1"}
    )
    assert "El acta está vacía" in answer.content.decode()
    assert not Event.objects.get(pk=at.pk).has_minutes


def test_scripts_and_bombs_in_minutes_are_text() -> None:
    organiser = member()
    at = over(organiser)
    bad = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=y>" + "> " * 500
    minutes_save(event=at, text=bad, seen="", actor=organiser)
    minutes_publish(event=at, actor=organiser)
    shown = page(Client(), "event-minutes", at.pk).content.decode()
    assert "<script>alert" not in shown
    assert 'href="javascript' not in shown
    assert "<img src=x" not in shown
    long = signed_in(organiser).post(
        reverse("share:event-minutes-edit", args=[at.pk]), {"text": "x" * 30_001, "seen": ""}
    )
    assert "30001 caracteres" in long.content.decode()


def test_whoever_takes_something_on_is_told_once_it_is_published_and_not_before() -> None:
    organiser, luz = member(), member(name="Luz Paz")
    at = over(organiser)
    made = agreement_add(event=at, wording=Wording("Compartir", responsible_user=luz), actor=organiser)
    agreement_add(event=at, wording=Wording("Lo mío", responsible_user=organiser), actor=organiser)
    assert not Notification.objects.filter(kind="event-agreement").exists()
    minutes_publish(event=at, actor=organiser)
    assert Notification.objects.get(kind="event-agreement").user == luz
    other = member()
    agreement_change(agreement=made, wording=Wording("Compartir", responsible_user=other), actor=organiser)
    agreement_change(agreement=made, wording=Wording("Compartir ya", responsible_user=other), actor=organiser)
    assert Notification.objects.filter(kind="event-agreement", user=other).count() == 1
    words = AgreementChange.objects.filter(agreement=made).values_list("text_before", flat=True)
    assert list(words) == ["", "Compartir", "Compartir"]


def test_what_is_due_within_a_week_is_reminded_of_once() -> None:
    today = timezone.localdate()
    minutes = minuted(over(member()))
    luz, left, closed = member(), member(), member(is_active=False)
    left.memberships.update(status="left", ended_on=today)
    due = agreed(minutes, responsible_user=luz, due_on=today + timedelta(days=7))
    agreed(minutes, responsible_user=luz, due_on=today + timedelta(days=8))
    agreed(minutes, responsible_user=luz, due_on=today, status="done", done_at=timezone.now())
    for gone in (left, closed):
        agreed(minutes, responsible_user=gone, due_on=today)
    agreed(minuted(over(member()), published_at=None), responsible_user=luz, due_on=today)
    agreed(minuted(over(member(), hidden_at=timezone.now())), responsible_user=luz, due_on=today)
    assert agreements_remind(today=today) == 1
    agreements_remind(today=today)
    agreements_remind(today=today + timedelta(days=1))
    facts = Notification.objects.filter(kind="event-agreement-due", user=luz).values_list("fact", flat=True)
    assert sum(fact.startswith(f"agreement:{due.pk}:") for fact in facts) == 1
    assert len(facts) == 2


def test_she_or_an_organiser_says_that_it_is_done_and_nobody_else() -> None:
    organiser, luz = member(), member()
    row = agreed(minuted(over(organiser)), responsible_user=luz)
    url = reverse("share:agreement-status", args=[row.pk])
    assert Client().post(url, {"estado": "hecho"}).status_code == 302
    for user in (member(), UserFactory(), registered(row.minutes.event).user):
        assert signed_in(user).post(url, {"estado": "hecho"}).status_code == 403
    row.refresh_from_db()
    assert row.is_open
    for user, status in ((luz, "hecho"), (organiser, "pendiente"), (luz, "dejado")):
        answer = signed_in(user).post(url, {"estado": status, "next": "https://malo.example/"})
        assert answer.headers["Location"] == reverse("share:event-minutes", args=[row.minutes.event_id])
    row.refresh_from_db()
    assert (row.status, row.done_at) == ("dropped", None)
    steps = AgreementChange.objects.filter(agreement=row).values_list("status_to", flat=True)
    assert list(steps) == ["done", "open", "dropped"]
    agreement_set_status(agreement=row, status="dropped", actor=luz)
    assert AgreementChange.objects.filter(agreement=row).count() == 3


def test_what_she_took_on_stands_on_her_own_page_until_it_is_done() -> None:
    luz = member()
    row = agreed(minuted(over(member())), "Compartir la ordenanza", responsible_user=luz)
    assert [one.agreement for one in my_agreements(luz)] == [row]
    shown = signed_in(luz).get(reverse("share:my-events")).content.decode()
    assert "Compartir la ordenanza" in shown
    assert "{#" not in shown
    assert my_agreements(member()) == []
    agreement_set_status(agreement=row, status="done", actor=luz)
    assert my_agreements(luz) == []


def test_the_next_of_a_series_begins_with_what_the_last_left_to_be_done() -> None:
    organiser = member()
    series = EventSeries.objects.create(
        rule="FREQ=WEEKLY", time_zone="UTC", first_on=timezone.localdate(), start_time="10:00"
    )
    last = over(organiser, series=series, visibility="members")
    left = agreed(minuted(last), "Medir los kilos")
    agreed(last.minutes, "Ya está", status="done", done_at=timezone.now())
    coming = event(organiser=organiser, series=series)
    assert [one.agreement for one in open_from_before(member(), coming)] == [left]
    # What was for members stays with them.
    assert open_from_before(UserFactory(), coming) == []
    assert open_from_before(member(), last) == []
    assert open_from_before(member(), event(organiser=organiser)) == []
    assert "Medir los kilos" in page(signed_in(member()), "event-minutes", coming.pk).content.decode()


def test_a_decision_is_taken_out_of_a_draft_and_dropped_once_it_was_published() -> None:
    organiser = member()
    draft = agreed(minuted(over(organiser), published_at=None))
    agreement_remove(agreement=draft, actor=organiser)
    published = agreed(minuted(over(organiser)))
    agreement_remove(agreement=published, actor=organiser)
    assert list(Agreement.objects.values_list("pk", "status")) == [(published.pk, "dropped")]


def test_a_colleague_is_looked_for_and_chosen_on_the_form_and_nothing_typed_is_lost() -> None:
    organiser = member()
    luz = listed("Luz Paz")
    at = over(organiser)
    client = signed_in(organiser)
    url = reverse("share:agreement-add", args=[at.pk])
    typed = {"text": "Compartir la ordenanza", "responsible": "Luz", "due_on": "2027-03-01"}
    found = client.post(url, {**typed, "buscar": "1"}).content.decode()
    assert "Luz Paz" in found
    assert "Compartir la ordenanza" in found
    assert 'value="2027-03-01"' in found
    assert not Agreement.objects.exists()
    client.post(url, {**typed, "responsible_user": str(luz.pk)})
    made = Agreement.objects.get()
    assert (made.responsible_user, made.responsible) == (luz, "")
    stranger = UserFactory()
    refused = client.post(url, {**typed, "responsible": "x", "responsible_user": str(stranger.pk)})
    assert "no la podés elegir" in refused.content.decode() or refused.status_code == 302
    assert Agreement.objects.filter(responsible_user=stranger).count() == 0


def test_bad_words_in_a_decision_are_said_beside_the_field() -> None:
    organiser = member()
    at = over(organiser)
    url = reverse("share:agreement-add", args=[at.pk])
    answer = signed_in(organiser).post(url, {"text": "", "responsible": "x" * 201, "due_on": "ayer"})
    text = answer.content.decode()
    for said in ("Escribí qué se decidió", "201 caracteres", "Escribí la fecha completa"):
        assert said in text


def test_the_name_of_who_does_it_is_read_by_members_and_by_others_only_where_she_shows_it() -> None:
    luz = member(name="Luz Paz")
    at = over(member())
    agreed(minuted(at), responsible_user=luz)
    assert "Luz Paz" in page(signed_in(member()), "event-minutes", at.pk).content.decode()
    assert "Luz Paz" not in page(Client(), "event-minutes", at.pk).content.decode()
    assert "Luz Paz" not in Client().get(at.get_absolute_url()).content.decode()
