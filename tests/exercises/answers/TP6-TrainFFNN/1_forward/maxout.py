# exercise: maxout

# %% right: broadcasting
# style: x @ W with the bias given a middle axis
def maxout(x, W, b):
    return (x @ W + b[:, None, :]).max(axis=0)

# %% right: list_of_pieces
# style: comprehension over pieces with dense
def maxout(x, W, b):
    pieces = [dense(x, W[q], b[q]) for q in range(len(W))]
    return np.max(pieces, axis=0)

# %% right: running_maximum
# style: loop with np.maximum, French names
def maxout(x, W, b):
    meilleur = x @ W[0] + b[0]
    for poids, biais in zip(W[1:], b[1:]):
        meilleur = np.maximum(meilleur, x @ poids + biais)
    return meilleur

# %% right: einsum
# style: einsum with pieces on the last axis
def maxout(x, W, b):
    z = np.einsum("id,qdh->ihq", x, W) + b.T
    return z.max(axis=-1)

# %% right: reduce
# style: np.maximum.reduce of a stack
def maxout(x, W, b):
    Q, D, H = W.shape
    sommes = np.matmul(x, W) + np.reshape(b, (Q, 1, H))
    return np.maximum.reduce(sommes, axis=0)

# %% right: loops_by_example
# style: loops over examples and units
def maxout(x, W, b):
    out = np.empty((x.shape[0], W.shape[2]), dtype=x.dtype)
    for i in range(x.shape[0]):
        for h in range(W.shape[2]):
            out[i, h] = max(x[i] @ W[q, :, h] + b[q, h] for q in range(W.shape[0]))
    return out

# %% right: minus_infinity
# style: starts at -inf, in an array of the input's dtype
def maxout(x, W, b):
    out = np.full((len(x), b.shape[1]), -np.inf, dtype=x.dtype)
    for q in range(b.shape[0]):
        z = x @ W[q] + b[q]
        out = np.where(z > out, z, out)
    return out

# %% right: one_big_layer
# style: all pieces as one wide layer, then reshape
def maxout(x, W, b):
    P, D, H = W.shape
    large = W.transpose(1, 0, 2).reshape(D, P * H)
    z = dense(x, large, b.reshape(-1)).reshape(-1, P, H)
    return z.max(axis=1)

# %% wrong: bias_without_axis
# mistake: x @ W + b: (pieces, B, H) + (pieces, H) is aligned with the examples, or fails
# rule: "Mind the shape of the bias."
def maxout(x, W, b):
    return (x @ W + b).max(axis=0)

# %% wrong: bias_wrong_axis
# mistake: b[:, :, None], the units meet the examples
# rule: "their biases in b of shape (pieces, H)"
def maxout(x, W, b):
    return (x @ W + b[:, :, None]).max(axis=0)

# %% wrong: bias_front_axis
# mistake: b[None], same as no axis
# rule: "Mind the shape of the bias."
def maxout(x, W, b):
    return (x @ W + b[None, :, :]).max(axis=0)

# %% wrong: max_over_examples
# mistake: axis=1
# rule: "max over q"
def maxout(x, W, b):
    return (x @ W + b[:, None, :]).max(axis=1)

# %% wrong: max_over_units
# mistake: axis=-1
# rule: "Returns the activations (B, H)."
def maxout(x, W, b):
    return (x @ W + b[:, None, :]).max(axis=-1)

# %% wrong: max_over_all
# mistake: no axis, one number
# rule: "Returns the activations (B, H)."
def maxout(x, W, b):
    return (x @ W + b[:, None, :]).max()

# %% wrong: bias_after_max
# mistake: maximum of the products plus maximum of the biases
# rule: "max_q (x W_q + b_q)"
def maxout(x, W, b):
    return (x @ W).max(axis=0) + b.max(axis=0)

# %% wrong: no_bias
# mistake: forgets b
# rule: "max_q (x W_q + b_q)"
def maxout(x, W, b):
    return (x @ W).max(axis=0)

# %% wrong: starts_at_zero
# mistake: running maximum starts at zeros: negative maxima are lost
# rule: "outputs the largest"
def maxout(x, W, b):
    out = np.zeros((x.shape[0], W.shape[2]), dtype=x.dtype)
    for q in range(len(W)):
        out = np.maximum(out, x @ W[q] + b[q])
    return out

# %% wrong: two_pieces_only
# mistake: max of the first two pieces
# rule: "W of shape (pieces, D, H)"
def maxout(x, W, b):
    return np.maximum(x @ W[0] + b[0], x @ W[1] + b[1])

# %% wrong: last_piece_missed
# mistake: range(len(W) - 1)
# rule: "max over q" of all pieces
def maxout(x, W, b):
    out = x @ W[0] + b[0]
    for q in range(1, len(W) - 1):
        out = np.maximum(out, x @ W[q] + b[q])
    return out

# %% wrong: sum_of_pieces
# mistake: adds the pieces
# rule: "outputs the largest"
def maxout(x, W, b):
    return (x @ W + b[:, None, :]).sum(axis=0)

# %% wrong: mean_of_pieces
# mistake: averages the pieces
# rule: "outputs the largest"
def maxout(x, W, b):
    return (x @ W + b[:, None, :]).mean(axis=0)

# %% wrong: largest_absolute
# mistake: takes the piece with the largest |sum|
# rule: "outputs the largest"
def maxout(x, W, b):
    z = x @ W + b[:, None, :]
    i = np.abs(z).argmax(axis=0)
    return np.take_along_axis(z, i[None], axis=0)[0]

