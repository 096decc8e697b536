"""Addresses of the quality index."""

from django.urls import path

from motcua.indices.views import live, scoring

app_name = "indices"
urlpatterns = [
    path("", live.index, name="index"),
    path("cham-diem/", scoring.score_figures, name="score"),
    path("nhap-so-lieu/", live.type_in, name="type"),
    path("<str:code>/", live.why, name="why"),
]
