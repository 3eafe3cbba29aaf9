"""The exercises of TP8-HFTrain/3_autoencoders: references equal PyTorch's, tplib's own and closed forms in float64."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.distributions import Bernoulli, Normal, kl_divergence

import tplib.nn as ours
from tplib.exercises.tp8.autoencoders import (
    EXERCISES,
    Autoencoder,
    add_noise,
    pretrain_then_classify,
    reparameterize,
    sparsity_penalty,
    tied_decode,
    vae_loss,
)
from tplib.graders import Exercise
from tplib.graders.judge import judge
from tplib.nn import functional


def drawn(seed: int, *shape: int) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=generator, dtype=torch.float64)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_judging_leaves_the_notebooks_generator_alone(exercise: Exercise) -> None:
    before = torch.get_rng_state()
    judge(exercise, exercise.reference)
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.parametrize("sizes", [[5, 3], [6, 4, 2], [3, 5, 4, 7]])
def test_autoencoder_equals_tplibs_own_in_values_and_gradients(sizes: list[int]) -> None:
    theirs = Autoencoder.reference(sizes).double()
    own = ours.Autoencoder(sizes, coding_activation=lambda z: z, dtype=np.float64)
    linear = [m for part in (theirs.encoder, theirs.decoder) for m in part if isinstance(m, nn.Linear)]
    layers = [*own.encoder.children(), *own.decoder.children()]
    for layer, of in zip(layers, linear, strict=True):
        layer.weight.data, layer.bias.data = of.weight.detach().numpy().copy(), of.bias.detach().numpy().copy()
    x = drawn(0, 4, sizes[0])
    F.mse_loss(theirs(x), x).backward()
    own.loss(x.numpy()).backward()
    np.testing.assert_allclose(theirs.encode(x).detach().numpy(), own.encode(x.numpy()).data, atol=1e-8)
    np.testing.assert_allclose(theirs(x).detach().numpy(), own(x.numpy()).data, atol=1e-8)
    for layer, of in zip(layers, linear, strict=True):
        np.testing.assert_allclose(of.weight.grad.numpy(), layer.weight.grad, atol=1e-8)
        np.testing.assert_allclose(of.bias.grad.numpy(), layer.bias.grad, atol=1e-8)


def test_tied_decode_is_the_linear_layers_of_pytorch_in_values_and_gradients() -> None:
    shapes = [(4, 6), (3, 4), (2, 3)]
    first = [drawn(i, *shape).requires_grad_() for i, shape in enumerate(shapes)]
    second = [w.detach().clone().requires_grad_() for w in first]
    biases = [drawn(9, n) for n in (3, 4, 6)]
    code = drawn(5, 7, 2)
    h = code
    for weight, bias in zip(second[::-1], biases, strict=True):
        h = F.linear(h if weight is second[-1] else F.relu(h), weight.T, bias)
    found = tied_decode.reference(code, first, biases)
    torch.testing.assert_close(found, h, rtol=0, atol=1e-8)
    cotangent = drawn(8, *h.shape)
    (found * cotangent).sum().backward()
    (h * cotangent).sum().backward()
    for one, other in zip(first, second, strict=True):
        torch.testing.assert_close(one.grad, other.grad, rtol=0, atol=1e-8)


@pytest.mark.parametrize("amount", [0.1, 1.5])
def test_gaussian_noise_has_its_deviation(amount: float) -> None:
    torch.manual_seed(0)
    noise = add_noise.reference(torch.zeros(200, 500), "gaussian", amount)
    assert noise.std().item() == pytest.approx(amount, rel=0.02)
    assert abs(noise.mean().item()) < 0.02 * amount


@pytest.mark.parametrize("amount", [0.2, 0.75])
def test_dropout_noise_keeps_values_unscaled(amount: float) -> None:
    torch.manual_seed(0)
    x = torch.full((200, 500), 0.6)
    noisy = add_noise.reference(x, "dropout", amount)
    assert (noisy == 0).double().mean().item() == pytest.approx(amount, abs=0.01)
    assert set(noisy.unique().tolist()) == {0.0, x[0, 0].item()}
    assert add_noise.reference(x, "dropout", amount, False) is x


def test_sparsity_penalty_is_the_divergence_of_pytorch_and_of_tplib() -> None:
    codes = torch.sigmoid(drawn(0, 6, 4)).requires_grad_()
    again = codes.detach().clone().requires_grad_()
    rho = 0.1
    expected = kl_divergence(Bernoulli(torch.full((4,), rho, dtype=torch.float64)), Bernoulli(again.mean(0))).sum()
    found = sparsity_penalty.reference(codes, rho)
    found.backward()
    expected.backward()
    assert found.item() == pytest.approx(expected.item(), abs=1e-8)
    torch.testing.assert_close(codes.grad, again.grad, rtol=0, atol=1e-8)
    own = ours.Tensor(codes.detach().numpy(), requires_grad=True)
    penalty = functional.kl_sparsity(own, rho)
    penalty.backward()
    assert penalty.item() == pytest.approx(found.item(), abs=1e-8)
    np.testing.assert_allclose(own.grad, codes.grad.numpy(), atol=1e-8)


def test_reparameterize_is_rsample_of_pytorch_in_values_and_gradients() -> None:
    mu, log_var = drawn(0, 5, 3).requires_grad_(), drawn(1, 5, 3).requires_grad_()
    torch.manual_seed(2)
    found = reparameterize.reference(mu, log_var)
    gradients = torch.autograd.grad((found * drawn(3, 5, 3)).sum(), (mu, log_var))
    torch.manual_seed(2)
    expected = Normal(mu, (log_var / 2).exp()).rsample()
    torch.testing.assert_close(found, expected, rtol=0, atol=1e-8)
    for one, other in zip(
        gradients, torch.autograd.grad((expected * drawn(3, 5, 3)).sum(), (mu, log_var)), strict=True
    ):
        torch.testing.assert_close(one, other, rtol=0, atol=1e-8)


@pytest.mark.parametrize("beta", [0.0, 1.0, 4.0])
def test_vae_loss_is_that_of_pytorchs_distributions_and_of_tplib(beta: float) -> None:
    arrays: Any = [drawn(0, 4, 6), torch.sigmoid(drawn(1, 4, 6)), drawn(2, 4, 3), drawn(3, 4, 3)]
    scores, x, mu, log_var = (a.requires_grad_() for a in arrays)
    found = vae_loss.reference(scores, x.detach(), mu, log_var, beta)
    unit = Normal(torch.zeros_like(mu), torch.ones_like(mu))
    kl = kl_divergence(Normal(mu, (log_var / 2).exp()), unit).sum(1)
    p = torch.sigmoid(scores)
    likelihood = (x * p.log() + (1 - x) * (1 - p).log()).sum(1)
    expected = (beta * kl - likelihood).mean()
    assert found.item() == pytest.approx(expected.item(), abs=1e-8)
    learners = scores, mu, log_var
    gradients = torch.autograd.grad(found, learners)
    for one, other in zip(gradients, torch.autograd.grad(expected, learners), strict=True):
        torch.testing.assert_close(one, other, rtol=0, atol=1e-8)
    own = [ours.Tensor(a.detach().numpy(), requires_grad=True) for a in (scores, mu, log_var)]
    loss = functional.vae_loss(own[0], x.detach().numpy(), *own[1:], likelihood="bernoulli_logits", beta=beta)
    loss.backward()
    assert loss.item() == pytest.approx(found.item(), abs=1e-8)
    for tensor, gradient in zip(own, gradients, strict=True):
        np.testing.assert_allclose(tensor.grad, gradient.numpy(), atol=1e-8)


def test_pretraining_is_adam_written_out() -> None:
    """One step of each training, with the first step of Adam in closed form: lr g / (|g| + eps)."""
    torch.manual_seed(0)
    encoder, decoder, head = (nn.Linear(a, b).double() for a, b in ((4, 3), (3, 4), (3, 2)))
    W, c, V, d, U, e = (p.detach().clone() for m in (encoder, decoder, head) for p in m.parameters())
    x, y = drawn(0, 5, 4), torch.tensor([0, 1, 1, 0, 1])
    pretrain_then_classify.reference(encoder, decoder, head, [x], [(x, y)], 1, 1, 0.01)

    def step(p: Tensor, g: Tensor) -> Tensor:
        return p - 0.01 * g / (g.abs() + 1e-8)

    code = x @ W.T + c
    delta = 2 * (code @ V.T + d - x) / x.numel()
    V, d, up = step(V, delta.T @ code), step(d, delta.sum(0)), delta @ V
    W, c = step(W, up.T @ x), step(c, up.sum(0))
    code = x @ W.T + c
    delta = (torch.softmax(code @ U.T + e, 1) - F.one_hot(y, 2)) / len(y)
    up = delta @ U
    U, e = step(U, delta.T @ code), step(e, delta.sum(0))
    W, c = step(W, up.T @ x), step(c, up.sum(0))
    found = [p.detach() for m in (encoder, decoder, head) for p in m.parameters()]
    for one, other in zip(found, (W, c, V, d, U, e), strict=True):
        torch.testing.assert_close(one, other, rtol=0, atol=1e-8)
