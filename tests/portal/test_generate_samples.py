"""The command that fills a portal with invented rows."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from portal.core.registry import Registry
from portal.core.starter import SampleGenerator, SampleWish
from portal.pages import services
from portal.pages.management.commands import generate_samples

pytestmark = pytest.mark.django_db


class Apples:
    """A generator of things that only this test knows."""

    def __init__(self) -> None:
        self.wishes: list[SampleWish] = []

    def generate(self, wish: SampleWish) -> Iterator[int]:
        self.wishes.append(wish)
        yield wish.count // 2
        yield wish.count

    def remove(self) -> int:
        return sum(wish.count for wish in self.wishes)


@pytest.fixture
def apples(monkeypatch: pytest.MonkeyPatch) -> Apples:
    apples = Apples()
    registry: Registry[SampleGenerator] = Registry("sample generators")
    registry.register(SampleGenerator("apples", "Manzanas", apples.generate, apples.remove, default=40))
    for module in (services, generate_samples):
        monkeypatch.setattr(module, "sample_generators", registry)
    return apples


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("generate_samples", *arguments, stdout=out)
    return out.getvalue()


def test_it_makes_as_many_as_are_asked_for_and_says_how_far_it_is(apples: Apples) -> None:
    assert run("--apples=10", "--cities=3", "--seed=9") == "Manzanas: 5\nManzanas: 10\n"
    assert apples.wishes == [SampleWish(count=10, cities=3, seed=9)]


def test_asked_for_nothing_it_makes_the_usual_number_of_everything(apples: Apples) -> None:
    run()
    assert apples.wishes == [SampleWish(count=40)]


@pytest.mark.parametrize("arguments", [("--apples=0",), ("--apples=-5",), ("--cities=0",)])
def test_less_than_one_is_refused_with_the_name_of_the_option(arguments: tuple[str], apples: Apples) -> None:
    with pytest.raises(CommandError, match=arguments[0].partition("=")[0]):
        run(*arguments)
    assert apples.wishes == []


def test_production_settings_refuse_until_somebody_says_that_she_means_it(
    apples: Apples, settings: LazySettings
) -> None:
    settings.SAMPLES_ALLOWED = False
    with pytest.raises(CommandError, match="--even-in-production"):
        run("--apples=10")
    assert apples.wishes == []
    run("--apples=10", "--even-in-production")
    assert len(apples.wishes) == 1


def test_they_go_with_the_other_samples(apples: Apples) -> None:
    run("--apples=10")
    out = StringIO()
    call_command("remove_samples", stdout=out)
    assert out.getvalue().splitlines()[0] == "Manzanas: 10"
