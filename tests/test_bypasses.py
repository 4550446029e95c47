"""Nobody reads rows past their policy: what may, is named here with its reason, and counted.

Three ways around `visible()` are looked for in the code of every page, API, action and query: a
function that knows who asks and queries a guarded model itself; a page that calls a query which
is told of no actor; SQL written by hand. A name that is not needed any more fails as well.
"""

import ast

import pytest

from tests import reads

HELD = "the row was found through the policy before; this asks for what hangs on it"
OWN = "of the account or person who asks, whose id comes from the session"
SIGN_IN = "there is no actor yet: this finds out who it is"
MACHINES = "applications come with a token of their own, and with no actor"
LINK = "whoever holds a link that its owner made; it proves itself first, and ends"
SYSTEM = "the city itself goes on with what was decided; nobody reads"

# Functions that know the actor and yet query a guarded model themselves.
BY_ACTORS = {
    "contexts.archive.queries.keepings.page_of": "the day of a line that was shown before",
    "contexts.archive.queries.disposals.disposal_list": HELD,
    "contexts.payments.queries.reports.day_book": HELD,
    "contexts.payments.queries.reports.receipts": HELD,
    "contexts.payments.queries.reports.reliefs": HELD,
    "contexts.alerts.queries.holdings.take_back": OWN,
    "contexts.counters.actions.calling._call_next": "the next of the line of one's own window",
    "contexts.counters.actions.tills._back_to_counting": HELD,
    "contexts.counters.queries.cash.open_shift_row": OWN,
    "contexts.counters.actions.taking._make_own": OWN,
    "contexts.counters.actions.taking.cancel_ticket": "whoever holds the address of the ticket",
    "contexts.documents.actions.batches.batch_stopped": HELD,
    "contexts.documents.queries.wallet_of": "of the party; under a narrow mandate by the files",
    "contexts.dossiers.actions.applicant.supply": HELD,
    "contexts.dossiers.actions.applicant._replace_papers": HELD,
    "contexts.dossiers.actions.applicant.finish_withdrawal": SYSTEM,
    "contexts.dossiers.actions.desk.judge_paper": HELD,
    "contexts.dossiers.actions.digitising.keep_read_values": "a draft that waits, by policy after",
    "contexts.dossiers.actions.digitising.paper_in_hand": HELD,
    "contexts.dossiers.actions.digitising.read_dossier_paper": HELD,
    "contexts.dossiers.actions.fieldwork.plan_visit": HELD,
    "contexts.dossiers.queries.fieldwork.visit_row": "locks again what the policy showed",
    "contexts.dossiers.actions.emergency.open_in_emergency": "opens what no ground shows, watched",
    "contexts.dossiers.actions.emergency.report_emergency": HELD,
    "contexts.dossiers.actions.releasing._open": "its dossier is asked for by the policy at once",
    "contexts.dossiers.actions.releasing._make_room": HELD,
    "contexts.dossiers.actions.releasing.release_supplement": HELD,
    "contexts.dossiers.queries.proposals.proposals_waiting": "of dossiers that the policy shows",
    "contexts.dossiers.policies._of_emergency": "a ground of the policy itself",
    "contexts.dossiers.actions.reviews.ask_review": HELD,
    "contexts.dossiers.adapters.predicate": "papers of dossiers that the policy opens",
    "contexts.dossiers.queries.on_paper._found": HELD,
    "contexts.dossiers.queries.sending.sent_before": "what became of a draft the policy showed",
    "contexts.identity.actions.factors.remove_factor": OWN,
    "contexts.identity.actions.matching.unmerge_people": "only guards of data; checked before",
    "contexts.identity.actions.entering.issue_entry_code": "locks the row; a rule of its own",
    "contexts.identity.actions.recovery.ask_recovery": "only administrators; checked before",
    "contexts.identity.queries.accounts.officer_accounts": HELD,
    "contexts.identity.queries.mandates.in_force": "whether the actor may act for somebody at all",
    "contexts.privacy.actions.looks.ask_about": "whether a look of one's own was asked before",
    "contexts.privacy.actions.requests._check": OWN,
    "contexts.privacy.adapters.predicate": "letters about cases of the guard of data alone",
}
# Queries told of no actor that a page or the API calls.
FROM_DOORS = {
    "contexts.dossiers.queries.fieldwork.notes_of": HELD,
    "contexts.dossiers.queries.fieldwork.view_of": HELD,
    "contexts.dossiers.queries.fieldwork.visits_of": HELD,
    "contexts.dossiers.queries.pinned.open_drafts": "a count",
    "contexts.dossiers.queries.pinned.pinned": "counts by version, step and unit",
    "contexts.dossiers.queries.pinned.sent_by_programs": "a count",
    "contexts.dossiers.queries.pinned.version_figures": "counts by version",
    "contexts.webhooks.queries.hosts_hearing_of": "names of machines, for who designs",
    "contexts.identity.actions.terminal.officer_at_terminal": SIGN_IN,
    "contexts.archive.queries.keepings.impact": "counts of last days; no dossier is named",
    "contexts.counters.queries.appointments.slots": "which times are free; nobody is named",
    "contexts.counters.queries.intake.people_of": "who stands there, by a number just noted",
    "contexts.dossiers.actions.correcting.result_in_force": "of a dossier that was just opened",
    "contexts.identity.queries.actors.officer_named": "whom an operator at the console names",
    "contexts.counters.queries.queue.board": "numbers and windows, as the hall hears them",
    "contexts.counters.queries.queue.is_open": "whether anybody sits there",
    "contexts.counters.queries.queue.place": "how many come first; nobody's number",
    "contexts.counters.queries.queue.ticket": "whoever holds the address; a number and a state",
    "contexts.counters.queries.queue.windows": "which windows are open, as the hall sees them",
    "contexts.documents.public.keep_upload": "keeps bytes; the same bytes are not kept twice",
    "contexts.documents.public.finish_upload": "keeps bytes of an upload found by its policy",
    "contexts.documents.actions.arriving.begin_upload": "counts what the account itself brings",
    "contexts.documents.actions.handing_off.offered": LINK,
    "contexts.documents.actions.handing_off.open_handoff": LINK,
    "contexts.documents.actions.handing_off.capture": LINK,
    "contexts.documents.actions.handing_off.add_page": LINK,
    "contexts.documents.actions.handing_off.drop_page": LINK,
    "contexts.documents.actions.handing_off.finish": LINK,
    "contexts.documents.public.page_picture": HELD,
    "contexts.documents.queries.digitised.readings_of": HELD,
    "contexts.documents.queries.digitised.evidence_of_files": HELD,
    "contexts.documents.actions.sharing.shared": LINK,
    "contexts.documents.actions.sharing.open_shared": LINK,
    "contexts.documents.actions.sharing.opened": LINK,
    "contexts.documents.actions.sharing.opened_file": LINK,
    "contexts.documents.actions.picturing.turn_picture": "each picture by its policy, first",
    "contexts.documents.actions.picturing.join_pictures": "each picture by its policy, first",
    "contexts.documents.actions.verification.verify": "whoever holds a paper may verify it",
    "contexts.documents.actions.verification.verify_pdf": "whoever holds a paper may verify it",
    "contexts.documents.queries.files_by_id": HELD,
    "contexts.dossiers.actions.calendar_feed.read_feed": LINK,
    "contexts.dossiers.queries.tracking.track": "whoever holds the code and its secret; limited",
    "contexts.notifications.queries.services": HELD,
    "contexts.identity.public.person": "one's own; at the counter, whom the desk has found",
    "contexts.identity.public.names_of": HELD,
    "contexts.identity.public.contact_of": OWN,
    "contexts.identity.public.token_only_reads": SIGN_IN,
    "contexts.identity.public.token_only_tries": SIGN_IN,
    "contexts.identity.queries.claims.shown_value": "what the consent page shows its own reader",
    "contexts.identity.queries.claims.claims_of": MACHINES,
    "contexts.identity.queries.applications.open_application": MACHINES,
    "contexts.identity.queries.applications.subject_for": MACHINES,
    "contexts.identity.queries.applications.consent_in_force": OWN,
    "contexts.identity.queries.factors.living": SIGN_IN,
    "contexts.identity.actions.factors.check_passkey": SIGN_IN,
    "contexts.identity.queries.factors.had_any": SIGN_IN,
    "contexts.identity.queries.accounts.account": SIGN_IN,
    "contexts.identity.queries.accounts.account_of_subject": SIGN_IN,
    "contexts.identity.queries.sessions.is_there": SIGN_IN,
    "contexts.identity.queries.people.person_row": SIGN_IN,
    "contexts.identity.queries.actors.actor_of": SIGN_IN,
    "contexts.identity.queries.actors.officer_names": "names of officers are open within the city",
    "contexts.identity.actions.entering.enter": SIGN_IN,
    "contexts.privacy.queries.held.held_about": OWN,
    "contexts.privacy.queries.held.given_by": OWN,
    "contexts.privacy.queries.requests.stopped": OWN,
    "contexts.privacy.queries.requests.units_to_ask": HELD,
    "contexts.identity.queries.numbers.history": HELD,
    "contexts.identity.queries.numbers.told_of": HELD,
    "contexts.identity.queries.recoveries.latest": SIGN_IN,
    "contexts.identity.queries.provisioning.officer": MACHINES,
    "contexts.identity.queries.provisioning.officers": MACHINES,
    "contexts.identity.actions.recovery.redeem_code": SIGN_IN,
    "contexts.identity.actions.factors.check_code": SIGN_IN,
    "contexts.identity.actions.sign_in.check_password": SIGN_IN,
    "contexts.identity.actions.sign_in.sign_in_by_vneid": SIGN_IN,
    "contexts.identity.actions.organisations.sign_in_organisation": SIGN_IN,
    "contexts.notifications.public.unread_count_for_account": OWN,
    "contexts.payments.actions.receipts.receipt_pdf": HELD,
    "contexts.payments.actions.receipts.refund_pdf": HELD,
    "contexts.payments.queries.agencies.promised_by": HELD,
    "contexts.payments.queries.agencies.received_by": HELD,
    "contexts.payments.queries.bank_days.bank_day": "of the bank: whoever collects sees all",
    "contexts.payments.queries.closings.closing_of": "of a unit that `may_read` shows",
    "contexts.payments.queries.closings.earlier_open": "of a unit that `may_read` shows",
    "contexts.payments.queries.closings.open_days": "of the units where the actor signs or closes",
    "contexts.payments.queries.closings.returned_of": "of a unit that `may_read` shows",
    "contexts.payments.queries.closings.sheet_of": "of a unit that `may_read` shows",
    "contexts.payments.queries.receipts.held": "whoever holds the code of a receipt, no name in it",
    "contexts.payments.queries.receipts.ranges": "of the units where the actor signs or closes",
    "contexts.payments.queries.receipts.receipts_of": HELD,
    "contexts.payments.queries.receipts.view_of_receipt": "without the name of its payer",
    "contexts.payments.queries.refunds.left_of_bill": HELD,
    "contexts.payments.queries.refunds.promised_before": HELD,
    "contexts.payments.queries.refunds.refund_of_bill": HELD,
    "contexts.payments.queries.invoices.items_of": HELD,
    "contexts.payments.queries.invoices.latest_of": HELD,
    "contexts.payments.queries.money.credit_row": HELD,
    "contexts.payments.queries.refunds.money_back": HELD,
    "contexts.payments.queries.refunds.transaction_back": HELD,
    "contexts.post.public.consignments_of": HELD,
    "contexts.post.queries.parcels.on_sheet": HELD,
    "contexts.privacy.queries.retention.runs": "counts of what was disposed of, no person in them",
}
BY_HAND = {
    ("motcua/contexts/alerts/queries/spreading.py", "alerts_followed_place"): SYSTEM,
    ("motcua/contexts/alerts/queries/spreading.py", "alerts_alert"): SYSTEM,
    ("motcua/config/scale/sql.py", "dossiers_dossier"): "fills a city for the bench",
    ("motcua/config/scale/reenacting.py", "dossiers_dossier"): "counts a city of its own",
    ("motcua/config/scale/sql.py", "dossiers_shortcomingrow"): "fills a city for the bench",
    ("motcua/config/scale/sql.py", "dossiers_supplementrequest"): "fills a city for the bench",
    ("motcua/config/scale/alerting.py", "alerts_followed_place"): "fills a city for the bench",
    ("motcua/config/scale/alerting.py", "identity_person"): "fills a city for the bench",
    ("motcua/contexts/documents/queries/__init__.py", "documents_storedfile"): OWN,
}


