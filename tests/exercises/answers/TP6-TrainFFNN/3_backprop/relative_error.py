# exercise: relative_error

# %% right: masks
# style: boolean mask for the entries that are not both 0
def relative_error(a, b):
    size = np.maximum(np.abs(a), np.abs(b))
    difference = np.abs(a - b)
    mask = size > 0
    if not mask.any():
        return 0.0
    return (difference[mask] / size[mask]).max()

# %% right: loop_over_pairs
# style: Python loop over flat lists, running maximum
def relative_error(a, b):
    pire = 0.0
    for u, v in zip(np.ravel(a).tolist(), np.ravel(b).tolist()):
        if u == v:
            continue
        erreur = abs(u - v) / max(abs(u), abs(v))
        if erreur > pire:
            pire = erreur
    return pire

# %% right: np_where_denominator
# style: denominator 1 where it is 0, float() at the end
def relative_error(a, b):
    bottom = np.maximum(np.abs(a), np.abs(b))
    bottom = np.where(bottom == 0, 1.0, bottom)
    return float(np.max(np.abs(np.subtract(a, b)) / bottom))

# %% right: divide_where
# style: np.divide with out and where
def relative_error(a, b):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    top = abs(a - b)
    bottom = np.maximum(abs(a), abs(b))
    return np.divide(top, bottom, out=np.zeros_like(top), where=bottom != 0).max()

# %% right: nan_to_num
# style: lets 0/0 be nan and replaces it
def relative_error(a, b):
    with np.errstate(divide="ignore", invalid="ignore"):
        q = np.abs(a - b) / np.stack([np.abs(a), np.abs(b)]).max(axis=0)
    return np.nan_to_num(q, nan=0.0).max()

# %% right: ndindex
# style: np.ndindex and a list, max with default
def relative_error(a, b):
    a, b = np.asarray(a), np.asarray(b)
    errors = [
        abs(a[i] - b[i]) / max(abs(a[i]), abs(b[i]))
        for i in np.ndindex(a.shape)
        if a[i] != 0 or b[i] != 0
    ]
    return max(errors, default=0)

# %% wrong: zero_over_zero
# mistake: 0/0 gives nan
# rule: "where 0/0 counts as 0"
def relative_error(a, b):
    return np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)))

# %% wrong: nanmax
# mistake: nanmax: nan if all entries are 0 in both
# rule: "Returns a number, 0 if the arrays are equal."
def relative_error(a, b):
    with np.errstate(all="ignore"):
        return np.nanmax(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)))

# %% wrong: tiny_denominator_added
# mistake: adds 1e-8 below: small gradients look equal
# rule: "|a_i - b_i| / max(|a_i|, |b_i|)"
def relative_error(a, b):
    return np.max(np.abs(a - b) / (np.maximum(np.abs(a), np.abs(b)) + 1e-8))

# %% wrong: clipped_denominator
# mistake: max(1e-6, ...) below
# rule: "|a_i - b_i| / max(|a_i|, |b_i|)"
def relative_error(a, b):
    return np.max(np.abs(a - b) / np.maximum(1e-6, np.maximum(np.abs(a), np.abs(b))))

# %% wrong: sum_of_sizes
# mistake: |a| + |b| below, the other known formula
# rule: "compare with the larger of the two sizes"
def relative_error(a, b):
    bottom = np.abs(a) + np.abs(b)
    return np.max(np.abs(a - b) / np.where(bottom == 0, 1, bottom))

# %% wrong: divides_by_b
# mistake: |b| below
# rule: "compare with the larger of the two sizes"
def relative_error(a, b):
    top = np.abs(a - b)
    return np.max(np.where(top == 0, 0.0, top / np.where(b == 0, 1, np.abs(b))))

# %% wrong: signed_maximum
# mistake: forgets the absolute values below: negative entries
# rule: "max(|a_i|, |b_i|)"
def relative_error(a, b):
    bottom = np.maximum(a, b)
    return np.max(np.abs(a - b) / np.where(bottom == 0, 1, bottom))

# %% wrong: abs_of_maximum
# mistake: abs(max(a, b)) instead of max(|a|, |b|)
# rule: "max(|a_i|, |b_i|)"
def relative_error(a, b):
    bottom = np.abs(np.maximum(a, b))
    return np.max(np.abs(a - b) / np.where(bottom == 0, 1, bottom))

