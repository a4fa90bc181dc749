"""What the time after encounters keeps about a person: her copy of it, and her leaving."""

import json

import pytest
from django.utils import timezone

from share.models import Agreement, AgreementChange, AttendanceChange, Material, Minutes, MinutesRevision
from share.personal.afterwards import erase_afterwards, export_afterwards
from share.services.agreements import agreement_set_status
from share.services.attendance import attendance_enter
from share.services.minutes import minutes_save, minutes_version
from tests.share.afterwards import agreed, going_on, minuted, over
from tests.share.factories import member, registered

pytestmark = pytest.mark.django_db


def test_her_copy_holds_what_she_wrote_took_on_and_noted_and_nobody_elses_name() -> None:
    ana, luz = member(), member(name="Luz Paz")
    at = going_on(ana)
    attendance_enter(registration=registered(at, luz), actor=ana)
    attendance_enter(registration=registered(at, ana), actor=luz)
    minutes_save(event=at, text="Lo hablado", seen="", actor=ana)
    old = over(luz)
    agreed(minuted(old), "Compartir", responsible_user=ana, due_on=timezone.localdate())
    Material.objects.create(event=at, title="Fotos", url="https://x.example/", added_by=ana)
    copy = export_afterwards(ana)
    text = json.dumps(copy)
    for said in ("Lo hablado", "Compartir", "Fotos"):
        assert said in text
    assert len(copy["attendance"]) == 1
    assert "Luz" not in text


def test_when_she_leaves_the_minutes_stay_without_her() -> None:
    ana, luz = member(), member()
    at = over(ana)
    attendance_enter(registration=registered(at, luz), actor=ana)
    minutes = minuted(at, written_by=ana)
    minutes_save(event=at, text="Otra cosa", seen=minutes_version(minutes), actor=ana)
    row = agreed(minutes, responsible_user=ana)
    agreement_set_status(agreement=row, status="done", actor=ana)
    Material.objects.create(event=at, title="Fotos", url="https://x.example/", added_by=ana)
    for _twice in range(2):
        erase_afterwards(ana)
    assert Minutes.objects.get().written_by is None
    assert MinutesRevision.objects.get().replaced_by is None
    assert Agreement.objects.get().responsible_user is None
    assert AgreementChange.objects.get().by is None
    assert AttendanceChange.objects.get().by is None
    assert Material.objects.get().added_by is None
