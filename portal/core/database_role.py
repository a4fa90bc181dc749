"""The application's database role must not be able to see past row-level security."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

_checked: set[str] = set()


def refuse_privileged_role(connection: Any, **kwargs: Any) -> None:
    """Stop the process when its database role is a superuser or exempt from row-level security.

    Runs on the first connection of each database alias.

    Raises:
        ImproperlyConfigured: the role could read every municipality's data whatever the policies say.
    """
    if connection.alias in _checked:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        role, is_superuser, bypasses_policies = cursor.fetchone()
    if is_superuser or bypasses_policies:
        raise ImproperlyConfigured(
            f'The database role "{role}" is a superuser or bypasses row-level security. '
            "Create an ordinary role for the portal and put it into DATABASE_URL (see docs/operations.md)."
        )
    _checked.add(connection.alias)
