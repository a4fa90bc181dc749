"""What may stand as a person's name."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.names import clean_name
from tests.portal.accounts_factories import UserFactory


@pytest.mark.parametrize(
    "name",
    [
        "Ana Gómez", "María José O’Higgins", "Mª Ángeles Núñez-Feijóo", "João d'Ávila", "G̃uaraní Ñandú",
        "J.R.R. Tolkien",
        "Жан Иванов", "Γιώργος Παπαδόπουλος", "李 小龙", "佐藤 さくら", "محمد علي", "Nguyễn Văn An",
        "Persona Número 12", "Red Equis", "Rilo Equino",
    ],
)  # fmt: skip
def test_names_of_people_are_names(name):
    assert clean_name(name) == name


def test_a_name_has_one_form():
    assert clean_name("  Ana \t  Go\u0301mez\n") == "Ana Gómez"


@pytest.mark.parametrize(
    "name",
    [
        "Аna Gómez", "Anа Gómez", "АСЕ Gómez", "Αndrea", "𝐀𝐧𝐚 Gómez", "Ａｎａ", "ᴀɴᴀ", "ɡabriela",
    ],
)  # fmt: skip
def test_letters_that_are_not_what_they_look_like_are_refused(name):
    with pytest.raises(ValidationError, match="otro"):
        clean_name(name)


@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u200b", "\u200d", "\u2066", "\ufeff", "\x00", "\x1b", "\u00ad", "\ue000"]
)
def test_characters_that_nobody_sees_are_refused(hidden):
    with pytest.raises(ValidationError, match="no se ven"):
        clean_name(f"Ana{hidden} Gómez")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("<b>Ana</b>", "sin correos"),
        ("ana@villa.gob.ar", "sin correos"),
        ("https://villa.example", "sin correos"),
        ("visitá www.villa", "sin correos"),
        ("villa.com", "sin correos"),
        ("Ana ★", "solo con letras"),
        ("Ana 😀", "solo con letras"),
        ("Z͑ͫͭ͗algo", "solo con letras"),
        ("A", "dos letras"),
        ("-- ..", "dos letras"),
        ("A" * 151, "entran 150"),
        ("Ana\r\nBcc: otra@villa.example", "sin correos"),
    ],
)
def test_what_is_no_name_is_refused_with_what_to_do(name, said):
    with pytest.raises(ValidationError) as refusal:
        clean_name(name)
    assert said in " ".join(refusal.value.messages)


@pytest.mark.parametrize(
    "name",
    [
        "Equipo RIL", "RIL", "Administración", "administrador 1", "Soporte", "E q u i p o",
        "Portal de Gestión Municipal", "Red de Innovación Local", "Cuenta borrada",
    ],
)  # fmt: skip
def test_only_the_network_speaks_for_the_network(name):
    with pytest.raises(ValidationError, match="por la red"):
        clean_name(name)
    assert clean_name(name, is_of_the_network=True)


@pytest.mark.django_db
def test_the_rules_hold_at_sign_up_in_the_account_and_in_the_admin(client):
    signing_up = {"name": "Аna Gómez", "email": "nueva@example.org", "password1": "correcto-caballo-batería"}
    assert "otro" in client.post(reverse("account_signup"), signing_up).content.decode()
    assert not User.objects.exists()
    person = UserFactory(name="Ana Gómez")
    client.force_login(person)
    assert "por la red" in client.post("/cuenta/datos/", {"name": "Equipo RIL"}).content.decode()
    staff = UserFactory(superuser=True)
    client.force_login(staff)
    client.post(f"/admin/accounts/user/{person.pk}/change/", {"email": person.email, "name": "Ana\u202e"})
    person.refresh_from_db()
    assert person.name == "Ana Gómez"


@pytest.mark.django_db
def test_staff_may_be_called_after_the_network(client):
    team = UserFactory(staff=True, name="Luz Vera")
    client.force_login(team)
    client.post("/cuenta/datos/", {"name": "Luz Vera, equipo RIL"})
    team.refresh_from_db()
    assert team.name == "Luz Vera, equipo RIL"
