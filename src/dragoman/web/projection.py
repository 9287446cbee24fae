"""Equal Earth: the projection of the map, which shows countries in the size that they have.

B. Savric, T. Patterson, B. Jenny, "The Equal Earth map projection", 2019. The base map is stored in this
projection; points of events are put through the same function, so that both always fit.
"""

from __future__ import annotations

import math

WIDTH = 2000.0
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_ROOT = math.sqrt(3.0) / 2.0


def _raw(longitude: float, latitude: float) -> tuple[float, float]:
    theta = math.asin(_ROOT * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square * square * square
    slope = _A[0] + 3 * _A[1] * square + sixth * (7 * _A[2] + 9 * _A[3] * square)
    x = math.radians(longitude) * math.cos(theta) / (_ROOT * slope)
    return x, theta * (_A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square))


_X_MAX = _raw(180.0, 0.0)[0]
_Y_MAX = _raw(0.0, 90.0)[1]
_SCALE = WIDTH / (2 * _X_MAX)
HEIGHT = round(2 * _Y_MAX * _SCALE, 1)


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the point of the map (0..WIDTH, 0..HEIGHT, downwards) of a longitude and latitude in degrees."""
    x, y = _raw(longitude, latitude)
    return (x + _X_MAX) * _SCALE, (_Y_MAX - y) * _SCALE
