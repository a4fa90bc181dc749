"""What this app keeps about people, one entry for each model: the page "Mis datos" is made of these."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.personal_data import PersonalModel

PERSONAL_MODELS: list[PersonalModel] = [
    PersonalModel(
        id="share.CalendarFeed",
        label=_("La dirección de tu calendario de encuentros"),
        fields=("user", "token_hash", "made_at", "read_on"),
        reason=_("Que tu programa de calendario muestre los encuentros a los que vas."),
        until=_("Hasta que la quitás o borrás tu cuenta."),
        order=55,
    ),
    PersonalModel(
        id="share.Registration",
        label=_("Tus inscripciones a encuentros"),
        fields=(
            "user",
            "status",
            "place",
            "offered_at",
            "offer_expires_at",
            "registered_at",
            "answers",
            "code",
            "attendance",
            "checked_in_at",
            "checked_in_by",
            "calendar_sequence",
        ),
        reason=_("Guardarte el lugar, avisarte, y que quienes organizan sepan quién va y qué necesita."),
        until=_("Hasta que borrás tu cuenta."),
        order=50,
    ),
    PersonalModel(
        id="share.RegistrationChange",
        label=_("Pasos de tus inscripciones"),
        fields=("registration", "by", "reason"),
        reason=_("Que se pueda ver que a nadie le pasaron adelante en la lista."),
        until=_("Hasta que borrás tu cuenta."),
        order=51,
    ),
    *(
        PersonalModel(id=f"share.{name}", label=label, fields=fields, reason=reason, until=until, order=56)
        for name, label, fields, reason, until in (
            (
                "AttendanceChange",
                _("Cuándo se anotó si estuviste en un encuentro, y quién lo anotó"),
                ("registration", "by"),
                _("Que se pueda corregir lo que se anotó mal."),
                _("Hasta que borrás tu cuenta."),
            ),
            (
                "Minutes",
                _("Actas de encuentros que escribiste por última vez"),
                ("written_by",),
                _("Que se sepa quién las escribió."),
                _("Hasta que borrás tu cuenta: el acta queda, sin tu nombre."),
            ),
            (
                "MinutesRevision",
                _("Cambios que hiciste en actas publicadas"),
                ("replaced_by",),
                _("Que se vea qué cambió y quién lo cambió."),
                _("Hasta que borrás tu cuenta: el cambio queda, sin tu nombre."),
            ),
            (
                "Agreement",
                _("Decisiones de encuentros que quedaron a tu cargo"),
                ("responsible_user",),
                _("Que se sepa quién se ocupa, y recordártelo."),
                _("Hasta que borrás tu cuenta: la decisión queda, sin tu nombre."),
            ),
            (
                "AgreementChange",
                _("Pasos de decisiones que anotaste"),
                ("by",),
                _("Que se vea qué pasó con cada decisión."),
                _("Hasta que borrás tu cuenta: el paso queda, sin tu nombre."),
            ),
            (
                "Material",
                _("Materiales de encuentros que cargaste"),
                ("added_by",),
                _("Que se sepa quién los cargó."),
                _("Hasta que borrás tu cuenta: el material queda, sin tu nombre."),
            ),
        )
    ),
    PersonalModel(
        id="share.ThreadReader",
        label=_("Hasta dónde leíste cada conversación, y cuáles seguís"),
        fields=("user", "is_following", "is_muted", "read_number", "read_at"),
        reason=_("Mostrarte lo que hay de nuevo y avisarte de lo que seguís."),
        until=_("Hasta que borrás tu cuenta."),
        order=64,
    ),
    *(
        PersonalModel(id=f"share.{name}", label=label, fields=fields, reason=reason, until=until, order=58)
        for name, label, fields, reason, until in (
            (
                "PostRevision",
                _("Qué decía antes lo que cambiaste en conversaciones"),
                ("text", "replaced_by"),
                _("Que quien respondió a algo pueda ver a qué respondió."),
                _("Hasta que quitás el mensaje o borrás tu cuenta."),
            ),
            (
                "PostFile",
                _("Archivos de lo que escribiste en conversaciones"),
                ("post", "file"),
                _("Que quien lee la conversación pueda descargarlos."),
                _("Hasta que los quitás, quitás el mensaje o borrás tu cuenta."),
            ),
            (
                "PostMention",
                _("Dónde te mencionaron en conversaciones"),
                ("user",),
                _("Avisarte."),
                _("Hasta que se quita la mención o borrás tu cuenta."),
            ),
            (
                "PostThanks",
                _("Lo que agradeciste en conversaciones"),
                ("user", "at"),
                _("Contar cuántas personas agradecieron, cada una una vez."),
                _("Hasta que lo quitás o borrás tu cuenta."),
            ),
            (
                "ThreadSupport",
                _("Preguntas que también son tuyas"),
                ("user", "at"),
                _("Contar cuántas personas tienen la misma pregunta."),
                _("Hasta que lo quitás o borrás tu cuenta."),
            ),
        )
    ),
    *(
        PersonalModel(id=f"share.{name}", label=label, fields=fields, reason=reason, until=until, order=57)
        for name, label, fields, reason, until in (
            (
                "Thread",
                _("Conversaciones que empezaste"),
                ("author", "title", "outcome", "outcome_html", "last_post_by"),
                _("Que la red encuentre lo que preguntaste y lo que se respondió."),
                _(
                    "Hasta que borrás tu cuenta: las que respondió otra persona quedan, sin tu nombre ni tus datos; "
                    "las demás se borran."
                ),
            ),
            (
                "Post",
                _("Lo que escribiste en conversaciones"),
                ("author", "text", "html", "accepted_by"),
                _("Que quien pregunta lo mismo encuentre la respuesta."),
                _(
                    "Hasta que lo quitás. Cuando borrás tu cuenta queda lo que otras personas leían, sin tu nombre, "
                    "tus direcciones ni teléfonos."
                ),
            ),
            (
                "ThreadChange",
                _("Cambios que hiciste en conversaciones"),
                ("by", "reason"),
                _("Que se sepa quién cambió qué, y por qué."),
                _("Hasta que borrás tu cuenta: el cambio queda, sin tu nombre ni tus palabras."),
            ),
            (
                "RoutedQuestion",
                _("Preguntas que te acercamos"),
                ("user", "status", "reasons", "asked_at", "decided_at"),
                _("Acercarte pocas, y ninguna dos veces."),
                _("Hasta que borrás tu cuenta."),
            ),
        )
    ),
    PersonalModel(
        id="share.Event",
        label=_("Encuentros que creaste"),
        fields=("created_by", "client_key"),
        reason=_("Que cada encuentro tenga quien responda por él."),
        until=_("Hasta que borrás tu cuenta: el encuentro queda, sin tu nombre."),
        order=53,
    ),
    PersonalModel(
        id="share.EventOrganiser",
        label=_("Encuentros que organizás"),
        fields=("user", "added_at"),
        reason=_("Que puedas cambiarlos, ver quién va, y que la red sepa a quién preguntarle."),
        until=_("Hasta que dejás de organizarlos o borrás tu cuenta."),
        order=53,
    ),
    PersonalModel(
        id="share.EventChange",
        label=_("Lo que cambiaste en encuentros"),
        fields=("by", "reason"),
        reason=_("Que se sepa quién cambió qué, y por qué."),
        until=_("Hasta que borrás tu cuenta: el cambio queda, sin tu nombre ni tus palabras."),
        order=53,
    ),
    PersonalModel(
        id="share.EventSeries",
        label=_("Encuentros que se repiten y creaste"),
        fields=("created_by",),
        reason=_("Que cada encuentro tenga quien responda por él."),
        until=_("Hasta que borrás tu cuenta: el encuentro queda, sin tu nombre."),
        order=53,
    ),
    PersonalModel(
        id="share.Speaker",
        label=_("Encuentros en los que exponés"),
        fields=("user", "name", "role"),
        reason=_("Que se sepa quién va a hablar."),
        until=_("Hasta que quien organiza te quita, o borrás tu cuenta."),
        order=53,
    ),
]
