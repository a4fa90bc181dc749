"""Says how to sign in as each sample person."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.accounts.models import User
from portal.accounts.samples import PEOPLE, demo_password


class Command(BaseCommand):
    """`manage.py demo_accounts`: one line for each sample account: role, e-mail and password, with tabs between."""

    help = "Muestra con qué correo y contraseña se ingresa con cada cuenta de muestra."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the accounts that exist."""
        present = set(User.objects.samples().values_list("email", flat=True))
        people = [person for person in PEOPLE if person.email in present]
        if not people:
            self.stdout.write("No hay cuentas de muestra en esta instalación.")
            return
        password = demo_password()
        for person in people:
            self.stdout.write(f"{person.role}\t{person.email}\t{password}")
