"""Who may read and publish solutions."""

from typing import Any

from django.utils.translation import gettext as _

from inspire.models import Contribution, Solution
from inspire.querysets_contributions import READ_BY_STAFF, may_review
from portal.core.decision import ALLOWED, Decision, denied
from portal.files.models import StoredFile

# Ids of the uses that a solution's files are uploaded for, see `inspire.file_uses`.
PHOTO_USE = "solution-photo"
ATTACHMENT_USE = "solution-attachment"
IMPORT_USE = "solution-import"


def can_view_solution(user: Any, solution: Solution) -> Decision:
    """Anyone may read what is published; the network's staff also what is not. Twin of `visible_to`."""
    if solution.is_published or (user.is_authenticated and user.is_active and user.is_staff):
        return ALLOWED
    return denied(_("Esta solución todavía no está publicada: sólo puede verla el equipo de la red."))


def can_read_solution_file(user: Any, file: StoredFile) -> Decision:
    """Whoever may see the solution that shows a file or the contribution that brings it, and who uploaded it."""
    part = "photos" if file.use == PHOTO_USE else "attachments"
    solution = Solution.objects.filter(**{f"{part}__file": file}).only("status").first()
    if solution is not None and can_view_solution(user, solution):
        return ALLOWED
    if user.is_authenticated and user.is_active and file.uploaded_by_id == user.pk:
        return ALLOWED
    rows = Contribution.objects.visible_to(user).filter(files__file=file).select_related("solution")
    if any(_reads_on_desk(user, contribution, file) for contribution in rows):
        return ALLOWED
    return denied(_("Este archivo todavía no acompaña a ninguna solución publicada."))


def _reads_on_desk(user: Any, contribution: Contribution, file: StoredFile) -> bool:
    """Say whether a contribution that somebody sees shows her a file: what a proposal took over is the solution's."""
    if file.pk not in contribution.base_content.get("files", []):
        return True
    return contribution.solution is not None and bool(can_view_solution(user, contribution.solution))


def can_publish_solution(user: Any, solution: Solution) -> Decision:
    """Staff who may change solutions decide what is in the library."""
    if not (user.is_authenticated and user.is_active and user.is_staff):
        return denied(_("Sólo el equipo de la red puede publicar o retirar soluciones."))
    if not user.has_perm("inspire.change_solution"):
        return denied(
            _("Tu cuenta no tiene permiso para cambiar soluciones. Pedíselo a quien administra el portal.")
        )
    return ALLOWED


def can_add_solution(user: Any) -> Decision:
    """Staff who may add solutions write them into the library; everybody else tells her experience on its page."""
    return _can_write(user, "inspire.add_solution")


def can_change_solution(user: Any, solution: Solution) -> Decision:
    """Staff who may change solutions; whoever stands behind one proposes changes on its page."""
    return _can_write(user, "inspire.change_solution")


def _can_write(user: Any, permission: str) -> Decision:
    if not (user.is_authenticated and user.is_active):
        return denied(_("Para escribir en la biblioteca primero ingresá con tu cuenta."))
    if not user.is_staff:
        return denied(
            _("En la biblioteca escribe el equipo de la red. Contá tu experiencia en /inspirarme/contar/")
        )
    if not user.has_perm(permission):
        return denied(
            _("Tu cuenta no tiene permiso para escribir soluciones. Pedíselo a quien administra el portal.")
        )
    return ALLOWED


def can_write_contribution(user: Any) -> Decision:
    """Anyone with an account, whose address was confirmed when she first signed in."""
    if user.is_authenticated and user.is_active:
        return ALLOWED
    return denied(_("Para contar una experiencia primero ingresá con tu cuenta."))


def can_see_contribution(user: Any, contribution: Contribution) -> Decision:
    """Its authors always; reviewers from the day it was handed in. Twin of `visible_to`."""
    if not can_write_contribution(user):
        return can_write_contribution(user)
    if contribution.is_written_by(user) or (contribution.status in READ_BY_STAFF and may_review(user)):
        return ALLOWED
    return denied(_("Este aporte es de otra persona."))


def can_edit_contribution(user: Any, contribution: Contribution) -> Decision:
    """Its authors, while they write it or were asked for changes."""
    if not (can_write_contribution(user) and contribution.is_written_by(user)):
        return denied(_("Este aporte es de otra persona."))
    if contribution.is_submitted:
        return denied(_("El aporte está en revisión. Si querés cambiar algo, traelo de vuelta a borrador."))
    if not contribution.is_editable:
        return denied(_("Este aporte ya se decidió o se retiró: así como está no se puede cambiar."))
    return ALLOWED


def can_review_contributions(user: Any) -> Decision:
    """The network's staff who may change solutions."""
    if may_review(user):
        return ALLOWED
    return denied(_("Los aportes los revisa el equipo de la red."))


def can_see_history(user: Any, solution: Solution) -> Decision:
    """Staff, and those who wrote it: earlier texts may hold what was taken out for a good reason."""
    if not (user.is_authenticated and user.is_active):
        return denied(_("Para ver el historial primero ingresá con tu cuenta."))
    wrote = Contribution.objects.written_by(user).filter(solution=solution, status="published").exists()
    if user.is_staff or wrote or solution.people.filter(user_id=user.pk).exists():
        return ALLOWED
    return denied(_("El historial lo ven quienes escribieron la solución y el equipo de la red."))


def can_import_solutions(user: Any) -> Decision:
    """Staff who may change solutions bring other people's. Twin of the batches' `visible_to`."""
    if not (user.is_authenticated and user.is_active and user.is_staff):
        return denied(_("Sólo el equipo de la red puede importar soluciones."))
    if not user.has_perm("inspire.change_solution"):
        return denied(
            _("Tu cuenta no tiene permiso para cambiar soluciones. Pedíselo a quien administra el portal.")
        )
    return ALLOWED


def can_read_import_file(user: Any, file: StoredFile) -> Decision:
    """Whoever may import; a file may hold what is not for the library."""
    return can_import_solutions(user)
