"""Nơi cấp dấu thời gian thử nghiệm: the stand-in answers a query of RFC 3161, or goes wrong."""

import secrets
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from asn1crypto import tsp

from motcua.contexts.documents.adapters.authority import Authority, Identity
from motcua.contexts.documents.adapters.time_tokens import Reply
from motcua.contexts.documents.adapters.timestamping import LocalTimeStamper

LAPSED = timedelta(days=30)


def answer(keys: Authority, asked: bytes, mode: str, now: datetime) -> bytes:
    """One TimeStampResp; mode: what the stand-in was told to play (`simulators.faults`)."""
    try:
        query = tsp.TimeStampReq.load(asked)
        imprint = query["message_imprint"]["hashed_message"].native
    except (ValueError, TypeError):
        return _refused("bad_data_format")
    if mode == "refuses":
        return _refused("unaccepted_policy")
    if mode == "wrong_nonce":
        query["nonce"] = secrets.randbits(63)
    if mode == "wrong_hash":
        query["message_imprint"]["hashed_message"] = bytes(len(imprint))
    if mode == "stranger":
        with TemporaryDirectory() as folder:
            other = Authority(Path(folder))
            return _stamped(query, other, other.timestamp, now)
    by = keys.expired_timestamp(now - LAPSED) if mode == "expired" else keys.timestamp
    return _stamped(query, keys, by, now)


def _stamped(query: tsp.TimeStampReq, keys: Authority, by: Identity, now: datetime) -> bytes:
    reply: bytes = LocalTimeStamper(by, keys.root.asn1, now).reply(query).dump()
    return reply


def _refused(why: str) -> bytes:
    status = tsp.PKIStatusInfo(
        {"status": tsp.PKIStatus("rejection"), "fail_info": tsp.PKIFailureInfo({why})}
    )
    reply: bytes = Reply({"status": status}).dump()
    return reply
