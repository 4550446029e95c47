"""Drafts keep their revisions; a version may be on trial in some communes."""

import django.db.models.deletion
from django.db import migrations, models

import motcua.kernel.db

ONE_IN_FORCE = """
ALTER TABLE procedures_procedureversion DROP CONSTRAINT procedures_one_in_force;
ALTER TABLE procedures_procedureversion ADD CONSTRAINT procedures_one_in_force
    EXCLUDE USING gist (procedure_id WITH =, daterange(valid_from, valid_to) WITH &&)
    WHERE (state NOT IN ('DRAFT', 'TRIAL'));
"""
AS_BEFORE = """
ALTER TABLE procedures_procedureversion DROP CONSTRAINT procedures_one_in_force;
ALTER TABLE procedures_procedureversion ADD CONSTRAINT procedures_one_in_force
    EXCLUDE USING gist (procedure_id WITH =, daterange(valid_from, valid_to) WITH &&)
    WHERE (state <> 'DRAFT');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0005_task_tells_kind_of_case"),
        ("procedures", "0004_generic_form"),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftRevision",
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
                ("serial", models.PositiveIntegerField(verbose_name="lần lưu thứ")),
                ("came_from", models.PositiveIntegerField(null=True, verbose_name="từ lần lưu")),
                ("content", models.JSONField(verbose_name="nội dung")),
                ("said", models.CharField(blank=True, max_length=500, verbose_name="đổi gì")),
                ("saved_by", models.UUIDField(null=True, verbose_name="người lưu")),
                ("saved_at", models.DateTimeField(verbose_name="lưu lúc")),
            ],
            options={
                "verbose_name": "lần lưu bản soạn",
                "verbose_name_plural": "lần lưu bản soạn",
                "ordering": ("version", "serial"),
            },
        ),
        migrations.CreateModel(
            name="Trial",
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
                ("wards", models.JSONField(verbose_name="phường, xã")),
                ("starts_on", models.DateField(verbose_name="thử từ")),
                ("ends_on", models.DateField(verbose_name="thử đến trước")),
                ("started_by", models.UUIDField(null=True, verbose_name="người cho thử")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="kết thúc lúc")),
                ("ended_by", models.UUIDField(null=True, verbose_name="người kết thúc")),
                (
                    "outcome",
                    models.CharField(blank=True, max_length=16, verbose_name="kết thúc thế nào"),
                ),
            ],
            options={
                "verbose_name": "lần công bố thử",
                "verbose_name_plural": "lần công bố thử",
                "ordering": ("-starts_on", "-id"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="procedureversion",
            name="procedures_known_state",
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["DRAFT", "PUBLISHED", "REPEALED", "TRIAL"])),
                name="procedures_known_state",
            ),
        ),
        migrations.AddField(
            model_name="draftrevision",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="procedures.procedureversion",
            ),
        ),
        migrations.AddField(
            model_name="trial",
            name="procedure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procedures.procedure",
            ),
        ),
        migrations.AddField(
            model_name="trial",
            name="version",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procedures.procedureversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftrevision",
            constraint=models.UniqueConstraint(
                fields=("version", "serial"), name="procedures_saved_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="trial",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("procedure",),
                name="procedures_one_trial",
            ),
        ),
        migrations.AddConstraint(
            model_name="trial",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_on__lt", models.F("ends_on"))),
                name="procedures_trial_forward",
            ),
        ),
        migrations.RunSQL(ONE_IN_FORCE, AS_BEFORE),
    ]
