"""The settings of a deployment with the addresses of the floor; only the benchmark starts a server with them."""

from motcua.settings import *  # noqa: F403

ROOT_URLCONF = "motcua.bench.bare"
