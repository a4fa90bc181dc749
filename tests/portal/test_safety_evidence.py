"""Copies of what was reported, when the account of who wrote it is erased."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts.services import account_erase, account_export
from portal.safety.models import Report, ReportChange, Suspension
from portal.safety.services import Measures, block_add, report_decide, suspension_lift
from portal.safety.tasks import forget_evidence
from tests.connect.factories import listed
from tests.portal.accounts_factories import UserFactory
from tests.portal.safety_factories import a_report, moderator

pytestmark = pytest.mark.django_db


def decided(report, **measures):
    report_decide(report=report, actor=moderator(), measures=Measures(**measures), note="Nota sobre Luis")
    return report


def erase(person):
    account_erase(user=person, actor=UserFactory(superuser=True))


def of(report):
    return Report.objects.get(pk=report.pk)


def test_a_decided_copy_goes_at_once_and_the_fact_stays():
    report = decided(a_report(person=listed("Luis Paz"), text="Me insultó Luis"))
    erase(report.person)
    left = of(report)
    assert (left.evidence, left.text, left.person, left.object_id, left.evidence_until) == (
        {},
        "",
        None,
        0,
        None,
    )
    assert left.status == "dismissed"
    assert not ReportChange.objects.exclude(note="").exists()


@pytest.mark.parametrize("is_suspended", [False, True])
def test_an_open_report_and_an_active_suspension_keep_the_copy_for_a_year(is_suspended):
    report = a_report(person=listed("Luis Paz"))
    if is_suspended:
        decided(report, suspension="Acoso")
    erase(report.person)
    kept = of(report)
    assert kept.evidence["title"] == "Luis Paz"
    assert kept.evidence_until == timezone.localdate() + timedelta(days=365)
    assert forget_evidence() == 0
    Report.objects.update(evidence_until=timezone.localdate() - timedelta(days=1))
    assert forget_evidence() == 1
    left = of(report)
    assert (left.evidence, left.person, left.object_id) == ({}, None, 0)
    assert left.status != "open"
    assert not Suspension.objects.exists()


def test_a_suspension_that_is_over_keeps_nothing():
    report = decided(a_report(), suspension="Acoso")
    suspension_lift(suspension=Suspension.objects.get(), actor=None)
    erase(report.person)
    assert of(report).evidence == {}
    assert not Suspension.objects.exists()


def test_evidence_of_people_who_stay_is_never_forgotten():
    report = decided(a_report())
    assert forget_evidence() == 0
    assert of(report).evidence


def test_who_reported_leaves_without_a_word_of_hers():
    ana = listed("Ana")
    report = a_report(reporter=ana, text="Soy Ana y me insultó")
    erase(ana)
    left = of(report)
    assert (left.reporter, left.text, left.status) == (None, "", "open")
    assert left.evidence
    decided(report)


def test_her_copy_has_what_she_did_and_never_who_reported_or_blocked_her():
    ana, luis, eva = listed("Ana"), listed("Luis Paz"), listed("Eva Denunciante")
    block_add(user=ana, other=luis, known_as="Luis Paz")
    block_add(user=eva, other=ana, known_as="Ana")
    a_report(person=luis, reporter=ana, text="Me insultó")
    about_her = a_report(person=ana, reporter=eva, text="Denuncia de Eva")
    decided(about_her, suspension="Por insultar")
    parts = {part["id"]: part["data"] for part in account_export(user=ana)["parts"]}
    assert [row["person"] for row in parts["blocks"]] == ["Luis Paz"]
    assert [row["text"] for row in parts["reports"]] == ["Me insultó"]
    assert [row["reason"] for row in parts["suspensions"]] == ["Por insultar"]
    assert "Eva" not in str(parts)
    assert "Nota sobre Luis" not in str(parts)