# %% wrong: no_abs_above
# mistake: signed difference above
# rule: "|a_i - b_i|"
def relative_error(a, b):
    bottom = np.maximum(np.abs(a), np.abs(b))
    return np.max((a - b) / np.where(bottom == 0, 1, bottom))

# %% wrong: mean
# mistake: mean entry
# rule: "report the worst entry"
def relative_error(a, b):
    bottom = np.maximum(np.abs(a), np.abs(b))
    return np.mean(np.abs(a - b) / np.where(bottom == 0, 1, bottom))

# %% wrong: norms
# mistake: norms of the whole arrays
# rule: "entry by entry, and report the worst entry"
def relative_error(a, b):
    bottom = max(np.linalg.norm(a), np.linalg.norm(b))
    return 0.0 if bottom == 0 else np.linalg.norm(a - b) / bottom

# %% wrong: largest_over_largest
# mistake: the largest difference over the largest size
# rule: "entry by entry"
def relative_error(a, b):
    bottom = max(np.abs(a).max(), np.abs(b).max())
    return 0.0 if bottom == 0 else np.abs(a - b).max() / bottom

# %% wrong: at_largest_difference
# mistake: relative error of the entry with the largest absolute difference
# rule: "max over i of |a_i - b_i| / max(|a_i|, |b_i|)"
def relative_error(a, b):
    a, b = np.ravel(a), np.ravel(b)
    i = np.argmax(np.abs(a - b))
    bottom = max(abs(a[i]), abs(b[i]))
    return 0.0 if bottom == 0 else abs(a[i] - b[i]) / bottom

# %% wrong: skips_any_zero
# mistake: leaves out entries where one of them is 0 (0 against 5 is an error of 1)
# rule: "where 0/0 counts as 0" - only 0/0
def relative_error(a, b):
    mask = (a != 0) & (b != 0)
    if not mask.any():
        return 0.0
    return np.max(np.abs(a - b)[mask] / np.maximum(np.abs(a), np.abs(b))[mask])

# %% wrong: smaller_size
# mistake: minimum below
# rule: "compare with the larger of the two sizes"
def relative_error(a, b):
    bottom = np.minimum(np.abs(a), np.abs(b))
    return np.max(np.abs(a - b) / np.where(bottom == 0, 1, bottom))

# %% wrong: vectors_only
# mistake: loop over len(a): fails for matrices
# rule: "a, b: arrays of one shape"
def relative_error(a, b):
    worst = 0
    for i in range(len(a)):
        bottom = max(abs(a[i]), abs(b[i]))
        if bottom > 0:
            worst = max(worst, abs(a[i] - b[i]) / bottom)
    return worst

# %% wrong: list_per_entry
# mistake: returns the array of errors
# rule: "Returns a number"
def relative_error(a, b):
    bottom = np.maximum(np.abs(a), np.abs(b))
    return np.abs(a - b) / np.where(bottom == 0, 1, bottom)

# %% wrong: max_per_column
# mistake: max over axis 0 only: an array for matrices
# rule: "Returns a number"
def relative_error(a, b):
    bottom = np.maximum(np.abs(a), np.abs(b))
    return np.max(np.abs(a - b) / np.where(bottom == 0, 1, bottom), axis=0)

# %% wrong: close_is_equal
# mistake: np.allclose gives 0 for small differences
# rule: "The largest relative difference between the entries"
def relative_error(a, b):
    if np.allclose(a, b):
        return 0.0
    bottom = np.maximum(np.abs(a), np.abs(b))
    return np.max(np.abs(a - b) / np.where(bottom == 0, 1, bottom))

# %% wrong: zero_over_zero_is_one
# mistake: counts 0/0 as 1
# rule: "0/0 counts as 0"
def relative_error(a, b):
    with np.errstate(all="ignore"):
        return np.nan_to_num(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)), nan=1.0).max()

# %% wrong: squared
# mistake: squares instead of absolute values
# rule: "|a_i - b_i| / max(|a_i|, |b_i|)"
def relative_error(a, b):
    bottom = np.maximum(a**2, b**2)
    return np.max((a - b) ** 2 / np.where(bottom == 0, 1, bottom))

