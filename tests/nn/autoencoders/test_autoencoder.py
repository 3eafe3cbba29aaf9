"""Autoencoders: the linear one finds the principal subspace; tied weights, penalties, noise and sampling."""

import copy

import numpy as np
import pytest
import torch

from tplib import nn
from tplib.nn import functional as F


def identity(z):
    return z


def blob(seed, number=200, width=6):
    """Centred points whose variance falls quickly from one principal axis to the next."""
    rng = np.random.default_rng(seed)
    axes = np.linalg.qr(rng.normal(size=(width, width)))[0]
    x = rng.normal(size=(number, width)) * np.array([3, 2, 0.5, 0.3, 0.2, 0.1]) @ axes
    return x - x.mean(0)


def train(model, x, steps, lr):
    optimiser = nn.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        optimiser.zero_grad()
        loss = model.loss(x)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return losses


@pytest.mark.parametrize("tied", [False, True])
def test_a_linear_autoencoder_is_pca(tied):
    x = blob(0)
    model = nn.Autoencoder([6, 2], identity, tied=tied, rng=np.random.default_rng(1), dtype=np.float64)
    train(model, x, 1500, 0.02)
    _, singular, axes = np.linalg.svd(x, full_matrices=False)
    np.testing.assert_allclose(model.loss(x).item(), (singular[2:] ** 2).sum() / x.size, rtol=1e-4)
    decoder = model.encoder.state_dict()["0.weight"].T if tied else model.decoder.state_dict()["0.weight"]
    basis = np.linalg.qr(decoder)[0]  # (6, 2)
    np.testing.assert_allclose(basis @ basis.T, axes[:2].T @ axes[:2], atol=1e-3)
    if tied:
        np.testing.assert_allclose(decoder.T @ decoder, np.eye(2), atol=1e-2)  # W' W = 1 at the optimum


@pytest.mark.parametrize("tied", [False, True])
def test_deep_autoencoder_equals_pytorchs_layers(normal, tied):
    model = nn.Autoencoder([5, 4, 2], F.tanh, F.sigmoid, identity, tied, dtype=np.float64)
    x = normal(0, 3, 5)
    own = {key: torch.tensor(value, requires_grad=True) for key, value in model.state_dict().items()}
    keys = [f"{part}.{i}.{name}" for part in ("encoder", "decoder") for i in (0, 1) for name in ("weight", "bias")]
    assert list(own) == [key for key in keys if not (tied and "decoder" in key and "weight" in key)]
    weights = [own["encoder.0.weight"], own["encoder.1.weight"]]
    weights += [weights[1].T, weights[0].T] if tied else [own["decoder.0.weight"], own["decoder.1.weight"]]
    biases = [own[f"{part}.{i}.bias"] for part in ("encoder", "decoder") for i in (0, 1)]
    h = torch.tensor(x)
    for weight, bias, function in zip(weights, biases, (torch.tanh, identity, torch.tanh, torch.sigmoid), strict=True):
        h = function(torch.nn.functional.linear(h, weight, bias))
    loss = ((h - torch.tensor(x)) ** 2).mean()
    loss.backward()
    ours = model.loss(x)
    ours.backward()
    np.testing.assert_allclose(ours.item(), loss.item(), rtol=1e-12)
    for name, parameter in model.named_parameters():
        np.testing.assert_allclose(parameter.grad, own[name].grad.numpy(), rtol=1e-10, atol=1e-14, err_msg=name)


def test_tied_weights_are_one_parameter():
    model = nn.Autoencoder([6, 4, 2], tied=True)
    assert sum(p.numel() for p in model.parameters()) == 6 * 4 + 4 * 2 + 4 + 2 + 4 + 6
    twin = copy.deepcopy(model)
    with nn.no_grad():
        twin.encoder.state_dict()  # a copy
        next(twin.parameters()).fill_(0.0)
        for i in (0, 1):
            getattr(twin.decoder, str(i)).bias.fill_(1.0)
    # The copy's decoder uses the copy's encoder, whose first weight is now 0.
    np.testing.assert_array_equal(twin(np.ones((1, 6), np.float32)).data, 1)
    assert next(model.parameters()).data.any()


@pytest.mark.parametrize("penalty", ["kl", "l1"])
def test_sparse_codings(penalty):
    x = np.abs(blob(2)).astype(np.float32)
    means = {}
    for strength in (0.0, 0.3):
        model = nn.SparseAutoencoder([6, 8], penalty, strength, rho=0.05, rng=np.random.default_rng(0))
        train(model, x, 200, 0.02)
        means[strength] = np.abs(model.encode(x).data).mean()
    assert means[0.3] < 0.5 * means[0.0]
    coding = model.encode(x)
    extra = (model.loss(x).item() - F.mse_loss(model(x), x).item()) / 0.3
    expected = F.kl_sparsity(coding, 0.05).item() if penalty == "kl" else np.abs(coding.data).sum(1).mean()
    np.testing.assert_allclose(extra, expected, rtol=1e-3)


