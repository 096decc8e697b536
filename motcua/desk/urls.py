"""Addresses of the officers' front door."""

from django.urls import path

from motcua.desk.views import appointing, archiving, calendars, operations, rail, reorganising

app_name = "desk"
urlpatterns = [
    path("van-hanh/viec-cua-toi/", rail.rail, name="rail"),
    path("van-hanh/", operations.waiting, name="waiting"),
    path("van-hanh/gui-lai/", operations.retry, name="retry"),
    path("van-hanh/nhat-ky/", operations.entries, name="entries"),
    path("van-hanh/nhat-ky/xuat/", operations.export_entries, name="export_entries"),
    path("van-hanh/thu-lich/<path:rest>", calendars.try_change, name="try_calendar"),
    path("quan-tri/can-bo/bo-tri/", appointing.appoint, name="appoint"),
    path("quan-tri/sap-xep/", reorganising.reorganisations, name="reorganisations"),
    path("quan-tri/sap-xep/moi/", reorganising.plan, name="plan_reorganisation"),
    path("quan-tri/sap-xep/<int:reorganisation_id>/", reorganising.reorganisation, name="reorganisation"),
    path("quan-tri/sap-xep/<int:reorganisation_id>/noi-den/", reorganising.place, name="place_lines"),
    path("quan-tri/sap-xep/<int:reorganisation_id>/thuc-hien/", reorganising.carry_out, name="carry_out"),
    path("quan-tri/sap-xep/<int:reorganisation_id>/hoan-tac/", reorganising.undo, name="undo_reorganisation"),
    path("quan-tri/sap-xep/<int:reorganisation_id>/bo/", reorganising.drop, name="drop_reorganisation"),
    path("het-thoi-han-luu/", archiving.ended, name="ended"),
    path("het-thoi-han-luu/xu-ly/", archiving.dispose, name="dispose"),
    path("tro-giup/", operations.help_page, name="help"),
]
