"""The GRU's node: a whole sequence through one layer in one direction (lecture 003, "Gated Recurrent Unit")."""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.products import product
from tplib.nn.recurrent.time_steps import Steps, by_gate, check_weights, one_minus_square


class GRU(Function):
    """The single state h(t), from x(t) and h(t-1), for every t.

        reset gate    r = sigmoid(W_r x + U_r h + b_r)         which parts of the state the candidate sees
        update gate   z = sigmoid(W_z x + U_z h + b_z)         which parts of the state to keep
        candidate     n = tanh(W_n x + b_n + r (U_n h + b'_n))
        h(t) = (1 - z) n + z h(t-1)

    x (N, D) packed; h (B, H); weight_ih = W (3H, D), weight_hh = U (3H, H) and the biases (3H,) hold r, z, n in this
    order. The result (N + B, H) holds h(t) for every row, then each sequence's last h.
    """

    __slots__ = ("steps",)
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, h0: Array, w_ih: Array, w_hh: Array, b_ih: Any, b_hh: Any, steps: Steps) -> Any:
        check_weights("GRU", 3, x, h0, w_ih, w_hh)
        (rows, _), (batch, hidden), dtype = x.shape, h0.shape, np.result_type(x, h0, w_ih, w_hh)
        # Both gates by one tanh, because sigmoid(a) = 1/2 tanh(a / 2) + 1/2.
        scale = np.repeat(np.array([0.5, 0.5, 1], dtype), hidden)
        gates = np.matmul(x, np.multiply(w_ih.T, scale, order="C"), dtype=dtype)  # (N, 3H), all time steps at once
        recurrent = np.multiply(w_hh.T, scale, order="C")  # (H, 3H), in the order that makes the product fastest
        to_candidate = 0
        if b_ih is not None:
            gates += b_ih * scale
            gates[:, : 2 * hidden] += b_hh[: 2 * hidden] / 2
            to_candidate = b_hh[2 * hidden :]

        result = np.empty((rows + batch, hidden), dtype)
        h = result[rows:]
        h[...] = h0
        h_before, u = np.empty((2, rows, hidden), dtype)  # u = U_n h + b'_n
        from_h = np.empty((batch, 3 * hidden), dtype)
        r, z, n = by_gate(gates, 3)
        for at, size in steps:
            ht, part = h[:size], from_h[:size]
            h_before[at] = ht
            product(ht, recurrent, out=part)
            np.add(part[:, 2 * hidden :], to_candidate, out=u[at])
            a = gates[at, : 2 * hidden]
            a += part[:, : 2 * hidden]
            np.tanh(a, out=a)
            a *= 0.5
            a += 0.5
            nt = n[at]
            nt += r[at] * u[at]
            np.tanh(nt, out=nt)
            ht -= nt
            ht *= z[at]
            ht += nt
            result[at] = ht
        ctx.steps, ctx.saved = steps, (x, w_ih, w_hh, gates, h_before, u)
        return result

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        x, w_ih, w_hh, gates, h_before, u = ctx.saved
        rows, hidden = h_before.shape
        dh = grad[rows:].copy()  # what comes back to the last states
        # The local derivatives of h(t), for all t: by the arguments of n, r and z, then by u. So the first three
        # blocks are those of x, and the last three, in the order of the weights, those of h(t-1).
        r, z, n = by_gate(gates, 3)
        da = np.empty((rows, 4 * hidden), gates.dtype)
        da_n, da_r, da_z, du = blocks = by_gate(da, 4)
        np.multiply(1 - z, one_minus_square(n), out=da_n)  # dh/da_n = (1 - z) (1 - n^2)
        np.multiply(da_n, r, out=du)  # dh/du = dh/da_n r
        np.multiply(du * u, 1 - r, out=da_r)  # dh/da_r = dh/da_n u r (1 - r)
        np.multiply(h_before - n, z - z * z, out=da_z)  # dh/da_z = (h(t-1) - n) z (1 - z)
        by_x, by_h = da[:, : 3 * hidden], da[:, hidden:]  # (N, 3H): n, r, z and r, z, u
        # Back through time: h(t) reached the output, and h(t + 1) through z and through the gates.
        through_gates = np.empty_like(dh)
        for at, size in reversed(ctx.steps):
            dht = dh[:size]
            dht += grad[at]
            blocks[:, at] *= dht
            dht *= z[at]
            dht += product(by_h[at], w_hh, out=through_gates[:size])

        to_x, _, to_w_ih, to_w_hh, to_b_ih, to_b_hh, _ = ctx.needs_input_grad
        return (
            product(by_x, np.roll(w_ih, hidden, axis=0)) if to_x else None,
            dh,
            np.roll(by_x.T @ x, -hidden, axis=0) if to_w_ih else None,  # one product sums over all t
            by_h.T @ h_before if to_w_hh else None,
            np.roll(by_x.sum(axis=0), -hidden) if to_b_ih else None,
            by_h.sum(axis=0) if to_b_hh else None,
            None,
        )
