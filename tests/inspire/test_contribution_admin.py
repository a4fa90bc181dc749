"""The desk and its history from the admin."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.inspire.factories import ContributionFactory, SolutionFactory
from tests.portal.accounts_factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_contribution_is_only_looked_at_there_and_leads_to_its_review(client: Client) -> None:
    contribution = ContributionFactory(submitted=True)
    contribution.steps.create(to_status="submitted", reason="Primera vez")
    client.force_login(UserFactory(superuser=True))
    address = reverse("admin:inspire_contribution_change", args=[contribution.pk])
    page = client.get(address).content.decode()
    assert reverse("inspire:review-detail", args=[contribution.public_id]) in page
    assert "Primera vez" in page
    assert client.post(address, {"title": "Otro"}).status_code == 403


def test_somebody_elses_draft_is_not_shown_there_either(client: Client) -> None:
    draft = ContributionFactory()
    client.force_login(UserFactory(superuser=True))
    assert client.get(reverse("admin:inspire_contribution_change", args=[draft.pk])).status_code == 302


def test_a_solution_leads_to_its_versions_and_to_moving_it_with_a_reason(client: Client) -> None:
    solution = SolutionFactory()
    client.force_login(UserFactory(superuser=True))
    page = client.get(reverse("admin:inspire_solution_change", args=[solution.pk])).content.decode()
    assert reverse("inspire:solution-history", args=[solution.slug]) in page
    assert reverse("inspire:solution-status", args=[solution.slug]) in page
