"""Who sees what of a person: every part, every level, every reader, every way out. Generated from `profile_fields`."""

import json
import re
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import serializers
from django.test import Client

from connect.directory.reading import findable_by
from connect.models import Profile
from connect.visibility import Circle, Level, may_see, profile_fields
from portal.accounts.models import Membership, User
from portal.catalog.models import Entry
from portal.safety.blocks import forget_blocks
from portal.safety.models import Suspension
from tests.connect.visibility_scene import READERS, Scene, scene

pytestmark = pytest.mark.django_db

PARTS = [part.id for part in profile_fields]
# Every other part at a level while everybody may know her, and her name at a level while everything else is public.
CHOICES = [("the rest", level) for level in Level] + [
    ("her name", level) for level in Level if level != "public"
]


def chosen(which: str, level: str) -> dict[str, str]:
    rest, name = (level, Level.PUBLIC) if which == "the rest" else (Level.PUBLIC, level)
    return {part: str(name if part == "name" else rest) for part in PARTS}


def browser(reader: User | None) -> Client:
    client = Client()
    if reader is not None:
        client.force_login(reader)
    return client


def as_asked(reader: User | None) -> User | AnonymousUser:
    """A request's own copy of the reader, who knows nothing from before."""
    return AnonymousUser() if reader is None else User.objects.get(pk=reader.pk)


def page(client: Client, made: Scene) -> bytes:
    return client.get(f"/conectarme/personas/{made.person.public_id}/").content


def api_detail(client: Client, made: Scene) -> bytes:
    return client.get(f"/api/v1/people/{made.person.public_id}/").content


def directory_page(client: Client, made: Scene) -> bytes:
    return client.get("/conectarme/", headers={"HX-Request": "true"}).content


def api_list(client: Client, made: Scene) -> bytes:
    return client.get("/api/v1/people/").content


def export(client: Client, made: Scene) -> bytes:
    answer = client.get("/conectarme/exportar.csv")
    return b"".join(answer.streaming_content) if answer.streaming else b""


def search(client: Client, made: Scene) -> bytes:
    return client.get("/buscar/?tipo=person", headers={"HX-Request": "true"}).content


# What shows everything, and what shows some: of a list nothing is expected to be in it, only not to be.
WHOLE = {"page": page, "API detail": api_detail}
SOME = {"directory": directory_page, "API list": api_list, "export": export, "search": search}


@pytest.mark.parametrize(("which", "level"), CHOICES, ids=lambda value: str(value))
def test_a_part_leaves_the_house_only_for_those_who_may_see_it(which: str, level: str) -> None:
    made = scene()
    levels = chosen(which, level)
    made.set_levels(levels)
    wrong = []
    for name, circle in READERS.items():
        client = browser(made.readers[name])
        may = {part: may_see(circle, levels, part) for part in PARTS}
        for way, ask in (WHOLE | SOME).items():
            content = ask(client, made)
            for part in PARTS:
                is_shown = made.shows(part, content)
                is_expected = way in WHOLE and may[part] and (way == "page" or part != "contributions")
                # One's own name stands in the head of every page.
                if (is_shown and not may[part]) or (is_expected and not is_shown):
                    wrong.append((name, way, part, "shown" if is_shown else "missing"))
        wrong += [(name, *leak) for leak in rows_that_tell(made, name, may)]
        if photo_is_sent(client, made) != may["photo"]:
            wrong.append((name, "photo file", "photo", may["photo"]))
    assert not wrong


def rows_that_tell(made: Scene, name: str, may: dict[str, bool]) -> list[tuple[str, str]]:
    """What the rows behind lists and searches hold, and what a search for her own words finds."""
    reader = as_asked(made.readers[name])
    rows = findable_by(reader).filter(user=made.person)
    entries = Entry.objects.visible_to(reader).filter(kind="person", object_id=made.person.pk)
    held = b"".join(serializers.serialize("json", found).encode() for found in (rows, entries))
    told = [("rows", part) for part in PARTS if not may[part] and made.shows(part, held)]
    for part in PARTS:
        words = made.markers[part][0].decode()
        if not may[part] and (rows.matching(words).exists() or entries.matching(words).exists()):
            told.append(("found by her words", part))
    return told


