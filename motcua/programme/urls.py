"""Addresses of plans."""

from django.urls import path

from motcua.programme.views import cascade, importing, mine, plans, tasks, writing

app_name = "programme"
urlpatterns = [
    path("", plans.plans, name="plans"),
    path("nhap/", importing.import_file, name="import"),
    path("soan/", writing.begin, name="begin"),
    path("ban-doc/<int:reading_id>/phan-than/", writing.body, name="body"),
    path("ban-doc/<int:reading_id>/dong/<int:place>/chuyen/", writing.move_row, name="move_row"),
    path("ban-doc/<int:reading_id>/danh-so/", writing.renumber, name="renumber"),
    path("ban-doc/<int:reading_id>/trinh-ky/", writing.submit, name="submit"),
    path("ban-doc/<int:reading_id>/tra-lai/", writing.return_draft, name="return_draft"),
    path("ban-doc/<int:reading_id>/ky/", writing.sign_draft, name="sign_draft"),
    path("ban-doc/<int:reading_id>/ban-hanh/", writing.issue, name="issue"),
    path("ban-doc/<int:reading_id>/du-thao.docx", writing.draft_file, name="draft_file"),
    path("ban-doc/<int:reading_id>/", importing.review, name="review"),
    path("ban-doc/<int:reading_id>/phan-dau/", importing.letter, name="letter"),
    path("ban-doc/<int:reading_id>/dong/<int:place>/", importing.row, name="row"),
    path("ban-doc/<int:reading_id>/dong/<int:place>/them/", importing.add_row, name="add_row"),
    path("ban-doc/<int:reading_id>/dong/<int:place>/bo/", importing.remove_row, name="remove_row"),
    path("ban-doc/<int:reading_id>/xac-nhan/", importing.confirm, name="confirm"),
    path("ban-doc/<int:reading_id>/bo/", importing.discard, name="discard"),
    path("<int:plan_id>/", plans.plan, name="plan"),
    path("<int:plan_id>/don-vi/", plans.board, name="board"),
    path("<int:plan_id>/cap-duoi/", cascade.cascade, name="cascade"),
    path("<int:plan_id>/gui-cap-tren/", cascade.answer, name="answer_call"),
    path("<int:plan_id>/theo-han/", plans.by_day, name="by_day"),
    path("viec-cua-don-vi/", mine.mine, name="mine"),
    path("<int:plan_id>/lich-thang/", plans.month, name="month"),
    path("<int:plan_id>/gop-y/", plans.comments, name="comments"),
    path("<int:plan_id>/gop-y/ghi/", mine.comment, name="comment"),
    path("<int:plan_id>/lich-nam/", plans.year, name="year"),
    path("<int:plan_id>/chi-tieu/", plans.targets, name="targets"),
    path("<int:plan_id>/xuat/<slug:what>.<slug:ending>", plans.export, name="export"),
    path("<int:plan_id>/tep/", plans.source_file, name="file"),
    path("nhiem-vu/<int:task_id>/", tasks.task, name="task"),
    path("nhiem-vu/<int:task_id>/ky/<int:occurrence_id>/<int:unit_id>/", tasks.report, name="report"),
    path("nhiem-vu/<int:task_id>/su-viec/", tasks.note_event, name="event"),
    path("nhiem-vu/<int:task_id>/vuong-mac/", tasks.raise_difficulty, name="difficulty"),
    path("vuong-mac/<int:difficulty_id>/tra-loi/", tasks.answer_difficulty, name="answer_difficulty"),
    path("bao-cao/<int:report_id>/nghiem-thu/", tasks.accept, name="accept"),
    path("bao-cao/<int:report_id>/tra-lai/", tasks.give_back, name="give_back"),
    path("minh-chung/<int:evidence_id>/", tasks.evidence_file, name="evidence"),
]
