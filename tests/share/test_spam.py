"""What waits to be looked at, and what ordinary people write, which does not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts.models import User
from share.forms import guarded
from share.forms.guarded import GuardedForm, shown_now
from share.spam import BY_A_MACHINE, LINKS_OF_THE_NEW, MANY_LINKS, REPEATED, links_elsewhere, post_verdict
from tests.share.factories import member, post, thread

pytestmark = pytest.mark.django_db

LONG = (
    "Queremos empezar a separar los residuos en origen y no sabemos por dónde: somos doce mil habitantes, tenemos un "
    "camión y dos personas. ¿Alguien lo hizo con tan poco?"
)


def newcomer(**wanted) -> User:
    return member(**wanted)


def old_hand(**wanted) -> User:
    return member(date_joined=timezone.now() - timedelta(days=90), **wanted)


@pytest.mark.parametrize(
    "text",
    [
        "¿Cómo hacen ustedes?",
        LONG,
        f"{LONG}\n\nAcá está nuestra ordenanza: https://rafaela.gob.ar/ordenanza-12.pdf",
        f"{LONG} Miren www.salta.gov.ar y https://www.uba.edu.ar/x y https://munilp.tur.ar",
        f"{LONG} Lo leí en https://es.wikipedia.org/wiki/Compost",
        "Gracias!",
        "https://exactas.example.org/compost",
    ],
)
def test_an_ordinary_first_question_is_shown_at_once(text):
    assert not post_verdict(author=newcomer(), text=text).is_held


def test_links_to_elsewhere_of_a_new_account_wait():
    text = "Mirá https://ganga.example/a y https://ganga.example/b"
    verdict = post_verdict(author=newcomer(), text=text)
    assert (verdict.status, verdict.reason) == ("held", LINKS_OF_THE_NEW)


def test_whoever_the_network_knows_may_give_several_sources_but_not_a_page_of_links():
    person = old_hand()
    some = " ".join(f"https://fuente{number}.example/x" for number in range(6))
    assert not post_verdict(author=person, text=some).is_held
    many = " ".join(f"https://fuente{number}.example/x" for number in range(20))
    assert post_verdict(author=person, text=many).reason == MANY_LINKS


def test_a_link_in_the_title_counts_and_the_portal_itself_does_not(settings):
    settings.SITE_URL = "https://red.example"
    text = "https://red.example/inspirarme/ https://red.example/a https://red.example/b"
    assert links_elsewhere(text) == set()
    assert post_verdict(author=newcomer(), title="https://a.example", text="www.b.example").is_held


def test_the_same_text_from_a_new_account_again_waits():
    person = newcomer()
    post(thread(), author=person, text=LONG)
    again = LONG.replace("doce mil", "once mil") + "!"
    assert post_verdict(author=person, text=again).reason == REPEATED


def test_what_several_accounts_write_at_once_waits_and_a_quotation_does_not():
    post(thread(), author=old_hand(), text=LONG)
    assert post_verdict(author=newcomer(), text=LONG).reason == REPEATED
    quoted = "\n".join(f"> {line}" for line in LONG.splitlines()) + "\n\nNosotros también."
    assert not post_verdict(author=newcomer(), text=quoted).is_held


def test_asking_the_same_in_a_second_place_is_no_spam_for_whoever_is_known_and_a_third_is():
    person = old_hand()
    post(thread(), author=person, text=LONG)
    assert not post_verdict(author=person, text=LONG).is_held
    post(thread(), author=person, text=LONG)
    assert post_verdict(author=person, text=LONG).reason == REPEATED


def test_what_was_said_long_ago_may_be_said_again():
    person = newcomer()
    made = post(thread(), author=person, text=LONG)
    type(made).objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=3))
    assert not post_verdict(author=person, text=LONG).is_held


def test_a_post_that_is_changed_is_not_compared_with_itself():
    person = newcomer()
    made = post(thread(), author=person, text=LONG)
    assert not post_verdict(author=person, text=LONG, besides=made.pk).is_held


def test_nothing_of_the_team_waits():
    staff = member(is_staff=True)
    text = " ".join(f"https://x{number}.example/" for number in range(40))
    assert not post_verdict(author=staff, text=text, is_by_machine=True).is_held


def test_the_judgement_is_quick_and_asks_little_whatever_was_written(django_assert_max_num_queries):
    person = newcomer()
    for number in range(5):
        post(thread(), author=person, text=f"{number} " + "palabra " * 2000)
    person = User.objects.get(pk=person.pk)
    with django_assert_max_num_queries(3):
        post_verdict(author=person, text="a " * 10_000 + "https://" * 500)


def sent(**data) -> GuardedForm:
    return GuardedForm({"shown_at": "", "website": "", **data})


def test_a_form_that_nobody_filled_in_is_noticed_and_a_slow_person_is_not(monkeypatch):
    note = shown_now()
    assert sent(shown_at=note).is_by_machine
    assert sent(website="https://ganga.example").is_by_machine
    monkeypatch.setattr(guarded, "MIN_SECONDS", 0.0)
    assert not sent(shown_at=note).is_by_machine
    assert not sent(shown_at="cualquier cosa").is_by_machine
    assert not sent().is_by_machine
    assert post_verdict(author=newcomer(), text="Hola", is_by_machine=True).reason == BY_A_MACHINE


def test_people_do_not_see_the_field_that_machines_fill_in():
    html = str(GuardedForm())
    assert 'name="website"' in html
    assert "hidden" in html
    assert "<label" not in html
