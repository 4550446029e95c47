"""Dấu thời gian của sổ cái: once a day an authority (RFC 3161) stamps the newest head."""

import logging
from base64 import b64decode, b64encode
from datetime import datetime, timedelta

from asn1crypto import pem, x509
from django.conf import settings

from motcua.contexts.documents.adapters import time_authority, time_tokens
from motcua.contexts.documents.adapters.keys import local_authority
from motcua.contexts.documents.adapters.time_tokens import NotBelieved
from motcua.contexts.exchange import public as exchange
from motcua.contexts.exchange.contracts import TIMESTAMPING, NeighbourDown, NeighbourRefused
from motcua.kernel import anchors
from motcua.kernel.actors import SYSTEM

log = logging.getLogger("motcua.documents")
EVERY = timedelta(hours=20)  # a daily turn that came late one day must not skip the next


def stamp_newest_head(*, now: datetime) -> bool:
    """Whether a head was stamped: one a day, and none twice. Work of the ledger, so no leaf.

    What fails is noted for the page of the ledger and tried again at the next turn.
    """
    head = anchors.head_to_stamp(now=now, every=EVERY)
    if head is None:
        return False
    digest = anchors.stamp_digest(head)
    try:
        token, at = _token_over(digest, f"head {head.number}", now)
    except NotBelieved as problem:
        anchors.note_stamp_problem(problem.reason, now=now)
        log.warning("no time stamp for head %d: %s", head.number, problem.reason)
        return False
    anchors.note_stamp(head, token, at=at, now=now)
    anchors.note_stamp_problem("", now=now)
    return True


def _token_over(digest: bytes, key: str, now: datetime) -> tuple[bytes, datetime]:
    """A token and its time. Raises: NotBelieved."""
    query = time_tokens.query_for(digest)
    try:
        said = exchange.ask(
            TIMESTAMPING,
            "stamp",
            {"query": b64encode(query.encoded()).decode()},
            key=key,
            purpose="STAMP",
            actor=SYSTEM,
        )
    except NeighbourDown as problem:
        raise NotBelieved("down") from problem
    except NeighbourRefused as problem:
        raise NotBelieved("refused") from problem
    token = time_tokens.token_in(b64decode(str(said["reply"])), query)
    at = time_tokens.time_of(token, digest, trusted_root())
    if not time_tokens.fits_the_clock(at, now):
        raise NotBelieved("wrong_time")
    return token.dump(), at


def trusted_root() -> x509.Certificate:
    """Of the authority that the operator named, else of the stand-in."""
    if settings.TIMESTAMPING_ROOT_FILE is None:
        return local_authority().root.asn1
    _kind, _headers, found = pem.unarmor(settings.TIMESTAMPING_ROOT_FILE.read_bytes())
    return x509.Certificate.load(found)


def stand_in(asked: bytes, mode: str, now: datetime) -> bytes:
    """The authority of an installation that has none, behind the stand-ins' door."""
    return time_authority.answer(local_authority(), asked, mode, now)
