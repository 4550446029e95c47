"""Addresses of alerts: for everybody, for who follows wards, for the watch."""

from django.urls import path

from motcua.contexts.alerts.web import feeds, reach, views, watch

app_name = "alerts"
urlpatterns = [
    path("canh-bao", views.listed, name="list"),
    path("canh-bao.rss", feeds.rss, name="rss"),
    path("canh-bao.atom", feeds.atom, name="atom"),
    path("canh-bao/cap/<str:alert_code>", feeds.cap, name="cap"),
    path("canh-bao/<str:alert_code>", views.show, name="show"),
    path("canh-bao/<str:alert_code>/da-doc", views.confirm, name="confirm"),
    path("toi/noi-theo-doi", views.places, name="places"),
    path("ban/canh-bao", watch.listed, name="watch"),
    path("ban/canh-bao/soan", watch.write, name="write"),
    path("ban/canh-bao/<str:alert_code>", watch.review, name="review"),
    path("ban/canh-bao/<str:alert_code>/sua", watch.rewrite, name="rewrite"),
    path("ban/canh-bao/<str:alert_code>/phat", watch.release, name="release"),
    path("ban/canh-bao/<str:alert_code>/bo", watch.discard, name="discard"),
    path("ban/canh-bao/<str:alert_code>/tiep-can", reach.show, name="reach"),
    path("ban/canh-bao/<str:alert_code>/tiep-can.csv", reach.export, name="reach-csv"),
]
