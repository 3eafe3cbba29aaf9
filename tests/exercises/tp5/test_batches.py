"""The exercises of 3_batches: references against PyTorch and scikit-learn, and verdicts on usual answers."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib.exercises.tp5.batches import EXERCISES
from tplib.graders import judge
from tplib.graders.draw import NumpyDraw

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}

few = settings(deadline=None, max_examples=25)
seeds = given(seed=st.integers(0, 2**32 - 1))


def drawn(name: str, seed: int) -> tuple[Any, ...]:
    return BY_NAME[name].draw(NumpyDraw(np.random.default_rng(seed)))


@few
@seeds
def test_collate_equals_pytorch(seed: int) -> None:
    torch = pytest.importorskip("torch")
    sequences, value = drawn("collate", seed)
    tensors = [torch.tensor(sequence, dtype=torch.int64) for sequence in sequences]
    theirs = torch.nn.utils.rnn.pad_sequence(tensors, batch_first=True, padding_value=value)
    x, lengths = BY_NAME["collate"].reference(sequences, value)
    np.testing.assert_array_equal(x, theirs.numpy())
    assert lengths.tolist() == [len(tensor) for tensor in tensors]


@few
@given(n=st.integers(1, 40), size=st.integers(1, 12), drop_last=st.booleans(), seed=st.integers(0, 2**32 - 1))
def test_minibatches_cut_as_pytorch_does(n: int, size: int, drop_last: bool, seed: int) -> None:
    data = pytest.importorskip("torch.utils.data")
    theirs = data.BatchSampler(range(n), size, drop_last)
    ours = BY_NAME["minibatches"].reference(n, size, np.random.default_rng(seed), drop_last)
    assert [len(batch) for batch in ours] == [len(batch) for batch in theirs]
    seen = [int(i) for batch in ours for i in batch]
    assert len(set(seen)) == len(seen)
    assert set(seen) <= set(range(n))


@few
@seeds
def test_standardize_equals_scikit_learn(seed: int) -> None:
    preprocessing = pytest.importorskip("sklearn.preprocessing")
    train, test = drawn("standardize", seed)
    scaler = preprocessing.StandardScaler().fit(train)
    ours = BY_NAME["standardize"].reference(train, test)
    np.testing.assert_allclose(ours[0], scaler.transform(train), atol=1e-12)
    np.testing.assert_allclose(ours[1], scaler.transform(test), atol=1e-12)


@few
@seeds
def test_sentence_vector_equals_pytorchs_embedding_bag(seed: int) -> None:
    torch = pytest.importorskip("torch")
    indices, embeddings, _ = drawn("sentence_vector", seed)
    for mode in ("mean", "sum"):
        theirs = torch.nn.functional.embedding_bag(
            torch.from_numpy(indices), torch.from_numpy(embeddings), mode=mode, padding_idx=0
        )
        ours = BY_NAME["sentence_vector"].reference(indices, embeddings, mode)
        np.testing.assert_allclose(ours, theirs.numpy(), atol=1e-12)


@pytest.mark.parametrize(
    ("name", "answer", "score", "misconception"),
    [
        ("collate", lambda sequences, padding_value=0: np.array(sequences), 0, None),
        ("minibatches", lambda n, size, rng, drop_last=False: [rng.permutation(n)], 0, None),
        ("minibatches", lambda n, size, rng, drop_last=False: list(range(n)), 0, None),
        ("standardize", lambda train, test: (train, test), 0, None),
        ("sentence_vector", lambda i, e, mode="mean": e[i].mean(axis=1), 0, None),
        ("sentence_vector", lambda i, e, mode="mean": 0 * e[i].sum(axis=1), 0, None),
    ],
)
@pytest.mark.usefixtures("no_shrinking")
def test_as_students_write_them(name: str, answer: Any, score: float, misconception: str | None) -> None:
    verdict = judge.judge(BY_NAME[name], answer, 0)
    assert (verdict.score, verdict.misconception) == (score, misconception)
