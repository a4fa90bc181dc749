"""In whose name an encounter is held: what the form offers to whom."""

import re

import pytest
from django.urls import reverse

from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.share.factories import member

pytestmark = pytest.mark.django_db


def hosts_offered(client, user) -> list[str]:
    client.force_login(user)
    page = client.get(reverse("share:event-create")).content.decode()
    chosen = re.search(r'<select name="municipality".*?</select>', page, re.DOTALL)
    assert chosen
    return [name.partition(",")[0] for name in re.findall(r"<option[^>]*>([^<]*)</option>", chosen[0])]


def test_the_team_invites_for_the_network_and_members_for_their_municipality(client):
    somebody = member()
    town = somebody.memberships.get().municipality.name
    both = UserFactory(is_staff=True)
    other = MembershipFactory(user=both).municipality.name
    assert hosts_offered(client, UserFactory(is_staff=True)) == ["La red"]
    assert hosts_offered(client, both) == ["La red", other]
    assert hosts_offered(client, somebody) == [town]
