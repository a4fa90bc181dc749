"""Opening an account, signing in, and a forgotten password, as a person goes through them."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.urls import reverse

from portal.accounts.models import Membership, User
from tests.portal.accounts_factories import (
    PASSWORD,
    MembershipFactory,
    MunicipalityDomainFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NEW = {"name": "Ana Nueva", "email": "Ana@Villa.gob.ar", "password1": "una frase bien larga"}


def links(message):
    return re.findall(r"https?://testserver(\S+)", message.body)


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def sign_in_for_security(client, user):
    """Sign in and confirm with the password, as changes to the ways of signing in ask for."""
    sign_in(client, user.email)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def test_from_sign_up_over_the_link_in_the_mail_to_signed_in(client):
    answer = client.post(reverse("account_signup"), NEW)
    assert answer.url == reverse("account_email_verification_sent")
    user = User.objects.get()
    assert (user.name, user.email) == ("Ana Nueva", "ana@villa.gob.ar")
    assert "_auth_user_id" not in client.session

    assert mail.outbox[0].subject == "Confirmá tu correo para entrar a «Portal de Gestión Municipal»"
    assert "Hola, Ana:" in mail.outbox[0].body
    link = links(mail.outbox[0])[0]
    assert "Confirmá que este correo es tuyo" in client.get(link).content.decode()
    assert not EmailAddress.objects.get().verified

    answer = client.post(link)
    assert answer.url == reverse("accounts:membership-request")
    assert EmailAddress.objects.get().verified
    assert client.get(answer.url).status_code == 200


def test_in_another_browser_she_signs_in_after_confirming(client):
    client.post(reverse("account_signup"), NEW)
    other = type(client)()
    assert other.post(links(mail.outbox[0])[0]).url == reverse("account_login")
    assert sign_in(other, "ana@villa.gob.ar", NEW["password1"]).url == reverse("accounts:membership-request")


def test_before_confirming_nobody_gets_in(client):
    client.post(reverse("account_signup"), NEW)
    other = type(client)()
    answer = sign_in(other, "ana@villa.gob.ar", NEW["password1"])
    assert answer.url == reverse("account_email_verification_sent")
    assert other.get(reverse("accounts:profile")).status_code == 302


def test_confirming_an_address_of_the_municipality_s_own_lets_her_in_at_once(client):
    domain = MunicipalityDomainFactory(domain="villa.gob.ar")
    client.post(reverse("account_signup"), NEW)
    user = User.objects.get()
    waiting = MembershipFactory(user=user, municipality=domain.municipality, requested=True)
    client.post(links(mail.outbox[0])[0])
    waiting.refresh_from_db()
    assert waiting.status == Membership.Status.ACTIVE


def test_a_taken_address_looks_the_same_on_the_page_and_is_told_by_mail_only(client):
    UserFactory(email="ana@villa.gob.ar")
    answer = client.post(reverse("account_signup"), NEW)
    assert answer.url == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    assert mail.outbox[0].subject == "Ya tenés una cuenta en «Portal de Gestión Municipal»"
    assert links(mail.outbox[0]) == [reverse("account_reset_password")]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("password1", "corta", "La contraseña es muy corta"),
        ("password1", "1234567890", "muy común y fácil de adivinar"),
        ("email", "sin-arroba", "correo"),
        ("name", "   ", "Completá este campo"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_field_and_the_rest_is_kept(client, field, value, message):
    answer = client.post(reverse("account_signup"), {**NEW, field: value})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert message in page
    assert 'class="error-summary"' in page
    assert NEW["name"] in page or field == "name"
    assert not User.objects.exists()


def test_a_wrong_password_is_explained(client):
    user = UserFactory()
    answer = sign_in(client, user.email, "otra cosa distinta")
    assert "El correo y la contraseña no coinciden" in answer.content.decode()


def test_capitals_and_spaces_in_the_address_do_not_matter(client):
    MembershipFactory(user=UserFactory(email="ana@villa.gob.ar"))
    assert sign_in(client, " ANA@Villa.gob.ar ").status_code == 302
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_next_is_followed_within_the_portal_only(client):
    user = UserFactory()
    inside = reverse("accounts:my-data")
    assert sign_in(client, user.email, next=inside).url == inside
    client.logout()
    assert "evil" not in sign_in(client, user.email, next="https://evil.example/").url


def test_an_inactive_account_is_told_so(client):
    user = UserFactory(is_active=False)
    answer = sign_in(client, user.email)
    page = client.get(answer.url).content.decode() if answer.status_code == 302 else answer.content.decode()
    assert "no puede ingresar" in page or "no coinciden" in page
    assert "_auth_user_id" not in client.session


def test_too_many_wrong_passwords_are_stopped_and_say_for_how_long(client, settings):
    del settings.ACCOUNT_RATE_LIMITS
    user = UserFactory()
    for _ in range(5):
        assert "no coinciden" in sign_in(client, user.email, "equivocada-otra-vez").content.decode()
    page = sign_in(client, user.email, PASSWORD).content.decode()
    assert "demasiados intentos" in page
    assert "_auth_user_id" not in client.session


def test_sign_ups_from_one_address_are_limited(client, settings):
    del settings.ACCOUNT_RATE_LIMITS
    statuses = [client.post(reverse("account_signup"), {}).status_code for _ in range(21)]
    assert statuses[:20] == [200] * 20
    assert statuses[20] == 429


def test_a_forgotten_password_is_replaced_through_the_mail(client):
    user = UserFactory()
    client.post(reverse("account_reset_password"), {"email": user.email})
    assert mail.outbox[0].subject == "Elegí tu contraseña nueva en «Portal de Gestión Municipal»"
    page = client.get(links(mail.outbox[0])[0], follow=True)
    assert "Elegí una contraseña nueva" in page.content.decode()
    answer = client.post(page.redirect_chain[-1][0], {"password1": "otra frase bien larga"})
    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.check_password("otra frase bien larga")
    assert "Se cambió tu contraseña" in [message.subject for message in mail.outbox]
    stale = type(client)().get(links(mail.outbox[0])[0], follow=True)
    assert "El enlace ya no sirve" in stale.content.decode()


def test_asking_for_an_unknown_address_says_nothing_on_the_page(client):
    known, unknown = UserFactory().email, "nadie@example.org"
    pages = [
        client.post(reverse("account_reset_password"), {"email": email}, follow=True).content
        for email in (known, unknown)
    ]
    assert pages[0] == pages[1]
    assert mail.outbox[1].subject == "No hay una cuenta tuya en «Portal de Gestión Municipal»"


def test_a_known_password_can_be_changed(client):
    user = UserFactory()
    client.force_login(user)
    answer = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "otra frase bien larga"}
    )
    assert answer.url == reverse("accounts:profile")
    user.refresh_from_db()
    assert user.check_password("otra frase bien larga")


def test_an_application_of_codes_is_activated_and_asked_for(client):
    user = MembershipFactory().user
    sign_in_for_security(client, user)
    page = client.get(reverse("mfa_activate_totp"))
    assert "Activá la aplicación de códigos" in page.content.decode()
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000x"}).status_code == 200
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert answer.status_code == 302
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    recovery = client.get(reverse("mfa_view_recovery_codes"))
    assert "Tus códigos de recuperación" in recovery.content.decode()
    spare = recovery.context["unused_codes"][0]
    assert spare in recovery.content.decode()

    other = type(client)()
    assert sign_in(other, user.email).url == reverse("mfa_authenticate")
    assert "Falta el segundo paso" in other.get(reverse("mfa_authenticate")).content.decode()
    assert other.get(reverse("accounts:profile")).status_code == 302
    assert other.post(reverse("mfa_authenticate"), {"code": spare}).status_code == 302
    assert other.get(reverse("accounts:profile")).status_code == 200


def code_now(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


PAGES_ON_THE_WAY_IN = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_email_verification_sent",
    "account_inactive",
    "account_reset_password_from_key_done",
]
PAGES_OF_AN_ACCOUNT = [
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
]
FORMAL = re.compile(
    r"\b(usted|Usted|su cuenta|su contraseña|[Ii]ntroduzca|[Ii]ngrese|[Pp]ulse|puedes|tienes)\b"
)


def assert_in_the_portal_s_voice(answer, name):
    page = answer.content.decode()
    assert answer.status_code == 200, name
    assert page.count("<h1") == 1, name
    assert 'id="contenido"' in page, name
    assert not FORMAL.search(page), name
    assert "placeholder=" not in page.split('id="contenido"')[1], name
    assert not re.search(r"<script(?![^>]*(\ssrc=|application/json))", page), name
    assert not re.search(r"\sstyle=|\son[a-z]+=", page), name


@pytest.mark.parametrize("name", PAGES_ON_THE_WAY_IN)
def test_pages_on_the_way_in_speak_with_the_portal_s_voice_and_need_no_inline_code(client, name):
    assert_in_the_portal_s_voice(client.get(reverse(name)), name)


@pytest.mark.parametrize("name", PAGES_OF_AN_ACCOUNT)
def test_pages_of_an_account_speak_with_the_portal_s_voice_and_need_no_inline_code(client, name):
    sign_in_for_security(client, UserFactory())
    assert_in_the_portal_s_voice(client.get(reverse(name)), name)


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_a_form_for_visitors_sets_the_cookie_that_protects_it_and_no_other(client, name):
    assert set(client.get(reverse(name)).cookies) == {"csrftoken"}


@pytest.mark.parametrize("name", ["account_reset_password_done", "account_inactive"])
def test_a_page_without_a_form_sets_no_cookie(client, name):
    assert not client.get(reverse(name)).cookies


def test_a_stale_link_of_confirmation_says_what_to_do(client):
    answer = client.get(reverse("account_confirm_email", args=["no-such-key"]))
    assert_in_the_portal_s_voice(answer, "account_confirm_email")
    assert "El enlace ya no sirve" in answer.content.decode()


def test_a_second_address_is_added_confirmed_and_made_the_main_one(client):
    user = UserFactory(email="ana@example.org")
    sign_in(client, user.email)
    client.post(reverse("account_email"), {"email": "ana@villa.gob.ar", "action_add": ""})
    page = client.get(reverse("account_email")).content.decode()
    assert "Sin confirmar" in page
    client.post(links(mail.outbox[0])[0])
    client.post(reverse("account_email"), {"email": "ana@villa.gob.ar", "action_primary": ""})
    user.refresh_from_db()
    assert user.email == "ana@villa.gob.ar"


def test_passkey_pages_carry_what_the_browser_needs_as_data(client):
    sign_in_for_security(client, UserFactory())
    page = client.get(reverse("mfa_add_webauthn")).content.decode()
    assert '<script id="js_data" type="application/json">' in page
    assert "mfa/js/webauthn.js" in page
    assert "js/accounts/passkeys.js" in page
    assert "data-passkey-problem" in page
    login = type(client)().get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    assert "challenge" in str(login.json())
