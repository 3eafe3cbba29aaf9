"""No name lies over another one, over a point, or outside of the axes, however close the points are."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import pytest

from tplib.plots.labels import label_points


@pytest.mark.parametrize("spread", [1.0, 0.02])
def test_names_lie_apart(spread: float) -> None:
    rng = np.random.default_rng(3)
    words = [f"word{'s' * (k % 5)}" for k in range(14)]
    x, y = spread * rng.normal(size=(2, len(words)))
    x[1], y[1] = x[0], y[0]  # two points in one place
    figure, ax = plt.subplots(figsize=(7.2, 4.4), layout="constrained")
    ax.set(xlim=(-4, 4), ylim=(-4, 4))
    label_points(ax, words, x, y)
    figure.draw_without_rendering()
    names = {text.get_text() for text in ax.texts}
    boxes = [text.get_window_extent() for text in ax.texts]
    assert names == set(words)
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))
    assert not any(box.contains(*place) for box in boxes for place in ax.transData.transform(np.column_stack([x, y])))
    assert all(ax.bbox.x0 - 1 <= box.x0 and box.x1 <= ax.bbox.x1 + 1 for box in boxes)
    assert all(ax.bbox.y0 - 1 <= box.y0 and box.y1 <= ax.bbox.y1 + 1 for box in boxes)
