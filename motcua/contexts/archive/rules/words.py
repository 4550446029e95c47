"""Lời: parts of the schedule, states of a list."""

from motcua.contexts.archive.contracts import Due, ListState

DUES: dict[Due, str] = {
    Due.OVER: "Đã hết hạn",
    Due.YEAR: "Hết hạn năm nay",
    Due.LATER: "Hết hạn sau năm nay",
    Due.EVER: "Vĩnh viễn",
}
STATES: dict[ListState, str] = {
    ListState.PROPOSED: "Chờ xét",
    ListState.APPROVED: "Đã duyệt",
    ListState.REFUSED: "Không duyệt",
}
