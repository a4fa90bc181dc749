from pathlib import Path

import pytest
import yaml

from inspire.importing.topic_areas import CONTENT, areas_of_topic
from portal.places.names import normalise_name

AREAS = Path(__file__).resolve().parents[2] / "portal" / "topics" / "content" / "topics.yaml"


@pytest.mark.parametrize(
    ("topic", "areas"),
    [
        ("Espacio Publico", ("urban-works-mobility",)),
        ("Hidráulica e Infraestructura/ Espacio Público", ("urban-works-mobility",)),
        ("Parks & Recreation", ("environment-waste", "education-culture-sport")),
        ("Public Safety & Public Health", ("health", "safety-coexistence")),
        ("Solidarités", ("social-care",)),
        ("Propreté", ("environment-waste",)),
        ("Open government", ("open-government",)),
        ("Adultos Mayores", ("social-care",)),
        ("Save Your Money For Next Cycle", ()),
        ("Scholarships", ()),
        ("", ()),
    ],
)
def test_a_topic_falls_into_the_areas_of_its_words(topic: str, areas: tuple[str, ...]) -> None:
    assert areas_of_topic(topic) == areas


def test_every_word_belongs_to_an_area_that_exists_and_is_written_as_it_is_looked_up() -> None:
    content: dict[str, list[str]] = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    known = [area["slug"] for area in yaml.safe_load(AREAS.read_text(encoding="utf-8"))]
    assert list(content) == known
    for words in content.values():
        assert [word for word in words if normalise_name(word) != word] == []
        assert len(set(words)) == len(words)
