"""Addresses of the officers' front door."""

from django.urls import path

from motcua.desk.views import calendars, operations, rail

app_name = "desk"
urlpatterns = [
    path("van-hanh/viec-cua-toi/", rail.rail, name="rail"),
    path("van-hanh/", operations.waiting, name="waiting"),
    path("van-hanh/gui-lai/", operations.retry, name="retry"),
    path("van-hanh/nhat-ky/", operations.entries, name="entries"),
    path("van-hanh/thu-lich/<path:rest>", calendars.try_change, name="try_calendar"),
    path("tro-giup/", operations.help_page, name="help"),
]
