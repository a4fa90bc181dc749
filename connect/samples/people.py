"""The invented people of the directory, whose offers and searches fit each other. None of them exists."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SampleProfile:
    """What an invented person tells of herself.

    Args:
        email: of her account; accounts that the accounts' samples make have nothing but a profile from here.
        town: the name of a municipality of Argentina in the register; empty where her account has its own.
        is_public: whether anybody finds her, or only members of the network.
    """

    email: str
    about: str
    areas: tuple[str, ...]
    offers: str
    offer_topics: tuple[str, ...]
    seeks: str
    seek_topics: tuple[str, ...]
    name: str = ""
    town: str = ""
    position: str = ""
    is_public: bool = False
    is_coordinator: bool = False
    languages: tuple[str, ...] = ("es",)
    days_ago: int = 3
    visibility: dict[str, str] = field(default_factory=dict)


# Who may sign in (portal.accounts.samples).
ACCOUNTS = (
    SampleProfile(
        email="practicante@muestra.example",
        about="Llevo el área de ambiente desde 2019. Pasamos de un basural a cielo abierto a separar en origen.",
        areas=("environment-waste",),
        offers="Separación en origen puerta a puerta en una ciudad chica: rutas, ordenanza y qué hacer cuando "
        "el camión no alcanza.",
        offer_topics=("source-separation", "integrated-waste-management"),
        seeks="Una ordenanza de arbolado urbano que se cumpla, y cómo la controlan.",
        seek_topics=("urban-trees",),
        is_public=True,
        days_ago=0,
    ),
    SampleProfile(
        email="coordinacion@muestra.example",
        about="Coordino el gabinete y el tablero de seguimiento de metas del municipio.",
        areas=("planning-results", "open-government"),
        offers="Cómo armamos un tablero de metas que el gabinete mira todos los meses, con planillas y sin sistema.",
        offer_topics=("goals-and-monitoring", "strategic-plan"),
        seeks="Municipios que hayan hecho presupuesto participativo joven, con qué reglamento.",
        seek_topics=("participatory-budgeting", "youth"),
        days_ago=1,
    ),
    SampleProfile(
        email="vecina@muestra.example",
        about="Trabajo en modernización: trámites en línea, expediente electrónico y lenguaje claro.",
        areas=("digital-government",),
        offers="Pasar los diez trámites más pedidos a la web con el equipo que hay, y escribirlos para que se "
        "entiendan.",
        offer_topics=("online-procedures", "plain-language", "electronic-files"),
        seeks="Experiencias de separación en origen en ciudades medianas: me la pidió mi intendenta.",
        seek_topics=("source-separation",),
        is_public=True,
        languages=("es", "pt"),
        days_ago=2,
    ),
    SampleProfile(
        email="red@muestra.example",
        about="Acompaño a los municipios de la red: presento a quienes trabajan en lo mismo y sigo sus proyectos.",
        areas=("open-government", "planning-results"),
        offers="Encontrar con quién hablar en otro municipio, y preparar la primera reunión.",
        offer_topics=("intermunicipal-cooperation",),
        seeks="Municipios que quieran contar en un encuentro cómo midieron un resultado.",
        seek_topics=("policy-evaluation",),
        is_public=True,
        days_ago=0,
    ),
)
# Who are only there to be found.
OTHERS = (
    SampleProfile(
        email="directorio-01@muestra.example",
        name="Graciela Muestra",
        town="Rafaela",
        position="Directora de Espacios Verdes",
        about="Ingeniera agrónoma. Hicimos el censo del arbolado con las escuelas técnicas.",
        areas=("environment-waste", "urban-works-mobility"),
        offers="Censo y ordenanza de arbolado urbano, con el plan de poda y el control de extracciones.",
        offer_topics=("urban-trees",),
        seeks="Cómo financian la planta de compostaje.",
        seek_topics=("circular-economy", "integrated-waste-management"),
        is_public=True,
        visibility={"work": "public", "offers": "public", "areas": "public"},
        days_ago=4,
    ),
    SampleProfile(
        email="directorio-02@muestra.example",
        name="Hernán Muestra",
        town="Villa María",
        position="Coordinador de Participación Ciudadana",
        about="Diez ediciones de presupuesto participativo, tres de ellas para jóvenes de 13 a 18.",
        areas=("open-government",),
        offers="Reglamento y calendario de un presupuesto participativo joven, y cómo votan en las escuelas.",
        offer_topics=("participatory-budgeting", "youth", "citizen-participation"),
        seeks="Herramientas para publicar datos abiertos sin programar.",
        seek_topics=("open-data",),
        is_coordinator=True,
        is_public=True,
        days_ago=2,
    ),
    SampleProfile(
        email="directorio-03@muestra.example",
        name="Irene Muestra",
        town="Bahía Blanca",
        position="Responsable de Datos Abiertos",
        about="Publico los datos del municipio y enseño a leerlos en las sociedades de fomento.",
        areas=("open-government", "digital-government"),
        offers="Portal de datos abiertos con planillas y software libre, y el acuerdo con las áreas que los dan.",
        offer_topics=("open-data", "access-to-information"),
        seeks="Quién haya medido el uso de sus trámites en línea.",
        seek_topics=("online-procedures", "goals-and-monitoring"),
        languages=("es", "en"),
        days_ago=6,
    ),
    SampleProfile(
        email="directorio-04@muestra.example",
        name="Julio Muestra",
        town="Tandil",
        position="Director de Ambiente",
        about="Compostaje municipal, punto limpio y un acuerdo con la cooperativa de recuperadores.",
        areas=("environment-waste",),
        offers="Planta de compostaje: costos reales, permisos y a quién le vendemos el compost.",
        offer_topics=("circular-economy", "integrated-waste-management"),
        seeks="Tarifa de residuos para grandes generadores.",
        seek_topics=("municipal-rates",),
        days_ago=9,
    ),
    SampleProfile(
        email="directorio-05@muestra.example",
        name="Karina Muestra",
        town="Tres Arroyos",
        position="Contadora Municipal",
        about="Presupuesto y tasas. Bajamos la morosidad sin moratorias.",
        areas=("finance-budget",),
        offers="Tasa para grandes generadores de residuos y actualización de valores por módulos.",
        offer_topics=("municipal-rates", "budget-execution"),
        seeks="Compras en línea para un municipio sin oficina de sistemas.",
        seek_topics=("public-procurement",),
        days_ago=12,
    ),
    SampleProfile(
        email="directorio-06@muestra.example",
        name="Leandro Muestra",
        town="Río Cuarto",
        position="Subsecretario de Compras",
        about="Compras por subasta electrónica y registro de proveedores locales.",
        areas=("finance-budget", "digital-government"),
        offers="Pliegos en lenguaje claro y subasta electrónica para compras chicas.",
        offer_topics=("public-procurement", "plain-language"),
        seeks="Cómo formar a proveedores pequeños para que se presenten.",
        seek_topics=("entrepreneurs-and-smes",),
        days_ago=15,
    ),
    SampleProfile(
        email="directorio-07@muestra.example",
        name="Mónica Muestra",
        town="Gualeguaychú",
        position="Directora de Primera Infancia",
        about="Seis centros de primera infancia y una red con las salas de salud.",
        areas=("social-care", "health"),
        offers="Cómo coordinamos los centros de primera infancia con el control de niño sano.",
        offer_topics=("early-childhood", "maternal-and-child-health"),
        seeks="Espacios de cuidado para personas mayores en barrios alejados.",
        seek_topics=("older-people",),
        is_public=True,
        days_ago=5,
    ),
    SampleProfile(
        email="directorio-08@muestra.example",
        name="Néstor Muestra",
        town="San Rafael",
        position="Coordinador del Área de Personas Mayores",
        about="Centros de día y visitas en casa con voluntariado formado.",
        areas=("social-care",),
        offers="Centro de día en un club de barrio: convenio, horarios y qué hacemos con el transporte.",
        offer_topics=("older-people", "disability"),
        seeks="Transporte a demanda en zonas rurales.",
        seek_topics=("sustainable-mobility",),
        days_ago=20,
    ),
    SampleProfile(
        email="directorio-09@muestra.example",
        name="Olga Muestra",
        town="Trelew",
        position="Directora de Movilidad",
        about="Ciclovías, estacionamiento medido y transporte a demanda con combis.",
        areas=("urban-works-mobility", "safety-coexistence"),
        offers="Transporte a demanda con combis para parajes rurales, y cómo se paga.",
        offer_topics=("sustainable-mobility", "road-safety"),
        seeks="Cómo ordenan las motos de reparto.",
        seek_topics=("road-safety",),
        days_ago=7,
    ),
    SampleProfile(
        email="directorio-10@muestra.example",
        name="Pablo Muestra",
        town="Venado Tuerto",
        position="Coordinador de Salud Mental",
        about="Equipo de ocho personas que trabaja en las salas de atención primaria.",
        areas=("health",),
        offers="Consejerías de salud mental en clubes y escuelas, sin derivar todo al hospital.",
        offer_topics=("mental-health", "primary-health-care"),
        seeks="Acuerdos con el área de deporte para llegar a adolescentes.",
        seek_topics=("community-sport", "youth"),
        days_ago=30,
        visibility={"name": "members", "seeks": "connections"},
    ),
    SampleProfile(
        email="directorio-11@muestra.example",
        name="Quimey Muestra",
        town="Esquel",
        position="Directora de Deportes",
        about="Escuelas deportivas en cada barrio, con docentes del lugar.",
        areas=("education-culture-sport",),
        offers="Programa de deporte barrial con salud y educación: quién pone qué y cómo lo medimos.",
        offer_topics=("community-sport", "youth"),
        seeks="Bibliotecas populares con actividades para adolescentes.",
        seek_topics=("heritage-and-libraries",),
        is_public=True,
        days_ago=11,
    ),
    SampleProfile(
        email="directorio-12@muestra.example",
        name="Rosario Muestra",
        town="Concordia",
        position="Jefa de la Oficina de Empleo",
        about="Oficina de empleo con mesa de empresas y cursos de oficios.",
        areas=("economy-employment",),
        offers="Mesa con pymes para el primer empleo, y formación de proveedores locales del municipio.",
        offer_topics=("youth-employment", "employment-services", "entrepreneurs-and-smes"),
        seeks="Tableros de metas sencillos para mostrar resultados al Concejo.",
        seek_topics=("goals-and-monitoring",),
        languages=("es", "pt"),
        days_ago=8,
    ),
)
PROFILES = (*ACCOUNTS, *OTHERS)
