"""KL divergences against PyTorch and closed forms."""

import numpy as np
import pytest
import torch
import torch.nn.functional as TF
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib import nn
from tplib.nn import functional as F

few = settings(max_examples=30, deadline=None)
seeds = st.integers(0, 2**32 - 1)
dtypes = st.sampled_from([np.float32, np.float64])


@pytest.mark.filterwarnings("ignore:reduction. .mean. divides")
@few
@given(
    st.integers(1, 4),
    st.integers(1, 4),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["none", "mean", "sum", "batchmean"]),
    seeds,
    dtypes,
)
def test_kl_div(same, normal, rows, classes, one_target, log_target, reduction, seed, dtype):
    x = normal(seed, rows, classes, dtype=dtype)
    target = normal(seed + 1, 1 if one_target else rows, classes, dtype=dtype)
    target = target if log_target else np.exp(target)
    same(
        lambda x, t: F.kl_div(x, t, reduction=reduction, log_target=log_target),
        lambda x, t: TF.kl_div(x, t, reduction=reduction, log_target=log_target),
        x,
        target,
        seed=seed,
    )


@pytest.mark.filterwarnings("ignore:reduction. .mean. divides")
def test_kl_div_of_impossible_classes(same, normal):
    target = np.array([[0.0, 1.0], [0.25, 0.75]])
    x = normal(0, 2, 2)
    same(lambda x: F.kl_div(x, target), lambda x: TF.kl_div(x, torch.tensor(target)), x)
    same(nn.KLDivLoss(reduction="sum"), torch.nn.KLDivLoss(reduction="sum"), x, np.exp(normal(1, 2, 2)))
    q = np.array([[0.5, 0.5]])
    np.testing.assert_allclose(
        F.kl_div(np.log(q), [[0.25, 0.75]], reduction="batchmean").item(), 0.25 * np.log(0.5) + 0.75 * np.log(1.5)
    )


@few
@given(
    st.lists(st.integers(1, 3), max_size=2), st.integers(1, 4), st.sampled_from(["none", "mean", "sum"]), seeds, dtypes
)
def test_kl_divergence_normal(same, normal, lead, width, reduction, seed, dtype):
    def theirs(mu, log_var):
        p = torch.distributions.Normal(mu, torch.exp(0.5 * log_var))
        q = torch.distributions.Normal(torch.zeros_like(mu), torch.ones_like(mu))
        each = torch.distributions.kl_divergence(p, q).sum(-1)
        return {"none": each, "mean": each.mean(), "sum": each.sum()}[reduction]

    arrays = normal(seed, *lead, width, dtype=dtype), normal(seed + 1, *lead, width, dtype=dtype)
    same(lambda m, v: F.kl_divergence_normal(m, v, reduction=reduction), theirs, *arrays, seed=seed)


def test_kl_divergence_normal_is_the_mean_log_ratio():
    mu, log_var = np.array([[0.5, -1.0]]), np.array([[0.2, -0.7]])
    sd = np.exp(log_var / 2)
    noise = np.random.default_rng(0).standard_normal((400_000, 2))
    z = mu + sd * noise
    ratio = (-0.5 * noise**2 - np.log(sd) + 0.5 * z**2).sum(1)
    np.testing.assert_allclose(F.kl_divergence_normal(mu, log_var).item(), ratio.mean(), atol=4 * ratio.std() / 632)
    assert F.kl_divergence_normal(np.zeros((3, 2)), np.zeros((3, 2))).item() == 0


@pytest.mark.parametrize("likelihood", ["bernoulli", "bernoulli_logits", "gaussian"])
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_vae_loss(same, normal, likelihood, reduction):
    target = np.random.default_rng(0).random((3, 4))

    def theirs(x, mu, log_var):
        t = torch.tensor(target)
        if likelihood == "gaussian":
            error = 0.5 * ((x - t) ** 2).sum()
        else:
            loss = TF.binary_cross_entropy if likelihood == "bernoulli" else TF.binary_cross_entropy_with_logits
            error = loss(x, t, reduction="sum")
        # The formula of PyTorch's own example.
        total = error - 0.7 * 0.5 * torch.sum(1 + log_var - mu.pow(2) - log_var.exp())
        return total if reduction == "sum" else total / 3

    x = normal(1, 3, 4)
    x = 1 / (1 + np.exp(-x)) if likelihood == "bernoulli" else x
    same(
        lambda x, mu, log_var: F.vae_loss(x, target, mu, log_var, likelihood=likelihood, beta=0.7, reduction=reduction),
        theirs,
        x,
        normal(2, 3, 2),
        normal(3, 3, 2),
    )


@few
@given(st.integers(1, 4), st.integers(1, 4), st.floats(0.01, 0.9), seeds)
def test_kl_sparsity(same, normal, batch, units, rho, seed):
    a = 1 / (1 + np.exp(-normal(seed, batch, units)))

    def theirs(a):
        p, q = torch.distributions.Bernoulli(torch.tensor(rho).double()), torch.distributions.Bernoulli(a.mean(0))
        return torch.distributions.kl_divergence(p, q).sum()

    # The float32 in PyTorch's Bernoulli limits the agreement.
    ours = F.kl_sparsity(a, rho).item()
    np.testing.assert_allclose(ours, theirs(torch.tensor(a)).item(), rtol=1e-6, atol=1e-8)
    same(
        lambda a: F.kl_sparsity(a, rho),
        lambda a: (rho * torch.log(rho / a.mean(0)) + (1 - rho) * torch.log((1 - rho) / (1 - a.mean(0)))).sum(),
        a,
        seed=seed,
    )


def test_kl_sparsity_is_zero_at_its_target():
    np.testing.assert_allclose(F.kl_sparsity(np.full((4, 3), 0.2), 0.2).item(), 0, atol=1e-15)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: F.kl_div(np.ones(2), np.ones(3)), "expected input and target of shapes that broadcast together"),
        (lambda: F.kl_div(np.ones(2), np.ones(2), reduction="all"), "kl_div: expected reduction"),
        (lambda: F.kl_divergence_normal(np.ones(2), np.ones(3)), r"mu and log_var of one shape \(..., L\)"),
        (lambda: F.kl_divergence_normal([0.0], [0.0], reduction="all"), "kl_divergence_normal: expected reduction"),
        (lambda: F.vae_loss(*[np.ones((2, 3))] * 2, *[np.ones((1, 2))] * 2), r"got \(2, 3\), \(2, 3\), \(1, 2\)"),
        (lambda: F.vae_loss(*[np.ones((2, 3))] * 4, reduction="none"), 'vae_loss: expected reduction "mean" or "sum"'),
        (lambda: F.vae_loss(*[np.ones((2, 3))] * 4, likelihood="poisson"), "vae_loss: expected likelihood"),
        (lambda: F.kl_sparsity(np.ones(3)), r"kl_sparsity: expected activations \(B, H\)"),
        (lambda: F.kl_sparsity(2 * np.ones((3, 2))), "kl_sparsity: expected activations between 0 and 1"),
    ],
)
def test_mistakes_are_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()
