"""Addresses of signing in and of one's own account."""

from django.urls import path

from motcua.accounts.views import own, sign_in

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", sign_in.sign_in, name="sign_in"),
    path("dang-nhap/ma-xac-thuc/", sign_in.sign_in_code, name="second_factor"),
    path("dang-xuat/", own.sign_out, name="sign_out"),
    path("tai-khoan/", own.profile, name="profile"),
    path("tai-khoan/mat-khau/", own.change_password, name="change_password"),
    path("tai-khoan/dang-xuat-noi-khac/", own.leave_elsewhere, name="leave_elsewhere"),
    path("tai-khoan/xac-thuc-hai-lop/", own.set_second_factor, name="set_second_factor"),
]
