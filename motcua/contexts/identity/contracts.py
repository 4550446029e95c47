"""What neighbours may hold of identity: enums, frozen views, refusals."""

from enum import StrEnum


class AccountKind(StrEnum):
    """Who stands behind an account; an officer signs in apart from being a citizen."""

    CITIZEN = "CITIZEN"
    OFFICER = "OFFICER"


class IdentifierKind(StrEnum):
    """PERSON_ID_KIND of the facts (15.1): what sort of number names a person."""

    SDDCN12 = "SDDCN12"
    CMND9_OLD = "CMND9_OLD"
    PASSPORT = "PASSPORT"
    FOREIGN_EID = "FOREIGN_EID"
    BIRTH_TEMP = "BIRTH_TEMP"
    UNKNOWN = "UNKNOWN"


class SignInOutcome(StrEnum):
    """How one try to sign in ended."""

    SIGNED_IN = "SIGNED_IN"
    WRONG = "WRONG"
    THROTTLED = "THROTTLED"
    CLOSED = "CLOSED"
