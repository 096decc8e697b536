"""Plans and progress reports as papers: Word for clerks, PDF for reading and print (Decree 30/2020, annex I)."""

from motcua.programme.printing.papers import Group, Paper, Sheet
from motcua.programme.printing.pdf import write_pdf
from motcua.programme.printing.word import write_word

__all__ = ["Group", "Paper", "Sheet", "write_pdf", "write_word"]
