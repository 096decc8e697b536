"""Addresses of the dossier's pages."""

from django.urls import include, path

from motcua.dossiers.views import (
    acts,
    batch,
    consigning,
    desks,
    detail,
    explanations,
    exports,
    fees,
    groups,
    inbox,
    intake,
    joints,
    listing,
    online,
    papers,
    prints,
    prints_joint,
    resting,
    search,
    series,
)

app_name = "dossiers"
# What begins alike stands together: an address is looked for among its like, not among all.
_AT_THE_COUNTER = [
    path("", intake.choose, name="choose"),
    path("tim-thu-tuc/", intake.find_procedure, name="find_procedure"),
    path("hay-dung/", intake.keep_favourite, name="favourite"),
    path("doc-the/", intake.read_card, name="read_card"),
    path("doi-chieu/", intake.check_person, name="check_person"),
    path("tep/", papers.upload, name="upload"),
    path("<str:procedure_code>/", intake.receive, name="receive"),
    path("<str:procedure_code>/hang-loat/", batch.batch, name="batch"),
    path("<str:procedure_code>/hang-loat/mau/", batch.blank, name="batch_blank"),
    path("<str:procedure_code>/tu-choi/", intake.refuse, name="refuse_intake"),
    path("tu-choi/<str:code>/", intake.refused, name="intake_refused"),
]
_WHOLES = [
    path("", joints.joints, name="joints"),
    path("nhan/<str:bundle_code>/", joints.receive, name="receive_joint"),
    path("<str:code>/", joints.show, name="joint"),
    path("<str:code>/tra/", joints.give_back, name="return_whole"),
    path("<str:code>/rut/", joints.take_back, name="withdraw_whole"),
    path("<str:code>/in/giay-tiep-nhan/", prints_joint.receipt, name="print_joint"),
    path("<str:code>/in/phieu-chuyen/<int:no>/", prints_joint.slip, name="print_slip"),
]
_FILED_ONLINE = [
    path("", online.waiting, name="filings"),
    path("nhom/<slug:tab>/", online.waiting, name="filings_tab"),
    path("<str:reference>/", online.look, name="filing"),
    path("<str:reference>/tiep-nhan/", online.accept, name="accept_filing"),
    path("<str:reference>/hoan-thien/", online.give_back, name="return_filing"),
    path("<str:reference>/tu-choi/", online.refuse, name="refuse_filing"),
    path("<str:reference>/yeu-cau/<int:wish_id>/", online.settle, name="settle_wish"),
    path("<str:reference>/giay-to/<int:paper_id>/", online.paper, name="filing_paper"),
]
_CONSIGNMENTS = [
    path("", consigning.lists, name="consignments"),
    path("moi/", consigning.draw_up, name="draw_up"),
    path("<str:number>/", consigning.show, name="consignment"),
    path("<str:number>/in/", consigning.sheet, name="consignment_sheet"),
    path("<str:number>/viec/<slug:act>/", consigning.act, name="consignment_act"),
]
_WORK = [
    path("", inbox.inbox, name="inbox"),
    path("chuyen-hang-loat/", inbox.hand_over_many, name="hand_over_many"),
    path("<slug:tab>/", inbox.inbox, name="inbox_tab"),
    path("<slug:tab>/xuat/", exports.inbox, name="export_inbox"),
]
_REGISTER = [
    path("", search.register, name="register"),
    path("xuat/", exports.register, name="export_register"),
    path("in/", prints.register, name="print_register"),
]
_SERIES = [
    path("", series.books, name="series"),
    path("mo/", series.open_new, name="open_series"),
    path("<int:series_id>/", series.book, name="book"),
    path("<int:series_id>/dong/", series.close, name="close_series"),
]
_GROUPS = [
    path("", groups.groups, name="groups"),
    path("them/", groups.state, name="new_group"),
    path("<str:code>/", groups.group, name="group"),
    path("<str:code>/ban-moi/", groups.state, name="state_group"),
    path("<str:code>/ngung/", groups.end, name="end_group"),
    path("<str:code>/bo/<int:bundle_id>/", groups.drop, name="drop_group"),
]
urlpatterns = [
    path("tiep-nhan/", include(_AT_THE_COUNTER)),
    path("lien-thong/", include(_WHOLES)),
    path("truc-tuyen/", include(_FILED_ONLINE)),
    path("bang-ke/", include(_CONSIGNMENTS)),
    path("ban-viec/<int:assignment_id>/", desks.desk, name="desk"),
    path("viec/", include(_WORK)),
    path("danh-sach/<slug:name>/luu/", listing.save, name="save_list"),
    path("giai-trinh/", explanations.explanations, name="explanations"),
    path("giai-trinh/<int:explanation_id>/", explanations.show, name="explain"),
    path("nhac-viec/", resting.reminders, name="reminders"),
    path("bo-quen/", resting.stalled, name="stalled"),
    path("bo-quen/xuat/", resting.export, name="export_stalled"),
    path("tep-xuat/<slug:key>/", exports.progress, name="export_progress"),
    path("tim/", search.search, name="search"),
    path("so-theo-doi/", include(_REGISTER)),
    path("so-cap-so/", include(_SERIES)),
    path("nhom-lien-thong/", include(_GROUPS)),
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
