"""Every address of the city: contexts first, then portals, each with its own list."""

from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path

from motcua.config import health, house

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.process, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("ui/", include("motcua.ui.urls")),
    *(path("", include(urls)) for urls in house.modules("web.urls")),
    *(path("", include(urls)) for urls in house.portal_modules("urls")),
]

if house.module_exists("motcua.kernel.api"):
    api = import_module("motcua.kernel.api").api
    for endpoints in house.modules("api.endpoints"):
        api.add_router("", import_module(endpoints).router)
    urlpatterns.append(path("api/v1/", api.urls))
