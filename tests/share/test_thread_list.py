"""Conversations as a list: which, how many, in which order, and what is new."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal.accounts.models import User
from portal.facets.addends import addends_add_up
from share.models import ListCount, Post, Thread, ThreadReader
from share.threads.entries import thread_entry_write
from share.threads.reading import FoundThreads, whole_tally
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.share.factories import member, post, thread

LIST = "/intercambiar/conversaciones/"


def found(reader: object, query: str = "") -> FoundThreads:
    request = RequestFactory().get(LIST + query)
    request.user = reader
    return FoundThreads(request, request.GET)


def titles(reader: object, query: str = "") -> list[str]:
    return [one.title for one in found(reader, query).page("").rows]


def html(reader: User | None, query: str = "") -> str:
    client = Client()
    if reader is not None:
        client.force_login(reader)
    response = client.get(LIST + query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
class TestList:
    def test_each_role_finds_and_counts_what_is_hers(self) -> None:
        thread(title="abierta", visibility="public")
        thread(title="de la red", visibility="members")
        thread(title="oculta", visibility="public", hidden_at=timezone.now())
        readers = {
            "visitor": AnonymousUser(),
            "account": UserFactory(),
            "left": MembershipFactory(left=True).user,
            "member": member(),
            "staff": UserFactory(staff=True),
        }
        both, one = ["abierta", "de la red"], ["abierta"]
        expected = {"visitor": one, "account": one, "left": one, "member": both, "staff": both}
        assert {name: sorted(titles(reader)) for name, reader in readers.items()} == expected
        counts = {name: found(reader).counts.total.number for name, reader in readers.items()}
        assert counts == {name: len(rows) for name, rows in expected.items()}

    def test_views_of_ones_own(self) -> None:
        reader, other = member(), member()
        mine = thread(title="mía", author=reader)
        answered = thread(title="respondí")
        post(answered, author=reader)
        followed = thread(title="sigo")
        read = thread(title="leída")
        ThreadReader.objects.create(thread=followed, user=reader, is_following=True, read_number=1)
        ThreadReader.objects.create(thread=read, user=reader, read_number=1)
        ThreadReader.objects.create(thread=mine, user=reader, is_muted=True, read_number=1)
        for one in (mine, read):
            post(one, author=other)
        post(followed, author=other, status="held")
        post(answered, author=other)
        assert sorted(titles(reader, "?vista=mias")) == ["mía", "respondí"]
        assert titles(reader, "?vista=siguiendo") == ["sigo"]
        assert titles(reader, "?vista=sin-leer") == ["leída"]
        assert sorted(titles(reader, "?vista=sin-responder")) == ["sigo"]
        for view in ("mias", "siguiendo", "sin-leer"):
            assert titles(AnonymousUser(), f"?vista={view}") == []
            assert Client().get(f"{LIST}?vista={view}").status_code == 302

    def test_orders(self) -> None:
        now = timezone.now()
        old, new = thread(title="vieja"), thread(title="nueva")
        for number in range(3):
            post(old, text=f"{number}")
        post(new)
        Thread.objects.filter(pk=old.pk).update(
            created_at=now - timedelta(days=9), last_post_at=now - timedelta(days=5), supporters=4
        )
        reader = member()
        assert titles(reader) == ["nueva", "vieja"]
        assert titles(reader, "?orden=respuestas") == ["vieja", "nueva"]
        assert titles(reader, "?orden=apoyo") == ["vieja", "nueva"]
        assert titles(reader, "?orden=nuevas&kind=question") == ["nueva", "vieja"]
        Post.objects.filter(number__gt=1).delete()
        assert titles(reader, "?vista=sin-responder") == ["nueva", "vieja"]
        assert titles(reader, "?vista=sin-responder&orden=espera") == ["vieja", "nueva"]
        assert titles(reader, "?orden=nada") == ["nueva", "vieja"]

    def test_words_are_found_in_the_question_and_in_accepted_answers(self) -> None:
        made = thread(title="¿Cómo separan?", visibility="public")
        post(made, text="Con composteras comunitarias", accepted_at=timezone.now())
        inside = thread(title="Composteras de la red", visibility="members")
        for one in (made, inside):
            thread_entry_write(Thread.objects.get(pk=one.pk))
        assert titles(AnonymousUser(), "?q=compostera") == ["¿Cómo separan?"]
        assert sorted(titles(member(), "?q=compostera")) == ["Composteras de la red", "¿Cómo separan?"]

    def test_what_is_pinned_stands_on_top_once_and_in_its_place_when_filtered(self) -> None:
        pinned = thread(title="fijada", is_pinned=True, kind="discussion")
        Thread.objects.filter(pk=pinned.pk).update(last_post_at=timezone.now() - timedelta(days=30))
        thread(title="otra")
        page = html(member())
        assert page.count(">fijada</a>") == 1
        assert page.index(">fijada</a>") < page.index(">otra</a>")
        assert 'data-total="2"' in page
        assert ">fijada</a>" in html(member(), "?kind=discussion")

    def test_how_many_are_new_is_said_without_what_she_wrote_herself(self) -> None:
        made, reader = thread(), member()
        ThreadReader.objects.create(thread=made, user=reader, read_number=1)
        for author in (reader, member(), member()):
            post(made, author=author)
        assert "2 nuevas" in html(reader)
        assert "nuevas" not in html(member())

    def test_conversations_about_one_thing(self) -> None:
        EntryFactory(kind="solution", object_id=7, title="Plan de bacheo")
        thread(title="sobre", about_kind="solution", about_id=7, about_title="Plan de bacheo")
        thread(title="suelta")
        assert titles(member(), "?sobre=solution:7") == ["sobre"]
        assert "Sobre «Plan de bacheo»" in html(member(), "?sobre=solution:7")
        for wrong in ("solution:", "x", "solution:9999999999999999999", "%00:1"):
            assert len(titles(member(), f"?sobre={wrong}")) == 2

    def test_the_file_holds_exactly_what_the_page_shows(self) -> None:
        thread(title="=1+1", visibility="public", areas=["health"])
        thread(title="de la red", visibility="members")
        client = Client()
        for reader, expected in ((None, 1), (member(), 2)):
            if reader is not None:
                client.force_login(reader)
            answer = client.get(f"{LIST}conversaciones.csv")
            rows = list(
                csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";")
            )
            if len(rows[0]) == 1:
                rows = list(csv.reader(io.StringIO("\n".join(",".join(row) for row in rows))))
            assert len(rows) == expected + 1
            assert not any(row[0].startswith("=") for row in rows)
        assert client.get(f"{LIST}conversaciones.xlsx").status_code == 200

    @pytest.mark.parametrize("rows", [0, 1, 25])
    def test_no_one_and_many_rows(self, rows: int) -> None:
        author = member()
        for number in range(rows):
            thread(title=f"Pregunta {number}", author=author, visibility="public")
        page = html(None)
        assert f'data-total="{rows}"' in page
        assert ("Todavía no hay conversaciones" in page) == (rows == 0)
        assert ('rel="next"' in page) == (rows > 20)

    def test_a_panel_stands_beside_things_and_shows_each_reader_what_is_hers(self) -> None:
        entry = EntryFactory(kind="solution")
        about = {"about_kind": "solution", "about_id": entry.object_id, "about_title": entry.title}
        thread(title="abierta", visibility="public", **about)
        thread(title="de la red", visibility="members", **about)
        assert titles(AnonymousUser(), f"?sobre=solution:{entry.object_id}") == ["abierta"]
        assert len(titles(member(), f"?sobre=solution:{entry.object_id}")) == 2


changes = st.lists(
    st.tuples(
        st.sampled_from(["new", "answer", "accept", "hide", "close", "move", "delete", "public", "add-up"]),
        st.integers(0, 5),
    ),
    max_size=14,
)


class CountsAreTrue(TestCase):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(changes)
    def test_kept_counts_are_the_bare_counts_after_any_history(self, history: list[tuple[str, int]]) -> None:
        author = member()
        for step, place in history:
            keys = list(Thread.objects.order_by("pk").values_list("pk", flat=True))
            if step == "new" or not keys:
                areas = ["health"] if place % 2 else []
                thread(author=author, areas=areas, kind="question" if place % 3 else "discussion")
                continue
            change(step, Thread.objects.get(pk=keys[place % len(keys)]), author)
        for reader in (AnonymousUser(), author):
            shown = Thread.objects.visible_to(reader).shown()
            bare: dict[str, int] = {}
            for row in shown:
                for key in ["all", *row.facet_keys]:
                    bare[key] = bare.get(key, 0) + 1
            assert dict(whole_tally(reader).keys) == bare


def change(step: str, row: Thread, author: User) -> None:
    """Do one thing to a conversation."""
    rows = Thread.objects.filter(pk=row.pk)
    if step == "answer":
        post(row, author=author)
    elif step == "accept":
        row.posts.filter(number=2).update(accepted_at=timezone.now())
    elif step == "hide":
        rows.update(hidden_at=None if row.hidden_at else timezone.now())
    elif step == "close":
        rows.update(closed_at=timezone.now())
    elif step == "move":
        rows.update(areas=["environment-waste"])
    elif step == "delete":
        rows.delete()
    elif step == "public":
        rows.update(visibility="public")
    else:
        addends_add_up(model=ListCount)
