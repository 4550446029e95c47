"""Rows of kept files, of issued papers, of papers that are read."""

from motcua.contexts.documents.models.copies import CertifiedCopy
from motcua.contexts.documents.models.digitised import (
    DigitisedPaper,
    HandoffPage,
    PaperReading,
    PhoneHandoff,
    ReadValue,
    ScannedArrival,
)
from motcua.contexts.documents.models.enrolled import SignerCertificate
from motcua.contexts.documents.models.files import (
    HASH,
    FileOrigin,
    PartialUpload,
    StoredFile,
    UploadPart,
)
from motcua.contexts.documents.models.issued import (
    DocumentNumber,
    IssuedDocument,
    NumberSeries,
    Rectification,
    SharedPaper,
    ShareOpening,
    SignedPaper,
    SigningBatch,
    SigningItem,
)

__all__ = [
    "HASH",
    "CertifiedCopy",
    "DigitisedPaper",
    "DocumentNumber",
    "FileOrigin",
    "HandoffPage",
    "IssuedDocument",
    "NumberSeries",
    "PaperReading",
    "PartialUpload",
    "PhoneHandoff",
    "ReadValue",
    "Rectification",
    "ScannedArrival",
    "ShareOpening",
    "SharedPaper",
    "SignedPaper",
    "SignerCertificate",
    "SigningBatch",
    "SigningItem",
    "StoredFile",
    "UploadPart",
]
