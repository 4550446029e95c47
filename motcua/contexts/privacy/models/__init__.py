"""Rows of privacy."""

from motcua.contexts.privacy.models.breaches import Breach, BreachEvent
from motcua.contexts.privacy.models.impacts import ImpactAssessment, ImpactDuty
from motcua.contexts.privacy.models.looks import LookQuestion, ReadAlert, WatchSetting
from motcua.contexts.privacy.models.requests import DataRequest, ProcessingMark, Tombstone
from motcua.contexts.privacy.models.retention import DisposalRun, Hold

__all__ = [
    "Breach",
    "BreachEvent",
    "DataRequest",
    "DisposalRun",
    "Hold",
    "ImpactAssessment",
    "ImpactDuty",
    "LookQuestion",
    "ProcessingMark",
    "ReadAlert",
    "Tombstone",
    "WatchSetting",
]
