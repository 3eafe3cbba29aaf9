"""What the exercises of 1_convolution share: their notebook, their inputs, and the calls that give them away."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn, exercises_of

Array = np.ndarray
exercise = exercises_of("TP7-LSTM", "1_convolution")

CONVOLUTIONS = (
    "torch.nn.functional.conv2d",
    "torch.conv2d",
    "torch.nn.Conv2d",
    "scipy.signal.correlate2d",
    "scipy.signal.correlate",
    "scipy.signal.convolve2d",
    "scipy.signal.convolve",
    "scipy.signal.fftconvolve",
    "scipy.ndimage.correlate",
    "scipy.ndimage.convolve",
    "tplib.nn.functional.conv2d",
)
POOLINGS = (
    "torch.nn.functional.max_pool2d",
    "torch.max_pool2d",
    "torch.nn.MaxPool2d",
    "torch.nn.functional.avg_pool2d",
    "torch.nn.AvgPool2d",
    "torch.nn.functional.lp_pool2d",
    "torch.nn.LPPool2d",
    "tplib.nn.functional.max_pool2d",
    "tplib.nn.functional.avg_pool2d",
    "tplib.nn.functional.lp_pool2d",
    "tplib.nn.functional.weighted_pool2d",
)

# Images, channels, height, width, then the window and its stride. Windows that touch, overlap, leave pixels over, leave
# gaps; one image, one channel, one pixel wide, a window as large as the image.
POOLS = (
    (1, 1, 4, 6, 2, 2),
    (2, 3, 5, 6, 3, 1),
    (2, 2, 7, 8, 3, 2),
    (3, 1, 6, 5, 1, 2),
    (1, 2, 3, 3, 3, 3),
    (2, 2, 8, 5, 2, 3),
)


def pool_sizes(draw: Draw) -> tuple[int, ...]:
    """Images, channels, height, width, the side of the window and its stride."""
    k, stride = draw.size(1, 3), draw.size(1, 3)
    return draw.size(1, 2), draw.size(1, 3), k + draw.size(0, 4), k + draw.size(0, 5), k, stride


def pool_case(draw: Draw, sizes: Sequence[int] = (), *, low: float = -3.0, high: float = 3.0) -> Arguments:
    """An image batch (B, C, H, W), a window's side and its stride."""
    B, C, H, W, k, stride = sizes or pool_sizes(draw)
    return draw.array(B, C, H, W, low=low, high=high), k, stride


POOL_CASES = tuple(Drawn(partial(pool_case, sizes=sizes)) for sizes in POOLS)


def windows(x: Array, kh: int, kw: int, stride: int = 1) -> Array:
    """All windows of images: (..., H, W) -> (..., Ho, Wo, kh, kw)."""
    views = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(-2, -1))
    return views[..., ::stride, ::stride, :, :]
