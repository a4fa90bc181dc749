"""The desk for an event's materials."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin

from portal.core.decision import Decision
from share.forms.materials import MaterialForm, MaterialWordsForm
from share.models import Material
from share.permissions.materials import can_change_materials
from share.services.materials import (
    MaterialConflict,
    Offered,
    material_add,
    material_change,
    material_move,
    material_remove,
)
from share.views.event_access import OrganiserPage, person


class MaterialsPage(FormMixin, OrganiserPage):
    """A page about materials, for whoever looks after the event."""

    def decide(self) -> Decision:
        """Ask whether the reader adds materials."""
        return can_change_materials(self.request.user, self.event)

    def material(self, key: str) -> Material:
        """Return one of this event's materials."""
        rows = Material.objects.filter(event=self.event).select_related("file", "event")
        return get_object_or_404(rows, pk=int(key) if key.isdecimal() and len(key) < 19 else 0)


class MaterialsView(MaterialsPage):
    """All of an event's materials, in their order, and a form for one more."""

    form_class = MaterialForm
    template_name = "share/event_materials.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List them."""
        rows = Material.objects.filter(event=self.event).select_related("file")
        return super().get_context_data(materials=list(rows), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move one, take one away, or add one."""
        steps = {"subir": -1, "bajar": 1}
        for name, places in steps.items():
            if name in request.POST:
                material_move(material=self.material(request.POST[name]), places=places)
                return redirect("share:event-materials", self.event.pk)
        if "quitar" in request.POST:
            material_remove(material=self.material(request.POST["quitar"]))
            messages.success(request, _("Quitamos ese material."))
            return redirect("share:event-materials", self.event.pk)
        form = self.get_form()
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        """Add it."""
        data = form.cleaned_data
        try:
            material_add(
                event=self.event,
                offered=_offered(data),
                actor=person(self.request),
                upload=data["file"] or None,
                url=data["url"],
            )
        except MaterialConflict as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, _("Agregamos «%(title)s».") % {"title": data["title"]})
        return redirect("share:event-materials", self.event.pk)


class MaterialEditView(MaterialsPage):
    """Calls a material something else, or gives it to others."""

    form_class = MaterialWordsForm
    template_name = "share/material_form.html"

    def get_initial(self) -> dict[str, Any]:
        """Begin with how it is."""
        row = self.material(str(self.kwargs["material_pk"]))
        return {"title": row.title, "kind": row.kind, "audience": row.audience}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one it is."""
        return super().get_context_data(material=self.material(str(self.kwargs["material_pk"])), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save."""
        form = self.get_form()
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        """Change it."""
        row = self.material(str(self.kwargs["material_pk"]))
        material_change(material=row, offered=_offered(form.cleaned_data))
        messages.success(self.request, _("Guardamos los cambios."))
        return redirect("share:event-materials", self.event.pk)


def _offered(data: dict[str, Any]) -> Offered:
    return Offered(title=data["title"], kind=data["kind"], audience=data["audience"])
