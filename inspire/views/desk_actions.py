"""What the buttons of the one screen do, once everything typed is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from inspire.contribution_record import effective_content
from inspire.forms import AttachmentForm, ContributionForm, InviteForm, PhotoForm
from inspire.models import Contribution, ContributionFile
from inspire.services.contributions import (
    SaidNo,
    StepNotPossible,
    TooManyFiles,
    TooManyInvited,
    TooManyToday,
    author_invite,
    author_leave,
    author_name,
    comment_resolve,
    contribution_file_add,
    contribution_file_remove,
    contribution_submit,
)
from inspire.views.desk_access import person, sees_library
from portal.accounts.models import User

ACTION = "accion"


@dataclass(frozen=True)
class Outcome:
    """Where a button leads, or the forms that found something wrong and stay on the screen."""

    address: str = ""
    form: ContributionForm | None = None
    photo_form: PhotoForm | None = None
    attachment_form: AttachmentForm | None = None
    invite_form: InviteForm | None = None


Action = Callable[[HttpRequest, Contribution, str], Outcome]


def perform(request: HttpRequest, contribution: Contribution, conflicts: dict[str, Any]) -> Outcome:
    """Do what the pressed button says; handing in waits until two authors agree."""
    name, _colon, target = request.POST.get(ACTION, "guardar").partition(":")
    if "municipality_find" in request.POST and ACTION not in request.POST:
        return Outcome(f"{_screen(contribution)}#id_municipality_search")
    if conflicts and name == "enviar":
        return Outcome()
    return _ACTIONS.get(name, _keep)(request, contribution, target)


def _screen(contribution: Contribution) -> str:
    return reverse("inspire:contribution-edit", args=[contribution.public_id])


def _keep(request: HttpRequest, contribution: Contribution, target: str) -> Outcome:
    messages.success(request, _("Guardamos el borrador. Podés seguir cuando quieras, desde «Mis aportes»."))
    return Outcome(_screen(contribution))


def _submit(request: HttpRequest, contribution: Contribution, target: str) -> Outcome:
    content = effective_content(contribution, with_library=sees_library(request, contribution))
    form = ContributionForm.checking(content, contribution.base_content)
    if not form.is_valid():
        return Outcome(form=form)
    try:
        contribution_submit(contribution=contribution, actor=person(request))
    except StepNotPossible:
        messages.error(request, _("El aporte cambió de estado mientras lo mirabas. Así está ahora."))
        return Outcome(contribution.get_absolute_url())
    messages.success(request, _("Lo enviaste a revisión. Te avisamos cuando haya novedades. ¡Gracias!"))
    return Outcome(contribution.get_absolute_url())


def _add_photo(request: HttpRequest, contribution: Contribution, target: str) -> Outcome:
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return Outcome(photo_form=form)
    try:
        _add_file(request, contribution, ContributionFile.Kind.PHOTO, dict(form.cleaned_data))
    except TooManyFiles:
        form.add_error("file", _("Ya hay veinte fotos. Sacá alguna antes de sumar otra."))
        return Outcome(photo_form=form)
    return Outcome(f"{_screen(contribution)}#archivos")


def _add_attachment(request: HttpRequest, contribution: Contribution, target: str) -> Outcome:
    form = AttachmentForm(request.POST, request.FILES)
    if not form.is_valid():
        return Outcome(attachment_form=form)
    try:
        _add_file(request, contribution, ContributionFile.Kind.ATTACHMENT, dict(form.cleaned_data))
    except TooManyFiles:
        form.add_error("file", _("Ya hay veinte documentos. Sacá alguno antes de sumar otro."))
        return Outcome(attachment_form=form)
    return Outcome(f"{_screen(contribution)}#archivos")


def _add_file(request: HttpRequest, contribution: Contribution, kind: str, cleaned: dict[str, Any]) -> None:
    upload = cleaned.pop("file")
    contribution_file_add(
        contribution=contribution, kind=kind, upload=upload, actor=person(request), words=cleaned
    )
    messages.success(request, _("Sumamos el archivo."))


def _remove_file(request: HttpRequest, contribution: Contribution, target: str) -> Outcome:
    contribution_file_remove(row=_row(contribution.files, target))
    messages.success(request, _("Sacamos el archivo."))
    return Outcome(f"{_screen(contribution)}#archivos")


def _invite(request: HttpRequest, contribution: Contribution, target: str) -> Outcome:
    form = InviteForm(request.POST, inviter=person(request))
    if not form.is_valid():
        return Outcome(invite_form=form)
    colleague, email = form.cleaned_data["colleague"], form.cleaned_data["email"]
    user = colleague or User.objects.with_email(email).first()
    try:
        author_invite(
            contribution=contribution,
            user=user,
            invited_by=person(request),
            is_found_by_address=colleague is None,
        )
    except (TooManyInvited, TooManyToday, SaidNo) as refused:
        messages.error(request, _not_invited(refused, colleague))
        return Outcome(f"{_screen(contribution)}#en-conjunto")
    if colleague:
        said = _("Invitamos a %(name)s. Va a poder escribir cuando acepte.") % {"name": colleague.name}
    else:
        # The same words whether there is an account or not.
        said = _(
            "Si ese correo tiene una cuenta en el portal, le llega la invitación. Cuando acepte la vas a ver acá."
        )
    messages.success(request, said)
    return Outcome(f"{_screen(contribution)}#en-conjunto")


def _not_invited(refused: Exception, colleague: User | None) -> str:
    if isinstance(refused, TooManyInvited):
        return _("Ya hay veinte personas invitadas. Sacá a alguna antes de sumar otra.")
    if isinstance(refused, TooManyToday):
        return _("Hoy ya invitaste a veinte personas, que es lo que se puede en un día. Mañana podés seguir.")
    said = _("%(name)s prefirió no escribir este aporte, así que no la volvemos a invitar.")
    return said % {"name": colleague.name if colleague else ""}


def _remove_author(request: HttpRequest, contribution: Contribution, target: str) -> Outcome:
    shown = Q(accepted_at__isnull=False) | Q(is_found_by_address=False, left_at__isnull=True)
    author = _row(contribution.authors.filter(shown), target)
    is_own = author.user_id == request.user.pk
    if not (is_own or contribution.created_by_id == request.user.pk or not author.is_accepted):
        messages.error(request, _("Sólo quien empezó el aporte puede sacar a otra persona."))
    elif not author_leave(author=author, by_herself=is_own):
        messages.error(request, _("Sos la única persona que lo escribe. Si no querés seguir, retiralo."))
    elif is_own:
        messages.success(request, _("Dejaste de escribir ese aporte."))
        return Outcome(reverse("inspire:contribution-list"))
    return Outcome(f"{_screen(contribution)}#en-conjunto")


def _name_author(request: HttpRequest, contribution: Contribution, target: str) -> Outcome:
    author = contribution.authors.get(user=person(request))
    author_name(author=author, is_named=target == "si")
    return Outcome(f"{_screen(contribution)}#en-conjunto")


def _resolve(request: HttpRequest, contribution: Contribution, target: str) -> Outcome:
    comment = _row(contribution.comments.filter(is_told=True), target)
    comment_resolve(comment=comment, actor=person(request), is_resolved=not comment.is_resolved)
    return Outcome(f"{_screen(contribution)}#comentario-{comment.pk}")


def _row(rows: Any, target: str) -> Any:
    """Return the row that a button names, of this contribution only.

    Raises:
        Http404: there is none.
    """
    key = int(target) if target.isascii() and target.isdigit() and len(target) < 19 else 0
    row = rows.filter(pk=key).first()
    if row is None:
        raise Http404
    return row


_ACTIONS: dict[str, Action] = {
    "guardar": _keep,
    "enviar": _submit,
    "foto": _add_photo,
    "documento": _add_attachment,
    "quitar-archivo": _remove_file,
    "invitar": _invite,
    "quitar-autoria": _remove_author,
    "mi-nombre": _name_author,
    "resolver": _resolve,
}
