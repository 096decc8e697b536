"""Addresses of the administrator's calendar pages."""

from django.urls import path

from motcua.worktime import views

app_name = "worktime"
urlpatterns = [
    path("", views.calendars, name="calendars"),
    path("nam/<int:year>/", views.year, name="year"),
    path("nam/<int:year>/xuat/", views.export_year, name="export_year"),
    path("them-nam/", views.decide_year, name="decide_year"),
    path("them-ngay/", views.add_day, name="add_day"),
    path("hoan-doi/", views.swap_days, name="swap_days"),
    path("xoa-ngay/<int:day_id>/", views.remove_day, name="remove_day"),
    path("them-lich/", views.add_calendar, name="add_calendar"),
    path("nhap/", views.import_days, name="import_days"),
    path("nhap/ghi/", views.keep_import, name="keep_import"),
    path("lich/<slug:code>/", views.calendar, name="calendar"),
    path("lich/<slug:code>/gio-lam-viec/", views.set_hours, name="set_hours"),
]
