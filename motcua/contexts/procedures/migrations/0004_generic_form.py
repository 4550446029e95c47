"""Which versions are filed by the generic form, why others are not, and forms closed for now."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0003_keep_import_runs")]

    operations = [
        migrations.CreateModel(
            name="ClosedForm",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                        verbose_name="mã thủ tục",
                    ),
                ),
                ("why", models.CharField(max_length=300, verbose_name="vì sao")),
                ("closed_at", models.DateTimeField(verbose_name="ngừng lúc")),
                ("closed_by", models.UUIDField(null=True, verbose_name="người ngừng")),
            ],
            options={
                "verbose_name": "biểu mẫu chung tạm ngừng",
                "verbose_name_plural": "biểu mẫu chung tạm ngừng",
                "ordering": ("code",),
            },
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="generic",
            field=models.BooleanField(default=False, verbose_name="dùng biểu mẫu chung"),
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="not_filed",
            field=models.CharField(blank=True, max_length=20, verbose_name="chưa nộp được vì"),
        ),
    ]
