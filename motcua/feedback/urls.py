"""Addresses of answers: for everybody by link, for counters, for those who read them."""

from django.urls import path

from motcua.feedback.views import answering, counter, listing, reading

app_name = "feedback"
urlpatterns = [
    path("may/", counter.device, name="device"),
    path("phieu/", counter.slip, name="slip"),
    path("ket-qua/", reading.results, name="results"),
    path("cau-tra-loi/", listing.answers, name="answers"),
    path("theo-doi/", reading.follow_ups, name="follow_ups"),
    path("theo-doi/<int:follow_up_id>/", reading.follow_up, name="follow_up"),
    path("theo-doi/<int:follow_up_id>/nhan/", reading.take, name="take"),
    path("<str:code>/<str:key>/", answering.rate, name="rate"),
]
