"""The head of the page says in which function one is, on every page of it."""

import pytest

from tests.share.factories import event, thread

pytestmark = pytest.mark.django_db
HERE = 'href="/intercambiar/encuentros/"\n             aria-current="true"'


def test_intercambiar_is_marked_on_its_pages_and_nowhere_else(client):
    own = (
        event().get_absolute_url(),
        thread(visibility="public").get_absolute_url(),
        "/intercambiar/conversaciones/",
    )
    for path in own:
        assert HERE in client.get(path).content.decode(), path
    assert HERE not in client.get("/inspirarme/").content.decode()
