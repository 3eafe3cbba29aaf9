"""Batches of any nesting. The device `meta` is the second device here: a tensor there has a shape and no data."""

import dataclasses
from collections import OrderedDict, UserDict, UserList, defaultdict, deque, namedtuple
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn.utils.rnn import PackedSequence, pack_sequence, pad_packed_sequence

from tplib.gpu import pin, to_device
from tplib.gpu.moving import tensors

Pair = namedtuple("Pair", "x y")


class Text(NamedTuple):
    ids: torch.Tensor
    words: list[str]


@dataclasses.dataclass(frozen=True, slots=True)
class Frozen:
    ids: torch.Tensor
    name: str


@dataclasses.dataclass
class Counted:
    ids: torch.Tensor
    length: int = dataclasses.field(init=False)
    made: int = 0

    def __post_init__(self) -> None:
        self.length = len(self.ids)
        self.made += 1


class Encoding(UserDict):
    """As transformers' BatchEncoding: a dictionary with further attributes."""

    def __init__(self, data: dict[str, Any], offsets: list[int]) -> None:
        super().__init__(data)
        self.offsets = offsets


def x() -> torch.Tensor:
    return torch.arange(3)


CONTAINERS = [
    [x()],
    (x(),),
    {"a": x()},
    OrderedDict(a=x()),
    defaultdict(list, a=x()),
    UserDict(a=x()),
    UserList([x()]),
    deque([x()], maxlen=4),
    {x()},
    frozenset([x()]),
    Pair(x(), 1),
    Text(x(), ["a"]),
    Frozen(x(), "a"),
    Counted(x()),
    Encoding({"ids": x()}, [1]),
    torch.max(torch.ones(2, 3), dim=1),
    [{"a": (Pair(x(), [x()]), "text")}],
]


@pytest.mark.parametrize("batch", CONTAINERS, ids=lambda batch: type(batch).__name__)
def test_every_container_keeps_its_type_and_moves_its_tensors(batch: Any) -> None:
    before = tensors(batch)
    moved = to_device(batch, "meta")
    assert type(moved) is type(batch)
    assert len(before) > 0
    assert [t.device.type for t in tensors(moved)] == ["meta"] * len(before)
    assert sorted(t.shape for t in tensors(moved)) == sorted(t.shape for t in before)
    assert [t.device.type for t in tensors(batch)] == ["cpu"] * len(before), "the old batch stays"


def test_what_is_no_tensor_stays() -> None:
    array, words, function = np.arange(3), ["a", "b"], len
    moved = to_device({"array": array, "words": words, "f": function, "none": None, "x": x(), 3: 2.5}, "meta")
    assert moved["array"] is array
    assert moved["words"] is words
    assert moved["f"] is function
    assert moved["none"] is None
    assert moved[3] == 2.5
    assert list(moved) == ["array", "words", "f", "none", "x", 3]


nested = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(), st.floats(allow_nan=False), st.binary()),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
)


@given(nested)
def test_without_tensors_it_is_the_same_object(batch: Any) -> None:
    assert to_device(batch, "meta") is batch


def test_named_tuple_with_a_constructor_of_its_own() -> None:
    class Odd(Pair):
        def __new__(cls, both):
            return super().__new__(cls, *both)

    moved = to_device(Odd((x(), 2)), "meta")
    assert type(moved) is Odd
    assert moved.x.is_meta
    assert moved.y == 2


def test_a_dataclass_is_not_made_again() -> None:
    moved = to_device(Counted(x()), "meta")
    assert (moved.made, moved.length) == (1, 3)
    assert moved.ids.is_meta


def test_a_dictionary_keeps_its_other_attributes() -> None:
    batch = Encoding({"ids": x(), "text": "a"}, [1, 2])
    moved = to_device(batch, "meta")
    assert moved.offsets is batch.offsets
    assert moved["text"] == "a"
    assert not batch["ids"].is_meta
    default = to_device(defaultdict(list, a=x()), "meta")
    assert default["new"] == []
    assert to_device(deque([x()], maxlen=4), "meta").maxlen == 4


