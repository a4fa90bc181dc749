"""What the catalogue tells the kernel about itself."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.personal_data import (
    Erasure,
    PersonalModel,
    SubjectAccess,
    erasures,
    personal_models,
    subject_accesses,
)
from portal.catalog.personal import erase_from_entries, export_entries

personal_models.register(
    PersonalModel(
        id="catalog.Entry",
        label=_("Las cosas que publicaste o por las que respondés"),
        fields=("people",),
        reason=_("Que quien las encuentra pueda preguntarte, si vos querés."),
        until=_("Hasta que borrás tu cuenta: la cosa queda, sin vos."),
        order=60,
    )
)
subject_accesses.register(
    SubjectAccess(id="entries", label=_("Lo que publicaste en el portal"), export=export_entries, order=60)
)
# After the owning apps', which may write entries anew while they erase.
erasures.register(Erasure(id="entries", erase=erase_from_entries, order=900))