@pytest.mark.parametrize("corruption", [None, nn.GaussianNoise(0.5), nn.Dropout(0.5)])
def test_noise_in_training_only(corruption):
    x = blob(3).astype(np.float32)
    model = nn.DenoisingAutoencoder([6, 2], corruption, activation=identity, rng=np.random.default_rng(0))
    assert not np.array_equal(model(x).data, model(x).data)
    model.eval()
    np.testing.assert_array_equal(model(x).data, model(x).data)
    np.testing.assert_array_equal(model(x).data, model.decode(model.encode(x)).data)
    assert model.train()(x).dtype == np.float32


def test_denoising_shrinks_what_is_mostly_noise():
    # With inputs x + noise, the best linear map shrinks a principal axis of variance v to v / (v + noise variance).
    x = blob(4, 2000)
    model = nn.DenoisingAutoencoder(
        [6, 6], nn.GaussianNoise(1.0, rng=np.random.default_rng(1)), activation=identity, dtype=np.float64
    )
    train(model, x, 600, 0.01)
    model.eval()
    _, singular, axes = np.linalg.svd(x, full_matrices=False)
    variance = singular**2 / len(x)
    gains = [(model(axis).data - model(np.zeros(6)).data) @ axis for axis in axes]
    np.testing.assert_allclose(gains, variance / (variance + 1), atol=0.06)


def test_gaussian_noise_has_its_standard_deviation():
    layer = nn.GaussianNoise(0.3, rng=np.random.default_rng(0))
    noise = layer(np.zeros((200, 200))).data
    np.testing.assert_allclose([noise.mean(), noise.std()], [0, 0.3], atol=0.003)


@pytest.mark.parametrize("likelihood", ["bernoulli", "gaussian"])
def test_variational_autoencoder(normal, likelihood):
    x = np.random.default_rng(0).random((4, 5))
    rng = np.random.default_rng(1)
    model = nn.VariationalAutoencoder([5, 3, 2], F.tanh, likelihood, beta=0.5, rng=rng, dtype=np.float64)
    before = copy.deepcopy(rng)
    loss = model.loss(x)
    loss.backward()

    own = {key: torch.tensor(value, requires_grad=True) for key, value in model.state_dict().items()}

    def linear(name, h):
        return torch.nn.functional.linear(h, own[f"{name}.weight"], own[f"{name}.bias"])

    t = torch.tensor(x)
    h = torch.tanh(linear("encoder.0", t))
    mu, log_var = linear("mu", h), linear("log_var", h)
    z = mu + torch.exp(0.5 * log_var) * torch.tensor(before.standard_normal((4, 2)))
    out = linear("decoder.2", torch.tanh(linear("decoder.0", z)))
    if likelihood == "bernoulli":
        error = torch.nn.functional.binary_cross_entropy_with_logits(out, t, reduction="sum")
    else:
        error = 0.5 * ((out - t) ** 2).sum()
    expected = error / 4 - 0.5 * 0.5 * (1 + log_var - mu**2 - log_var.exp()).sum() / 4
    expected.backward()
    np.testing.assert_allclose(loss.item(), expected.item(), rtol=1e-12)
    for name, parameter in model.named_parameters():
        np.testing.assert_allclose(parameter.grad, own[name].grad.numpy(), rtol=1e-10, atol=1e-14, err_msg=name)


def test_variational_codings_are_random_in_evaluation_too():
    model = nn.VariationalAutoencoder([5, 3, 2], rng=np.random.default_rng(0)).eval()
    x = np.random.default_rng(0).random((4, 5), np.float32)
    first, mu, log_var = model(x)
    again, mu_again, _ = model(x)
    assert not np.array_equal(first.data, again.data)
    np.testing.assert_array_equal(mu.data, mu_again.data)
    assert first.dtype == log_var.dtype == np.float32
    drawn = model.sample(7)
    assert drawn.shape == (7, 5)
    assert ((drawn.data > 0) & (drawn.data < 1)).all()
    draws = model.reparameterize(nn.Tensor(np.full((20000, 1), 2.0)), nn.Tensor(np.full((20000, 1), np.log(0.25)))).data
    np.testing.assert_allclose([draws.mean(), draws.std()], [2, 0.5], atol=0.02)


def test_variational_autoencoder_learns():
    x = (np.random.default_rng(0).random((200, 1)) < 0.5) * np.ones((1, 6))  # all on, or all off
    model = nn.VariationalAutoencoder([6, 8, 1], rng=np.random.default_rng(1))
    losses = train(model, x.astype(np.float32), 400, 0.02)
    assert np.mean(losses[-20:]) < 1.5 < 6 * np.log(2) < losses[0] + 0.5  # near log 2 plus what the coding costs
    sampled = model.sample(200).data
    assert np.abs(sampled - 0.5).mean() > 0.4
    assert 0.2 < (sampled.mean(1) > 0.5).mean() < 0.8


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: nn.Autoencoder([3]), "expected the sizes of input and coding layer at least"),
        (lambda: nn.SparseAutoencoder([3, 2], "l2"), 'SparseAutoencoder: expected penalty "kl" or "l1"'),
        (lambda: nn.GaussianNoise(-1), "GaussianNoise: expected a standard deviation of at least 0"),
        (lambda: nn.VariationalAutoencoder([3]), "expected the sizes of input and coding at least"),
        (lambda: nn.VariationalAutoencoder([3, 2], likelihood="poisson"), 'expected likelihood "bernoulli" or'),
    ],
)
def test_mistakes_are_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()
