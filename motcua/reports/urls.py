"""Addresses of reports."""

from django.urls import path

from motcua.reports.views import layouts, report

app_name = "reports"
urlpatterns = [
    path("", report.reports, name="reports"),
    path("bieu-mau/", layouts.layouts, name="layouts"),
    path("bieu-mau/<int:form_id>/", layouts.layout, name="layout"),
    path("<int:report_id>/", report.report, name="report"),
    path("<int:report_id>/tep/<str:kind>/", report.file, name="file"),
    path("<int:report_id>/phan-loi/", report.narrative, name="narrative"),
    path("<int:report_id>/bieu/<str:form_code>/dieu-chinh/", report.adjust, name="adjust"),
    path("<int:report_id>/bieu/<str:form_code>/lay-tu-tep/", report.take_in, name="import"),
    path("<int:report_id>/<str:word>/", report.do, name="do"),
]
