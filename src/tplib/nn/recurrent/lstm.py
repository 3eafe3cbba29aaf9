"""The LSTM's node: a whole sequence through one layer in one direction (lecture 003, "LSTM cell")."""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.products import product
from tplib.nn.recurrent.time_steps import Steps, by_gate, check_weights, one_minus_square


class LSTM(Function):
    """The long-term state c(t) and the short-term state h(t), from x(t), h(t-1) and c(t-1), for every t.

        input gate    i = sigmoid(W_i [x, h] + b_i)      which parts of g to add to the long-term state
        forget gate   f = sigmoid(W_f [x, h] + b_f)      which parts of the long-term state to keep
        candidate     g = tanh(W_g [x, h] + b_g)         what x and h say
        output gate   o = sigmoid(W_o [x, h] + b_o)      which parts of the long-term state to read
        c(t) = f c(t-1) + i g                            h(t) = o tanh(c(t))

    x (N, D) packed; h, c (B, H); weight_ih (4H, D), weight_hh (4H, H) and the biases (4H,) hold i, f, g, o in this
    order. The result (N + 2B, H) holds h(t) for every row, then each sequence's last h, then its last c.
    """

    __slots__ = ("steps",)
    fresh = True

    @staticmethod
    def forward(
        ctx: Any, x: Array, h0: Array, c0: Array, w_ih: Array, w_hh: Array, b_ih: Any, b_hh: Any, steps: Steps
    ) -> Any:
        check_weights("LSTM", 4, x, h0, w_ih, w_hh)
        (rows, _), (batch, hidden), dtype = x.shape, h0.shape, np.result_type(x, h0, w_ih, w_hh)
        # All gates by one tanh, because sigmoid(a) = 1/2 tanh(a / 2) + 1/2.
        scale, shift = np.repeat(np.array([[0.5, 0.5, 1, 0.5], [0.5, 0.5, 0, 0.5]], dtype), hidden, axis=1)
        gates = np.matmul(x, np.multiply(w_ih.T, scale, order="C"), dtype=dtype)  # (N, 4H), all time steps at once
        if b_ih is not None:
            gates += (b_ih + b_hh) * scale
        recurrent = np.multiply(w_hh.T, scale, order="C")  # (H, 4H), in the order that makes the product fastest

        result = np.empty((rows + 2 * batch, hidden), dtype)
        h, c = result[rows : rows + batch], result[rows + batch :]
        h[...], c[...] = h0, c0
        h_before, c_before, tanh_c = np.empty((3, rows, hidden), dtype)
        from_h = np.empty((batch, 4 * hidden), dtype)
        i, f, g, o = by_gate(gates, 4)
        for at, size in steps:
            ht, ct, a = h[:size], c[:size], gates[at]
            h_before[at], c_before[at] = ht, ct
            a += product(ht, recurrent, out=from_h[:size])
            np.tanh(a, out=a)
            a *= scale
            a += shift
            ct *= f[at]
            ct += i[at] * g[at]
            np.tanh(ct, out=tanh_c[at])
            result[at] = np.multiply(o[at], tanh_c[at], out=ht)
        ctx.steps, ctx.saved = steps, (x, w_ih, w_hh, gates, h_before, c_before, tanh_c)
        return result

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        x, w_ih, w_hh, gates, h_before, c_before, tanh_c = ctx.saved
        dh, dc = grad[len(x) :].reshape(2, -1, grad.shape[1]).copy()  # what comes back to the last states
        # The local derivatives, for all t: of c by the arguments of i, f and g; of h by that of o, and by c.
        i, f, g, o = by_gate(gates, 4)
        da = gates * gates
        np.subtract(gates, da, out=da)  # s (1 - s) for the three gates
        da_i, da_f, da_g, da_o = by_gate(da, 4)
        da_i *= g  # dc/da_i = g i (1 - i)
        da_f *= c_before  # dc/da_f = c(t-1) f (1 - f)
        np.multiply(i, one_minus_square(g), out=da_g)  # dc/da_g = i (1 - g^2)
        da_o *= tanh_c  # dh/da_o = tanh(c) o (1 - o)
        h_by_c = one_minus_square(tanh_c)
        h_by_c *= o
        da_ifg = by_gate(da, 4)[:3]
        # Back through time: h(t) reached the output and the gates at t + 1; c(t) reached h(t) and c(t + 1).
        for at, size in reversed(ctx.steps):
            dht, dct = dh[:size], dc[:size]
            dht += grad[at]
            dct += dht * h_by_c[at]
            da_o[at] *= dht
            da_ifg[:, at] *= dct
            dct *= f[at]
            product(da[at], w_hh, out=dht)

        to_x, _, _, to_w_ih, to_w_hh, to_b_ih, to_b_hh, _ = ctx.needs_input_grad
        db = da.sum(axis=0)
        return (
            product(da, w_ih) if to_x else None,
            dh,
            dc,
            da.T @ x if to_w_ih else None,  # one product sums over all t
            da.T @ h_before if to_w_hh else None,
            db if to_b_ih else None,
            db.copy() if to_b_hh else None,  # each keeps its own
            None,
        )
