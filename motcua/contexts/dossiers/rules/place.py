"""Nơi giải quyết: which commune is competent, as the answers name it.

Competence follows the place that the matter is about: the plot, the new home, the shop, the school
moved to. Where one lives decides only when no answer names such a place.
"""

from collections.abc import Mapping

from motcua.kernel.codes import WardCode
from motcua.kernel.forms import Form

# Keys of questions that name the place, the surest first. A form uses at most one of them.
PLACE_QUESTIONS = (
    "site_address",
    "land_address",
    "home_address",
    "business_address",
    "to_ward",
)


def place_question(form: Form) -> str:
    """The key of the question of this form that names the place, "" when none does."""
    asked = {question.key for question in form.questions()}
    return next((key for key in PLACE_QUESTIONS if key in asked), "")


def competent_ward(form: Form, answers: Mapping[str, object], *, otherwise: str) -> str:
    """The commune of the place, or `otherwise` while no answer names one."""
    answer = answers.get(place_question(form))
    ward = answer.get("ward") if isinstance(answer, Mapping) else answer
    return ward if isinstance(ward, str) and WardCode.parses(ward) else otherwise
