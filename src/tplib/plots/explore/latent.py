"""A two-dimensional code: what the decoder makes of each point, and where real images lie."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from math import isqrt
from typing import TYPE_CHECKING

import numpy as np

from tplib.plots.autoencoders import codes_of_grid, show_codes, show_grid
from tplib.plots.explore.skin import Explorer, choice, slider, two_panels
from tplib.plots.style import VERMILION

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Array = np.ndarray
Decode = Callable[[Array], Array]
REACH, COUNT = 3.0, 13
STEPS = [step / 4 for step in range(-12, 13)]


def explore_latent(decode: Decode | None = None, codes: Array | None = None, labels: Array | None = None) -> Explorer:
    """Move a point in a code of two values: the image that it is decoded to, its place, and the nearest real image.

    decode: from codes (N, 2) to square images (N, D), values in 0..1; codes (M, 2) and labels (M,): of real images.
    Without them, a small variational autoencoder is trained on the set `digits`.
    Source: lecture 003, "Variational Autoencoders".
    """
    if decode is None or codes is None or labels is None:
        decode, codes, labels = trained_on_digits()
    controls = {
        "z1": slider("z1", STEPS, 0.0),
        "z2": slider("z2", STEPS, 0.0),
        "show": choice("left", ["grid of decoded images", "codes of real images"], "grid of decoded images"),
    }
    grid = np.clip(decode(codes_of_grid(COUNT, REACH)), 0, 1)
    return Explorer("explore_latent", controls, partial(draw_latent, decode, grid, codes, labels))


@cache
def trained_on_digits() -> tuple[Decode, Array, Array]:
    """Decoder, codes and labels of a variational autoencoder with a code of two values; half a second of training."""
    from tplib import data, nn

    digits = data.load("digits").train
    x = np.asarray(digits.x, np.float32)
    x = x / x.max()
    rng = np.random.default_rng(0)
    model = nn.VariationalAutoencoder([x.shape[1], 64, 2], rng=rng)
    optimizer = nn.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(40):
        for rows in np.array_split(rng.permutation(len(x)), max(1, len(x) // 100)):
            optimizer.zero_grad()
            model.loss(x[rows]).backward()
            optimizer.step()

    def decode(codes: Array) -> Array:
        with nn.no_grad():
            return np.asarray(model.decode(codes.astype(np.float32)).data)

    with nn.no_grad():
        mu, _ = model.encode(x)
    return decode, np.asarray(mu.data), np.asarray(digits.y)


def nearest_code(codes: Array, z: Array) -> tuple[int, float]:
    """Which of the codes (M, 2) is nearest to z (2,), and how far it is."""
    distances = np.sqrt(((codes - z) ** 2).sum(axis=1))
    return int(distances.argmin()), float(distances.min())


def draw_latent(
    decode: Decode, grid: Array, codes: Array, labels: Array, z1: float, z2: float, show: str
) -> tuple[Figure, str]:
    """The plane of codes with a mark at (z1, z2), beside the image decoded there."""
    z = np.array([z1, z2])
    image = np.clip(decode(z[None])[0], 0, 1)
    side = isqrt(image.size)
    figure, left, right = two_panels()
    if show.startswith("grid"):
        show_grid(left, grid, REACH)
    else:
        show_codes(left, codes, labels, REACH)
    left.plot(z1, z2, "o", ms=13, mfc="none", mec=VERMILION, mew=2.5)
    right.imshow(image.reshape(side, side), cmap="gray_r", vmin=0, vmax=1)
    right.set_title(f"decoded from ({z1:g}, {z2:g})", fontsize=11)
    right.set_xticks([])
    right.set_yticks([])
    near, distance = nearest_code(codes, z)
    share = float(np.mean((image > 0.25) & (image < 0.75)))
    return figure, (
        f"Code ({z1:g}, {z2:g}): the nearest code of a real image is {distance:.2f} away and its digit is "
        f"{labels[near]}. Of the decoded pixels, {100 * share:.0f} % are grey (0.25 to 0.75), neither dark nor light."
    )
