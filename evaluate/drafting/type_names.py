"""The types of question by their names for people, the usual ones first."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evaluate.engine.question_types import QuestionType

_USUAL: dict[QuestionType, Promise] = {
    QuestionType.SELECT_ONE: _("Elegir una opción"),
    QuestionType.SELECT_MULTIPLE: _("Elegir varias opciones"),
    QuestionType.TEXT: _("Texto"),
    QuestionType.INTEGER: _("Número entero"),
    QuestionType.DECIMAL: _("Número con decimales"),
    QuestionType.DATE: _("Fecha"),
    QuestionType.NOTE: _("Nota: solo se lee"),
    QuestionType.CALCULATE: _("Cálculo: nadie lo ve"),
}
_OTHERS: dict[QuestionType, Promise] = {
    QuestionType.RANGE: _("Escala"),
    QuestionType.RANK: _("Ordenar opciones"),
    QuestionType.ACKNOWLEDGE: _("Casilla para confirmar"),
    QuestionType.TIME: _("Hora"),
    QuestionType.DATETIME: _("Fecha y hora"),
    QuestionType.GEOPOINT: _("Punto en el mapa"),
    QuestionType.GEOTRACE: _("Línea en el mapa"),
    QuestionType.GEOSHAPE: _("Superficie en el mapa"),
    QuestionType.BARCODE: _("Código de barras"),
    QuestionType.IMAGE: _("Imagen"),
    QuestionType.FILE: _("Archivo"),
    QuestionType.AUDIO: _("Sonido"),
    QuestionType.VIDEO: _("Video"),
    QuestionType.HIDDEN: _("Valor oculto"),
    QuestionType.START: _("Momento del comienzo"),
    QuestionType.END: _("Momento del final"),
    QuestionType.TODAY: _("Fecha de hoy"),
    QuestionType.USERNAME: _("Nombre de quien responde"),
    QuestionType.EMAIL: _("Correo de quien responde"),
    QuestionType.PHONENUMBER: _("Teléfono de quien responde"),
    QuestionType.DEVICEID: _("Dispositivo"),
}
TYPE_NAMES = _USUAL | _OTHERS


def type_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the types for a field of a form, in two groups."""
    return [
        (str(_("Las de siempre")), [(kind.value, str(name)) for kind, name in _USUAL.items()]),
        (str(_("Otras")), [(kind.value, str(name)) for kind, name in _OTHERS.items()]),
    ]
