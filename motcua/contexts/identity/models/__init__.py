"""Rows of identity."""

from motcua.contexts.identity.models.accounts import Account, ApiToken, SignInAttempt
from motcua.contexts.identity.models.applications import (
    Application,
    Consent,
    Grant,
    IssuedToken,
    SigningKey,
)
from motcua.contexts.identity.models.clearance import ClearanceWarning, Commitment, Training
from motcua.contexts.identity.models.entries import EntryCode
from motcua.contexts.identity.models.factors import Factor, FactorRecovery
from motcua.contexts.identity.models.households import Household, HouseholdMember
from motcua.contexts.identity.models.mandates import Mandate
from motcua.contexts.identity.models.matching import MatchCandidate, NumberCase, PersonMerge
from motcua.contexts.identity.models.organisations import LegalRepresentative, Organisation
from motcua.contexts.identity.models.people import Person, PersonIdentifier
from motcua.contexts.identity.models.provisioning import (
    ProvisionedAccount,
    ProvisionedPlace,
    ProvisioningClient,
)
from motcua.contexts.identity.models.sessions import KnownDevice, Session

__all__ = [
    "Account",
    "ApiToken",
    "Application",
    "ClearanceWarning",
    "Commitment",
    "Consent",
    "EntryCode",
    "Factor",
    "FactorRecovery",
    "Grant",
    "Household",
    "HouseholdMember",
    "IssuedToken",
    "KnownDevice",
    "LegalRepresentative",
    "Mandate",
    "MatchCandidate",
    "NumberCase",
    "Organisation",
    "Person",
    "PersonIdentifier",
    "PersonMerge",
    "ProvisionedAccount",
    "ProvisionedPlace",
    "ProvisioningClient",
    "Session",
    "SignInAttempt",
    "SigningKey",
    "Training",
]