# %% wrong: argmax
# mistake: number of the piece instead of its value
# rule: "outputs the largest"
def maxout(x, W, b):
    return (x @ W + b[:, None, :]).argmax(axis=0)

# %% wrong: minimum
# mistake: min
# rule: "outputs the largest"
def maxout(x, W, b):
    return (x @ W + b[:, None, :]).min(axis=0)

# %% wrong: one_piece_for_all
# mistake: chooses one piece for the whole layer by the largest total
# rule: "max_q (x W_q + b_q)_{ih}", for each i and h
def maxout(x, W, b):
    z = x @ W + b[:, None, :]
    q = z.sum(axis=(1, 2)).argmax()
    return z[q]

# %% wrong: keepdims
# mistake: keeps the axis of the pieces
# rule: "Returns the activations (B, H)."
def maxout(x, W, b):
    return (x @ W + b[:, None, :]).max(axis=0, keepdims=True)

# %% wrong: weights_maximum
# mistake: maximum of weights before the product
# rule: "max_q (x W_q + b_q)"
def maxout(x, W, b):
    return x @ W.max(axis=0) + b.max(axis=0)

# %% wrong: first_bias_for_all
# mistake: b[0] for each piece
# rule: "max_q (x W_q + b_q)"
def maxout(x, W, b):
    return np.max([x @ W[q] + b[0] for q in range(len(W))], axis=0)

# %% wrong: relu_on_top
# mistake: applies a ReLU to the result
# rule: "outputs the largest"
def maxout(x, W, b):
    return relu((x @ W + b[:, None, :]).max(axis=0))

# %% wrong: float64
# mistake: np.full without dtype
# rule: "float32 in, float32 out"
def maxout(x, W, b):
    out = np.full((len(x), W.shape[2]), -np.inf)
    for q in range(len(W)):
        out = np.maximum(out, x @ W[q] + b[q])
    return out

# %% wrong: bias_reshaped_in_place
# mistake: sets b.shape in place, the caller's biases get a third axis
# rule: "Do not change the arrays that you are given"
def maxout(x, W, b):
    z = x @ W
    b.shape = (b.shape[0], 1, b.shape[1])
    return (z + b).max(axis=0)

# %% wrong: reshape_instead_of_transpose
# mistake: W.reshape(D, -1) mixes the pieces
# rule: "The weights of all pieces are in one array W of shape (pieces, D, H)"
def maxout(x, W, b):
    P, D, H = W.shape
    z = x @ W.reshape(D, P * H) + b.reshape(-1)
    return z.reshape(-1, P, H).max(axis=1)

# %% right: broadcast
# style: the text's x @ W with b[:, None]
def maxout(x, W, b):
    return (x @ W + b[:, None, :]).max(axis=0)

# %% right: einsum_again
# style: einsum
def maxout(x, W, b):
    z = np.einsum("bd,qdh->bqh", x, W) + b
    return np.max(z, axis=1)

# %% right: list_of_pieces_again
# style: loop over the pieces
def maxout(x, W, b):
    morceaux = []
    for Wq, bq in zip(W, b):
        morceaux.append(np.dot(x, Wq) + bq)
    return np.array(morceaux).max(0)

# %% right: running_maximum_again
# style: functools.reduce of np.maximum
from functools import reduce
def maxout(x, W, b):
    return reduce(np.maximum, (x @ W[q] + b[q] for q in range(len(W))))

# %% wrong: bias_not_broadcast
# mistake: b added without a new axis
# rule: "Mind the shape of the bias." ((x W_q + b_q), b of shape (pieces, H))
def maxout(x, W, b):
    return (x @ W + b).max(axis=0)

# %% wrong: no_bias_again
# mistake: bias forgotten
# rule: "max_q (x W_q + b_q)"
def maxout(x, W, b):
    return (x @ W).max(axis=0)

# %% wrong: max_over_units_again
# mistake: maximum over the last axis
# rule: "Returns the activations (B, H)."
def maxout(x, W, b):
    return (x @ W + b[:, None, :]).max(axis=-1)

# %% wrong: bias_after_max_again
# mistake: the largest bias is added after the maximum
# rule: "max_q (x W_q + b_q)"
def maxout(x, W, b):
    return (x @ W).max(axis=0) + b.max(axis=0)

# %% wrong: two_pieces_only_again
# mistake: hard-coded two pieces
# rule: "has several weighted sums, its pieces, and outputs the largest"
def maxout(x, W, b):
    return np.maximum(x @ W[0] + b[0], x @ W[-1] + b[-1])

# %% wrong: starts_at_zero_again
# mistake: running maximum starts with zeros
# rule: "outputs the largest"
def maxout(x, W, b):
    out = np.zeros((x.shape[0], W.shape[2]), dtype=x.dtype)
    for q in range(len(W)):
        out = np.maximum(out, x @ W[q] + b[q])
    return out

# %% wrong: abs_max
# mistake: the piece with the largest absolute value
# rule: "outputs the largest"
def maxout(x, W, b):
    z = x @ W + b[:, None, :]
    best = np.abs(z).argmax(axis=0)
    return np.take_along_axis(z, best[None], axis=0)[0]

# %% wrong: one_piece_per_example
# mistake: chooses the piece with the largest sum over units, one for each example, not for each unit
# rule: "maxout(x)_ih = max_q (x W_q + b_q)_ih"
def maxout(x, W, b):
    z = x @ W + b[:, None, :]
    best = z.sum(axis=2).argmax(axis=0)
    return z[best, np.arange(len(x))]
