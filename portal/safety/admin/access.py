"""Who may open these pages of the admin."""

from typing import Any

from django.http import HttpRequest

from portal.safety.permissions import can_moderate


class ForModerators:
    """Asks the app's own rule instead of table permissions; nothing here is deleted by hand."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show it to moderators."""
        return bool(can_moderate(request.user))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Open it to moderators."""
        return bool(can_moderate(request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is added by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was decided stays."""
        return False
