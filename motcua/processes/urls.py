"""Addresses of the pages where internal processes are written and published."""

from django.urls import path

from motcua.processes import views

app_name = "processes"
urlpatterns = [
    path("", views.processes, name="processes"),
    path("moi/", views.begin, name="begin"),
    path("nhap/", views.import_file, name="import"),
    path("nhap/ghi/", views.keep_import, name="keep_import"),
    path("xuat/", views.export_file, name="export"),
    path("<int:version_id>/", views.version, name="version"),
    path("<int:version_id>/sua/", views.edit, name="edit"),
    path("<int:version_id>/ban-moi/", views.copy, name="copy"),
    path("<int:version_id>/cong-bo/", views.publish, name="publish"),
    path("<int:version_id>/trinh/", views.submit, name="submit"),
    path("<int:version_id>/lay-lai/", views.take_back, name="take_back"),
    path("<int:version_id>/bo/", views.discard, name="discard"),
]
