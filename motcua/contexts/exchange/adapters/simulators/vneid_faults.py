"""Ways in which the stand-in for VNeID can be told to lie: what a careful client must survive."""

import time
from collections.abc import Mapping

import jwt

from motcua.contexts.exchange.adapters.simulators.http import Response, redirect

Claims = dict[str, object]

NEVER_CLOSER = "http://169.254.169.254/latest/meta-data"  # where a cloud keeps its secrets
FAR = 3600  # seconds that no leeway covers

IN_TOKEN: Mapping[str, str] = {
    "wrong_nonce": "Trả mã dùng một lần sai",
    "wrong_signature": "Ký bằng khóa lạ",
    "no_algorithm": "Không ký (alg none)",
    "shared_algorithm": "Ký HS256 bằng khóa công khai",
    "unknown_key": "Ký bằng khóa không công bố",
    "critical_header": "Đòi hiểu phần đầu lạ (crit)",
    "other_audience": "Cấp cho ứng dụng khác",
    "two_audiences": "Cấp cho hai ứng dụng, bên được dùng là bên kia",
    "other_issuer": "Tự xưng là nơi khác",
    "expired": "Thẻ đã hết hạn",
    "from_the_future": "Thẻ cấp ở tương lai",
    "no_subject": "Thiếu mã người dùng",
    "strange_subject": "Mã người dùng có ký tự lạ",
    "endless_number": "Hạn dùng là số vô tận",
    "other_access_token": "Thẻ không đi cùng mã truy cập (at_hash)",
    "no_auth_time": "Không nói đăng nhập lúc nào",
    "old_auth_time": "Đăng nhập từ lâu",
    "auth_time_ahead": "Đăng nhập ở tương lai",
    "no_token": "Không trả thẻ",
}
IN_USERINFO: Mapping[str, str] = {
    "other_subject": "Thông tin của người khác",
    "level_differs": "Mức định danh khác trong thẻ",
    "level_unknown": "Mức định danh không có thật",
    "kind_unknown": "Loại tài khoản không có thật",
    "endless_name": "Họ tên dài một trăm nghìn chữ",
    "claims_missing": "Thiếu họ tên, số định danh",
    "not_a_birth_date": "Ngày sinh không có thật",
}
IN_DISCOVERY: Mapping[str, str] = {
    "places_inside": "Chỉ sang địa chỉ nội bộ",
    "description_of_another": "Bản mô tả của nơi khác",
    "places_missing": "Bản mô tả thiếu địa chỉ",
    "keys_unreadable": "Danh sách khóa không phải khóa",
}
ON_THE_WAY_BACK: Mapping[str, str] = {
    "mixed_up": "Quay về với tên của nơi khác",
    "unnamed": "Quay về không nói tên",
    "twice": "Quay về với tham số lặp",
    "other_state": "Quay về với lượt khác",
}
IN_ANSWERS: Mapping[str, str] = {
    "html": "Trả trang web thay cho dữ liệu",
    "too_long": "Trả lời dài 3 triệu ký tự",
    "too_deep": "Trả lời lồng một trăm nghìn tầng",
    "a_list": "Trả danh sách thay cho đối tượng",
    "redirected": "Chuyển hướng vào địa chỉ nội bộ",
    "dripping": "Trả lời nhỏ giọt",
}
HEADERS: Mapping[str, Mapping[str, object]] = {
    "unknown_key": {"kid": "nobody-published-it"},
    "critical_header": {"crit": ["exp2"], "exp2": 1},
}
HOSTILE = {**IN_TOKEN, **IN_USERINFO, **IN_DISCOVERY, **ON_THE_WAY_BACK, **IN_ANSWERS}


def in_token(mode: str, claims: Claims) -> Claims:
    """What the identity token says under this fault."""
    now = int(time.time())
    changes: dict[str, Claims] = {
        "wrong_nonce": {"nonce": "another"},
        "other_audience": {"aud": "another-client"},
        "two_audiences": {"aud": [claims["aud"], "another-client"], "azp": "another-client"},
        "other_issuer": {"iss": "https://vneid.example"},
        "expired": {"iat": now - 2 * FAR, "exp": now - FAR},
        "from_the_future": {"iat": now + FAR, "exp": now + 2 * FAR},
        "endless_number": {"exp": float("inf")},
        "other_access_token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
        "strange_subject": {"sub": "a\0b"},
        "old_auth_time": {"auth_time": now - FAR},
        "auth_time_ahead": {"auth_time": now + FAR},
    }
    left_out = {"no_subject": "sub", "no_auth_time": "auth_time"}.get(mode)
    told = {**claims, **changes.get(mode, {})}
    return {name: value for name, value in told.items() if name != left_out}


def signed(mode: str, claims: Claims, *, published: Mapping[str, object]) -> str:
    """A token that is signed otherwise than it should be. published: the key it pretends to use."""
    kid = str(published["kid"])
    if mode == "no_algorithm":
        return jwt.encode(claims, "", "none", {"kid": kid})
    everybody_reads = str(published["n"])
    return jwt.encode(claims, everybody_reads, "HS256", {"kid": kid})


def in_userinfo(mode: str, claims: Mapping[str, object]) -> Mapping[str, object]:
    changes: dict[str, Claims] = {
        "other_subject": {"sub": "another-person"},
        "level_differs": {"MucDoDinhDanh": "1" if claims["MucDoDinhDanh"] == "2" else "2"},
        "level_unknown": {"MucDoDinhDanh": "9"},
        "kind_unknown": {"LoaiTaiKhoan": "9"},
        "endless_name": {"HoVaTen": "A" * 100_000},
        "claims_missing": {"HoVaTen": "", "SoDinhDanh": ""},
        "not_a_birth_date": {"NgayThangNamSinh": "19901345"},
    }
    return {**claims, **changes.get(mode, {})}


def in_discovery(mode: str, said: Claims) -> Claims:
    if mode == "places_inside":
        inside = {"token_endpoint": NEVER_CLOSER, "userinfo_endpoint": NEVER_CLOSER}
        return {**said, **inside, "jwks_uri": NEVER_CLOSER}
    if mode == "description_of_another":
        return {**said, "issuer": "https://vneid.example"}
    if mode == "places_missing":
        return {"issuer": said["issuer"]}
    return said


def in_keys(mode: str, said: Claims) -> Claims:
    if mode != "keys_unreadable":
        return said
    return {"keys": ["a word", {"kid": 7}, {"kty": "oct", "k": "c2VjcmV0"}, None]}


def on_the_way_back(mode: str, back: Mapping[str, str]) -> list[tuple[str, str]]:
    """The parameters that the browser carries to the platform."""
    told = dict(back)
    if mode == "mixed_up":
        told["iss"] = "https://vneid.example"
    if mode == "unnamed":
        del told["iss"]
    if mode == "other_state":
        told["state"] = "another"
    return [*told.items(), *(back.items() if mode == "twice" else ())]


def in_answer(mode: str) -> Response | None:
    """What a machine gets in place of any answer; None when this fault lies elsewhere."""
    bodies: Mapping[str, bytes] = {
        "html": b"<!doctype html><title>404</title>",
        "too_long": b'{"a": "' + b"a" * 3_000_000 + b'"}' if mode == "too_long" else b"",
        "too_deep": b"[" * 100_000,
        "a_list": b"[]",
        "dripping": b" " * 600,
    }
    if mode == "redirected":
        return redirect(NEVER_CLOSER)
    if mode not in bodies:
        return None
    kind = "text/html" if mode == "html" else "application/json"
    return Response(bodies[mode], 200, (("Content-Type", kind),), drips=mode == "dripping")
