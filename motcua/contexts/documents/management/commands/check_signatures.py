"""`motcua check_signatures`: three validators made elsewhere judge a paper of this installation."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand

from motcua.contexts.documents.adapters import pades, validators
from motcua.contexts.documents.adapters.keys import KeptKeys, local_authority
from motcua.contexts.documents.adapters.typesetting import set_result
from motcua.contexts.documents.ports import Subject
from motcua.kernel import clock

PAPER = '#import "/kit.typ": *\n#show: letter.with(title: "Thử")\n= Thử chữ ký số\n'
SIGNERS = (
    (pades.OFFICER_FIELD, Subject("officer-check", "Cán bộ thử", "Một Cửa")),
    (pades.AGENCY_FIELD, Subject("agency-check", "Cơ quan thử", "Một Cửa")),
)
HEAD = """# Validators

What programs made elsewhere say of a paper that this installation signed (officer and agency, PAdES
B-LT). Written by `motcua check_signatures --write docs/security/validators.md`; the tests of
`contexts/documents/tests/test_validators.py` ask the same of good, altered and foreign papers.
"""


class Command(BaseCommand):
    help = "Sign a paper and let pyHanko, pdfsig and OpenSSL judge it; --pdf FILE judges that one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pdf", type=Path, help="a paper to judge instead of a new one")
        parser.add_argument("--write", type=Path, help="write what they say as Markdown")

    def handle(self, **options: Any) -> None:
        pdf = options["pdf"].read_bytes() if options["pdf"] else _signed()
        told, valid = [HEAD], True
        for name, judge in validators.VALIDATORS.items():
            with TemporaryDirectory() as folder:
                found = judge(pdf, local_authority(), Path(folder))
            valid = valid and found.valid
            lines = "\n".join(found.said)
            verdict = "valid" if found.valid else "NOT valid"
            told.append(
                f"## {name}: {verdict}\n\n{validators.version_of(name)}\n\n```\n{lines}\n```\n"
            )
        text = "\n".join(told)
        if options["write"]:
            options["write"].write_text(text, encoding="utf-8")
        self.stdout.write(text)
        if not valid:
            sys.exit(1)


def _signed() -> bytes:
    keys, pdf = local_authority(), set_result(PAPER, {}, qr_url="")
    for field, subject in SIGNERS:
        mark = pades.Mark(field, subject.common_name, "Thử", "0" * 12, "0" * 32)
        with KeptKeys(keys).open(subject, "") as key:
            pdf = pades.sign(pdf, key, mark, authority=keys, at=clock.now())
    return pdf
