"""What is told by VNeID, and how sure we are that it is told so."""

import tomllib
from functools import cache
from importlib.resources import files

from motcua.contexts.identity.contracts import EidClaim

HERE = "motcua.contexts.identity"


@cache
def claims() -> tuple[EidClaim, ...]:
    text = (files(HERE) / "data" / "vneid_claims.toml").read_text(encoding="utf-8")
    return tuple(EidClaim(**row) for row in tomllib.loads(text)["claim"])