def photo_is_sent(client: Client, made: Scene) -> bool:
    address = f"/archivos/{made.profile.photo.public_id}/?ver=1"
    return client.get(address).status_code == 200


@pytest.mark.parametrize(("which", "level"), CHOICES, ids=lambda value: str(value))
def test_the_preview_shows_each_circle_what_it_sees(which: str, level: str) -> None:
    made = scene()
    levels = chosen(which, level)
    made.set_levels(levels)
    client = browser(made.person)
    for word, circle in (
        ("cualquiera", Circle.PUBLIC),
        ("integrantes", Circle.MEMBER),
        ("conexiones", Circle.CONNECTION),
    ):
        answer = client.get(f"/conectarme/mi-perfil/?ver={word}").content
        seen = answer.partition(b'class="profile-preview"')[2]
        assert {part: made.shows(part, seen) for part in PARTS} == {
            part: may_see(circle, levels, part) for part in PARTS
        }, word


GONE = {
    "left the directory": lambda made: Profile.objects.filter(user=made.person).update(listed_at=None),
    "left her municipality": lambda made: Membership.objects.filter(user=made.person, status="active").update(
        status="left", ended_on="2026-01-01", started_on="2020-01-01"
    ),
    "closed": lambda made: User.objects.filter(pk=made.person.pk).update(is_active=False),
    "suspended": lambda made: Suspension.objects.create(user=made.person, reason="Motivo"),
}


@pytest.mark.parametrize("how", GONE)
def test_whoever_is_gone_is_found_at_once_by_nobody_but_those_who_know_her(how: str) -> None:
    made = scene()
    made.set_levels(dict.fromkeys(PARTS, "public"))
    GONE[how](made)
    knows_her = {"connection", "herself"} if how.startswith("left") else set()
    for name in ("visitor", "member elsewhere", "staff", "connection", "herself"):
        client = browser(made.readers[name]) if name != "herself" or knows_her else browser(None)
        for way, ask in (WHOLE | SOME).items():
            is_shown = made.shows("offers", ask(client, made))
            assert is_shown == (name in knows_her and way in WHOLE), (name, way)
        assert photo_is_sent(client, made) == (name in knows_her), name
    assert not Entry.objects.filter(kind="person").exists()


def told(answer) -> tuple:
    """Everything that an answer says, but for its tokens and the address that was asked."""
    plain = re.sub(rb"\b[A-Za-z0-9]{64}\b", b"", answer.content)
    plain = re.sub(rb"[0-9a-f]{8}-[0-9a-f-]{27}", b"", plain)
    headers = {name: value for name, value in answer.headers.items() if name not in ("Set-Cookie", "ETag")}
    return answer.status_code, plain, headers


@pytest.mark.parametrize("address", ["/conectarme/personas/{}/", "/api/v1/people/{}/"])
def test_a_block_in_either_direction_looks_like_nobody_byte_for_byte(address: str) -> None:
    made = scene()
    made.set_levels(dict.fromkeys(PARTS, "public"))
    for name in ("blocked", "blocker"):
        client = browser(made.readers[name])
        hers = told(client.get(address.format(made.person.public_id)))
        nobodys = told(client.get(address.format(uuid.uuid4())))
        assert hers == nobodys
        assert hers[0] == 404


def test_a_block_takes_her_out_of_every_count_that_the_reader_sees() -> None:
    made = scene()
    made.set_levels(dict.fromkeys(PARTS, "public"))
    for name in ("blocked", "blocker", "member elsewhere"):
        listed = browser(made.readers[name]).get("/api/v1/people/?q=marcaoffers")
        assert json.loads(listed.content)["count"] == (name == "member elsewhere")
        assert len(json.loads(listed.content)["results"]) == (name == "member elsewhere")


def test_lifting_a_block_shows_her_again() -> None:
    made = scene()
    reader = made.readers["blocker"]
    reader.blocks_made.all().delete()
    forget_blocks(reader)
    assert made.shows("offers", page(browser(reader), made))


def test_nobody_is_ever_shown_her_address() -> None:
    made = scene()
    made.set_levels(dict.fromkeys(PARTS, "public"))
    for name in ("visitor", "colleague", "staff", "connection"):
        client = browser(made.readers[name])
        for way, ask in (WHOLE | SOME).items():
            assert made.person.email.encode() not in ask(client, made), (name, way)
