"""What is kept of reports: the forms with their days, each report with its sheets, and every step of its life."""

from motcua.reports.models.form import Form
from motcua.reports.models.report import Report, ReportStep, Sheet

__all__ = ["Form", "Report", "ReportStep", "Sheet"]
