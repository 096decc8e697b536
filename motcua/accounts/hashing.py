"""How a password is kept: Argon2id at the strength the OWASP Password Storage Cheat Sheet asks for, and no dearer."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane.

    Django's own 100 MiB and eight lanes take 0.2 s of a core for each sign-in: seven hundred officers who come at eight
    would have each other wait, and each process would hold the memory. A password kept stronger or weaker than this is
    hashed anew when its owner next signs in.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
