"""Solutions in the admin: RIL's staff correct them, publish them and take them out of the library."""

from dataclasses import fields
from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from inspire.models import TEXT_FIELDS, Solution, SolutionPerson
from inspire.permissions import can_publish_solution
from inspire.record import Figure, Link
from inspire.services import (
    first_revisions_keep,
    solution_archive,
    solution_delete,
    solution_publish,
    solution_saved_by_hand,
    solution_withdraw,
)
from inspire.services.slugs import RESERVED
from portal.accounts.models import User
from portal.core.admin_paging import CappedPaginator


class SolutionForm(ModelForm):
    """The whole record; lists and translations that are left empty are empty, not missing."""

    def clean_slug(self) -> str:
        """Keep the addresses that pages of the library have for them."""
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise ValidationError(_("Esa dirección es de una página de Inspirarme. Elegí otra."))
        return slug

    def clean_figures(self) -> list[Any]:
        """Take a list of figures; nothing for none."""
        return _listed(self.cleaned_data["figures"], Figure)

    def clean_links(self) -> list[Any]:
        """Take a list of links; nothing for none."""
        return _listed(self.cleaned_data["links"], Link)

    def clean_translations(self) -> dict[str, Any]:
        """Take texts by language and field; nothing for none."""
        translations = self.cleaned_data["translations"] or {}
        if not isinstance(translations, dict) or not all(map(_is_translation, translations.values())):
            raise ValidationError(
                _('Escribí los textos por idioma y campo, como {"en": {"title": "…", "summary": "…"}}.')
            )
        for told in translations.values():
            _listed(told.get("figures"), Figure)
        return translations


def _listed(value: Any, kind: type[Figure] | type[Link]) -> list[Any]:
    """Return a list of such parts as it was written.

    Raises:
        ValidationError: it is something else.
    """
    names = {item.name for item in fields(kind)}
    if value and not (isinstance(value, list) and all(_is_part(one, names) for one in value)):
        known = ", ".join(f'"{name}": "…"' for name in names)
        raise ValidationError(
            _("Escribí una lista de elementos como {%(known)s}, entre corchetes."), params={"known": known}
        )
    return value or []


def _is_part(value: Any, names: set[str]) -> bool:
    return isinstance(value, dict) and value.keys() <= names and all(map(_is_text, value.values()))


def _is_translation(value: Any) -> bool:
    known = {*TEXT_FIELDS, "figures"}
    return (
        isinstance(value, dict)
        and value.keys() <= known
        and all(_is_text(told) for name, told in value.items() if name != "figures")
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


class PersonInline(admin.TabularInline):
    """Who stands behind a solution."""

    model = SolutionPerson
    extra = 0
    raw_id_fields = ["user"]


@admin.register(Solution)
class SolutionAdmin(admin.ModelAdmin):
    """The library, with a catalogue that always follows."""

    list_display = ["title", "status", "country", "place_name", "level", "start_year", "source", "updated_at"]
    list_filter = ["status", "level", "language", "areas", "source", "is_sample"]
    list_select_related = ["country"]
    search_fields = ["title", "place_name", "source_id"]
    paginator = CappedPaginator
    show_full_result_count = False
    raw_id_fields = ["municipality"]
    filter_horizontal = ["areas", "topics"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = ["status", "published_at", "created_at", "updated_at", "history_link"]
    actions = ["publish", "withdraw", "archive"]
    save_on_top = True
    change_list_template = "inspire/admin/solution_list.html"
    form = SolutionForm
    inlines = [PersonInline]
    fieldsets = [
        (
            None,
            {"fields": ["title", "slug", "summary", "areas", "topics", "tags", "sdgs", "recognitions"]},
        ),
        (
            _("La experiencia"),
            {
                "fields": [
                    "problem",
                    "what_was_done",
                    "results",
                    "figures",
                    "what_failed",
                    "conditions",
                    "lessons",
                    "novelty",
                    "partners",
                    "beneficiaries",
                    "stage",
                    "cost_band",
                    "funding",
                ]
            },
        ),
        (_("Idiomas"), {"fields": ["language", "translations"]}),
        (
            _("Dónde y cuándo"),
            {
                "fields": [
                    "country",
                    "municipality",
                    "place_name",
                    "latitude",
                    "longitude",
                    "position_precision",
                    "level",
                    "start_year",
                    "end_year",
                ]
            },
        ),
        (_("Origen"), {"fields": ["source", "source_id", "source_name", "source_url", "licence", "links"]}),
        (
            _("Publicación"),
            {"fields": ["status", "published_at", "is_sample", "created_at", "updated_at", "history_link"]},
        ),
    ]

    @admin.display(description=_("Historial"))
    def history_link(self, solution: Solution) -> SafeString:
        """Lead to its versions, and to where it is published or taken out with a reason."""
        if not solution.pk:
            return format_html("{}", "—")
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">{}</a>',
            reverse("inspire:solution-history", args=[solution.slug]),
            _("Ver las versiones"),
            reverse("inspire:solution-status", args=[solution.slug]),
            _("Publicar, retirar o archivar con motivo"),
        )

    def save_model(self, request: HttpRequest, obj: Solution, form: ModelForm, change: bool) -> None:
        """Keep what it said until now, then save it."""
        if change:
            first_revisions_keep(solution_ids=[obj.pk])
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """Tell the catalogue once areas and topics are saved too."""
        super().save_related(request, form, formsets, change)
        solution_saved_by_hand(solution=form.instance, actor=cast(User, request.user))

    def delete_model(self, request: HttpRequest, obj: Solution) -> None:
        """Delete it from the catalogue as well."""
        solution_delete(solution=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Solution]) -> None:
        """Delete them from the catalogue as well."""
        for solution in queryset:
            solution_delete(solution=solution)

    @admin.action(description=_("Publicar en la biblioteca"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Solution]) -> None:
        """Put the chosen ones into the library."""
        for solution in queryset:
            can_publish_solution(request.user, solution).require()
            solution_publish(solution=solution, actor=cast(User, request.user))
        number = len(queryset)
        said = ngettext("%(n)s solución publicada.", "%(n)s soluciones publicadas.", number)
        self.message_user(request, said % {"n": number})

    @admin.action(description=_("Retirar de la biblioteca"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Solution]) -> None:
        """Take the chosen ones out of the library; they stay as drafts."""
        for solution in queryset:
            can_publish_solution(request.user, solution).require()
            solution_withdraw(solution=solution, actor=cast(User, request.user))
        number = len(queryset)
        said = ngettext("%(n)s solución retirada.", "%(n)s soluciones retiradas.", number)
        self.message_user(request, said % {"n": number})

    @admin.action(description=_("Archivar"), permissions=["change"])
    def archive(self, request: HttpRequest, queryset: QuerySet[Solution]) -> None:
        """Take the chosen ones out of the library because they are no longer of use."""
        for solution in queryset:
            can_publish_solution(request.user, solution).require()
            solution_archive(solution=solution, actor=cast(User, request.user))
        number = len(queryset)
        said = ngettext("%(n)s solución archivada.", "%(n)s soluciones archivadas.", number)
        self.message_user(request, said % {"n": number})
