"""Addresses of the dossier's pages."""

from django.urls import path

from motcua.dossiers.views import (
    acts,
    detail,
    exports,
    fees,
    inbox,
    intake,
    listing,
    papers,
    prints,
    search,
    series,
)

app_name = "dossiers"
urlpatterns = [
    path("tiep-nhan/", intake.choose, name="choose"),
    path("tiep-nhan/tim-thu-tuc/", intake.find_procedure, name="find_procedure"),
    path("tiep-nhan/hay-dung/", intake.keep_favourite, name="favourite"),
    path("tiep-nhan/doc-the/", intake.read_card, name="read_card"),
    path("tiep-nhan/doi-chieu/", intake.check_person, name="check_person"),
    path("tiep-nhan/tep/", papers.upload, name="upload"),
    path("tiep-nhan/<str:procedure_code>/", intake.receive, name="receive"),
    path("tiep-nhan/<str:procedure_code>/tu-choi/", intake.refuse, name="refuse_intake"),
    path("tiep-nhan/tu-choi/<str:code>/", intake.refused, name="intake_refused"),
    path("viec/", inbox.inbox, name="inbox"),
    path("viec/chuyen-hang-loat/", inbox.hand_over_many, name="hand_over_many"),
    path("viec/<slug:tab>/", inbox.inbox, name="inbox_tab"),
    path("viec/<slug:tab>/xuat/", exports.inbox, name="export_inbox"),
    path("danh-sach/<slug:name>/luu/", listing.save, name="save_list"),
    path("tim/", search.search, name="search"),
    path("so-theo-doi/", search.register, name="register"),
    path("so-theo-doi/xuat/", exports.register, name="export_register"),
    path("so-theo-doi/in/", prints.register, name="print_register"),
    path("so-cap-so/", series.books, name="series"),
    path("so-cap-so/mo/", series.open_new, name="open_series"),
    path("so-cap-so/<int:series_id>/", series.book, name="book"),
    path("so-cap-so/<int:series_id>/dong/", series.close, name="close_series"),
    path("<str:code>/", detail.detail, name="detail"),
    path("<str:code>/da-tiep-nhan/", detail.received, name="received"),
    path("<str:code>/thu-phi/", fees.collect, name="fees"),
    path("<str:code>/thu-phi/<int:collection_id>/huy/", fees.void, name="void_collection"),
    path("<str:code>/thu-phi/mien/<int:no>/", fees.waive, name="waive_charge"),
    path("<str:code>/in/<slug:form>/", prints.dossier_form, name="print"),
    path("<str:code>/xem/<int:file_id>/", detail.viewer, name="viewer"),
    path("<str:code>/tep/<int:file_id>/", papers.download, name="file"),
    path("<str:code>/tep/<int:file_id>/trang/<int:page>/", papers.page_image, name="page_image"),
    path("<str:code>/<slug:act>/", acts.act, name="act"),
]
