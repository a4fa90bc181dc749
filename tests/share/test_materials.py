"""What can be read and watched of an event: by whom, in which order, and what is told of it."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.files.models import StoredFile
from portal.notices.models import Notification
from share.events.afterwards import afterwards, own_materials
from share.models import Event, Material
from share.services.materials import (
    MOST,
    MaterialConflict,
    Offered,
    material_add,
    material_change,
    material_move,
    material_remove,
)
from tests.portal.accounts_factories import UserFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.share.afterwards import agreed, minuted, over, page, signed_in
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db
ADDRESS = "https://videos.example.org/taller"


def offered(title: str = "Presentación", kind: str = "material", audience: str = "everyone") -> Offered:
    return Offered(title, kind, audience)


def with_file(at: Event, actor: User, audience: str = "everyone") -> Material:
    upload = ContentFile(b"Lo que llevar", name="lista.txt")
    return material_add(event=at, offered=offered(audience=audience), actor=actor, upload=upload)


def statuses(file: StoredFile, users: list[Any]) -> list[int]:
    return [
        (signed_in(user) if user else Client()).get(file.get_absolute_url()).status_code for user in users
    ]


def test_a_file_for_those_who_have_a_place_is_theirs_and_the_organisers_alone() -> None:
    town = MunicipalityFactory()
    organiser = member()
    at = event(organiser=organiser, municipality=town)
    file = with_file(at, organiser, "registered").file
    coordinator = member(municipality=town, role="coordinator")
    left = registered(at).user
    left.memberships.update(status="left", ended_on=timezone.localdate())
    theirs = [organiser, coordinator, UserFactory(staff=True), registered(at).user]
    others = [
        UserFactory(),
        member(),
        member(municipality=town),
        registered(at, status="interested").user,
        left,
    ]
    assert file is not None
    assert statuses(file, theirs) == [200] * 4
    assert statuses(file, others) == [404] * 5
    assert statuses(file, [None]) == [302]
    away = registered(at, status="not_going").user
    assert statuses(file, [away]) == [404]


def test_a_file_for_everybody_follows_the_event() -> None:
    organiser = member()
    at = event(organiser=organiser)
    file = with_file(at, organiser).file
    assert file is not None
    assert statuses(file, [None, UserFactory(), member()]) == [200] * 3
    Event.objects.filter(pk=at.pk).update(visibility="members")
    left = registered(at).user
    left.memberships.update(status="left", ended_on=timezone.localdate())
    assert statuses(file, [None, UserFactory(), left, member(), organiser]) == [302, 404, 404, 200, 200]
    Event.objects.filter(pk=at.pk).update(hidden_at=timezone.now())
    assert statuses(file, [member(), organiser]) == [404, 200]


def test_what_is_for_the_registered_never_stands_on_a_page_that_others_share() -> None:
    organiser = member()
    at = event(organiser=organiser)
    material_add(event=at, offered=offered("Para todos"), actor=organiser, url=ADDRESS)
    private = f"{ADDRESS}/reservado"
    material_add(event=at, offered=offered("Reservado", audience="registered"), actor=organiser, url=private)
    going = registered(at).user
    client = signed_in(going)
    # Hers first, so that a page that were kept with it would be the others'.
    assert private in client.get(at.get_absolute_url()).content.decode()
    for reader in (Client(), signed_in(member()), signed_in(UserFactory())):
        shown = reader.get(at.get_absolute_url()).content.decode()
        assert "Para todos" in shown
        assert private not in shown
        assert "Reservado" not in shown
    assert [row.title for row in own_materials(going, at)] == ["Reservado"]
    assert own_materials(member(), at) == []


def test_only_those_who_look_after_the_event_open_the_desk() -> None:
    organiser = member()
    at = over(organiser)
    assert page(Client(), "event-materials", at.pk).status_code == 302
    for user in (registered(at).user, member(), UserFactory()):
        assert page(signed_in(user), "event-materials", at.pk).status_code == 403
        url = reverse("share:event-materials", args=[at.pk])
        assert signed_in(user).post(url, {"title": "x", "url": ADDRESS}).status_code == 403
    assert page(signed_in(organiser), "event-materials", at.pk).status_code == 200
    other = material_add(event=over(member()), offered=offered(), actor=organiser, url=ADDRESS)
    client = signed_in(organiser)
    assert page(client, "material-edit", at.pk, other.pk).status_code == 404
    for name in ("subir", "bajar", "quitar"):
        for key in (other.pk, "x", "9" * 40):
            url = reverse("share:event-materials", args=[at.pk])
            assert client.post(url, {name: key}).status_code == 404
    assert Material.objects.count() == 1


def test_a_recording_says_that_the_event_has_one_as_long_as_everybody_can_watch_it() -> None:
    organiser = member()
    at = over(organiser)
    made = material_add(
        event=at, offered=offered(kind="recording", audience="registered"), actor=organiser, url=ADDRESS
    )
    assert not Event.objects.get(pk=at.pk).has_recording
    material_change(material=made, offered=offered(kind="recording"))
    at.refresh_from_db()
    assert at.has_recording
    assert "left:recording" in at.facet_keys
    material_remove(material=made)
    assert not Event.objects.get(pk=at.pk).has_recording


def test_those_who_had_a_place_are_told_of_what_comes_afterwards_in_one_line() -> None:
    organiser = member()
    at = over(organiser)
    came, absent = registered(at, attendance="present"), registered(at, attendance="absent")
    registered(at, status="waiting", place=1)
    material_add(event=event(organiser=organiser), offered=offered(), actor=organiser, url=ADDRESS)
    assert not Notification.objects.exists()
    material_add(event=at, offered=offered(kind="recording"), actor=organiser, url=ADDRESS)
    second = material_add(event=at, offered=offered("Fotos"), actor=organiser, url=ADDRESS)
    heads = Notification.objects.filter(kind="event-follow-up", is_folded=False)
    assert {head.user_id for head in heads} == {came.user_id, absent.user_id}
    assert {head.number for head in heads} == {2}
    material_remove(material=second)
    assert not Notification.objects.filter(fact__endswith=f":{second.pk}").exists()


def test_a_file_goes_with_its_material() -> None:
    organiser = member()
    made = with_file(over(organiser), organiser)
    material_remove(material=made)
    assert not StoredFile.objects.exists()


def test_materials_are_put_in_order() -> None:
    organiser = member()
    at = event(organiser=organiser)
    first, second, third = (
        material_add(event=at, offered=offered(name), actor=organiser, url=ADDRESS) for name in "abc"
    )
    material_move(material=third, places=-1)
    material_move(material=first, places=-1)
    material_move(material=second, places=5)
    assert "".join(Material.objects.filter(event=at).values_list("title", flat=True)) == "acb"


def test_an_event_holds_a_bounded_number() -> None:
    organiser = member()
    at = event(organiser=organiser)
    Material.objects.bulk_create(Material(event=at, title=str(number), url=ADDRESS) for number in range(MOST))
    with pytest.raises(MaterialConflict):
        material_add(event=at, offered=offered(), actor=organiser, url=ADDRESS)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Subí un archivo o escribí una dirección"),
        ({"url": "javascript:alert(1)"}, "https://"),
        ({"url": "ftp://x.example/a"}, "https://"),
        ({"url": ADDRESS, "file": "texto"}, "Elegí uno de los dos"),
        ({"url": ADDRESS, "title": ""}, "Escribí un título"),
        ({"url": ADDRESS, "title": "x" * 201}, "201 caracteres"),
        ({"url": ADDRESS, "audience": "nadie"}, "Elegí una de las opciones"),
        ({"file": "<html><script>alert(1)</script>"}, "no se puede subir"),
        ({"file": "MZ\0\0programa"}, "no se puede subir"),
    ],
)
def test_what_is_no_material_is_said_beside_the_field_and_nothing_is_kept(given: dict, said: str) -> None:
    organiser = member()
    at = event(organiser=organiser)
    data = {"title": "Lista", "kind": "material", "audience": "everyone", **given}
    if "file" in given:
        data["file"] = SimpleUploadedFile("a.txt", given["file"].encode())
    answer = signed_in(organiser).post(reverse("share:event-materials", args=[at.pk]), data)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Material.objects.exists()
    assert not StoredFile.objects.exists()


def test_what_follows_an_event_costs_as_much_for_many_as_for_one() -> None:
    organiser = member()
    at = over(organiser)
    minutes = minuted(at)

    def more() -> int:
        agreed(minutes, responsible_user=member())
        with_file(at, organiser)
        material_add(event=at, offered=offered(kind="recording"), actor=organiser, url=ADDRESS)
        reader = User.objects.get(pk=organiser.pk)
        with CaptureQueriesContext(connection) as asked:
            found = afterwards(reader, at)
            _ = [(row.responsible, row.who and row.who.url) for row in found.agreements]
            _ = [row.file.name for row in found.materials if row.file]
        return len(asked)

    first = more()
    assert more() == more() == first
    # Of these five are about who the reader is and whom she may know.
    assert first <= 12
