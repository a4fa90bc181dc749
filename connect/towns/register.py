"""What towns and successions tell the kernel about themselves: notices, and where a town's page is."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from connect.services.succession_notices import SUCCESSION_NOTICE, SUCCESSOR_NOTICE
from portal.notices.kinds import NoticeKind
from portal.places.pages import MunicipalityPage

TOWN_NOTICES = (
    NoticeKind(
        id=SUCCESSION_NOTICE,
        function="connect",
        label=_("Alguien deja tu municipio y hay que decidir a quién pasa lo que llevaba"),
        order=46,
        reason=_("Porque coordinás ese municipio, o sos del equipo de la red y nadie lo coordina."),
    ),
    NoticeKind(
        id=SUCCESSOR_NOTICE,
        function="connect",
        label=_("Pasa a vos lo que llevaba otra persona de tu municipio"),
        order=47,
        reason=_("Porque quien coordina tu municipio te lo confió."),
    ),
)


def town_address(municipality_id: int) -> str:
    """Return the path of a municipality's page."""
    return reverse("connect:town-detail", args=[municipality_id])


TOWN_PAGE = MunicipalityPage(id="connect", url=town_address)
