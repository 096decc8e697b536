"""Addresses of the quality index."""

from django.urls import path

from motcua.indices.views import around, live, scoring

app_name = "indices"
urlpatterns = [
    path("", live.index, name="index"),
    path("cham-diem/", scoring.score_figures, name="score"),
    path("nhap-so-lieu/", live.type_in, name="type"),
    path("neu/", around.what_if, name="what_if"),
    path("tuan/", around.week, name="week"),
    path("chin-chi-so/", around.nine, name="nine"),
    path("cong-khai/", around.public, name="public"),
    path("<str:code>/", live.why, name="why"),
    path("<str:code>/tep/", live.export_why, name="export_why"),
]
