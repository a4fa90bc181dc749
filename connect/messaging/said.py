"""What stands in the place of a message's text where there is none to be read, or where the portal speaks."""

from django.utils.translation import gettext as _

from connect.models import Message


def message_said(message: Message, name: str) -> str:
    """Return the portal's sentence for a message; empty for one that is read as its author wrote it.

    Args:
        name: of whom it is said, or who wrote it, as this reader may read it.
    """
    if message.is_from_portal:
        return _portal_says(message.text, name)
    if message.is_hidden:
        return _("El equipo de la red quitó este mensaje.")
    return _("Este mensaje fue borrado.") if message.is_erased else ""


def _portal_says(text: str, name: str) -> str:
    said, _end, note = text.partition("\n")
    sentences = {
        Message.Said.INTRODUCED: _("Las dos personas aceptaron que las presentaran, por esto: «%(note)s»"),
        Message.Said.JOINED: _("%(name)s se sumó a la conversación."),
        Message.Said.LEFT: _("%(name)s dejó la conversación."),
        Message.Said.RENAMED: _("%(name)s cambió el nombre del grupo."),
        Message.Said.LEFT_TOWN: _("%(name)s ya no trabaja en el municipio."),
        Message.Said.GOES_ON: _("%(name)s sigue con esta conversación y puede leerla desde el principio."),
    }
    if said not in Message.Said.values:
        return text
    return sentences[Message.Said(said)] % {"name": name, "note": note or "…"}
