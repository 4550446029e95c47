"""Biểu mẫu: a small schema of questions, checked by the same code for page, API and import."""

from motcua.kernel.forms.cleaning import Refused, as_typed, cleaned
from motcua.kernel.forms.conditions import (
    Condition,
    ConditionFault,
    condition_table,
    holds,
    names_in,
    parse_condition,
)
from motcua.kernel.forms.masking import masked
from motcua.kernel.forms.parsing import FormFault, parse_form
from motcua.kernel.forms.points import MapPoint, point_in
from motcua.kernel.forms.posting import raw_from_post
from motcua.kernel.forms.provenance import (
    OWN_ACCOUNT,
    Answer,
    Provenance,
    ProvenanceKind,
    Sheet,
    attributed,
    disputed,
    prefilled,
    read_sheet,
    sheet_table,
    values_of,
)
from motcua.kernel.forms.references import Complaint
from motcua.kernel.forms.refusals import Refusal
from motcua.kernel.forms.schema import FieldType, Form, Option, Page, Question
from motcua.kernel.forms.validation import (
    Answers,
    Checked,
    Choices,
    FieldError,
    is_missing,
    validate,
    validate_page,
    visible,
)
from motcua.kernel.forms.withholding import withheld_keys, without
from motcua.kernel.forms.writing import form_table, to_json_schema
from motcua.kernel.privacy import DataClass

__all__ = [
    "OWN_ACCOUNT",
    "Answer",
    "Answers",
    "Checked",
    "Choices",
    "Complaint",
    "Condition",
    "ConditionFault",
    "DataClass",
    "FieldError",
    "FieldType",
    "Form",
    "FormFault",
    "MapPoint",
    "Option",
    "Page",
    "Provenance",
    "ProvenanceKind",
    "Question",
    "Refusal",
    "Refused",
    "Sheet",
    "as_typed",
    "attributed",
    "cleaned",
    "condition_table",
    "disputed",
    "form_table",
    "holds",
    "is_missing",
    "masked",
    "names_in",
    "parse_condition",
    "parse_form",
    "point_in",
    "prefilled",
    "raw_from_post",
    "read_sheet",
    "sheet_table",
    "to_json_schema",
    "validate",
    "validate_page",
    "values_of",
    "visible",
    "withheld_keys",
    "without",
]