def test_a_mapping_that_cannot_change_becomes_a_dictionary() -> None:
    moved = to_device(MappingProxyType({"a": x(), "b": 1}), "meta")
    assert moved["a"].is_meta
    assert moved["b"] == 1


def test_a_class_is_no_batch() -> None:
    assert to_device(Frozen, "meta") is Frozen
    assert to_device(Pair, "meta") is Pair


def test_packed_sequences_keep_what_belongs_to_the_cpu() -> None:
    packed = pack_sequence([torch.ones(2, 4), torch.ones(3, 4)], enforce_sorted=False)
    moved = to_device({"packed": packed}, "meta")["packed"]
    assert isinstance(moved, PackedSequence)
    assert moved.data.is_meta
    assert moved.sorted_indices.is_meta
    assert moved.batch_sizes.tolist() == [2, 2, 1]  # PyTorch wants the lengths on the CPU


def test_modules_move_in_place() -> None:
    model = torch.nn.Linear(2, 2)
    assert to_device([model], "meta")[0] is model
    assert model.weight.is_meta


def test_gradients_flow_through() -> None:
    leaf = torch.ones(3, dtype=torch.float64, requires_grad=True)
    moved = to_device([leaf], "meta")[0]
    assert moved.requires_grad
    assert to_device(leaf, "cpu") is leaf


def test_batch_encoding_of_transformers() -> None:
    transformers = pytest.importorskip("transformers")
    batch = transformers.BatchEncoding({"input_ids": torch.ones(2, 3), "words": ["a"]}, encoding=None, n_sequences=1)
    moved = to_device((batch, 0), "meta")[0]
    assert type(moved) is transformers.BatchEncoding
    assert moved.input_ids.is_meta
    assert moved["words"] == ["a"]
    assert moved.n_sequences == 1
    assert not batch["input_ids"].is_meta


def test_model_output_of_transformers() -> None:
    outputs = pytest.importorskip("transformers.modeling_outputs")
    output = outputs.BaseModelOutput(last_hidden_state=torch.ones(2, 3), hidden_states=(torch.ones(2),))
    moved = to_device(output, "meta")
    assert type(moved) is type(output)
    assert moved.last_hidden_state.is_meta
    assert moved["hidden_states"][0].is_meta
    assert not output.last_hidden_state.is_meta


def test_without_cuda_pinning_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    batch = {"a": [x()]}
    assert pin(batch) is batch


def test_only_a_copy_from_pinned_memory_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class Watched(torch.Tensor):
        def is_pinned(self, device=None) -> bool:
            return self.numel() == 2

        def to(self, device, non_blocking=False):
            asked.append((str(device), non_blocking))
            return self

    pinned, plain = (torch.ones(n).as_subclass(Watched) for n in (2, 3))
    for device in ("meta", "cpu"):
        to_device([pinned, plain], device)
    assert asked == [("meta", True), ("meta", False), ("cpu", False), ("cpu", False)]


def test_pinned_and_moved_on_cuda(cuda: torch.device) -> None:
    packed = pack_sequence([torch.rand(3, 4), torch.rand(2, 4)])
    sparse = torch.eye(3).to_sparse()
    batch = {"a": [torch.arange(5), Pair(torch.rand(2), "y")], "p": packed, "s": sparse}
    pinned = pin(batch)
    assert pinned["a"][0].is_pinned()
    assert pinned["a"][1].x.is_pinned()
    assert pinned["p"].data.is_pinned()
    assert pin(pinned["a"][0]) is pinned["a"][0]
    moved = to_device(pinned, cuda)
    assert {t.device for t in tensors(moved) if t.dtype.is_floating_point} == {cuda}
    back = to_device(moved, "cpu")
    torch.testing.assert_close(back["a"][0], torch.arange(5))
    torch.testing.assert_close(back["s"].to_dense(), torch.eye(3))
    for mine, true in zip(pad_packed_sequence(back["p"]), pad_packed_sequence(packed), strict=True):
        torch.testing.assert_close(mine, true)
    assert to_device(moved, cuda) is moved, "what is there already stays"
