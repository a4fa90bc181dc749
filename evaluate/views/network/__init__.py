"""The network's view and its files, for staff."""

from evaluate.views.network.export import NetworkExport
from evaluate.views.network.files import NetworkTableFile
from evaluate.views.network.pages import (
    NetworkCoverage,
    NetworkCriteria,
    NetworkDistribution,
    NetworkUnderWay,
)

__all__ = [
    "NetworkCoverage",
    "NetworkCriteria",
    "NetworkDistribution",
    "NetworkExport",
    "NetworkTableFile",
    "NetworkUnderWay",
]
