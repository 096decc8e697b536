"""Addresses of figures."""

from django.urls import path

from motcua.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("danh-sach/", views.behind, name="behind"),
]
