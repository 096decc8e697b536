"""Addresses of the quality index."""

from django.urls import path

from motcua.indices import views

app_name = "indices"
urlpatterns = [path("cham-diem/", views.score_figures, name="score")]
