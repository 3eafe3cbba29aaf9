"""The picture of a graph: well-formed SVG that holds the values and gradients, and boxes that do not touch."""

import xml.etree.ElementTree as ET
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn import draw_graph
from tplib.nn.inspection.layered import layout

SVG = "{http://www.w3.org/2000/svg}"


def leaf(value):
    return nn.Tensor(value, requires_grad=True)


def boxes(picture):
    """Per box its lines of text, and its frame (left, top, right, bottom)."""
    root = ET.fromstring(picture.svg)
    found = []
    for group in root.iter(f"{SVG}g"):
        frame = group.find(f"{SVG}rect")
        x, y, w, h = (float(frame.get(key)) for key in ("x", "y", "width", "height"))
        assert x >= 0
        assert y >= 0
        assert x + w <= float(root.get("width"))
        assert y + h <= float(root.get("height"))
        found.append(([text.text for text in group.iter(f"{SVG}text")], (x, y, x + w, y + h)))
    return found


def assert_apart(frames):
    for (left, top, right, bottom), (x, y, x2, y2) in combinations(frames, 2):
        assert right < x or x2 < left or bottom < y or y2 < top


def test_the_lectures_example():
    x, a, b = leaf(2.0), leaf(3.0), leaf(1.0)
    f = (x * a + b) ** 2
    f.backward()
    picture = draw_graph(f, {"x": x, "a": a, "b": b})
    assert {tuple(lines) for lines, _ in boxes(picture)} == {
        ("x", "2", "∂ 42"),
        ("a", "3", "∂ 28"),
        ("b", "1", "∂ 14"),
        ("×", "6", "∂ 14"),
        ("+", "7", "∂ 14"),
        ("xʸ", "49", "∂ 1"),
    }
    assert len(ET.fromstring(picture.svg).findall(f"{SVG}path")) == 5
    assert_apart([frame for _, frame in boxes(picture)])
    assert repr(picture) == "GraphPicture(6 nodes)"


def test_before_backward_there_are_values_only():
    x = leaf([1.0, 2.0])
    assert sorted(lines for lines, _ in boxes(draw_graph((x * x).sum()))) == [["Sum", "5"], ["[1 2]"], ["×", "[1 4]"]]


def test_one_arrow_stands_for_two_uses():
    x = leaf(3.0)
    svg = draw_graph(x * x).svg
    assert "2×" in svg
    assert len(ET.fromstring(svg).findall(f"{SVG}path")) == 1


def test_a_leaf_and_a_constant():
    assert boxes(draw_graph(leaf(1.5)))[0][0] == ["1.5"]
    assert boxes(draw_graph(nn.Tensor([1, 2])))[0][0] == ["constant", "[1 2]"]


def test_matrices_are_aligned_and_large_arrays_are_their_shape():
    x = leaf([[1.0, -0.5], [0.25, 10.0]])
    large = leaf(np.ones((20, 30)))
    y = x.tanh().sum() + large.exp().sum()
    y.backward()
    lines = [lines for lines, _ in boxes(draw_graph(y, {"x": x}))]
    assert ["x", "[   1 -0.5]", "[0.25   10]", "∂ [0.42    0.786]", "  [0.94 8.24e-09]"] in lines
    assert ["(20, 30)", "∂ (20, 30)"] in lines
    assert ["Exp", "(20, 30)", "∂ (20, 30)"] in lines


def test_a_recurrent_weight_stands_again_where_it_is_used():
    w, h = leaf(0.5), leaf(1.0)
    y = h
    for _ in range(6):
        y = (w * y).tanh()
    y.backward()
    picture = draw_graph(y, {"w": w, "h": h})
    shown = [lines for lines, _ in boxes(picture)]
    assert sum(lines == ["w"] for lines in shown) == 5
    assert sum(lines[0] == "w" and len(lines) == 3 for lines in shown) == 1
    assert "stroke-dasharray" in picture.svg
    assert_apart([frame for _, frame in boxes(picture)])


def test_a_long_graph_runs_down_the_page():
    y = leaf(1.0)
    for _ in range(40):
        y = y.tanh()
    root = ET.fromstring(draw_graph(y).svg)
    assert float(root.get("height")) > 2000 > 300 > float(root.get("width"))


def test_names_are_escaped_and_the_file_is_utf8(tmp_path):
    x = leaf(1.0)
    picture = draw_graph(x.exp(), {"<w> & é": x})
    assert ["<w> & é", "1"] in [lines for lines, _ in boxes(picture)]
    picture.save(tmp_path / "graph.svg")
    assert (tmp_path / "graph.svg").read_text(encoding="utf-8") == picture._repr_svg_()


def test_a_huge_graph_is_refused():
    y = leaf(1.0)
    for _ in range(10_000):
        y = y + 1.0
    with pytest.raises(ValueError, match="draw_graph: this graph has more than 150 nodes, too many to read"):
        draw_graph(y)


@st.composite
def graphs(draw):
    inputs = {}
    for node in range(draw(st.integers(1, 25))):
        inputs[node] = draw(st.lists(st.integers(0, node - 1), max_size=3)) if node else []
    return inputs


@settings(max_examples=60, deadline=None)
@given(graphs(), st.integers(0, 2**32 - 1))
def test_layouts_of_random_graphs(inputs, seed):
    sizes = dict(enumerate(np.random.default_rng(seed).uniform(10, 100, len(inputs))))
    places = layout(inputs, sizes, gap=5.0)
    for node, sources in inputs.items():
        for source in sources:
            assert places.layer[source] < places.layer[node]
            way = places.ways[source, node]
            assert [layer for layer, _ in way] == list(range(places.layer[source], places.layer[node] + 1))
            assert (way[0][1], way[-1][1]) == (places.across[source], places.across[node])
    for a, b in combinations(inputs, 2):
        if places.layer[a] == places.layer[b]:
            assert abs(places.across[a] - places.across[b]) >= (sizes[a] + sizes[b]) / 2 + 5 - 1e-6


def test_the_graph_in_words():
    x, a = leaf(2.0), leaf(3.0)
    f = x * a + x
    f.backward()
    picture = draw_graph(f, {"x": x, "a": a})
    assert picture.words == (
        "A computation graph of 4 nodes. x: 2, gradient 4. a: 3, gradient 2. "
        "× (node 3) of x and a: 6, gradient 1. + (node 4) of × (node 3) and x: 8, gradient 1."
    )
    assert f'alt="{picture.words}"' in picture._repr_html_()


def test_a_large_graph_is_not_told():
    x = leaf(1.0)
    for _ in range(40):
        x = x * 1.5
    assert "too large to be told" in draw_graph(x).words
