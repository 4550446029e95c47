"""Addresses of the leaders' portal."""

from django.urls import URLPattern, path

from motcua.portals.lead import listing, looking, rates, views

app_name = "lead"
urlpatterns: list[URLPattern] = [
    path("dieu-hanh", views.board, name="board"),
    path("dieu-hanh/xuat.csv", views.export, name="export"),
    path("dieu-hanh/dung-ngay", rates.show, name="rates"),
    path("dieu-hanh/dung-ngay/xuat.csv", rates.export, name="rates-export"),
    path("dieu-hanh/cach-tinh", views.method, name="method"),
    path("dieu-hanh/danh-sach", listing.show, name="list"),
    path("dieu-hanh/danh-sach/xuat.csv", listing.export, name="list-export"),
    path("dieu-hanh/danh-sach/mo-ten", listing.open_names, name="open-names"),
    path("dieu-hanh/ho-so/<str:code>", looking.look, name="look"),
]
