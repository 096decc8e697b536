"""Addresses of units and postings."""

from django.urls import path

from motcua.organisations.views import choosing

app_name = "organisations"
urlpatterns = [
    path("chon-chuc-danh/", choosing.choose_post, name="choose_post"),
]
