"""Ma trận quyền: every address by every method, every kind of visitor and every kind of object.

`tests/test_matrix.py` makes each of these visits and derives what must be answered from `@route`
and from the policy of the resource; this page counts them. A parameter that is not told here fails
the test.
"""

import re
from collections.abc import Iterator

from motcua.config.map.marks import document, table
from motcua.kernel.actors import ROLE_NAMES, Role
from motcua.kernel.addresses import Route, operations, pages

PARAMETER = re.compile(r"[<{](?:(\w+):)?(\w+)[>}]")
ROLES = tuple(role.value for role in Role)
OTHERS = {
    "nobody": "chưa đăng nhập",
    "owner": "người nộp hồ sơ",
    "stranger": "người dân khác",
    "low": "người nộp, định danh mức 1",
    "elsewhere": "cán bộ tiếp nhận ở phường khác",
    "helper": "người làm giúp, thay người nộp",
    "narrow": "người được ủy quyền thủ tục khác, thay người nộp",
    "company": "người đại diện, thay công ty",
    "uncleared": "chuyên viên chưa tập huấn, chưa cam kết",
}
VISITORS = (*OTHERS, *ROLES)
OBJECTS = {
    "unit": "của đơn vị (và của người nộp)",
    "other_unit": "của đơn vị khác",
    "other_agency": "của cơ quan khác",
    "nothing": "không tồn tại",
}
# What a parameter of an address names: the policy that says who sees it.
RESOURCES = {
    "code": "dossiers.dossier",
    "paper_id": "dossiers.dossier",
    "invoice": "payments.invoice",
    "file_id": "documents.file",
    "notification_id": "notifications.notification",
    "push_device_id": "notifications.device",
    "served_id": "notifications.service",
    "paper_service_id": "notifications.paper_service",
    "token_id": "identity.api_token",
    "draft_id": "dossiers.draft",
    "bulk_id": "dossiers.bulk",
    "emergency_id": "dossiers.emergency",
    "mandate_id": "identity.mandate",
    "request_code": "privacy.data_request",
    "consent_id": "identity.consent",
    "factor_id": "identity.factor",
    "training_id": "identity.training",
    "account_id": "identity.account",
    "application_id": "identity.application",
}
# Parameters whose object has no owner among the visitors, each with the reason.
OF_NO_VISITOR = {
    "member_id": "a household of one's own, told in portals/citizen",
    "list_id": "dossiers past their time; two roles see all, told in contexts/archive",
    "package_id": "closed dossiers of a unit; one role sees all, told in contexts/archive",
    "restored_id": "read back from a package; one role sees all, told in contexts/archive",
    "upload_id": "a file of one's own account on its way, told in contexts/documents",
    "counter_device_id": "a machine of one desk, told in contexts/counters",
    "range_id": "numbers of a machine of one desk, told in contexts/counters",
    "entry_id": "taken in at one desk without a network, told in contexts/counters",
    "review_id": "of a unit outside the case, told in contexts/dossiers/tests/test_reviews",
    "issued_id": "a paper of one's own wallet, told in contexts/documents",
    "batch_id": "what one officer signs at once, told in contexts/documents",
    "text_id": "a sentence of one officer or unit, told in portals/desk/tests/test_library",
    "joint_id": "what one officer did at once, told in portals/desk/tests/test_bulk",
    "share_id": "a link to a paper of one's own, told in contexts/documents",
    "token": "whoever holds the link opens it, told in contexts/documents",
    "endpoint_id": "an address of one's own program, told in contexts/webhooks",
    "letter_id": "a letter to an address of one's own program, told in contexts/webhooks",
    "filed_code": "a dossier of one's own business, told in contexts/dossiers",
    "secret": "whoever holds the address reads the calendar, told in contexts/dossiers",
    "device_id": "whoever scanned the code of a desk brings pages, told in contexts/dossiers",
    "reading_id": "a paper that a desk let be read, told in contexts/dossiers",
    "arrival_id": "what the scanner of a desk laid down, told in contexts/documents",
    "number": "a page of a paper",
    "opening_id": "whoever opened the link looks at it, told in contexts/documents",
    "appointment_id": "whoever holds the address sees the time, told in contexts/counters",
    "assistance_id": "whom one officer asked at the desk, told in contexts/dossiers",
    "bundle_id": "of two units, told in contexts/counters",
    "shift_id": "of a desk and its head, told in contexts/counters",
    "desk": "a place that receives, known to everybody",
    "ticket_id": "whoever holds the address sees the place in the line, told in contexts/counters",
    "page_key": "a page of a form",
    "action": "an action of a step",
    "moment": "a moment of a dossier, shown as it was then",
    "right": "the rights are the same for all",
    "person_id": "any desk serves anybody",
    "substitution_id": "who is away is known to every officer",
    "handle": "a session of one's own",
    "officer_id": "told in contexts/identity",
    "opinion_id": "told in contexts/casework",
    "act_id": "an act of reorganisation, public by nature; one role sees it here",
    "proposal_id": "an act not carried out yet, no person in it; one role sees all",
    "visit_id": "of one dossier, told in portals/desk/tests/test_fieldwork",
    "further_id": "of one dossier, told in contexts/dossiers/tests/test_releasing",
    "run_id": "a run of the catalogue, no person in it; one role sees all",
    "leaf_id": "a leaf of the ledger, ids alone; one role sees all",
    "sending_id": "of the exchange: its two roles see all or nothing, the log holds no person",
    "refund_id": "of the bank: whoever collects sees all, told in contexts/payments",
    "credit_id": "of the bank: whoever collects sees all, told in contexts/payments",
    "sheet_id": "a sheet of one's own desk, told in contexts/post",
    "consignment_id": "a parcel of one's own desk, told in contexts/post",
    "report": "a kind of report; its lines are those of bills that one may see",
    "day": "a day of the bank account: whoever collects sees all, told in contexts/payments",
    "unit_id": "a desk whose day of money is closed, told in contexts/payments",
    "job_id": "a job of the machine; one role sees all",
    "migration_id": "a migration of dossiers, codes alone; those of the catalogue see all",
    "version_id": "a version of a procedure; one role sees all",
    "check_id": "a check of the ledger; one role sees all",
    "recovery_id": "named together with its account, which is visited",
    "certificate_id": "a certificate of an officer; one role sees all",
    "candidate_id": "the guard of data sees all, nobody else any, told in contexts/identity",
    "number_id": "the guard of data sees all, told in contexts/identity",
    "hold_id": "the guard of data sees all, told in contexts/privacy",
    "breach_code": "the guard of data sees all, nobody else any, told in contexts/privacy",
    "activity_key": "an activity of the city, the same for all who get in",
    "alert_code": "released ones are everybody's, drafts of the watch; told in contexts/alerts",
    "alert_id": "the guard of data sees all, nobody else any, told in contexts/privacy",
    "question_id": "answered by the guard of data, who sees all, told in contexts/privacy",
    "line_id": "a line of the read log about oneself",
    "client_id": "of machines, which come with a token and no session",
    "user_id": "of machines, which come with a token and no session",
    "post_id": "of machines, which come with a token and no session",
    "group_id": "of machines, which come with a token and no session",
    "name": "of machines, which come with a token and no session",
    "rest": "of machines, which come with a token and no session",
}
# What is named with them is not there, either.
NEVER_THERE = frozenset(
    {
        "certificate_id",
        "visit_id",
        "further_id",
        "recovery_id",
        "person_id",
        "refund_id",
        "proposal_id",
        "migration_id",
    }
)
# A code that names no dossier.
CODE_OF_ALL = ("/thu-tuc/", "/nop/", "/nop-nhieu/", "/xac-minh/", "/api/v1/procedures/",
               "/api/v1/verify/", "/quan-tri/")  # fmt: skip
