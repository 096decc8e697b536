"""The one exception for "no"."""


class Refused(Exception):
    """An act that is not allowed, said in words a person can use.

    :param code: stable word for machines (``forbidden``, ``not_found``, ``stale`` …)
    :param message: the sentence shown as it is, already translated
    :param field: the field of the form it belongs to
    :param basis: the article it rests on
    :param possible: what may be done instead
    """

    def __init__(
        self,
        code: str,
        message: str,
        field: str | None = None,
        basis: str | None = None,
        possible: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.basis = basis
        self.possible = tuple(possible)

    def __reduce__(self) -> tuple[type["Refused"], tuple[object, ...]]:
        return type(self), (self.code, self.message, self.field, self.basis, self.possible)
