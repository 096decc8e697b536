"""Addresses of figures."""

from django.urls import path

from motcua.figures.views import behind, board, closing, statistics, work

app_name = "figures"
urlpatterns = [
    path("", board.overview, name="overview"),
    path("danh-sach/", behind.behind, name="behind"),
    path("danh-sach/tep/", behind.export, name="export_behind"),
    path("thong-ke/", statistics.statistics, name="statistics"),
    path("thong-ke/tep/", statistics.export, name="export"),
    path("thong-ke/luu/", statistics.keep, name="keep"),
    path("thong-ke/<int:table_id>/bo/", statistics.forget, name="forget"),
    path("cong-viec/", work.work, name="work"),
    path("cua-toi/", work.mine, name="mine"),
    path("chot/", closing.closing, name="closing"),
]
