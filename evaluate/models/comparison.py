"""What results are compared by: where each town stands now, and the peer groups it may look at."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluate.models.questionnaires import Questionnaire
from evaluate.models.runs import EvaluationRun
from portal.places.models import Municipality


class CurrentResult(models.Model):
    """The result that a municipality has now in a questionnaire: its last signed-off run.

    Derived: the scoring service writes it, `evaluate.services.current_results` makes it anew.
    """

    questionnaire = models.ForeignKey(
        Questionnaire,
        on_delete=models.CASCADE,
        related_name="current_results",
        verbose_name=_("cuestionario"),
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="+", verbose_name=_("municipio")
    )
    run = models.OneToOneField(EvaluationRun, on_delete=models.CASCADE, related_name="current_result")
    signature = models.CharField(max_length=64)
    share = models.DecimalField(_("puntaje"), max_digits=12, decimal_places=9, null=True, blank=True)
    # {"total": 0.62, "section:plan": …, "area:…": …, "criterion:plan_girsu": …}: what counted, from 0 to 1.
    shares = models.JSONField(_("partes"), default=dict)
    submitted_at = models.DateTimeField(_("firmada el"))
    is_sample = models.BooleanField(_("es de muestra"), default=False)

    class Meta:
        verbose_name = _("resultado vigente")
        verbose_name_plural = _("resultados vigentes")
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "municipality"], name="evaluate_one_current_result"
            )
        ]
        indexes = [
            models.Index(
                fields=["questionnaire", "signature", "is_sample"], name="evaluate_results_to_compare"
            ),
            models.Index(fields=["municipality"], name="evaluate_results_of_town"),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id} · {self.municipality_id}: {self.share}"


class PeerGroup(models.Model):
    """Towns that compare their results with each other, and the figures that are shown for them now.

    `release` may be another group's: two towns whose similar ones differ by fewer than five look at the same figures
    (docs/adr/0010-peer-groups.md).
    """

    class Family(models.TextChoices):
        """What makes towns peers."""

        ALL = "all", _("toda la red")
        PROVINCE = "province", _("tu provincia")
        POPULATION = "population", _("municipios de tu tamaño")
        SIMILAR = "similar", _("municipios similares")

    class Withheld(models.TextChoices):
        """Why there are no figures, or why the last ones were not replaced."""

        FEW = "few", _("hay menos de cinco resultados")
        CLOSE = "close", _("se parece demasiado a otro grupo que ya tiene cifras")
        REST = "rest", _("dejaría a muy pocos municipios fuera de todos los grupos")
        PUBLIC = "public", _("casi todos sus resultados son públicos")

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="peer_groups")
    signature = models.CharField(max_length=64)
    is_sample = models.BooleanField(default=False)
    family = models.CharField(_("grupo"), max_length=12, choices=Family)
    # "" for all, "AR-06" for a province, the band's number, the municipality's id for its similar ones.
    key = models.CharField(max_length=40, blank=True, default="")
    release = models.ForeignKey(
        "PeerRelease",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cifras que se muestran"),
    )
    withheld = models.CharField(_("por qué no"), max_length=10, choices=Withheld, blank=True, default="")
    checked_at = models.DateTimeField(_("revisado"), null=True, blank=True)

    class Meta:
        verbose_name = _("grupo de comparación")
        verbose_name_plural = _("grupos de comparación")
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "signature", "is_sample", "family", "key"],
                name="evaluate_one_peer_group",
            )
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id} {self.family}:{self.key}"


class PeerRelease(models.Model):
    """Figures of a peer group that were shown to somebody, and whose results they hold.

    Kept for good and never changed: what is released later must differ from each of them by nobody or by at least
    five towns. The rows hold ids without foreign keys, so that a result that goes does not take them along.
    """

    group = models.ForeignKey(PeerGroup, on_delete=models.CASCADE, related_name="releases")
    # One run for each town, in the same place.
    towns = ArrayField(models.BigIntegerField())
    runs = ArrayField(models.BigIntegerField())
    count = models.PositiveIntegerField(_("municipios"))
    # {"total": {"n": 23, "q1": 41, "median": 55, "q3": 70}, …} in whole per cent, keys as in CurrentResult.shares.
    figures = models.JSONField(_("cifras"))
    # Which of the towns a key of the figures holds, where it is not all of them: a bit for each place in hexadecimal.
    holders = models.JSONField(default=dict)
    oldest_at = models.DateTimeField(_("resultado más viejo"))
    newest_at = models.DateTimeField(_("resultado más nuevo"))
    released_at = models.DateTimeField(_("publicado"))

    class Meta:
        verbose_name = _("cifras de un grupo de comparación")
        verbose_name_plural = _("cifras de grupos de comparación")
        constraints = [
            models.CheckConstraint(condition=models.Q(count__gte=5), name="evaluate_release_of_five_or_more")
        ]

    def __str__(self) -> str:
        return f"{self.group_id} ({self.count})"

    @property
    def results(self) -> dict[int, int]:
        """The run of each town."""
        return dict(zip(self.towns, self.runs, strict=True))
