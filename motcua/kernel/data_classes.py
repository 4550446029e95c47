"""Lớp dữ liệu, a class for every field (`kernel.privacy`).

The kernel and of the libraries below it.
"""

from motcua.kernel.privacy import DataClass

OPEN = DataClass.OPEN
INTERNAL = DataClass.INTERNAL

CLASSES = {
    "LedgerLeaf": {INTERNAL: "id at action subject actor_id body salt digest xid"},
    "LedgerHead": {
        OPEN: "number size xid_to root previous frontier sealed_at key_id signature",
    },
    "LedgerAnchor": {OPEN: "id witness number size root at key signature noted_at"},
    "LedgerWitness": {OPEN: "name key number anchored_at tried_at", INTERNAL: "problem"},
    "LedgerStamp": {OPEN: "id number at token noted_at"},
    "IdempotencyRecord": {INTERNAL: "id key action fingerprint result created_at"},
    "ReadLine": {
        INTERNAL: (
            "id at subject_id account_id actor_kind unit_id role purpose case_code address fields"
        ),
    },
    "CallCount": {INTERNAL: "key until used"},
    "JobFailure": {INTERNAL: "job_id error place first_at last_at"},
    "LedgerCheck": {
        INTERNAL: "id started_at ended_at actor_id head_to size_to head_at leaves wrong findings",
    },
    "auth.Permission": {INTERNAL: "id name content_type codename"},
    "auth.Group": {INTERNAL: "id name"},
    "auth.Group_permissions": {INTERNAL: "id group permission"},
    "contenttypes.ContentType": {INTERNAL: "id app_label model"},
    "sessions.Session": {INTERNAL: "session_key session_data expire_date"},
    "sites.Site": {OPEN: "id domain name"},
    "procrastinate.ProcrastinateWorker": {INTERNAL: "id last_heartbeat"},
    "procrastinate.ProcrastinateJob": {
        INTERNAL: (
            "id queue_name task_name priority lock args status scheduled_at attempts "
            "queueing_lock abort_requested worker"
        ),
    },
    "procrastinate.ProcrastinateEvent": {INTERNAL: "id job type at"},
    "procrastinate.ProcrastinatePeriodicDefer": {
        INTERNAL: "id task_name defer_timestamp job periodic_id",
    },
}
