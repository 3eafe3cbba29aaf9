"""The recurrent layer's node: a whole sequence in one direction (lecture 003, "Output of recurrent neurons")."""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.products import product
from tplib.nn.recurrent.time_steps import Steps, check_weights, one_minus_square


class RNN(Function):
    """h(t) = g(W x(t) + b + U h(t-1) + b'), for every t; g is "tanh" or "relu".

    x (N, D) packed; h (B, H); weight_ih = W (H, D), weight_hh = U (H, H) and the biases (H,). The result (N + B, H)
    holds h(t) for every row, then each sequence's last h.
    """

    __slots__ = ("nonlinearity", "steps")
    fresh = True

    @staticmethod
    def forward(
        ctx: Any, x: Array, h0: Array, w_ih: Array, w_hh: Array, b_ih: Any, b_hh: Any, steps: Steps, nonlinearity: str
    ) -> Any:
        check_weights("RNN", 1, x, h0, w_ih, w_hh)
        (rows, _), (batch, hidden), dtype = x.shape, h0.shape, np.result_type(x, h0, w_ih, w_hh)
        states = np.matmul(x, w_ih.T, dtype=dtype)  # (N, D) @ (D, H): all time steps at once
        if b_ih is not None:
            states += b_ih + b_hh
        recurrent = np.ascontiguousarray(w_hh.T)
        h = np.empty((batch, hidden), dtype)
        h[...] = h0
        h_before = np.empty((rows, hidden), dtype)
        from_h = np.empty((batch, hidden), dtype)
        for at, size in steps:
            ht, a = h[:size], states[at]
            h_before[at] = ht
            a += product(ht, recurrent, out=from_h[:size])
            if nonlinearity == "tanh":
                np.tanh(a, out=a)
            else:
                np.maximum(a, 0, out=a)
            ht[...] = a
        ctx.steps, ctx.nonlinearity, ctx.saved = steps, nonlinearity, (x, w_ih, w_hh, h_before, states)
        return np.concatenate([states, h])

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        x, w_ih, w_hh, h_before, h = ctx.saved
        dh = grad[len(x) :].copy()  # what comes back to the last states
        # The local derivatives for all t: g'(a), from g(a).
        da = one_minus_square(h) if ctx.nonlinearity == "tanh" else (h > 0).astype(h.dtype)
        # Back through time: h(t) reached the output and h(t + 1).
        for at, size in reversed(ctx.steps):
            dht = dh[:size]
            dht += grad[at]
            da[at] *= dht
            product(da[at], w_hh, out=dht)

        to_x, _, to_w_ih, to_w_hh, to_b_ih, to_b_hh, *_ = ctx.needs_input_grad
        db = da.sum(axis=0)
        return (
            product(da, w_ih) if to_x else None,
            dh,
            da.T @ x if to_w_ih else None,  # one product sums over all t
            da.T @ h_before if to_w_hh else None,
            db if to_b_ih else None,
            db.copy() if to_b_hh else None,  # each keeps its own
            None,
            None,
        )
