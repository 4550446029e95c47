"""Lưu giữ: how long a dossier and its results are kept, as the version of the dossier says."""

from collections.abc import Iterator

from motcua.contexts.dossiers.contracts import DossierView
from motcua.contexts.procedures.contracts import KeptOf
from motcua.ui.parts import Fact

LABELS = {KeptOf.DOSSIER: "Lưu hồ sơ", KeptOf.RESULT: "Lưu kết quả"}


def kept_of(dossier: DossierView) -> Iterator[Fact]:
    for of, label in LABELS.items():
        rule = dossier.version.kept(of)
        if rule is not None:
            mark = "" if rule.verified else " (chưa kiểm chứng)"
            yield Fact(label=label, value=f"{rule.said}{mark}", note=rule.law)
