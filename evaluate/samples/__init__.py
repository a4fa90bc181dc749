"""Invented evaluations to try the portal with: a town's results, one under way by its team, and its peers' results.

Everything goes through the services, so that it looks as it would if people had done it.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluate.models import Evaluation, PlanStep, QuestionnaireVersion
from evaluate.samples.peers import create_peers
from evaluate.samples.town import create_town
from portal.accounts.models import Membership

SAMPLE_EMAIL = "practicante@muestra.example"

__all__ = ["SAMPLE_EMAIL", "create_samples", "remove_samples"]


def create_samples() -> str:
    """Answer questionnaires for the sample account's municipality and for its peers."""
    if Evaluation.objects.filter(is_sample=True).exists():
        return _("Las evaluaciones de muestra ya estaban.")
    membership = (
        Membership.objects.active().filter(user__email=SAMPLE_EMAIL).select_related("municipality").first()
    )
    if membership is None:
        return _("Sin evaluaciones de muestra: falta la cuenta %(email)s.") % {"email": SAMPLE_EMAIL}
    versions = list(QuestionnaireVersion.objects.open().filter(is_scored=True).by_area()[:2])
    if not versions:
        return _("Sin evaluaciones de muestra: falta un cuestionario publicado.")
    create_town(membership, [version.questionnaire for version in versions])
    peers = create_peers(membership.municipality, versions[0].questionnaire)
    return ngettext(
        "Dos evaluaciones con resultado, otra en curso y la de %(count)s municipio para comparar",
        "Dos evaluaciones con resultado, otra en curso y las de %(count)s municipios para comparar",
        peers,
    ) % {"count": peers}


@transaction.atomic
def remove_samples() -> int:
    """Take the sample evaluations away."""
    samples = Evaluation.objects.filter(is_sample=True)
    count = samples.count()
    samples.delete()
    PlanStep.objects.filter(is_sample=True).delete()
    return count
