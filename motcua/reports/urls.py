"""Addresses of reports."""

from django.urls import path

from motcua.reports.views import asked, layouts, report

app_name = "reports"
urlpatterns = [
    path("", report.reports, name="reports"),
    path("bieu-mau/", layouts.layouts, name="layouts"),
    path("bieu-mau/<int:form_id>/", layouts.layout, name="layout"),
    path("dot-xuat/", asked.requests, name="requests"),
    path("dot-xuat/moi/", asked.ask, name="ask"),
    path("dot-xuat/<int:request_id>/", asked.request_page, name="request"),
    path("dot-xuat/<int:request_id>/tra-loi/", asked.answer, name="answer"),
    path("dot-xuat/<int:request_id>/tep/", asked.file, name="request_file"),
    path("dot-xuat/<int:request_id>/dong/", asked.close, name="close_request"),
    path("dot-xuat/tra-loi/<int:answer_id>/tra-lai/", asked.give_back, name="give_back"),
    path("<int:report_id>/", report.report, name="report"),
    path("<int:report_id>/tep/<str:kind>/", report.file, name="file"),
    path("<int:report_id>/phan-loi/", report.narrative, name="narrative"),
    path("<int:report_id>/bieu/<str:form_code>/dieu-chinh/", report.adjust, name="adjust"),
    path("<int:report_id>/bieu/<str:form_code>/lay-tu-tep/", report.take_in, name="import"),
    path("<int:report_id>/lap-thay/<int:unit_id>/", report.enter, name="enter"),
    path("<int:report_id>/<str:word>/", report.do, name="do"),
]
