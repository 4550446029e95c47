"""Bộ phận trang: the frozen values that each component takes, so that no model reaches a template.

Every text is ready to be read: dates, money and numbers are formatted by whoever builds the value.
"""

from motcua.ui.parts.dossiers import (
    Compose,
    Confirmation,
    Due,
    DueDay,
    ListedTask,
    Message,
    RiverStep,
    Task,
    WorkGroup,
    WorkItem,
)
from motcua.ui.parts.figures import Bar, BarChart, Cell, Kpi, LineChart, Point, Table
from motcua.ui.parts.pages import DeadJob, Verified
from motcua.ui.parts.questions import (
    FieldError,
    GroupRow,
    Landmark,
    Option,
    QuestionView,
    SmallMap,
    html_id,
)
from motcua.ui.parts.shell import Band, NavItem, Shell
from motcua.ui.parts.small import (
    Action,
    Alert,
    Chip,
    Crumb,
    Empty,
    Export,
    Fact,
    FileRow,
    Pager,
    Tone,
)

__all__ = [
    "Action",
    "Alert",
    "Band",
    "Bar",
    "BarChart",
    "Cell",
    "Chip",
    "Compose",
    "Confirmation",
    "Crumb",
    "DeadJob",
    "Due",
    "DueDay",
    "Empty",
    "Export",
    "Fact",
    "FieldError",
    "FileRow",
    "GroupRow",
    "Kpi",
    "Landmark",
    "LineChart",
    "ListedTask",
    "Message",
    "NavItem",
    "Option",
    "Pager",
    "Point",
    "QuestionView",
    "RiverStep",
    "Shell",
    "SmallMap",
    "Table",
    "Task",
    "Tone",
    "Verified",
    "WorkGroup",
    "WorkItem",
    "html_id",
]
