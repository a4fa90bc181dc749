"""What this app tells the kernel about itself."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from inspire.entries import solution_kind
from inspire.file_uses import ATTACHMENT_FILE, IMPORT_FILE, PHOTO_FILE
from inspire.personal import erase_from_library, export_contributions, export_library
from inspire.personal_register import PERSONAL_MODELS
from inspire.samples import DEFAULT_COUNT, solutions_generate, solutions_remove_samples
from inspire.services.contributions import telling
from inspire.services.handing_over import CONTACTS, CONTRIBUTIONS
from inspire.services.importing import NOTICE_KIND as IMPORT_NOTICE
from inspire.starter import content_version, load_solutions
from inspire.tasks import refresh_facets
from portal.accounts.handovers import handovers
from portal.accounts.personal_data import (
    Erasure,
    SubjectAccess,
    erasures,
    personal_models,
    subject_accesses,
)
from portal.catalog.kinds import entry_kinds
from portal.core.events import municipalities_changed, topics_changed
from portal.core.functions import PortalFunction, functions
from portal.core.jobs import queue_on_commit
from portal.core.starter import SampleGenerator, StarterContent, sample_generators, starter_contents
from portal.files.uses import file_uses
from portal.notices.kinds import NoticeKind, notice_kinds

functions.register(
    PortalFunction(
        id="inspire",
        name=_("Inspirarme"),
        promise=_("Soluciones de gobiernos locales de todo el mundo, en un mapa y una biblioteca."),
        order=3,
        url_name="inspire:solution-list",
    )
)
entry_kinds.register(solution_kind)
file_uses.register(PHOTO_FILE)
file_uses.register(ATTACHMENT_FILE)
file_uses.register(IMPORT_FILE)
starter_contents.register(
    StarterContent(
        id="solutions", label=_("Soluciones"), load=load_solutions, version=content_version(), order=30
    )
)

sample_generators.register(
    SampleGenerator(
        id="solutions",
        label=_("Soluciones de ejemplo"),
        generate=solutions_generate,
        remove=solutions_remove_samples,
        default=DEFAULT_COUNT,
        order=30,
    )
)

notice_kinds.register(
    NoticeKind(
        id=telling.DECIDED,
        function="inspire",
        label=_("Novedades de lo que escribís para la biblioteca"),
        reason=_("Porque firmás, con otras personas o no, un aporte a la biblioteca."),
        order=40,
    )
)
notice_kinds.register(
    NoticeKind(
        id=telling.INVITED,
        function="inspire",
        label=_("Te invitan a escribir con otras personas"),
        reason=_("Porque alguien quiere escribir un aporte en conjunto con vos."),
        order=41,
    )
)
notice_kinds.register(
    NoticeKind(
        id=telling.SUBMITTED,
        function="inspire",
        is_for_staff=True,
        label=_("Hay un aporte para revisar (equipo de la red)"),
        reason=_("Porque integrás el equipo que revisa los aportes a la biblioteca."),
        email="daily",
        order=42,
    )
)
notice_kinds.register(
    NoticeKind(
        id=IMPORT_NOTICE,
        function="inspire",
        is_for_staff=True,
        label=_("Novedades de un archivo que importás (equipo de la red)"),
        reason=_("Porque subiste un archivo para importar soluciones."),
        order=43,
    )
)
for _model in PERSONAL_MODELS:
    personal_models.register(_model)
subject_accesses.register(
    SubjectAccess(
        id="contributions",
        label=_("Lo que escribís para la biblioteca"),
        export=export_contributions,
        order=50,
    )
)
subject_accesses.register(
    SubjectAccess(id="library", label=_("Vos en la biblioteca"), export=export_library, order=51)
)
erasures.register(Erasure(id="library", erase=erase_from_library, order=50))
handovers.register(CONTACTS)
handovers.register(CONTRIBUTIONS)


@receiver([municipalities_changed, topics_changed], dispatch_uid="inspire.refresh_facets")
def refresh_facets_of_library(**kwargs: Any) -> None:
    """Let places, areas and topics count in the library as they are known now."""
    queue_on_commit(refresh_facets)
