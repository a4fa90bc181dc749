"""What the invented people ask and answer each other, and what their municipalities say. Nobody wrote any of it."""

from dataclasses import dataclass

ANA = "practicante@muestra.example"
BRUNO = "coordinacion@muestra.example"
CARLA = "vecina@muestra.example"
DORA = "red@muestra.example"
GRACIELA = "directorio-01@muestra.example"
HERNAN = "directorio-02@muestra.example"
IRENE = "directorio-03@muestra.example"
JULIO = "directorio-04@muestra.example"
MONICA = "directorio-07@muestra.example"
ROSARIO = "directorio-12@muestra.example"
SERGIO = "directorio-13@muestra.example"


@dataclass(frozen=True)
class SampleLetter:
    """A message: who wrote it, what, and how many days ago."""

    sender: str
    text: str
    days_ago: int = 0


@dataclass(frozen=True)
class SampleThread:
    """What a few people write to each other.

    Args:
        people: all but who begins, who is the sender of the first letter.
        subject: what a group is called.
        topics: all of the thing it is about, where it is about one.
    """

    people: tuple[str, ...]
    letters: tuple[SampleLetter, ...]
    subject: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class SampleRequest:
    """Somebody asked another person to connect."""

    requester: str
    recipient: str
    note: str
    is_accepted: bool = False


@dataclass(frozen=True)
class SampleTownText:
    """What a municipality says of itself, written by an invented colleague who works there."""

    editor: str
    about: str
    offers: str
    offer_topics: tuple[str, ...]
    seeks: str
    seek_topics: tuple[str, ...]


REQUESTS = (
    SampleRequest(
        ANA,
        JULIO,
        "Hola, Julio. Leí lo de la planta de compostaje y estamos por armar una. ¿Nos conectamos?",
        is_accepted=True,
    ),
    SampleRequest(
        GRACIELA,
        ANA,
        "Ana, vi que buscás una ordenanza de arbolado. Tenemos una que se cumple: te la cuento cuando quieras.",
        is_accepted=True,
    ),
    SampleRequest(
        CARLA,
        ANA,
        "Hola, Ana. Mi intendenta me pidió un plan de separación en origen y no sé por dónde empezar. "
        "¿Puedo hacerte unas preguntas?",
    ),
)
# Who introduces whom, and why.
INTRODUCTION = (
    DORA,
    BRUNO,
    HERNAN,
    "Bruno busca un reglamento de presupuesto participativo joven y Hernán ya hizo tres ediciones. "
    "Una charla de media hora les ahorra un mes.",
)
THREADS = (
    SampleThread(
        (IRENE,),
        (
            SampleLetter(
                ANA,
                "Hola, Irene. Encontré esta experiencia y pensé en tu portal de datos. Quiero publicar las "
                "mediciones de aire y agua: ¿por dónde empezarías, si solo tengo planillas?",
                6,
            ),
            SampleLetter(
                IRENE,
                "Hola, Ana. Por una sola tabla: fecha, lugar, valor y unidad, cada cosa en su columna. Lo difícil no "
                "es publicarla, es que alguien la mantenga al día.",
                5,
            ),
            SampleLetter(ANA, "Gracias. ¿Y cómo lo acordaste con las otras áreas?", 5),
            SampleLetter(
                IRENE,
                "Con un acta de media página por área: qué dato, cada cuánto y quién. Mañana la busco y te la paso.",
            ),
        ),
        topics=("environmental-control", "open-data"),
    ),
    SampleThread(
        (JULIO, GRACIELA, CARLA),
        (
            SampleLetter(
                ANA,
                "Armo este grupo porque estamos todos en lo mismo: qué hacemos con la poda. ¿La compostan, "
                "la chipean o va al predio?",
                4,
            ),
            SampleLetter(
                GRACIELA,
                "Nosotros chipeamos en el lugar. Hay que avisar por cuadra el día antes: con eso bajaron los reclamos.",
                3,
            ),
            SampleLetter(
                JULIO,
                "Acá va a la planta, pero solo de abril a septiembre. En verano no damos abasto.",
                1,
            ),
            SampleLetter(CARLA, "¿Alguien tiene escrito el calendario? Me sirve como modelo para el mío."),
        ),
        subject="Restos de poda: qué hace cada municipio",
    ),
)
# What colleagues asked an official who left meanwhile, about her municipality.
LEFT_BEHIND = (
    SampleThread(
        (SERGIO,),
        (
            SampleLetter(
                JULIO,
                "Hola, Sergio. ¿Con qué frecuencia pasa el camión de reciclables en los barrios más alejados?",
                20,
            ),
            SampleLetter(
                SERGIO,
                "Una vez por semana, y los sábados con la cooperativa. Te mando el recorrido apenas lo actualicemos.",
                19,
            ),
        ),
    ),
    SampleThread(
        (SERGIO,),
        (
            SampleLetter(
                MONICA,
                "Sergio, ¿hicieron algo con los pañales de los centros de primera infancia? Es lo que más nos llena "
                "los contenedores.",
                12,
            ),
        ),
    ),
)
TOWNS = (
    SampleTownText(
        BRUNO,
        "Ciudad cabecera de un partido agrícola. Cerramos el basural en etapas y llevamos las metas del gabinete "
        "en un tablero público.",
        "Rutas y ordenanza de separación en origen, y el tablero de metas hecho con planillas.",
        ("source-separation", "goals-and-monitoring"),
        "Municipios que hayan hecho presupuesto participativo joven, y una ordenanza de arbolado que se cumpla.",
        ("participatory-budgeting", "youth", "urban-trees"),
    ),
    SampleTownText(
        GRACIELA,
        "Censamos el arbolado con las escuelas técnicas y lo actualizamos todos los otoños.",
        "La ordenanza de arbolado, la planilla del censo y el plan de poda por sectores.",
        ("urban-trees",),
        "Cómo financian otros la planta de compostaje.",
        ("circular-economy",),
    ),
    SampleTownText(
        HERNAN,
        "Diez ediciones de presupuesto participativo y trámites que se hacen desde el teléfono.",
        "Reglamento del presupuesto participativo joven y guía para escribir trámites en lenguaje claro.",
        ("participatory-budgeting", "plain-language", "online-procedures"),
        "Separación en origen en ciudades medianas, con sus costos.",
        ("source-separation",),
    ),
    SampleTownText(
        ROSARIO,
        "Oficina de empleo con una mesa de empresas que se reúne todos los meses.",
        "Convenios tipo con pymes para el primer empleo y el programa de los cursos de oficios.",
        ("youth-employment", "employment-services"),
        "Tableros de metas sencillos para mostrar resultados al Concejo.",
        ("goals-and-monitoring",),
    ),
)
