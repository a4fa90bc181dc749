"""Invented people to try the portal with, one for each role. Never in production."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from portal.accounts.models import Membership, User
from portal.accounts.services import (
    account_erase,
    membership_approve,
    membership_make_coordinator,
    membership_request,
)
from portal.core.apps import PortalAppConfig
from portal.places.models import Municipality

STAFF_GROUP = "Equipo de la red"
# Codes of geonames.org, by which the starter places are known.
CHIVILCOY = "3861344"
VILLA_MARIA = "3832694"


@dataclass(frozen=True)
class SamplePerson:
    """An invented account."""

    role: str
    email: str
    name: str
    municipality_code: str = ""
    position: str = ""
    is_coordinator: bool = False
    is_staff: bool = False
    is_superuser: bool = False


PEOPLE = (
    SamplePerson(
        "practicante",
        "practicante@muestra.example",
        "Ana Muestra (practicante)",
        CHIVILCOY,
        "Directora de Ambiente",
    ),
    SamplePerson(
        "coordinación",
        "coordinacion@muestra.example",
        "Bruno Muestra (coordinación)",
        CHIVILCOY,
        "Secretario de Gobierno",
        is_coordinator=True,
    ),
    SamplePerson(
        "vecina",
        "vecina@muestra.example",
        "Carla Muestra (otro municipio)",
        VILLA_MARIA,
        "Directora de Modernización",
    ),
    SamplePerson("equipo de la red", "red@muestra.example", "Dora Muestra (equipo de la red)", is_staff=True),
    SamplePerson(
        "administración",
        "administracion@muestra.example",
        "Elías Muestra (administración)",
        is_staff=True,
        is_superuser=True,
    ),
)


def demo_password() -> str:
    """Return the one password of the sample accounts, made at random the first time and kept with the data."""
    file: Path = settings.DATA_DIR / "demo-password"
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    password = secrets.token_urlsafe(12)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(f"{password}\n")
    return password


@transaction.atomic
def create_samples() -> str:
    """Make the sample accounts that are missing; returns what was done, nothing when all were there.

    Raises:
        ImproperlyConfigured: these settings allow no samples.
    """
    if not settings.SAMPLES_ALLOWED:
        raise ImproperlyConfigured(
            "Esta instalación no admite cuentas de muestra: su contraseña la conoce más de una persona. "
            "Usá `manage.py createsuperuser` para la primera cuenta."
        )
    made = sum(_create(person) for person in PEOPLE)
    lines = []
    if made:
        lines.append(_("%(made)d cuentas nuevas.") % {"made": made})
    missing = _people_without_place()
    if missing:
        people = {"people": ", ".join(missing)}
        lines.append(_("Faltan los lugares: quedan sin municipio %(people)s.") % people)
    return " ".join(lines)


def remove_samples() -> int:
    """Take every sample account away; one that others' content needs is erased instead of deleted."""
    removed = 0
    for user in User.objects.samples():
        try:
            with transaction.atomic():
                user.delete()
        except (ProtectedError, RestrictedError):
            account_erase(user=user, actor=user)
            User.objects.filter(pk=user.pk).update(is_sample=False)
        removed += 1
    return removed


def _create(person: SamplePerson) -> bool:
    password = demo_password()
    user = User.objects.with_email(person.email).first()
    is_new = user is None
    if user is None:
        user = User.objects.create_user(
            person.email,
            password,
            name=person.name,
            is_staff=person.is_staff,
            is_superuser=person.is_superuser,
            is_sample=True,
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    elif not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    if person.is_staff and not person.is_superuser:
        user.groups.add(_staff_group())
    _join(user, person)
    return is_new


def _join(user: User, person: SamplePerson) -> None:
    municipality = _municipality(person.municipality_code)
    if municipality is None or Membership.objects.filter(user=user).exists():
        return
    membership = membership_request(user=user, municipality=municipality, position=person.position)
    membership = membership_approve(membership=membership, actor=user)
    if person.is_coordinator:
        membership_make_coordinator(membership=membership, actor=user)


def _municipality(code: str) -> Municipality | None:
    if not code:
        return None
    return Municipality.objects.filter(codes__source="geonames", codes__code=code).first()


def _people_without_place() -> list[str]:
    return [
        person.email
        for person in PEOPLE
        if person.municipality_code and not _municipality(person.municipality_code)
    ]


def _staff_group() -> Group:
    """Return the team's group: every permission over the portal's own models, none over groups and sessions."""
    group, _created = Group.objects.get_or_create(name=STAFF_GROUP)
    labels = [config.label for config in apps.get_app_configs() if isinstance(config, PortalAppConfig)]
    group.permissions.set(Permission.objects.filter(content_type__app_label__in=labels))
    return group
