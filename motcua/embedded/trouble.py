"""What went wrong outside the program, said to a person with a way out."""


class Trouble(Exception):
    """A condition of the machine that a person can mend: a sentence in Vietnamese and the same in English."""

    status = 1
    """What the command that met it ends with."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi = vi
        self.en = en

    def __str__(self) -> str:
        return f"{self.vi}\n{self.en}"


class StillHeld(Trouble):
    """The database folder is held by processes that may be on their way out."""