# %% wrong: absolute_error
# mistake: no denominator
# rule: "It depends on the size of the gradients. So compare with the larger of the two sizes"
def relative_error(a, b):
    return np.abs(a - b).max()

# %% wrong: stops_at_zero
# mistake: returns 0 as soon as one place is 0/0
# rule: "The largest relative difference between the entries"
def relative_error(a, b):
    for u, v in zip(np.ravel(a), np.ravel(b)):
        if u == 0 and v == 0:
            return 0.0
    return np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)))

# %% wrong: changes_arguments
# mistake: np.abs(a, out=a) changes the arrays given (and loses the signs of the difference)
# rule: "Do not change the arrays, lists and dictionaries that you are given."
def relative_error(a, b):
    top = np.abs(a - b)
    np.abs(a, out=a)
    np.abs(b, out=b)
    bottom = np.maximum(a, b)
    return np.max(top / np.where(bottom == 0, 1, bottom))

# %% wrong: rounded
# mistake: rounds to 6 digits
# rule: "The largest relative difference between the entries of two arrays."
def relative_error(a, b):
    bottom = np.maximum(np.abs(a), np.abs(b))
    return round(float(np.max(np.abs(a - b) / np.where(bottom == 0, 1, bottom))), 6)

# %% right: where
# style: np.where on the denominator
def relative_error(a, b):
    big = np.maximum(np.abs(a), np.abs(b))
    return np.max(np.abs(a - b) / np.where(big == 0, 1.0, big))

# %% right: loop
# style: Python loop over flat entries
def relative_error(a, b):
    pire = 0.0
    for u, v in zip(np.ravel(a), np.ravel(b)):
        taille = max(abs(u), abs(v))
        if taille > 0:
            pire = max(pire, abs(u - v) / taille)
    return float(pire)

# %% right: divide_where_again
# style: np.divide with out and where
def relative_error(a, b):
    diff, size = np.abs(a - b), np.maximum(abs(a), abs(b))
    return np.divide(diff, size, out=np.zeros_like(diff), where=size > 0).max()

# %% right: mask_different
# style: only the entries that differ
def relative_error(a, b):
    different = a != b
    if not different.any():
        return 0.0
    u, v = a[different], b[different]
    return float((np.abs(u - v) / np.maximum(np.abs(u), np.abs(v))).max())

# %% wrong: zero_by_zero
# mistake: 0/0 gives nan
# rule: "where 0/0 counts as 0"
def relative_error(a, b):
    return np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)))

# %% wrong: absolute
# mistake: absolute difference
# rule: "compare with the larger of the two sizes"
def relative_error(a, b):
    return np.max(np.abs(a - b))

# %% wrong: mean_again
# mistake: mean of the entries
# rule: "report the worst entry"
def relative_error(a, b):
    big = np.maximum(np.abs(a), np.abs(b))
    return np.mean(np.abs(a - b) / np.where(big == 0, 1.0, big))

# %% wrong: only_b
# mistake: divides by |a| alone
# rule: "the larger of the two sizes"
def relative_error(a, b):
    size = np.abs(a)
    return np.max(np.abs(a - b) / np.where(size == 0, 1.0, size))

# %% wrong: sum_of_sizes_again
# mistake: divides by |a| + |b|
# rule: "max(|a_i|, |b_i|)"
def relative_error(a, b):
    big = np.abs(a) + np.abs(b)
    return np.max(np.abs(a - b) / np.where(big == 0, 1.0, big))

# %% wrong: max_without_abs
# mistake: max(a, b) without absolute values
# rule: "max(|a_i|, |b_i|)"
def relative_error(a, b):
    big = np.maximum(a, b)
    return np.max(np.abs(a - b) / np.where(big == 0, 1.0, big))

# %% wrong: whole_array_sizes
# mistake: the largest difference over the largest size of the whole arrays
# rule: "entry by entry"
def relative_error(a, b):
    big = max(np.abs(a).max(), np.abs(b).max())
    return 0.0 if big == 0 else np.abs(a - b).max() / big

# %% wrong: eps_floor
# mistake: max(size, 1e-3) in the denominator hides small gradients
# rule: "|a_i - b_i| / max(|a_i|, |b_i|)"
def relative_error(a, b):
    big = np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-3)
    return np.max(np.abs(a - b) / big)
