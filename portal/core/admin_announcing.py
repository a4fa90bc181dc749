"""Admin pages whose changes others must hear of."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.dispatch import Signal
from django.forms import ModelForm
from django.http import HttpRequest

from portal.core.events import announce


class AnnouncingAdmin(admin.ModelAdmin):
    """Announces `event`, which carries nothing, whenever staff save or delete one of its rows."""

    event: Signal

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """Announce once everything that belongs to the row is saved too."""
        super().save_related(request, form, formsets, change)
        announce(self.event)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Announce what is gone."""
        super().delete_model(request, obj)
        announce(self.event)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Announce what is gone."""
        super().delete_queryset(request, queryset)
        announce(self.event)
