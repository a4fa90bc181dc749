"""What invented people ask and answer, so that a newcomer sees how conversations look in use."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """Something that somebody wrote below the opening post.

    Args:
        by: the place of its author among the invented people.
        is_comment: whether it comments on the answer before it.
    """

    by: int
    text: str
    is_accepted: bool = False
    is_comment: bool = False


@dataclass(frozen=True)
class Talk:
    """An invented conversation.

    Args:
        days: how long ago it began.
        about: the kind of the catalogue's sample thing that it is about; none for most.
    """

    by: int
    title: str
    text: str
    areas: tuple[str, ...]
    said: tuple[Said, ...] = ()
    topics: tuple[str, ...] = ()
    kind: str = "question"
    visibility: str = "public"
    outcome: str = ""
    days: int = 10
    about: str = ""
    is_pinned: bool = False
    is_closed: bool = False


TALKS = (
    Talk(
        by=0,
        title="¿Cómo empezaron con la separación de residuos en origen?",
        text="Somos una ciudad de 18.000 habitantes y queremos empezar en marzo con dos barrios.\n\n"
        "- ¿Con qué barrios empezaron y por qué?\n- ¿Qué día pasa el camión de reciclables?\n"
        "- ¿Qué harían distinto si empezaran de nuevo?",
        areas=("environment-waste",),
        days=40,
        said=(
            Said(
                1,
                "Empezamos por **dos barrios con escuela**: los chicos llevaron el tema a la casa. Pasamos los martes "
                "y viernes por orgánicos y los jueves por reciclables.\n\nLo que haríamos distinto: comprar los tachos "
                "*antes* de anunciar. Perdimos un mes de entusiasmo esperando la licitación.",
                is_accepted=True,
            ),
            Said(0, "¿Los tachos los entregaron casa por casa o los retiraba la gente?", is_comment=True),
            Said(
                1,
                "Casa por casa, con promotoras ambientales. Una visita de cinco minutos cambió todo: el barrio "
                "visitado separó el doble que el otro.",
                is_comment=True,
            ),
            Said(
                3,
                "Sumo un dato de costos: con cuatro promotoras y un camión que ya teníamos, el primer año salió "
                "menos que un mes de disposición final. La cuenta está en la solución que publicamos.",
                is_accepted=True,
            ),
        ),
        outcome="Empezamos en abril con los barrios Norte y Estación, con visita casa por casa. A los tres meses "
        "separa el **46 %** de las viviendas. La ordenanza quedó publicada en la biblioteca.",
    ),
    Talk(
        by=2,
        title="¿Alguien tiene un modelo de ordenanza de presupuesto participativo para municipios chicos?",
        text="Tenemos 9.000 habitantes y un equipo de dos personas. Las ordenanzas que encontramos son de ciudades "
        "grandes y nos quedan enormes.",
        areas=("open-government",),
        days=33,
        said=(
            Said(
                4,
                "La nuestra tiene once artículos y alcanza. Lo principal: un porcentaje fijo del presupuesto, una "
                "asamblea por zona y la obligación de **publicar en qué quedó cada proyecto**.",
                is_accepted=True,
            ),
            Said(5, "Nosotros copiamos esa y le sumamos voto desde los 16 años. Funcionó muy bien."),
        ),
    ),
    Talk(
        by=5,
        title="¿Cómo midieron si bajó el tiempo de espera en el centro de salud?",
        text="Pusimos turnos por WhatsApp hace seis meses. Antes no medíamos nada, así que no sabemos si mejoró.",
        areas=("health",),
        days=21,
        said=(
            Said(
                6,
                "Sin línea de base igual se puede: medí **dos semanas por turnos y dos semanas por orden de llegada** "
                "en el mismo consultorio. La diferencia te alcanza para decidir.",
                is_accepted=True,
            ),
            Said(5, "No se nos había ocurrido. ¿Lo anotaban a mano?", is_comment=True),
            Said(6, "Sí: una planilla con hora de llegada y hora de atención. Nada más.", is_comment=True),
        ),
    ),
    Talk(
        by=7,
        title="Cuadrillas de mantenimiento: ¿recorrido fijo o por reclamos?",
        text="Hoy salen por reclamos y terminan cruzando la ciudad cuatro veces por día.",
        areas=("urban-works-mobility",),
        days=18,
        said=(
            Said(8, "Recorrido fijo por zona de lunes a jueves, y el viernes los reclamos urgentes."),
            Said(
                9,
                "Nosotros probamos mixto: cada cuadrilla tiene zona, y un móvil solo para urgencias. "
                "Bajó a la mitad el gasto de combustible.",
            ),
        ),
    ),
    Talk(
        by=3,
        title="¿Qué preguntas hicieron en la encuesta de movilidad?",
        text="Vamos a hacer nuestra primera encuesta. Queremos que sea corta y que después se pueda comparar.",
        areas=("urban-works-mobility",),
        days=2,
    ),
    Talk(
        by=4,
        title="¿Cómo lograron que las áreas carguen los datos del tablero todos los meses?",
        text="El tablero quedó lindo y a los tres meses ya nadie cargaba nada.",
        areas=("planning-results",),
        days=15,
        said=(
            Said(
                10,
                "Dejamos de pedir datos y empezamos a **usarlos**: la reunión de gabinete arranca con el tablero en "
                "la pantalla. Quien no cargó, lo explica. En dos meses estaba completo.",
                is_accepted=True,
            ),
            Said(11, "Y pocos indicadores. Pasamos de 84 a 12 y recién ahí funcionó.", is_accepted=True),
        ),
    ),
    Talk(
        by=9,
        title="Luminarias led: ¿compra directa, leasing o acuerdo con la cooperativa?",
        text="Tenemos 2.300 luminarias de sodio. Nos ofrecieron tres esquemas y no sabemos cómo compararlos.",
        areas=("finance-budget",),
        days=27,
        said=(
            Said(
                2,
                "Hicimos el acuerdo con la cooperativa: ellos invierten y se cobran con el ahorro durante cinco años. "
                "Cuidado con **quién repone las que se queman** después del tercer año: tiene que estar escrito.",
                is_accepted=True,
            ),
            Said(9, "Justo eso no estaba en la propuesta. Gracias.", is_comment=True),
        ),
        outcome="Fuimos por el acuerdo con la cooperativa, con reposición a su cargo los cinco años. Ya se cambiaron "
        "1.100 luminarias y la factura bajó un **38 %**.",
        is_closed=True,
    ),
    Talk(
        by=6,
        title="Trámites en línea para personas mayores: ¿qué les funcionó?",
        text="Pasamos habilitaciones y turnos a la web y aparecieron colas de gente que no puede usarla.",
        areas=("digital-government",),
        days=12,
        said=(
            Said(
                1,
                "Pusimos **una persona con una tableta en la fila**. Hace el trámite con el vecino al lado. A los dos "
                "meses la mitad ya lo hacía sola desde la casa.",
                is_accepted=True,
            ),
            Said(8, "Acá lo hicimos en las bibliotecas populares, con jóvenes de la escuela técnica."),
        ),
    ),
    Talk(
        by=8,
        title="¿Con qué criterios priorizan a las familias para el programa de mejoramiento de viviendas?",
        text="Tenemos 400 solicitudes y presupuesto para 60. Buscamos criterios que se puedan explicar.",
        areas=("social-care",),
        visibility="members",
        days=9,
        said=(
            Said(
                3,
                "Puntaje público con cinco criterios: hacinamiento, baño, discapacidad, niñez y tiempo de espera. "
                "Se publica la tabla, **nunca los nombres**.",
                is_accepted=True,
            ),
            Said(8, "¿Y cómo manejan las urgencias que llegan por fuera?", is_comment=True),
            Said(3, "Un cupo del 10 % que decide un equipo de tres áreas, con acta.", is_comment=True),
        ),
    ),
    Talk(
        by=10,
        title="¿Cómo adaptaron esta experiencia a un presupuesto más chico?",
        text="Nos interesa mucho, pero tenemos la mitad del presupuesto. ¿Qué se puede dejar para más adelante "
        "sin que pierda sentido?",
        areas=("environment-waste",),
        days=6,
        about="solution",
        said=(
            Said(
                0,
                "Lo que no se puede saltear es la visita a las casas. Los tachos nuevos sí: el primer año usamos "
                "baldes de pintura de 20 litros.",
                is_accepted=True,
            ),
        ),
    ),
    Talk(
        by=11,
        title="Presentate: de qué municipio sos y qué estás haciendo este año",
        text="Un lugar para conocernos. Contá en dos renglones **de dónde sos**, en qué área trabajás y qué te "
        "gustaría resolver este año. Si ves a alguien con tu mismo problema, respondele.",
        areas=(),
        kind="discussion",
        days=60,
        is_pinned=True,
        said=(
            Said(0, "Ambiente. Este año: separación en origen en toda la ciudad."),
            Said(5, "Salud. Este año: que nadie espere más de veinte minutos."),
            Said(7, "Obras. Este año: bacheo planificado y no a demanda."),
            Said(9, "¿Podemos copiarles el plan de bacheo? Nosotros estamos igual.", is_comment=True),
        ),
    ),
    Talk(
        by=1,
        title="Ideas para sumar a comercios a la semana del turismo",
        text="El año pasado participaron 14 de 90 comercios. Queremos proponer algo que les sirva a ellos.",
        areas=("economy-employment",),
        kind="discussion",
        days=4,
        said=(
            Said(
                10,
                "Un pasaporte con sellos: la gente junta ocho y participa de un sorteo. Se sumaron 60 comercios.",
            ),
            Said(
                2,
                "Lo que más valoran es la difusión: una foto buena de cada local en las redes del municipio.",
            ),
        ),
    ),
)
