import os
from types import SimpleNamespace
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from portal.core import database_role
from portal.core.database_role import refuse_privileged_role


@pytest.mark.django_db
def test_the_tests_run_as_an_ordinary_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


def test_a_superuser_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_role, "_checked", set())
    # A role that claims to be current_user through search_path needs no second server: pg_roles is read for real.
    with psycopg.connect(os.environ["DATABASE_URL"]) as real:
        real.execute(
            "CREATE TEMP TABLE pg_roles AS SELECT current_user AS rolname, true AS rolsuper, false AS rolbypassrls"
        )
        real.execute("SET search_path = pg_temp, pg_catalog")
        asking = SimpleNamespace(alias="default", cursor=real.cursor)
        with pytest.raises(ImproperlyConfigured, match=urlsplit(os.environ["DATABASE_URL"]).username):
            refuse_privileged_role(asking)
