"""What Conectarme keeps about people, why, and until when, as the page about one's data tells it."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.personal_data import PersonalModel

_WHO = _("Para que cada paso tenga responsable.")
_UNTIL_ERASED = _("Hasta que borrás tu cuenta.")
_WITH_CONNECTION = _("Hasta que una de las dos personas borra su cuenta.")
_MESSAGES = _(
    "Hasta que borrás tu cuenta. Lo que escribiste como parte de un municipio sobre algo suyo queda en el municipio, "
    "sin tu nombre."
)
_INTRODUCTION = _(
    "Hasta que borra su cuenta una de las personas presentadas; si la borra quien presentó, quedan sin su nombre ni su "
    "mensaje."
)
_TOWN = _("Hasta que borrás tu cuenta: el traspaso queda, sin tu nombre.")

PERSONAL_MODELS: list[PersonalModel] = [
    PersonalModel(id=f"connect.{name}", label=label, fields=fields, reason=reason, until=until, order=40)
    for name, label, fields, reason, until in (
        (
            "Profile",
            _("Tu perfil en Conectarme: lo que contás a tus colegas y quién lo ve"),
            (
                "user",
                "listed_at",
                "photo",
                "about",
                "areas",
                "offers",
                "offer_topics",
                "seeks",
                "seek_topics",
                "languages",
                "links",
                "availability",
                "paused_until",
                "availability_note",
                "visibility",
                "active_on",
                "asks_received",
                "asks_answered",
                "typical_hours",
            ),
            _("Que tus colegas te encuentren por lo que hacés y sepan cuándo escribirte."),
            _UNTIL_ERASED,
        ),
        (
            "DirectoryEntry",
            _("Tu ficha en el directorio, hecha con tu perfil, tu cuenta y tu municipio"),
            (
                "user",
                "name",
                "sort_name",
                "position",
                "text",
                "facet_keys",
                "offer_topics",
                "seek_topics",
                "active_on",
            ),
            _("Que el directorio te encuentre enseguida, con lo que cada quien puede ver y nada más."),
            _("Hasta que salís del directorio, en el acto."),
        ),
        (
            "Connection",
            _("Tus conexiones y tus pedidos"),
            ("requester", "recipient", "note"),
            _("Que sepas con quién estás en contacto y que cada persona decida con quién."),
            _WITH_CONNECTION,
        ),
        ("ConnectionChange", _("Pasos de tus conexiones"), ("actor",), _WHO, _WITH_CONNECTION),
        (
            "Introduction",
            _("Presentaciones que pediste, hiciste o te ofrecieron"),
            ("asked_by", "introducer", "first", "second", "note"),
            _("Que dos personas se conozcan solo si las dos quieren."),
            _INTRODUCTION,
        ),
        ("IntroductionChange", _("Pasos de esas presentaciones"), ("actor",), _WHO, _INTRODUCTION),
        (
            "TownProfile",
            _("Páginas de municipios que escribiste por última vez"),
            ("edited_by",),
            _WHO,
            _("Hasta que borrás tu cuenta: la página queda, sin tu nombre."),
        ),
        (
            "Succession",
            _("Traspasos de lo que llevabas en un municipio, o de lo que pasó a vos"),
            ("membership", "successor", "decided_by"),
            _("Que lo que llevaba quien deja un municipio siga en manos de alguien."),
            _TOWN,
        ),
        ("SuccessionChange", _("Traspasos que decidiste"), ("actor",), _WHO, _TOWN),
        (
            "Conversation",
            _("Conversaciones que empezaste"),
            ("started_by",),
            _("Que sepas con quién hablás y sobre qué."),
            _MESSAGES,
        ),
        (
            "Participant",
            _("Conversaciones en las que participás, y hasta dónde leíste"),
            ("user", "joined_at", "left_at", "read_message_id", "is_muted"),
            _("Mostrarte lo nuevo y avisarte solo de lo que querés."),
            _("Hasta que borrás tu cuenta: queda que alguien participó, sin tu nombre."),
        ),
        (
            "Message",
            _("Mensajes que escribís"),
            ("sender", "text", "created_at", "hidden_at"),
            _("Que le lleguen a quien le escribís."),
            _MESSAGES,
        ),
        (
            "MessageFile",
            _("Archivos que mandás con tus mensajes"),
            ("file",),
            _("Que los reciba quien participa en la conversación."),
            _MESSAGES,
        ),
    )
]
