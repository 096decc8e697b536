"""Who acts, as whatever is written down needs to know them: for packages that lie below units and posts."""

from typing import Protocol


class Acting(Protocol):
    """A person with their post and unit at that time."""

    @property
    def user_id(self) -> int: ...
    @property
    def person_name(self) -> str: ...
    @property
    def post(self) -> str: ...
    @property
    def unit_id(self) -> int: ...
    @property
    def unit_name(self) -> str: ...
