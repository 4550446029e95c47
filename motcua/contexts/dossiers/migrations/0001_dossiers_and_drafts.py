"""Dossiers, drafts, papers, requests; the city-wide serial, taken twenty at a time."""

import django.db.models.deletion
from django.db import migrations, models

import motcua.contexts.dossiers.contracts
import motcua.kernel.db
import motcua.kernel.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casework", "0001_cases_and_processes"),
        ("documents", "0001_create_files_and_issued_papers"),
        ("identity", "0001_create_people_and_accounts"),
        ("procedures", "0002_guard_published"),
    ]

    operations = [
        migrations.CreateModel(
            name="BoardRow",
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
                ("unit_id", models.UUIDField(null=True)),
                ("field", models.CharField(blank=True, max_length=40)),
                ("month", models.DateField(null=True)),
                ("waiting_reception", models.PositiveIntegerField(default=0)),
                ("late_reception", models.PositiveIntegerField(default=0)),
                ("in_process", models.PositiveIntegerField(default=0)),
                ("overdue", models.PositiveIntegerField(default=0)),
                ("paused", models.PositiveIntegerField(default=0)),
                ("received", models.PositiveIntegerField(default=0)),
                ("on_time", models.PositiveIntegerField(default=0)),
                ("late", models.PositiveIntegerField(default=0)),
                ("rated", models.PositiveIntegerField(default=0)),
                ("stars", models.PositiveIntegerField(default=0)),
                ("as_of", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit_id", "field", "month"),
                        name="board_row_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="casework.case",
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True)),
                ("submitted_by", models.UUIDField(null=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            (
                                motcua.contexts.dossiers.contracts.Source["NATIONAL_PORTAL"],
                                motcua.contexts.dossiers.contracts.Source["NATIONAL_PORTAL"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.Source["CITY_APP"],
                                motcua.contexts.dossiers.contracts.Source["CITY_APP"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.Source["COUNTER"],
                                motcua.contexts.dossiers.contracts.Source["COUNTER"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.Source["ASSISTED"],
                                motcua.contexts.dossiers.contracts.Source["ASSISTED"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.Source["POST"],
                                motcua.contexts.dossiers.contracts.Source["POST"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.Source["API"],
                                motcua.contexts.dossiers.contracts.Source["API"],
                            ),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "channel",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (
                                motcua.contexts.dossiers.contracts.Channel["COUNTER"],
                                motcua.contexts.dossiers.contracts.Channel["COUNTER"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.Channel["ONLINE"],
                                motcua.contexts.dossiers.contracts.Channel["ONLINE"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.Channel["POSTAL"],
                                motcua.contexts.dossiers.contracts.Channel["POSTAL"],
                            ),
                        ]
                    ),
                ),
                (
                    "return_form",
                    models.CharField(
                        choices=[
                            (
                                motcua.contexts.dossiers.contracts.ReturnForm["ELECTRONIC"],
                                motcua.contexts.dossiers.contracts.ReturnForm["ELECTRONIC"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.ReturnForm["COUNTER"],
                                motcua.contexts.dossiers.contracts.ReturnForm["COUNTER"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.ReturnForm["POST"],
                                motcua.contexts.dossiers.contracts.ReturnForm["POST"],
                            ),
                        ],
                        max_length=12,
                    ),
                ),
                ("ward_code", models.CharField(max_length=5)),
                ("case_name", models.CharField(blank=True, max_length=120)),
                ("secret", motcua.kernel.fields.SealedText()),
                ("sheet", motcua.kernel.fields.SealedJSON()),
                ("supplements", models.PositiveSmallIntegerField(default=0)),
                ("signed_by", models.UUIDField(null=True)),
                ("signed_at", models.DateTimeField(null=True)),
                ("stars", models.PositiveSmallIntegerField(null=True)),
                ("comment", motcua.kernel.fields.SealedText(null=True)),
                ("rated_at", models.DateTimeField(null=True)),
                (
                    "applicant_person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.person",
                    ),
                ),
                (
                    "procedure_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.procedureversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DossierPaper",
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
                ("component_key", models.CharField(max_length=80)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            (
                                motcua.contexts.dossiers.contracts.PaperSource["UPLOADED"],
                                motcua.contexts.dossiers.contracts.PaperSource["UPLOADED"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.PaperSource["SCANNED"],
                                motcua.contexts.dossiers.contracts.PaperSource["SCANNED"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.PaperSource["FROM_STORE"],
                                motcua.contexts.dossiers.contracts.PaperSource["FROM_STORE"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.PaperSource["FROM_DATABASE"],
                                motcua.contexts.dossiers.contracts.PaperSource["FROM_DATABASE"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.PaperSource["PRODUCED"],
                                motcua.contexts.dossiers.contracts.PaperSource["PRODUCED"],
                            ),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "form",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (
                                motcua.contexts.dossiers.contracts.PaperForm["ORIGINAL"],
                                motcua.contexts.dossiers.contracts.PaperForm["ORIGINAL"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.PaperForm["COPY"],
                                motcua.contexts.dossiers.contracts.PaperForm["COPY"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.PaperForm["ELECTRONIC"],
                                motcua.contexts.dossiers.contracts.PaperForm["ELECTRONIC"],
                            ),
                        ]
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            (
                                motcua.contexts.dossiers.contracts.PaperVerdict["NOT_CHECKED"],
                                motcua.contexts.dossiers.contracts.PaperVerdict["NOT_CHECKED"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.PaperVerdict["PASSED"],
                                motcua.contexts.dossiers.contracts.PaperVerdict["PASSED"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.PaperVerdict["FAILED"],
                                motcua.contexts.dossiers.contracts.PaperVerdict["FAILED"],
                            ),
                        ],
                        default=motcua.contexts.dossiers.contracts.PaperVerdict["NOT_CHECKED"],
                        max_length=12,
                    ),
                ),
                ("verdict_note", motcua.kernel.fields.SealedText(null=True)),
                ("added_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.storedfile",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
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
                ("account_id", models.UUIDField()),
                ("ward_code", models.CharField(max_length=5)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            (
                                motcua.contexts.dossiers.contracts.Source["NATIONAL_PORTAL"],
                                motcua.contexts.dossiers.contracts.Source["NATIONAL_PORTAL"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.Source["CITY_APP"],
                                motcua.contexts.dossiers.contracts.Source["CITY_APP"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.Source["COUNTER"],
                                motcua.contexts.dossiers.contracts.Source["COUNTER"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.Source["ASSISTED"],
                                motcua.contexts.dossiers.contracts.Source["ASSISTED"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.Source["POST"],
                                motcua.contexts.dossiers.contracts.Source["POST"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.Source["API"],
                                motcua.contexts.dossiers.contracts.Source["API"],
                            ),
                        ],
                        max_length=16,
                    ),
                ),
                ("sheet", motcua.kernel.fields.SealedJSON()),
                ("typed", motcua.kernel.fields.SealedJSON()),
                ("papers", models.JSONField(default=list)),
                (
                    "return_form",
                    models.CharField(
                        choices=[
                            (
                                motcua.contexts.dossiers.contracts.ReturnForm["ELECTRONIC"],
                                motcua.contexts.dossiers.contracts.ReturnForm["ELECTRONIC"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.ReturnForm["COUNTER"],
                                motcua.contexts.dossiers.contracts.ReturnForm["COUNTER"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.ReturnForm["POST"],
                                motcua.contexts.dossiers.contracts.ReturnForm["POST"],
                            ),
                        ],
                        max_length=12,
                    ),
                ),
                ("register_trouble", models.CharField(blank=True, max_length=200)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("submitted_as", models.CharField(blank=True, max_length=40)),
                (
                    "applicant_person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.person",
                    ),
                ),
                (
                    "procedure_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.procedureversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FailedLookUp",
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
                ("client", models.BinaryField(max_length=16)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["client", "at"], name="failed_look_up")],
            },
        ),
        migrations.CreateModel(
            name="SupplementRequest",
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
                ("number", models.PositiveSmallIntegerField()),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            (
                                motcua.contexts.dossiers.contracts.SupplementPhase["INTAKE"],
                                motcua.contexts.dossiers.contracts.SupplementPhase["INTAKE"],
                            ),
                            (
                                motcua.contexts.dossiers.contracts.SupplementPhase["PROCESSING"],
                                motcua.contexts.dossiers.contracts.SupplementPhase["PROCESSING"],
                            ),
                        ],
                        max_length=12,
                    ),
                ),
                ("items", motcua.kernel.fields.SealedJSON()),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.UUIDField(null=True)),
                ("answer_by", models.DateTimeField(null=True)),
                ("supplied_at", models.DateTimeField(null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("rated_at__isnull", True), ("stars__isnull", True)),
                    models.Q(("rated_at__isnull", False), ("stars__gte", 1), ("stars__lte", 5)),
                    _connector="OR",
                ),
                name="dossier_rating_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                    models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                    _connector="OR",
                ),
                name="dossier_signature_is_dated",
            ),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(
                condition=models.Q(("submitted_as", "")),
                fields=["account_id", "-saved_at"],
                name="draft_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplementrequest",
            constraint=models.UniqueConstraint(
                fields=("dossier", "number"), name="supplement_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="supplementrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("supplied_at__isnull", True)),
                fields=("dossier",),
                name="one_supplement_at_a_time",
            ),
        ),
        migrations.RunSQL(
            "CREATE SEQUENCE dossiers_serial INCREMENT BY 20 MINVALUE 0 START 0",
            "DROP SEQUENCE dossiers_serial",
        ),
    ]
