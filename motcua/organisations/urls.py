"""Addresses of units and postings."""

from django.urls import path

from motcua.organisations.views import absences, choosing, postings, tokens, units

app_name = "organisations"
urlpatterns = [
    path("chon-chuc-danh/", choosing.choose_post, name="choose_post"),
    path("quan-tri/don-vi/", units.units, name="units"),
    path("quan-tri/don-vi/moi/", units.new_unit, name="new_unit"),
    path("quan-tri/don-vi/xuat/", units.export_units, name="export_units"),
    path("quan-tri/don-vi/nhap/", units.import_units, name="import_units"),
    path("quan-tri/don-vi/<str:code>/", units.unit, name="unit"),
    path("quan-tri/don-vi/<str:code>/thay-doi/", units.change_unit, name="change_unit"),
    path("quan-tri/don-vi/<str:code>/sua/", units.correct_unit, name="correct_unit"),
    path("quan-tri/don-vi/<str:code>/ket-thuc/", units.close_unit, name="close_unit"),
    path("quan-tri/can-bo/", postings.assignments, name="assignments"),
    path("quan-tri/can-bo/tai-khoan-moi/", postings.new_officer, name="new_officer"),
    path("quan-tri/can-bo/xuat/", postings.export_assignments, name="export_assignments"),
    path("quan-tri/can-bo/nhap/", postings.import_assignments, name="import_assignments"),
    path("quan-tri/can-bo/nguoi/<str:username>/", postings.officer, name="officer"),
    path("quan-tri/can-bo/mat-khau/<int:user_id>/", postings.renew_password, name="renew_password"),
    path(
        "quan-tri/can-bo/xac-thuc-hai-lop/<int:user_id>/",
        postings.remove_second_factor,
        name="remove_second_factor",
    ),
    path("quan-tri/vang-mat/", absences.absences, name="absences"),
    path("quan-tri/vang-mat/ghi/<int:assignment_id>/", absences.record_absence, name="record_absence"),
    path("quan-tri/vang-mat/<int:absence_id>/ket-thuc/", absences.end_absence, name="end_absence"),
    path("quan-tri/vang-mat/ky-thay/", absences.grant_signing, name="grant_signing"),
    path("quan-tri/vang-mat/ky-thay/<int:right_id>/ket-thuc/", absences.end_signing, name="end_signing"),
    path("quan-tri/khoa-he-thong/", tokens.tokens, name="tokens"),
    path("quan-tri/khoa-he-thong/cap/", tokens.choose_posting, name="choose_posting"),
    path("quan-tri/khoa-he-thong/cap/<int:assignment_id>/", tokens.issue_token, name="issue_token"),
    path("quan-tri/khoa-he-thong/<int:token_id>/thu-hoi/", tokens.revoke_token, name="revoke_token"),
    path(
        "quan-tri/can-bo/phan-cong/<int:assignment_id>/ket-thuc/",
        postings.end_assignment,
        name="end_assignment",
    ),
]
