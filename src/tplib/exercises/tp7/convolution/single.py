"""conv2d_single: one kernel on one image of one channel."""

from functools import partial

import numpy as np

from tplib.exercises.tp7.convolution.common import CONVOLUTIONS, exercise, windows
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray
SIZES = (  # image, kernel: other shapes, a row, a column, one pixel, as large as the image, square
    (5, 7, 2, 3),
    (6, 4, 3, 2),
    (4, 6, 1, 3),
    (6, 5, 3, 1),
    (3, 4, 1, 1),
    (4, 3, 4, 3),
    (6, 6, 3, 3),
)


def _draw(draw: Draw) -> Arguments:
    kh, kw = draw.size(1, 3), draw.size(1, 4)
    return _sized(draw, (kh + draw.size(0, 4), kw + draw.size(0, 4), kh, kw))


def _sized(draw: Draw, sizes: tuple[int, ...]) -> Arguments:
    H, W, kh, kw = sizes
    return draw.array(H, W), draw.array(kh, kw)


@exercise(
    points=2,
    lecture="003, Convolution function with 1 channel",
    concepts=(30,),
    draw=_draw,
    edges=(
        Case((np.array([[1.0, 2.0, 0.0], [0.0, 3.0, 1.0]]), np.array([[1.0, -1.0]]))),
        *(Drawn(partial(_sized, sizes=sizes)) for sizes in SIZES),
    ),
    forbidden=CONVOLUTIONS,
)
def conv2d_single(image: Array, kernel: Array) -> Array:
    """z(i, j) = the sum over all u, v of image(i + u, j + v) * kernel(u, v), for every place where the kernel fits.

    shapes: image (H, W), kernel (kh, kw) -> z (H - kh + 1, W - kw + 1).
    worked: image [[1, 2, 0], [0, 3, 1]], kernel [[1, -1]]: z(0, 0) = 1 * 1 + 2 * (-1) = -1; z = [[-1, 2], [-3, 2]].
    """
    kh, kw = kernel.shape
    z = np.empty((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for i, j in np.ndindex(z.shape):
        z[i, j] = np.sum(image[i : i + kh, j : j + kw] * kernel)
    return z


@conv2d_single.mistake("Does z(0, 0) use kernel(0, 0) with image(0, 0), or with the pixel at the other end?")
def kernel_flipped(image: Array, kernel: Array) -> Array:
    return conv2d_single(image, kernel[::-1, ::-1])


@conv2d_single.mistake(
    "A kernel of 2 fits into a row of 3 at 2 places. How many does H - kh give, and what is missing?"
)
def last_row_and_column_missing(image: Array, kernel: Array) -> Array:
    return conv2d_single(image, kernel)[:-1, :-1]


@conv2d_single.mistake("Where the kernel hangs over the edge there is no z. Which shape has z here?")
def as_large_as_the_image(image: Array, kernel: Array) -> Array:
    kh, kw = kernel.shape
    return conv2d_single(np.pad(image, ((0, kh - 1), (0, kw - 1))), kernel)


@conv2d_single.mistake("The formula is a sum of products. What does your code divide by?")
def mean_of_the_products(image: Array, kernel: Array) -> Array:
    return conv2d_single(image, kernel) / kernel.size


@conv2d_single.mistake("How far does the kernel move from one place to the next?")
def kernel_jumps_by_its_own_size(image: Array, kernel: Array) -> Array:
    kh, kw = kernel.shape
    return conv2d_single(image, kernel)[::kh, ::kw]


@conv2d_single.mistake("Every number of the kernel takes part. Over which of u and v does your sum run?")
def first_row_of_the_kernel_only(image: Array, kernel: Array) -> Array:
    return conv2d_single(image, kernel * (np.arange(len(kernel)) == 0)[:, None])


@conv2d_single.mistake("`=` or `+=`? What is left of the products before the last one?")
def last_product_only(image: Array, kernel: Array) -> Array:
    return windows(image, *kernel.shape)[..., -1, -1] * kernel[-1, -1]


@conv2d_single.mistake("The kernel stands as it is. Is kernel(u, v) the number in row u and column v?")
def kernel_upside_down(image: Array, kernel: Array) -> Array:
    return conv2d_single(image, kernel[::-1])


@conv2d_single.mistake("A kernel has kh rows and kw columns. Which of them cuts out the columns of your window?")
def kernel_taken_for_a_square(image: Array, kernel: Array) -> Array:
    k = len(kernel)
    z = np.empty((image.shape[0] - k + 1, image.shape[1] - k + 1))
    for i, j in np.ndindex(z.shape):
        z[i, j] = np.sum(image[i : i + k, j : j + k] * kernel)
    return z


@conv2d_single.mistake("Each weight meets the pixel under it. Which pixels does a weight meet in the product `@`?")
def matrix_product(image: Array, kernel: Array) -> Array:
    return np.asarray((windows(image, *kernel.shape) @ kernel).sum(axis=(-2, -1)))


@conv2d_single.mistake(
    "Each weight meets the pixel under it. Which pixels does a weight meet in the product `@`?",
    name="matrix product with the transposed kernel",
)
def product_with_transposed(image: Array, kernel: Array) -> Array:
    return np.asarray((windows(image, *kernel.shape) @ kernel.T).sum(axis=(-2, -1)))


@conv2d_single.alternative
def sliding_windows(image: Array, kernel: Array) -> Array:
    return np.einsum("ijuv,uv->ij", np.lib.stride_tricks.sliding_window_view(image, kernel.shape), kernel)


@conv2d_single.alternative
def shifted_images(image: Array, kernel: Array) -> Array:
    kh, kw = kernel.shape
    Ho, Wo = len(image) - kh + 1, len(image[0]) - kw + 1
    z = np.zeros((Ho, Wo))
    for u in range(kh):
        for v in range(kw):
            z += kernel[u, v] * image[u : u + Ho, v : v + Wo]
    return z


@conv2d_single.alternative
def four_loops(image: Array, kernel: Array) -> Array:
    rows = []
    for i in range(image.shape[0] - kernel.shape[0] + 1):
        row = []
        for j in range(image.shape[1] - kernel.shape[1] + 1):
            total = 0.0
            for u in range(kernel.shape[0]):
                for v in range(kernel.shape[1]):
                    total += image[i + u, j + v] * kernel[u, v]
            row.append(total)
        rows.append(row)
    return np.array(rows)
