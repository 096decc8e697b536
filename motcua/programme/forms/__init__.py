"""The shape of what is typed about plans and registers."""

from motcua.programme.forms.plans import (
    AnswerForm,
    BeginForm,
    BodyForm,
    DifficultyForm,
    EventForm,
    FileForm,
    FormulaForm,
    HandDownForm,
    IssueForm,
    LetterForm,
    LinesField,
    PartsField,
    ReportForm,
    RowForm,
    ValueForm,
    write_parts,
)
from motcua.programme.forms.registers import ColumnsForm, PublishForm, read_initial

__all__ = [
    "AnswerForm",
    "BeginForm",
    "BodyForm",
    "ColumnsForm",
    "DifficultyForm",
    "EventForm",
    "FileForm",
    "FormulaForm",
    "HandDownForm",
    "IssueForm",
    "LetterForm",
    "LinesField",
    "PartsField",
    "PublishForm",
    "ReportForm",
    "RowForm",
    "ValueForm",
    "read_initial",
    "write_parts",
]
