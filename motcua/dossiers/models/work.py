"""Who has to do what: the position of a dossier is the set of its open tasks."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models.dossier import UNIT, Dossier
from motcua.dossiers.rules.opinion import SILENCE, Silence
from motcua.dossiers.rules.route import TaskKind

KINDS = [
    (TaskKind.HANDLE.value, _("Giải quyết")),
    (TaskKind.OPINION.value, _("Cho ý kiến")),
    (TaskKind.DECIDE.value, _("Quyết định")),
    (TaskKind.SIGN.value, _("Ký, cấp số")),
    (TaskKind.RETURN.value, _("Trả kết quả")),
    (TaskKind.TRANSFER.value, _("Nhận chuyển xử lý")),
    (TaskKind.RESEND.value, _("Chuyển lại phiếu")),
    (TaskKind.COMPLETE.value, _("Chờ người nộp")),
]


class Task(models.Model):
    """A step waiting for a post of a unit, or for one person; done, it stays as the trace of the step."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=8, choices=KINDS)
    step_no = models.PositiveSmallIntegerField(null=True)
    name = models.CharField(max_length=300)
    post = models.CharField(max_length=20)
    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+", db_index=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    hours = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by_id = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=10, blank=True)
    asked_by_unit_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("việc")
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "due_at", "id"],
                name="task_open_in_pool",
                # What the tabs ask and what their lines show of a task is answered within the index.
                include=["post", "kind", "taken_at", "dossier", "name"],
                condition=Q(done_at=None, assignee=None),
            ),
            models.Index(
                fields=["assignee", "due_at", "id"],
                name="task_open_of_person",
                include=["unit", "kind", "taken_at", "dossier", "name"],
                condition=Q(done_at=None, assignee__isnull=False),
            ),
            # Somebody may have thousands of tasks they took; what is new is not looked for among them.
            models.Index(
                fields=["assignee", "due_at", "id"],
                name="task_new_to_person",
                include=["unit", "kind", "dossier", "name"],
                condition=Q(done_at=None, assignee__isnull=False, taken_at=None),
            ),
            models.Index(
                fields=["unit", "due_at", "id"],
                name="task_open_opinion",
                condition=Q(done_at=None, kind=TaskKind.OPINION.value),
            ),
            models.Index(
                fields=["asked_by_unit_id", "due_at", "id"],
                name="task_open_asked_by",
                condition=Q(done_at=None, asked_by_unit_id__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "step_no"], name="task_one_open_per_step", condition=Q(done_at=None)
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, outcome="") | Q(done_at__isnull=False),
                name="task_outcome_when_done",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Opinion(models.Model):
    """Lấy ý kiến: what another unit was asked, by when, and what it answered (Decree 61/2018 art. 19.5)."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="opinions")
    task = models.OneToOneField(Task, models.CASCADE, related_name="opinion")
    asked_unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+", db_index=False)
    asking_unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+", db_index=False)
    question = models.TextField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=120, blank=True)
    answer = models.TextField(blank=True)
    # What no answer means, by which law; the body's name where it has no desk in this house.
    silence = models.CharField(max_length=8, choices=list(SILENCE.items()), default=Silence.WAITS.value)
    silence_basis = models.CharField(max_length=300, blank=True)
    outside_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("lấy ý kiến")
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], name="opinion_open", condition=Q(answered_at=None)),
        ]

    def __str__(self) -> str:
        return self.question[:80]
