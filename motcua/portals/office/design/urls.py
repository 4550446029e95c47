"""Addresses of the designers' pages."""

from django.urls import URLPattern, path

from motcua.portals.office.design import (
    approving,
    drawing,
    editor,
    home,
    impact,
    migrating,
    migration_pages,
    running,
    versions,
)

urlpatterns: list[URLPattern] = [
    path("quan-tri/thiet-ke", home.show, name="designs"),
    path("quan-tri/thiet-ke/bat-dau", home.begin, name="design-begin"),
    path("quan-tri/thiet-ke/thu-tuc/<str:code>", versions.show, name="design-versions"),
    path("quan-tri/thiet-ke/thu-tuc/<str:code>/tac-dong", impact.show, name="design-impact"),
    path("quan-tri/thiet-ke/thu-tuc/<str:code>/chuyen", migrating.plan, name="migration-plan"),
    path("quan-tri/thiet-ke/chuyen/<uuid:migration_id>", migration_pages.show, name="migration"),
    path(
        "quan-tri/thiet-ke/chuyen/<uuid:migration_id>/ket-qua.csv",
        migration_pages.result,
        name="migration-result",
    ),
    path(
        "quan-tri/thiet-ke/chuyen/<uuid:migration_id>/duyet",
        migrating.approve,
        name="migration-approve",
    ),
    path("quan-tri/thiet-ke/chuyen/<uuid:migration_id>/bo", migrating.drop, name="migration-drop"),
    path(
        "quan-tri/thiet-ke/chuyen/<uuid:migration_id>/hoan-tac",
        migrating.undo,
        name="migration-undo",
    ),
    path("quan-tri/thiet-ke/thu-tuc/<str:code>/mo-rong", versions.widen, name="trial-widen"),
    path("quan-tri/thiet-ke/thu-tuc/<str:code>/ca-thanh-pho", versions.adopt, name="trial-adopt"),
    path("quan-tri/thiet-ke/thu-tuc/<str:code>/dung-thu", versions.stop, name="trial-stop"),
    path("quan-tri/thiet-ke/thu-tuc/<str:code>/quay-lai", versions.roll_back, name="roll-back"),
    path("quan-tri/thiet-ke/<uuid:version_id>", editor.show, name="design"),
    path("quan-tri/thiet-ke/<uuid:version_id>/luu", editor.autosave, name="design-autosave"),
    path("quan-tri/thiet-ke/<uuid:version_id>/hoan-tac", editor.undo, name="design-undo"),
    path("quan-tri/thiet-ke/<uuid:version_id>/bo", editor.discard, name="design-discard"),
    path("quan-tri/thiet-ke/<uuid:version_id>/chay-thu", running.show, name="design-run"),
    path("quan-tri/thiet-ke/<uuid:version_id>/so-do", drawing.show, name="design-drawing"),
    path("quan-tri/thiet-ke/<uuid:version_id>/quy-trinh.bpmn", drawing.export, name="design-bpmn"),
    path("quan-tri/thiet-ke/<uuid:version_id>/duyet", approving.show, name="design-approve"),
]
