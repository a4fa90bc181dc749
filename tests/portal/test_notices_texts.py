"""Texts are said in the language of whoever reads them."""

from datetime import date

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy, gettext_noop

from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import Notification
from portal.notices.services import notify
from portal.notices.texts import Text
from portal.pages.translations import extracted
from tests.portal.notices_factories import a_person

JOINED = gettext_noop("Ya formás parte de %(municipality)s en el portal.")
MARKED = "Marcamos %(number)d aviso como leído.", "Marcamos %(number)d avisos como leídos."


def test_a_text_is_said_in_the_language_that_is_asked_for():
    text = Text(JOINED, municipality="Rafaela")
    assert text.said_in("es-ar") == "Ya formás parte de Rafaela en el portal."
    assert text.said_in("en") != text.said_in("es-ar") and "Rafaela" in text.said_in("en")
    assert text.said_in("pt-br") not in (text.said_in("en"), text.said_in("es-ar"))


def test_parameters_are_said_in_the_same_language():
    text = Text(
        "%(what)s %(when)s %(more)s %(count)02d",
        what=gettext_lazy("Tus avisos"),
        when=date(2026, 11, 22),
        more=Text(JOINED, municipality="Rafaela"),
        count=3,
    )
    assert text.said_in("es-ar") == "Tus avisos 22/11/2026 Ya formás parte de Rafaela en el portal. 03"
    assert "11/22/2026" in text.said_in("en") and "Tus avisos" not in text.said_in("en")


@pytest.mark.parametrize(("number", "said"), [(1, "1 aviso como"), (4, "4 avisos como")])
def test_a_text_with_two_forms_says_the_one_of_its_number(number, said):
    text = Text.plural(*MARKED).counting(number)
    assert said in text.said_in("es-ar")
    assert text.said_in("en") != text.said_in("es-ar")


def test_forms_that_were_collected_one_by_one_are_translated_too():
    text = Text.plural("Tus avisos", "Tus avisos", number=2)
    assert text.said_in("en") != "Tus avisos"


def test_what_people_wrote_is_taken_as_it_is():
    assert str(Text("%(name)s", name="50% %(x)s %s")) == "50% %(x)s %s"
    assert str(Text("100% sin parámetros")) == "100% sin parámetros"


def test_make_messages_collects_both_forms():
    message = extracted()["Una persona pidió sumarse a %(municipality)s."]
    assert message.id[1] == "%(number)s personas pidieron sumarse a %(municipality)s."


def test_everybody_is_told_in_her_own_language_and_not_in_the_actor_s(db, monkeypatch):
    monkeypatch.setitem(notice_kinds._items, "prueba", NoticeKind(id="prueba", label="Algo"))
    people = [a_person(language=language) for language in ("es-ar", "en", "pt-br", "xx")]
    text = Text(JOINED, municipality="Rafaela")
    with translation.override("pt-br"):
        notify(users=people, kind="prueba", text=text, fact="f", reason=Text("Tus avisos"))
    told = dict(Notification.objects.values_list("user__language", "text"))
    assert told == {language: text.said_in(language) for language in ("es-ar", "en", "pt-br", "xx")}
    assert told["xx"] == told["es-ar"]
    assert Notification.objects.get(user=people[1]).reason == Text("Tus avisos").said_in("en")


def test_a_text_is_one_line_whatever_a_name_holds(db, monkeypatch):
    monkeypatch.setitem(notice_kinds._items, "prueba", NoticeKind(id="prueba", label="Algo"))
    name = "Ana\r\nBcc: todos@example.org\x00\x1b[31m <b>\u202e\u200b\u2066"
    notify(users=a_person(), kind="prueba", text=Text("%(name)s pidió algo", name=name), fact="f")
    assert Notification.objects.get().text == "Ana Bcc: todos@example.org [31m <b> pidió algo"