def test_whoever_knows_the_actor_asks_through_the_policy():
    found = {str(one) for one in reads.readers() if one.reads and one.has_actor}

    assert found == set(BY_ACTORS)


def test_no_page_and_no_operation_queries_a_guarded_model():
    assert [str(one) for one in reads.readers() if one.reads and one.at_door] == []


def test_a_page_reaches_guarded_rows_only_by_queries_that_know_the_actor():
    doors = {one.key for one in reads.readers() if one.at_door}
    found = {
        ".".join(key).removeprefix("motcua.")
        for one in reads.readers()
        if one.at_door
        for key in reads.callees(one)
        if key in reads.unasked() and key not in doors
    }

    assert found == set(FROM_DOORS)


def test_sql_by_hand_names_no_guarded_table():
    assert set(reads.raw_reads()) == set(BY_HAND)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("return Dossier.objects.filter(code=code)", {"Dossier"}),
        ("return [row for row in Dossier._default_manager.all()]", {"Dossier"}),
        ("return visible(Dossier.objects.all(), actor, DossierPolicy, now=now)", set()),
        (
            "return visible(Dossier.objects.all(), actor, X, now=now), Draft.objects.get()",
            {"Draft"},
        ),
        ("return Procedure.objects.all()", set()),
    ],
)
def test_a_way_around_is_found(body, found):
    module = ast.parse(f"def rows(code, *, actor, now):\n    {body}\n")

    one = reads.reader_of(module.body[0], reads.ROOT / "motcua/contexts/dossiers/queries/x.py")

    assert one.has_actor
    assert one.reads == found
