"""save and load: equal to the last bit, all or nothing, no pickles."""

import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import TplibError, nn
from tplib.nn.training.checkpoint import load, save

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(values)
def test_a_round_trip(tmp_path_factory, value):
    path = tmp_path_factory.getbasetemp() / "value.npz"
    save(value, path)
    assert repr(load(path)) == repr(value)  # repr also tells -0.0 from 0.0, True from 1, and knows NaN


def test_arrays_and_a_training_state(tmp_path):
    net = nn.Sequential(nn.Linear(3, 2), nn.Linear(2, 1, dtype=np.float64))
    optimizer = nn.optim.Adam(net.parameters())
    net(np.ones((1, 3))).sum().backward()
    optimizer.step()
    rng = np.random.Generator(np.random.MT19937(0))
    odd = {
        "file": np.ones(2),
        "a": {"b": np.zeros((0, 3))},
        "a/b": np.array(5),
        "t": nn.Tensor([1]),
        "n": np.int8(3),
    }
    path = tmp_path / "new folder" / "state"
    save({"net": net.state_dict(), "optim": optimizer.state_dict(), "rng": rng.bit_generator.state, "odd": odd}, path)
    back = load(path)
    assert {k: (v.dtype, v.tobytes()) for k, v in back["net"].items()} == {
        k: (v.dtype, v.tobytes()) for k, v in net.state_dict().items()
    }
    assert back["optim"]["param_groups"] == optimizer.state_dict()["param_groups"]
    np.testing.assert_array_equal(back["optim"]["state"][0]["exp_avg"], optimizer.state_dict()["state"][0]["exp_avg"])
    again = np.random.Generator(np.random.MT19937(1))
    again.bit_generator.state = back["rng"]
    assert again.random() == rng.random()
    assert {k: np.asarray(v["b"] if k == "a" else v).tolist() for k, v in back["odd"].items()} == {
        "file": [1, 1], "a": [], "a/b": 5, "t": [1], "n": 3,
    }  # fmt: skip


def test_a_failed_save_keeps_the_former_file(tmp_path, monkeypatch):
    path = tmp_path / "state.npz"
    save({"a": 1}, path)

    def cut_off(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", cut_off)
    with pytest.raises(KeyboardInterrupt):
        save({"a": 2}, path)
    assert load(path) == {"a": 1}
    assert os.listdir(tmp_path) == ["state.npz"]


def test_what_it_refuses(tmp_path):
    path = tmp_path / "state.npz"
    with pytest.raises(TypeError, match=r"save: cannot write a Linear \(at state/a/0\); give its state_dict"):
        save({"a": [nn.Linear(1, 1)]}, path)
    with pytest.raises(FileNotFoundError):
        load(path)
    np.savez(path, a=np.ones(2))
    with pytest.raises(TplibError, match=r"state.npz is not a file that tplib.nn.save wrote"):
        load(path)
    np.savez(path, facts=np.array([{"a": 1}], object))
    with pytest.raises(TplibError, match="is not a file"):
        load(path)
    save({"a": np.ones(100)}, path)
    whole = path.read_bytes()
    for size in (0, 10, len(whole) // 2, len(whole) - 5):
        path.write_bytes(whole[:size])
        with pytest.raises(TplibError, match="damaged; delete it and train again"):
            load(path)


def test_tensors_stay_tensors(tmp_path):
    """As in PyTorch; what requires a gradient comes back without."""
    parts = {
        "t": nn.Tensor([1.0, 2.0]),
        "p": nn.Parameter(np.ones(2, np.float32)),
        "a": np.ones(2),
        "l": [nn.Tensor(1)],
    }
    nn.save(parts, tmp_path / "parts")
    again = nn.load(tmp_path / "parts")
    assert [type(again[key]) for key in "tpa"] == [nn.Tensor, nn.Tensor, np.ndarray]
    assert isinstance(again["l"][0], nn.Tensor)
    assert not again["p"].requires_grad
    assert again["p"].dtype == np.float32
    np.testing.assert_array_equal(again["t"].data, [1.0, 2.0])
