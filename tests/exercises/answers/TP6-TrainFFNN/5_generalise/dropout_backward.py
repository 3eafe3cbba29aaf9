# exercise: dropout_backward

# %% right: product
# style: one product
def dropout_backward(grad, mask):
    return grad * mask

# %% right: numpy_multiply
# style: np.multiply, intermediate name
def dropout_backward(grad, mask):
    dx = np.multiply(mask, grad)
    return dx

# %% right: loops
# style: two loops and a zero array
def dropout_backward(grad, mask):
    B, H = grad.shape
    dx = np.zeros((B, H))
    for i in range(B):
        for j in range(H):
            dx[i, j] = grad[i, j] * mask[i, j]
    return dx

# %% right: where_zero
# style: np.where: units that were off learn nothing, the others grad times their factor
def dropout_backward(grad, mask):
    return np.where(mask == 0, 0.0, grad * mask)

# %% right: einsum
# style: einsum without a sum
def dropout_backward(grad, mask):
    return np.einsum("bh,bh->bh", grad, mask)

# %% right: copy_then_in_place
# style: copies first, then in place on the copy, float
def dropout_backward(grad, mask):
    resultat = np.array(grad, dtype=float)
    resultat *= mask
    return resultat

# %% right: rows
# style: zip over rows, np.array at the end
def dropout_backward(grad, mask):
    return np.array([[g * m for g, m in zip(gs, ms)] for gs, ms in zip(grad, mask)])

# %% right: factor_of_the_mask
# style: the one factor 1/(1-p) is read from the mask (all its numbers but 0 are equal)
def dropout_backward(grad, mask):
    return grad * (mask != 0) * mask.max()

# %% wrong: passes_all
# mistake: the gradient passes unchanged
# rule: "What does a unit learn that was off?" (the gradient with respect to x of out = x * mask)
def dropout_backward(grad, mask):
    return grad.copy()

# %% wrong: no_scale
# mistake: only where the mask is positive, without the factor 1/(1-p)
# rule: "out = x ∘ m", m = "1 / (1 - p)": "you want that with respect to `x`"
def dropout_backward(grad, mask):
    return grad * (mask > 0)

# %% wrong: where_no_scale
# mistake: np.where(mask == 0, 0, grad)
# rule: "m_ij = 1 / (1 - p)" otherwise
def dropout_backward(grad, mask):
    return np.where(mask == 0, 0, grad)

# %% wrong: divides
# mistake: divides by the mask where it is not 0 (inverse of the forward)
# rule: "out = x ∘ m": gradient with respect to x
def dropout_backward(grad, mask):
    return np.divide(grad, mask, out=np.zeros_like(grad), where=mask != 0)

# %% wrong: divides_by_zero
# mistake: grad / mask: inf and nan where a unit was off
# rule: "What does a unit learn that was off?"
def dropout_backward(grad, mask):
    return grad / mask

# %% wrong: in_place
# mistake: grad *= mask changes the array given
# rule: "Do not change the arrays that you are given."
def dropout_backward(grad, mask):
    grad *= mask
    return grad

# %% wrong: zero_in_place
# mistake: sets the gradient to zero in place, returns a new product
# rule: "Do not change the arrays that you are given."
def dropout_backward(grad, mask):
    grad[mask == 0] = 0
    return grad * mask

# %% wrong: mask_in_place
# mistake: the product is written into the mask
# rule: "Do not change the arrays that you are given."
def dropout_backward(grad, mask):
    mask *= grad
    return mask

# %% wrong: mask_squared
# mistake: scales twice
# rule: "out = x ∘ m"
def dropout_backward(grad, mask):
    return grad * mask * mask

# %% wrong: off_units_learn
# mistake: 1 - mask: the units that were off get the gradient
# rule: "What does a unit learn that was off?"
def dropout_backward(grad, mask):
    return grad * (1 - mask)

# %% wrong: factor_two
# mistake: the factor of p = 0.5 in the code
# rule: "m_ij = 1 / (1 - p)"
def dropout_backward(grad, mask):
    return 2 * grad * (mask > 0)

# %% wrong: truncates_mask
# mistake: mask as integers: right for p = 0.5 and 0, wrong for 0.1
# rule: "m_ij = 1 / (1 - p)"
def dropout_backward(grad, mask):
    return grad * mask.astype(int)

# %% wrong: first_row_for_all
# mistake: the mask of the first example for all examples
# rule: "for each example anew"
def dropout_backward(grad, mask):
    return grad * mask[0]

# %% wrong: matrix_product
# mistake: @ instead of *
# rule: "Returns an array (B, H)."
def dropout_backward(grad, mask):
    return grad @ mask.T

# %% wrong: summed_over_batch
# mistake: sums over the examples, as for a bias
# rule: "Returns an array (B, H)."
def dropout_backward(grad, mask):
    return (grad * mask).sum(axis=0)

# %% wrong: mean_over_batch
# mistake: divides by B once more
# rule: "gradient of the loss with respect to the input of dropout"
def dropout_backward(grad, mask):
    return grad * mask / len(grad)

# %% wrong: selected_only
# mistake: returns only the numbers that were kept, flat
# rule: "Returns an array (B, H)."
def dropout_backward(grad, mask):
    kept = mask > 0
    return grad[kept] * mask[kept]

# %% wrong: relu_confusion
# mistake: cuts negative gradients, as if it were ReLU
# rule: "gradient of the loss with respect to the input of dropout"
def dropout_backward(grad, mask):
    return np.maximum(grad, 0) * mask

# %% wrong: share_of_kept
# mistake: the factor is estimated from the share of kept units
# rule: "m_ij = 1 / (1 - p)"
def dropout_backward(grad, mask):
    kept = mask > 0
    return grad * kept / max(kept.mean(), 1e-12)

# %% wrong: minus
# mistake: a sign for the descent
# rule: "gradient of the loss with respect to the input of dropout"
def dropout_backward(grad, mask):
    return -grad * mask

# %% wrong: returns_mask
# mistake: returns the derivative of out only, without the chain rule
# rule: "gradient of the loss with respect to the input"
def dropout_backward(grad, mask):
    return mask.copy()

# %% wrong: dropped_nan
# mistake: units that were off get nan
# rule: "What does a unit learn that was off?" (nothing: 0)
def dropout_backward(grad, mask):
    return np.where(mask > 0, grad * mask, np.nan)

# %% wrong: columns_off_everywhere
# mistake: a unit that is off in one example is off in the whole batch
# rule: "for each example anew"
def dropout_backward(grad, mask):
    return grad * mask.min(axis=0)

# %% wrong: square_loop
# mistake: loops over range(len(grad)) twice: the columns beyond B stay 0
# rule: "(B, H)"
def dropout_backward(grad, mask):
    n = len(grad)
    dx = np.zeros_like(grad)
    for i in range(n):
        for j in range(min(n, grad.shape[1])):
            dx[i, j] = grad[i, j] * mask[i, j]
    return dx
