"""COPY and staging tables."""

import pytest
from django.db import DataError, connection, transaction

from portal.core.bulk import column_types, copy_rows, staged
from portal.places.models import Country, Municipality
from tests.portal.places_factories import CountryFactory

ROWS = [("AR", "Argentina", 3), ("UY", None, 4), ("XX", 'tab\tand "quotes" \\ line\nbreak', 5)]
COLUMNS = {"code": "text", "name": "text", "number": "integer"}


@pytest.mark.django_db
def test_copied_rows_arrive_as_they_were() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE copied (code text, name text, number integer) ON COMMIT DROP")
        assert copy_rows(cursor, "copied", list(COLUMNS), iter(ROWS)) == 3
        cursor.execute("SELECT code, name, number FROM copied ORDER BY number")
        assert cursor.fetchall() == ROWS


@pytest.mark.django_db
def test_a_value_of_the_wrong_type_is_an_error_of_the_database_as_django_names_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE copied (number integer) ON COMMIT DROP")
        with pytest.raises(DataError), transaction.atomic():
            copy_rows(cursor, "copied", ["number"], [("no number",)])


@pytest.mark.django_db
def test_staged_rows_can_be_upserted_in_one_statement_and_the_table_is_gone_afterwards() -> None:
    CountryFactory(code="AR", name_es="Antes")
    types = column_types(Country, "code", "name_es")
    with staged(
        {**types, "number": "integer"}, [("AR", "Después", 1), ("UY", "Uruguay", 2)], name="test"
    ) as staging:
        assert staging.count == 2
        touched = staging.execute(
            """
            INSERT INTO places_country (code, name_es, name_en, name_pt, continent)
            SELECT code, name_es, name_es, name_es, %(continent)s FROM {staging}
            ON CONFLICT (code) DO UPDATE SET name_es = excluded.name_es
            """,
            {"continent": "SA"},
        )
        assert touched == 2
        assert staging.fetch("SELECT max(number) FROM {staging}") == [(2,)]
    assert dict(Country.objects.values_list("code", "name_es")) == {"AR": "Después", "UY": "Uruguay"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('staging_test')")
        assert cursor.fetchone() == (None,)


@pytest.mark.django_db
def test_two_staging_tables_can_be_open_at_once() -> None:
    with staged(COLUMNS, ROWS, name="one") as one, staged(COLUMNS, ROWS[:1], name="two") as two:
        assert (one.count, two.count) == (3, 1)
        assert one.table != two.table


@pytest.mark.django_db(transaction=True)
def test_staging_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError), staged(COLUMNS, ROWS):
        pass


@pytest.mark.django_db
def test_columns_of_a_model_keep_their_types_and_foreign_keys_their_column() -> None:
    types = column_types(Municipality, "country", "name", "population", "latitude")
    assert types == {
        "country_id": "varchar(2)",
        "name": "varchar(150)",
        "population": "integer",
        "latitude": "double precision",
    }
