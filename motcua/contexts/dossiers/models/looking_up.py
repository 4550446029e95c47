"""Rows of public look-ups that failed."""

from typing import ClassVar

from django.db import models

from motcua.kernel.db import uuid7


class FailedLookUp(models.Model):
    """A public look-up with a wrong secret: counted per client, to stop guessing."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.BinaryField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["client", "at"], name="failed_look_up")]