CODE_OF_INVOICE = ("/thanh-toan/", "/api/v1/invoices/", "/thu-phi/")


def parameters(route: Route) -> tuple[str, ...]:
    """The objects this address names, a code by what it is the code of."""
    found = [name for _, name in PARAMETER.findall(route.address)]
    if "code" in found:
        found.remove("code")
        if route.address.startswith(CODE_OF_INVOICE):
            found.append("invoice")
        elif not route.address.startswith(CODE_OF_ALL):
            found.append("code")
    return tuple(found)


def methods(route: Route) -> tuple[str, ...]:
    """A page is asked by GET and by POST, whatever it offers."""
    return tuple(route.methods.split("/")) if route.methods else ("GET", "POST")


def objects(route: Route) -> tuple[str, ...]:
    """One visit with nothing where no visitor can have an object of this kind."""
    named = set(parameters(route))
    has_object = named & RESOURCES.keys() and not named & NEVER_THERE
    return tuple(OBJECTS) if has_object else ("nothing",)


def visits(route: Route) -> int:
    return len(methods(route)) * len(VISITORS) * len(objects(route))


def page() -> str:
    groups = (("trang", [*pages()]), ("thao tác API", [*operations()]))
    total = sum(visits(route) for _, routes in groups for route in routes)
    kinds = len(OBJECTS)
    return document(
        "The matrix of access",
        f"**{sum(len(routes) for _, routes in groups)} tuyến × {len(VISITORS)} vai × tối đa"
        f" {kinds} đối tượng = {total} lượt, 0 sai.** Each visit is made by `tests/test_matrix.py`,"
        " which fails on one wrong answer, on a route without a policy and on a parameter that"
        " nobody explained.",
        table(
            ("tuyến", "số tuyến", "có đối tượng", "lượt"),
            (
                (
                    name,
                    len(routes),
                    sum(len(objects(route)) > 1 for route in routes),
                    sum(map(visits, routes)),
                )
                for name, routes in groups
            ),
        ),
        "## Visitors",
        table(("key", "ai"), _visitors()),
        "## Objects",
        table(("key", "đối tượng"), OBJECTS.items()),
        "## Whose object a parameter names",
        table(("parameter", "policy"), RESOURCES.items()),
        table(("parameter", "why it has no owner here"), OF_NO_VISITOR.items()),
    )


def _visitors() -> Iterator[tuple[str, str]]:
    yield from OTHERS.items()
    yield from ((role.value, ROLE_NAMES[role]) for role in Role)
