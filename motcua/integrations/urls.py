"""Addresses for neighbours."""

from django.urls import path

from motcua.integrations import views

app_name = "integrations"
urlpatterns = [path("npsp/", views.hear_portal, name="npsp")]
