"""The encoder-decoder against the same parts put together in PyTorch, and on a small translation-like task."""

import numpy as np
import pytest
import torch

from tplib import nn

SOURCE, TARGET, WIDTH, HIDDEN = 7, 6, 3, 5


def both(kind, batch_first=False, seed=0):
    options = {"num_layers": 2, "batch_first": batch_first}
    oracle = torch.nn.ModuleDict(
        {
            "source_embedding": torch.nn.Embedding(SOURCE, WIDTH),
            "encoder": getattr(torch.nn, kind)(WIDTH, HIDDEN, **options),
            "target_embedding": torch.nn.Embedding(TARGET, WIDTH),
            "decoder": getattr(torch.nn, kind)(WIDTH, HIDDEN, **options),
            "output": torch.nn.Linear(HIDDEN, TARGET),
        }
    ).double()
    model = nn.Seq2Seq(
        nn.Embedding(SOURCE, WIDTH),
        getattr(nn, kind)(WIDTH, HIDDEN, **options),
        nn.Embedding(TARGET, WIDTH),
        getattr(nn, kind)(WIDTH, HIDDEN, **options),
        nn.Linear(HIDDEN, TARGET),
        rng=np.random.default_rng(seed),
    )
    model.load_state_dict(oracle.state_dict())
    return model, oracle


@pytest.mark.parametrize("kind", ["RNN", "LSTM", "GRU"])
@pytest.mark.parametrize("batch_first", [False, True])
@pytest.mark.parametrize("lengths", [None, [2, 4, 1]])
def test_teacher_forcing(normal, kind, batch_first, lengths):
    model, oracle = both(kind, batch_first)
    rng = np.random.default_rng(0)
    source, target = rng.integers(SOURCE, size=(4, 3)), rng.integers(TARGET, size=(5, 3))
    if batch_first:
        source, target = source.T, target.T
    scores = model(source, target, lengths)
    words = oracle["source_embedding"](torch.tensor(source))
    if lengths is not None:
        words = torch.nn.utils.rnn.pack_padded_sequence(words, lengths, batch_first, enforce_sorted=False)
    _, state = oracle["encoder"](words)
    expected = oracle["output"](oracle["decoder"](oracle["target_embedding"](torch.tensor(target)), state)[0])
    np.testing.assert_allclose(scores.data, expected.detach().numpy(), rtol=1e-10)
    cotangent = normal(0, *scores.shape)
    scores.backward(cotangent)
    expected.backward(torch.tensor(cotangent))
    for (name, ours), theirs in zip(model.named_parameters(), oracle.parameters(), strict=True):
        np.testing.assert_allclose(np.asarray(ours.grad), theirs.grad.numpy(), rtol=1e-10, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("batch_first", [False, True])
def test_without_teacher_the_decoder_reads_its_own_guesses(batch_first):
    model, oracle = both("GRU", batch_first)
    rng = np.random.default_rng(1)
    source, target = rng.integers(SOURCE, size=(4, 3)), rng.integers(TARGET, size=(5, 3))
    _, state = oracle["encoder"](oracle["source_embedding"](torch.tensor(source.T if batch_first else source)))
    words, expected = torch.tensor(target[0]), []
    for _ in range(5):
        step = oracle["target_embedding"](words).unsqueeze(1 if batch_first else 0)
        hidden, state = oracle["decoder"](step, state)
        expected.append(oracle["output"](hidden))
        words = expected[-1].argmax(-1).reshape(-1)
    stacked = torch.cat(expected, dim=1 if batch_first else 0).detach().numpy()
    scores = model(source.T if batch_first else source, target.T if batch_first else target, teacher_forcing=0.0)
    np.testing.assert_allclose(scores.data, stacked, rtol=1e-10)
    written = model.generate(source.T if batch_first else source, start=0, end=-1, max_length=5)
    assert written.shape == ((3, 5) if batch_first else (5, 3))
    # The start symbol in place of the targets' first.
    target[0] = 0
    scores = model(source.T if batch_first else source, target.T if batch_first else target, teacher_forcing=0.0)
    np.testing.assert_array_equal(written, scores.data.argmax(-1))


def test_scheduled_sampling_lies_between_and_is_drawn_from_its_generator():
    rng = np.random.default_rng(2)
    source, target = rng.integers(SOURCE, size=(4, 30)), rng.integers(TARGET, size=(6, 30))
    torch.manual_seed(0)
    model, _ = both("GRU")
    taught, alone = model(source, target).data, model(source, target, teacher_forcing=0.0).data
    model.rng = np.random.default_rng(0)
    half = model(source, target, teacher_forcing=0.5).data
    model.rng = np.random.default_rng(0)
    np.testing.assert_array_equal(half, model(source, target, teacher_forcing=0.5).data)
    np.testing.assert_allclose(half[0], taught[0], rtol=1e-12)
    second = [np.isclose(half[1], other[1]).all(axis=1) for other in (taught, alone)]
    assert (second[0] | second[1]).all()
    assert not second[0].all()
    assert not second[1].all()


def test_learns_to_write_a_sequence_backwards():
    # Symbols 2 to 5; 0 starts and 1 ends. After training, whole sequences must be right, from the model's own guesses.
    rng = np.random.default_rng(0)
    model = nn.Seq2Seq(
        nn.Embedding(6, 8, rng=rng),
        nn.GRU(8, 32, rng=rng),
        nn.Embedding(6, 8, rng=rng),
        nn.GRU(8, 32, rng=rng),
        nn.Linear(32, 6, rng=rng),
    )
    optimiser = nn.optim.Adam(model.parameters(), lr=0.01)

    def batch(size):
        source = rng.integers(2, 6, (4, size))
        ends = np.zeros((1, size), np.int64), np.ones((1, size), np.int64)
        return source, np.concatenate([ends[0], source[::-1], ends[1]])

    for _ in range(400):
        source, target = batch(32)
        optimiser.zero_grad()
        scores = model(source, target[:-1])
        nn.functional.cross_entropy(scores.reshape(-1, 6), target[1:].reshape(-1)).backward()
        optimiser.step()
    source, target = batch(200)
    written = model.generate(source, start=0, end=1, max_length=9)
    assert written.shape == (5, 200)
    assert (written == target[1:]).all(axis=0).mean() > 0.95


def test_after_the_end_there_is_only_the_end():
    model, _ = both("GRU")
    written = model.generate(np.zeros((3, 40), int) + np.arange(40) % SOURCE, start=0, end=2, max_length=8)
    after = np.logical_or.accumulate(written == 2, axis=0)
    assert (written[after] == 2).all()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda model: model(np.zeros((3, 2), int), np.zeros((3, 2), int), teacher_forcing=2),
            "teacher_forcing between",
        ),
        (lambda model: model(np.zeros((3, 2), int), np.zeros(3, int)), r"time and batch, got \(3,\)"),
        (lambda model: nn.Seq2Seq(*list(model.children())[:3], nn.LSTM(3, 5), nn.Linear(5, 6)), "of one kind"),
    ],
)
def test_sentences(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call(both("GRU")[0])
