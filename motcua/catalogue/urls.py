"""Addresses of the pages where procedures are kept."""

from django.urls import path

from motcua.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.procedures, name="procedures"),
    path("nhap/", views.import_file, name="import"),
    path("nhap/ghi/", views.keep_import, name="keep_import"),
    path("xuat/", views.export_file, name="export"),
    path("<str:code>/", views.procedure, name="procedure"),
    path("<str:code>/tiep-nhan/", views.operate, name="operate"),
    path("<str:code>/ngung-tiep-nhan/", views.stop_operating, name="stop_operating"),
]
