"""Addresses of identity."""

from django.urls import path

from motcua.contexts.identity.web import (
    acting,
    clearance,
    factor_pages,
    profile,
    recovering,
    second_factor,
    session_pages,
    signing,
)
from motcua.contexts.identity.web.connect import allowed, asking, doors, leaving

app_name = "identity"
urlpatterns = [
    path("dang-nhap", signing.sign_in, name="sign_in"),
    path("dang-nhap/vneid", signing.vneid_start, name="vneid_start"),
    path("dang-nhap/vneid/tra-ve", signing.vneid_return, name="vneid_return"),
    path("dang-nhap/xac-nhan", second_factor.second, name="second"),
    path("dang-nhap/khoa", second_factor.passkey, name="passkey"),
    path("dang-nhap/dang-ky", second_factor.enrol, name="enrol"),
    path("dang-nhap/mat-het", recovering.recover, name="recover"),
    path("dang-nhap/mat-het/de-nghi", recovering.ask, name="ask_recovery"),
    path("dang-nhap/tiep-tuc", signing.go_on, name="go_on"),
    path("dang-xuat", signing.sign_out, name="sign_out"),
    path("toi", profile.profile, name="profile"),
    path("toi/lien-he", profile.contact, name="contact"),
    path("toi/lam-thay", acting.choose, name="choose_principal"),
    path("toi/vi-tri", profile.posts, name="posts"),
    path("toi/cach-xac-nhan", factor_pages.show, name="factors"),
    path("toi/cach-xac-nhan/them", factor_pages.add, name="add_factor"),
    path("toi/cach-xac-nhan/<uuid:factor_id>/go", factor_pages.remove, name="remove_factor"),
    path("toi/phien", session_pages.show, name="sessions"),
    path("toi/phien/ket-thuc-khac", session_pages.end_others, name="end_other_sessions"),
    path("toi/phien/<str:handle>/ket-thuc", session_pages.end, name="end_session"),
    path("toi/cam-ket", clearance.mine, name="commitment"),
    path("ban/cam-ket", clearance.of_unit, name="clearances"),
    path("ban/cam-ket/<uuid:training_id>/huy", clearance.cancel, name="cancel_training"),
    path("toi/ma-truy-cap", profile.tokens, name="tokens"),
    path("toi/ma-truy-cap/<uuid:token_id>/thu-hoi", profile.revoke, name="revoke_token"),
    path("toi/ung-dung", allowed.allowed, name="allowed"),
    path("toi/ung-dung/<uuid:consent_id>/thoi", allowed.withdraw, name="withdraw_consent"),
    path(".well-known/openid-configuration", doors.description, name="oidc_description"),
    path("oidc/keys", doors.keys, name="oidc_keys"),
    path("oidc/token", doors.token, name="oidc_token"),
    path("oidc/revoke", doors.revoke, name="oidc_revoke"),
    path("oidc/introspect", doors.introspect, name="oidc_introspect"),
    path("oidc/userinfo", doors.userinfo, name="oidc_userinfo"),
    path("oidc/authorize", asking.authorize, name="oidc_authorize"),
    path("oidc/dong-y", asking.answer_consent, name="answer_consent"),
    path("oidc/dang-nhap-lai", asking.sign_in_again, name="sign_in_again"),
    path("oidc/logout", leaving.leave, name="oidc_logout"),
    path("oidc/dang-xuat", leaving.answer_leave, name="answer_leave"),
]
