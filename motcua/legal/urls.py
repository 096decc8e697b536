"""Addresses of the operator's pages for legal numbers."""

from django.urls import path

from motcua.legal import views

app_name = "legal"
urlpatterns = [
    path("", views.parameters, name="parameters"),
    path("van-ban/", views.documents, name="documents"),
    path("doi-chieu/<int:parameter_id>/", views.verify, name="verify"),
    path("<str:key>/", views.parameter, name="parameter"),
]
