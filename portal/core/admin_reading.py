"""Admin pages of rows that people look at and services write."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class WrittenByServicesAdmin(admin.ModelAdmin):
    """Rows that nobody makes or changes by hand; whoever may, takes them away."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is added by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed by hand."""
        return False


class ReadOnlyAdmin(WrittenByServicesAdmin):
    """Rows that are only looked at."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted by hand."""
        return False
