"""Dossiers as machines read them and act on them."""

from motcua.dossiers.api import acting, joints, reading

# Acts first: their addresses are longer than the dossier's own.
routers = (joints.router, acting.router, reading.router)
