import pytest
from django.core.management import call_command
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_description_of_the_api_is_valid(tmp_path) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml"))
    written = (tmp_path / "schema.yaml").read_text()
    for address in ("municipalities/", "solutions/", "solutions/{slug}/", "solutions/clusters/"):
        assert f"/api/v1/{address}:" in written


def test_a_partner_reads_the_description_without_an_account(client: Client) -> None:
    response = client.get("/api/v1/schema/")
    assert response.status_code == 200
    assert b"policy-areas" in response.content
