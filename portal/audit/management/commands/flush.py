"""`flush`, with the audit trail in mind."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import connections, transaction


class Command(flush.Command):
    """Empties every table of a machine for development or tests, and of no other."""

    help = "Empties the database. Only on machines for development and tests: the audit trail refuses it elsewhere."

    def handle(self, **options: Any) -> None:
        """Open the audit table to TRUNCATE for this transaction only, where sample data is allowed.

        Raises:
            CommandError: this is a real installation.
        """
        if not settings.SAMPLES_ALLOWED:
            raise CommandError(
                "This installation keeps an audit trail that nothing may empty. "
                "To start again, create a new database and run migrate (see docs/operations.md)."
            )
        database = options["database"]
        with transaction.atomic(using=database):
            with connections[database].cursor() as cursor:
                cursor.execute("SET LOCAL portal.flush = 'on'")
            super().handle(**options)
