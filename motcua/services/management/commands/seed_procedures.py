"""Publish the procedures in the repository: the catalogue and the packs. Safe to run again."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import Severity
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.kernel.console import progress
from motcua.services.loading import HERE, Loaded, load_services


class Command(BaseCommand):
    help = "Công bố các thủ tục có trong kho mã; chạy lại không đổi gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--root", type=Path, default=HERE, help="folder of the services")
        parser.add_argument("--check", action="store_true", help="read and lint, publish nothing")
        parser.add_argument("--warnings", action="store_true", help="print warnings too")
        parser.add_argument("--json", action="store_true", help="the outcome as JSON")

    def handle(
        self, *, root: Path, check: bool, warnings: bool, json: bool, **_options: Any
    ) -> None:
        loaded = load_services(root)
        faults = [str(complaint) for complaint in loaded.complaints]
        good: list[Loaded] = []
        for service in loaded.services:
            errors = self._errors(service, warnings=warnings)
            faults += errors
            if not errors:
                good.append(service)
        changed = 0 if check else self._publish(good)
        self._tell(good=len(good), changed=changed, faults=faults, as_json=json)

    def _errors(self, service: Loaded, *, warnings: bool) -> list[str]:
        found = procedures.findings_for(service.definition)
        lines = {f: f"{service.path} {service.definition.code} {f}" for f in found}
        if warnings:
            for finding, line in lines.items():
                if finding.severity is Severity.WARNING:
                    self.stderr.write(line)
        return [line for finding, line in lines.items() if finding.severity is Severity.ERROR]

    def _publish(self, services: list[Loaded]) -> int:
        changed = 0
        with progress(total=len(services), label="Thủ tục") as bar:
            for service in services:
                answer = procedures.publish_version(service.definition, by=SYSTEM, now=clock.now())
                changed += answer.changed
                bar.update()
        return changed

    def _tell(self, *, good: int, changed: int, faults: list[str], as_json: bool) -> None:
        if as_json:
            outcome = {"sound": good, "published": changed, "faults": faults}
            self.stdout.write(json.dumps(outcome, ensure_ascii=False))
        else:
            self.stdout.write(f"{good} thủ tục đạt, {changed} phiên bản mới được công bố.")
        if faults:
            listed = "" if as_json else "\n" + "\n".join(faults)
            raise CommandError(f"{len(faults)} lỗi, các thủ tục này chưa công bố.{listed}")
