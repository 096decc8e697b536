"""Addresses open to everyone."""

from django.urls import path

from motcua.portal import views

app_name = "portal"
urlpatterns = [
    path("tra-cuu/", views.track, name="track"),
    path("tra-cuu/<str:code>/<str:token>/", views.follow, name="follow"),
    path("nguoi-dan/", views.front, name="front"),
    path("thu-tuc/", views.procedures, name="procedures"),
    path("thu-tuc/<str:code>/", views.procedure, name="procedure"),
    path("ho-so-tre-hen/", views.late, name="late"),
    path("can-bo-mot-cua/", views.staff, name="staff"),
    path("tai-lieu-api/", views.interface, name="interface"),
]
