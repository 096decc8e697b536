"""What is kept of reports: the forms with their days, each report with its sheets, and every step of its life."""

from motcua.reports.models.asked import DataAnswer, DataRequest, ReportReminder
from motcua.reports.models.form import Form
from motcua.reports.models.report import Report, ReportStep, Sheet

__all__ = ["DataAnswer", "DataRequest", "Form", "Report", "ReportReminder", "ReportStep", "Sheet"]
