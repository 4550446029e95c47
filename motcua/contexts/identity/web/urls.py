"""Addresses of identity."""

from django.urls import path

from motcua.contexts.identity.web import profile, signing

app_name = "identity"
urlpatterns = [
    path("dang-nhap", signing.sign_in, name="sign_in"),
    path("dang-nhap/vneid", signing.vneid_start, name="vneid_start"),
    path("dang-nhap/vneid/tra-ve", signing.vneid_return, name="vneid_return"),
    path("dang-xuat", signing.sign_out, name="sign_out"),
    path("toi", profile.profile, name="profile"),
    path("toi/lien-he", profile.contact, name="contact"),
    path("toi/vi-tri", profile.posts, name="posts"),
    path("toi/ma-truy-cap", profile.tokens, name="tokens"),
    path("toi/ma-truy-cap/<uuid:token_id>/thu-hoi", profile.revoke, name="revoke_token"),
]
