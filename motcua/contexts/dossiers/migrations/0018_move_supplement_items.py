"""The items of old supplement requests become rows, each with its words sealed in its own place.

They keep what was written: no reason was chosen then, and a paper could be named by hand.
"""

from typing import Any

from django.db import migrations

PARTS = ("what", "why", "how")


def move(apps: Any, _schema: Any) -> None:
    rows = apps.get_model("dossiers", "ShortcomingRow").objects
    dossiers = apps.get_model("dossiers", "Dossier").objects
    for request in apps.get_model("dossiers", "SupplementRequest").objects.iterator():
        for number, item in enumerate(request.items, 1):
            rows.create(
                dossier_id=request.dossier_id,
                request_id=request.pk,
                number=number,
                component_key=item.get("component_key", "")[:80],
                law=item.get("law", "")[:300],
                words={part: item.get(part, "") for part in PARTS},
            )
        asked = dossiers.filter(pk=request.dossier_id, asked__lt=request.number)
        asked.update(asked=request.number)


def back(apps: Any, _schema: Any) -> None:
    """The requests read their own column again; what ended a dossier has no place there."""
    requests = apps.get_model("dossiers", "SupplementRequest").objects
    rows = apps.get_model("dossiers", "ShortcomingRow").objects.exclude(request=None)
    found: dict[Any, list[dict[str, str]]] = {}
    for row in rows.order_by("number"):
        item = {"component_key": row.component_key, **row.words, "law": row.law}
        found.setdefault(row.request_id, []).append(item)
    for request in requests.filter(pk__in=found):
        request.items = found[request.pk]
        request.save(update_fields=["items"])


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0017_shortcomings")]

    operations = [migrations.RunPython(move, back)]
