"""A result that its municipality takes back is gone at once, in every form in which it was kept."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from evaluate.entries import RESULT_KIND
from evaluate.models import Evaluation
from evaluate.services.publishing import result_publish, result_withdraw
from portal.catalog.models import Entry
from portal.pages.sitemap import PART_IDS
from tests.evaluate.test_views_result_page import scored

pytestmark = pytest.mark.django_db
NAMES = ("published-result", "published-report", "published-csv", "published-xlsx")


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def addresses(evaluation: Evaluation) -> list[str]:
    return [reverse(f"evaluate:{name}", args=[evaluation.public_id]) for name in NAMES]


def api_address(evaluation: Evaluation) -> str:
    return f"/api/v1/questionnaires/{evaluation.questionnaire.slug}/results/"


def lists(evaluation: Evaluation) -> list[str]:
    """Pages that name it while it is public."""
    town = evaluation.municipality_id
    return [
        "/evaluarme/resultados/",
        f"/evaluarme/resultados/?municipio={town}",
        f"/evaluarme/resultados/?cuestionario={evaluation.questionnaire.slug}",
        "/buscar/?tipo=result",
        f"/buscar/?q={evaluation.questionnaire.slug}",
        f"/sitemap-{Entry.objects.get(kind=RESULT_KIND).pk // PART_IDS}.xml",
        api_address(evaluation),
    ]


def mentioned(client, address: str, evaluation: Evaluation) -> bool:
    response = client.get(address)
    return str(evaluation.public_id) in b"".join(response).decode()


def test_every_kept_form_of_it_is_gone_with_the_withdrawal(client, django_capture_on_commit_callbacks):
    evaluation = scored()
    with django_capture_on_commit_callbacks(execute=True):
        result_publish(evaluation=evaluation, user=evaluation.owner)
    reader = Client()
    reader.force_login(evaluation.owner)
    etags, pages = {}, lists(evaluation)
    for each in (client, reader):
        # Twice: the second time they are served from what was kept.
        for address in [*addresses(evaluation), *pages] * 2:
            response = each.get(address)
            assert response.status_code == 200, address
            etags[address] = response.headers.get("ETag", "")
        for address in pages:
            assert mentioned(each, address, evaluation), address
    with django_capture_on_commit_callbacks(execute=True):
        result_withdraw(evaluation=evaluation, user=evaluation.owner)
    for each in (client, reader):
        for address in addresses(evaluation):
            # Also for a browser that has it already and only asks whether it is still the same.
            assert each.get(address, headers={"if-none-match": etags[address] or '"x"'}).status_code == 404
        for address in pages:
            assert not mentioned(each, address, evaluation), address
        assert each.get(f"{api_address(evaluation)}{evaluation.public_id}/").status_code == 404


def test_nobody_may_use_a_kept_file_of_it_without_asking_again(client):
    evaluation = scored()
    result_publish(evaluation=evaluation, user=evaluation.owner)
    for address in addresses(evaluation):
        kept = client.get(address).headers.get("Cache-Control", "")
        assert "no-cache" in kept or "no-store" in kept, address
