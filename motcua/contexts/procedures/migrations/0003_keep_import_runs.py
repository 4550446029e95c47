"""Imports of the national catalogue are kept, with every row that could not be read and why."""

import django.db.models.deletion
from django.db import migrations, models

import motcua.kernel.db


class Migration(migrations.Migration):
    dependencies = [("procedures", "0002_guard_published")]

    operations = [
        migrations.CreateModel(
            name="ImportRun",
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
                ("file", models.CharField(max_length=200, verbose_name="tệp")),
                ("started_at", models.DateTimeField(verbose_name="bắt đầu lúc")),
                ("ended_at", models.DateTimeField(verbose_name="xong lúc")),
                ("read", models.PositiveIntegerField(verbose_name="đọc được")),
                ("created", models.PositiveIntegerField(verbose_name="mới")),
                ("changed", models.PositiveIntegerField(verbose_name="thay đổi")),
                ("unchanged", models.PositiveIntegerField(verbose_name="như cũ")),
                ("reference_only", models.PositiveIntegerField(verbose_name="chỉ để đối chiếu")),
                ("unreadable", models.PositiveIntegerField(verbose_name="không đọc được")),
            ],
            options={
                "verbose_name": "lần nhập danh mục",
                "verbose_name_plural": "lần nhập danh mục",
                "ordering": ("-started_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="ImportRemark",
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
                ("row", models.PositiveIntegerField(verbose_name="dòng")),
                ("code", models.CharField(blank=True, max_length=40, verbose_name="mã thủ tục")),
                ("why", models.TextField(verbose_name="vì sao")),
                ("unreadable", models.BooleanField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.importrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "ghi chú của lần nhập",
                "verbose_name_plural": "ghi chú của lần nhập",
                "ordering": ("run", "row"),
                "indexes": [
                    models.Index(
                        fields=["run", "unreadable", "row", "id"], name="procedures_import_rows"
                    )
                ],
            },
        ),
    ]
