"""Cases, tasks, opinions, pauses; events partitioned by month; definitions that never change."""

from datetime import date

import django.db.models.deletion
from django.db import migrations, models

import motcua.contexts.casework.contracts
import motcua.kernel.db
import motcua.kernel.fields
from motcua.kernel import partitions

EVENT = """
CREATE TABLE casework_caseevent (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    happened_at timestamptz NOT NULL,
    case_id uuid NOT NULL,
    serial integer NOT NULL CHECK (serial >= 0),
    kind varchar(20) NOT NULL,
    action varchar(40) NOT NULL,
    step varchar(40) NOT NULL,
    status smallint NOT NULL CHECK (status >= 0),
    actor_account_id uuid,
    unit_id uuid,
    on_behalf_of uuid,
    visible_to_party boolean NOT NULL,
    note bytea,
    facts jsonb NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX casework_caseevent_of_case ON casework_caseevent (case_id, serial);
"""
TABLE = "casework_caseevent"
FIRST = [
    partitions.month_partition(TABLE, month)
    for month in partitions.months(date(2026, 10, 1), date(2027, 3, 1))
]
IMMUTABLE = partitions.guard("casework_processdefinition")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("identity", "0001_create_people_and_accounts"),
        ("organisations", "0001_units_posts_competence"),
    ]

    operations = [
        migrations.RunSQL(
            [EVENT, partitions.default_partition(TABLE), *FIRST, partitions.guard(TABLE)],
            f"DROP TABLE {TABLE}",
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.db.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("happened_at", models.DateTimeField()),
                ("case_id", models.UUIDField()),
                ("serial", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("action", models.CharField(max_length=40)),
                ("step", models.CharField(max_length=40)),
                ("status", models.PositiveSmallIntegerField()),
                ("actor_account_id", models.UUIDField(null=True)),
                ("unit_id", models.UUIDField(null=True)),
                ("on_behalf_of", models.UUIDField(null=True)),
                ("visible_to_party", models.BooleanField(default=True)),
                ("note", motcua.kernel.fields.SealedText(null=True)),
                ("facts", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "casework_caseevent",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="ProcessDefinition",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.db.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key", models.CharField(max_length=120)),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("approved_by", models.CharField(blank=True, max_length=200)),
                ("invented", models.BooleanField(default=True)),
                ("table", models.JSONField()),
                ("digest", models.BinaryField(max_length=32)),
                ("published_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "number"), name="process_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.db.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("code", models.CharField(max_length=40, unique=True)),
                ("subject_code", models.CharField(max_length=20)),
                ("field", models.CharField(blank=True, max_length=40)),
                ("source", models.CharField(blank=True, max_length=16)),
                ("clock", models.JSONField()),
                ("confidential", models.BooleanField(default=False)),
                ("priority", models.BooleanField(default=False)),
                ("step", models.CharField(max_length=40)),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            (
                                motcua.contexts.casework.contracts.Phase["INTAKE"],
                                motcua.contexts.casework.contracts.Phase["INTAKE"],
                            ),
                            (
                                motcua.contexts.casework.contracts.Phase["RUNNING"],
                                motcua.contexts.casework.contracts.Phase["RUNNING"],
                            ),
                            (
                                motcua.contexts.casework.contracts.Phase["PAUSED"],
                                motcua.contexts.casework.contracts.Phase["PAUSED"],
                            ),
                            (
                                motcua.contexts.casework.contracts.Phase["DECIDED"],
                                motcua.contexts.casework.contracts.Phase["DECIDED"],
                            ),
                            (
                                motcua.contexts.casework.contracts.Phase["ENDED"],
                                motcua.contexts.casework.contracts.Phase["ENDED"],
                            ),
                        ],
                        max_length=8,
                    ),
                ),
                ("status", models.PositiveSmallIntegerField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("opened_at", models.DateTimeField()),
                ("receive_due_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("due_original", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("extended_to", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "competent_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.unit",
                    ),
                ),
                (
                    "handling_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.unit",
                    ),
                ),
                (
                    "party_person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.person",
                    ),
                ),
                (
                    "receiving_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.unit",
                    ),
                ),
                (
                    "supporting_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.unit",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.processdefinition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.db.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (
                                motcua.contexts.casework.contracts.TaskKind["STEP"],
                                motcua.contexts.casework.contracts.TaskKind["STEP"],
                            ),
                            (
                                motcua.contexts.casework.contracts.TaskKind["OPINION"],
                                motcua.contexts.casework.contracts.TaskKind["OPINION"],
                            ),
                        ],
                        max_length=8,
                    ),
                ),
                ("step", models.CharField(max_length=40)),
                ("role", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (
                                motcua.contexts.casework.contracts.TaskState["OPEN"],
                                motcua.contexts.casework.contracts.TaskState["OPEN"],
                            ),
                            (
                                motcua.contexts.casework.contracts.TaskState["WAITING"],
                                motcua.contexts.casework.contracts.TaskState["WAITING"],
                            ),
                            (
                                motcua.contexts.casework.contracts.TaskState["DONE"],
                                motcua.contexts.casework.contracts.TaskState["DONE"],
                            ),
                            (
                                motcua.contexts.casework.contracts.TaskState["CANCELLED"],
                                motcua.contexts.casework.contracts.TaskState["CANCELLED"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.UUIDField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=40)),
                (
                    "assignee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.officer",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.db.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("question", motcua.kernel.fields.SealedText()),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "silence",
                    models.CharField(
                        choices=[
                            (
                                motcua.contexts.casework.contracts.Silence["CONSENT"],
                                motcua.contexts.casework.contracts.Silence["CONSENT"],
                            ),
                            (
                                motcua.contexts.casework.contracts.Silence["NO_OPINION"],
                                motcua.contexts.casework.contracts.Silence["NO_OPINION"],
                            ),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (
                                motcua.contexts.casework.contracts.OpinionState["ASKED"],
                                motcua.contexts.casework.contracts.OpinionState["ASKED"],
                            ),
                            (
                                motcua.contexts.casework.contracts.OpinionState["ANSWERED"],
                                motcua.contexts.casework.contracts.OpinionState["ANSWERED"],
                            ),
                            (
                                motcua.contexts.casework.contracts.OpinionState["SILENT"],
                                motcua.contexts.casework.contracts.OpinionState["SILENT"],
                            ),
                            (
                                motcua.contexts.casework.contracts.OpinionState["WITHDRAWN"],
                                motcua.contexts.casework.contracts.OpinionState["WITHDRAWN"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                motcua.contexts.casework.contracts.Verdict["AGREE"],
                                motcua.contexts.casework.contracts.Verdict["AGREE"],
                            ),
                            (
                                motcua.contexts.casework.contracts.Verdict["DISAGREE"],
                                motcua.contexts.casework.contracts.Verdict["DISAGREE"],
                            ),
                            (
                                motcua.contexts.casework.contracts.Verdict["COMMENT"],
                                motcua.contexts.casework.contracts.Verdict["COMMENT"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", motcua.kernel.fields.SealedText(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.UUIDField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.unit",
                    ),
                ),
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.task",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.db.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("from_party", models.BooleanField()),
                ("author_account_id", models.UUIDField()),
                ("text", motcua.kernel.fields.SealedText()),
                ("file_ids", models.JSONField(default=list)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "at"], name="message_thread")],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.kernel.db.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            (
                                motcua.contexts.casework.contracts.PauseReason["SUPPLEMENT"],
                                motcua.contexts.casework.contracts.PauseReason["SUPPLEMENT"],
                            ),
                            (
                                motcua.contexts.casework.contracts.PauseReason["FINANCIAL"],
                                motcua.contexts.casework.contracts.PauseReason["FINANCIAL"],
                            ),
                            (
                                motcua.contexts.casework.contracts.PauseReason["FORCE_MAJEURE"],
                                motcua.contexts.casework.contracts.PauseReason["FORCE_MAJEURE"],
                            ),
                            (
                                motcua.contexts.casework.contracts.PauseReason["SUSPENDED"],
                                motcua.contexts.casework.contracts.PauseReason["SUSPENDED"],
                            ),
                        ],
                        max_length=16,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("started_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("evidence", models.CharField(max_length=200)),
                ("citation", models.CharField(max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("ended_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="pause_is_a_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("evidence", ""), _negated=True),
                            models.Q(("citation", ""), _negated=True),
                        ),
                        name="pause_has_grounds",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("case",),
                        name="one_pause_at_a_time",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["party_person", "-opened_at"], name="case_of_party"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("phase", motcua.contexts.casework.contracts.Phase["RUNNING"])),
                fields=["competent_unit", "due_at"],
                name="case_running_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("phase", motcua.contexts.casework.contracts.Phase["INTAKE"])),
                fields=["receiving_unit", "receive_due_at"],
                name="case_intake_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_at__isnull", True),
                    ("due_at__gte", models.F("due_original")),
                    _connector="OR",
                ),
                name="case_due_never_earlier",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    ("ended_at__gte", models.F("opened_at")),
                    _connector="OR",
                ),
                name="case_ends_after_opening",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "phase__in",
                        [
                            motcua.contexts.casework.contracts.Phase["INTAKE"],
                            motcua.contexts.casework.contracts.Phase["RUNNING"],
                            motcua.contexts.casework.contracts.Phase["PAUSED"],
                        ],
                    ),
                    ("ended_at__isnull", False),
                    _connector="OR",
                ),
                name="case_end_is_dated",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("state", motcua.contexts.casework.contracts.TaskState["OPEN"])),
                fields=["unit", "role", "due_at", "id"],
                name="task_inbox",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(
                    ("state", motcua.contexts.casework.contracts.TaskState["WAITING"])
                ),
                fields=["unit", "role", "due_at", "id"],
                name="task_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", True),
                        (
                            "state__in",
                            [
                                motcua.contexts.casework.contracts.TaskState["OPEN"],
                                motcua.contexts.casework.contracts.TaskState["WAITING"],
                            ],
                        ),
                    ),
                    models.Q(
                        ("closed_at__isnull", False),
                        (
                            "state__in",
                            [
                                motcua.contexts.casework.contracts.TaskState["DONE"],
                                motcua.contexts.casework.contracts.TaskState["CANCELLED"],
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="task_closing_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("kind", motcua.contexts.casework.contracts.TaskKind["STEP"]),
                    (
                        "state__in",
                        [
                            motcua.contexts.casework.contracts.TaskState["OPEN"],
                            motcua.contexts.casework.contracts.TaskState["WAITING"],
                        ],
                    ),
                ),
                fields=("case",),
                name="one_step_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="opinion",
            index=models.Index(
                condition=models.Q(
                    ("state", motcua.contexts.casework.contracts.OpinionState["ASKED"])
                ),
                fields=["due_at"],
                name="opinion_silence",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", motcua.contexts.casework.contracts.OpinionState["ANSWERED"]),
                        _negated=True,
                    ),
                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="opinion_answer_is_signed",
            ),
        ),
        migrations.RunSQL(
            IMMUTABLE,
            "DROP TRIGGER casework_processdefinition_append_only ON casework_processdefinition",
        ),
    ]
