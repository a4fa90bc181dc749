"""Starting an installation: contents that are loaded once, and samples to try the portal with."""

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from portal.core.starter import (
    SampleContent,
    SampleGenerator,
    SampleWish,
    sample_contents,
    sample_generators,
    starter_contents,
)
from portal.core.visitor_cache import forget_visitor_pages
from portal.pages.models import StarterLoad


def starter_load() -> Iterator[tuple[str, str]]:
    """Load every starter content whose version is not there yet; yields label and what was done."""
    known = dict(StarterLoad.objects.values_list("content", "version"))
    for content in starter_contents:
        if known.get(content.id) == content.version:
            continue
        done = content.load()
        StarterLoad.objects.update_or_create(content=content.id, defaults={"version": content.version})
        yield str(content.label), done


def samples_create() -> Iterator[tuple[str, str]]:
    """Make the sample accounts and activity; yields label and what was done.

    Raises:
        ImproperlyConfigured: these settings do not allow samples (production).
    """
    if not settings.SAMPLES_ALLOWED:
        raise ImproperlyConfigured(_("Con la configuración de producción no se crean datos de muestra."))
    for content in sample_contents:
        yield str(content.label), content.create()
    forget_visitor_pages()


def samples_generate(
    wishes: Mapping[str, SampleWish], *, is_confirmed: bool = False
) -> Iterator[tuple[str, int]]:
    """Make invented rows for demonstrations and benchmarks; yields label and how many there are, from time to time.

    Args:
        wishes: by the ids of their generators.
        is_confirmed: somebody wants them even where settings allow no samples.

    Raises:
        ImproperlyConfigured: these settings allow no samples (production), and nobody confirmed.
    """
    if not (settings.SAMPLES_ALLOWED or is_confirmed):
        raise ImproperlyConfigured(_("Con la configuración de producción no se crean datos de muestra."))
    for generator in sample_generators:
        if generator.id in wishes:
            for count in generator.generate(wishes[generator.id]):
                yield str(generator.label), count
    forget_visitor_pages()


def samples_remove() -> Iterator[tuple[str, int]]:
    """Take every sample row away, the last made first; yields label and how many."""
    made_last: list[SampleGenerator | SampleContent] = [*reversed(list(sample_generators))]
    for maker in [*made_last, *reversed(list(sample_contents))]:
        yield str(maker.label), maker.remove()
    forget_visitor_pages()
