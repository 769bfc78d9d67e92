"""How the kernel is compiled."""

from numba import njit

entry = njit(cache=True, nogil=True, error_model="numpy", boundscheck=False)
"""Called from Python; compiled code is kept on disk. The interpreter's lock is free."""

inlined = njit(
    cache=True, nogil=True, error_model="numpy", boundscheck=False, forceinline=True
)
"""Part of an entry: handing over all arrays would take longer than the work."""
