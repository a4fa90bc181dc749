"""What the library keeps about people, why, and until when, as the page about one's data tells it."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.personal_data import PersonalModel

_DESK = _(
    "Tus borradores, hasta que borrás tu cuenta; lo que ya está en la biblioteca o escribís con otras personas "
    "queda, sin tu nombre."
)
_LIBRARY = _("Hasta que borrás tu cuenta: la solución queda, sin tu nombre en ninguna de sus versiones.")
_IMPORTS = _("Hasta que borrás tu cuenta: la importación queda, sin tu nombre.")
_FILES = _("Hasta 30 días después de lo último que se hizo con ese archivo.")
_WHO = _("Para que cada paso tenga responsable.")

PERSONAL_MODELS = tuple(
    PersonalModel(id=f"inspire.{name}", label=label, fields=fields, reason=reason, until=until, order=50)
    for name, label, fields, reason, until in (
        (
            "SolutionPerson",
            _("Soluciones en las que figurás"),
            ("user", "name", "position", "organisation"),
            _("Mostrar quién está detrás de cada experiencia, si lo aceptaste."),
            _LIBRARY,
        ),
        ("SolutionChange", _("Pasos de soluciones que diste"), ("actor",), _WHO, _LIBRARY),
        (
            "SolutionRevision",
            _("Versiones de soluciones que guardaste o que te nombran"),
            ("made_by", "content"),
            _("Poder comparar y volver atrás."),
            _LIBRARY,
        ),
        (
            "Contribution",
            _("Aportes que escribís"),
            ("created_by", "content", "base_content"),
            _("Guardar lo que escribís hasta que se publica."),
            _DESK,
        ),
        (
            "ContributionAuthor",
            _("Aportes que escribís con otras personas o a los que te invitaron"),
            ("user", "invited_by", "is_named", "has_declined"),
            _("Saber quién puede escribir y quién quiere figurar."),
            _DESK,
        ),
        ("ContributionStep", _("Pasos de tus aportes"), ("actor", "reason"), _WHO, _DESK),
        (
            "ContributionComment",
            _("Comentarios de revisión que escribís o resolvés"),
            ("author", "resolved_by", "text"),
            _("Que quienes escriben sepan qué mejorar."),
            _DESK,
        ),
        ("ImportBatch", _("Importaciones que empezaste"), ("made_by",), _WHO, _IMPORTS),
        ("ImportChange", _("Pasos de importaciones que diste"), ("actor",), _WHO, _IMPORTS),
        (
            "ImportedRow",
            _("Filas de archivos por importar, que pueden nombrarte"),
            ("record",),
            _("Mostrar qué trae un archivo antes de que entre en la biblioteca."),
            _FILES,
        ),
        (
            "ImportNote",
            _("Motivos por los que una fila no se usó, que pueden citarla"),
            ("reason",),
            _("Que quien trae el archivo pueda corregirlo."),
            _FILES,
        ),
    )
)
