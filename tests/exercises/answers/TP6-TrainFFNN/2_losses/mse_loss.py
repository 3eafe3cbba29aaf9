# exercise: mse_loss

# %% right: mean_of_squares
# style: np.mean of the squared difference
def mse_loss(prediction, target):
    return np.mean((prediction - target) ** 2)

# %% right: sum_over_size
# style: np.square, sum, size
def mse_loss(prediction, target):
    ecart = np.square(target - prediction)
    return ecart.sum() / ecart.size

# %% right: flat_loop
# style: ravel and a loop with zip
def mse_loss(prediction, target):
    total, n = 0.0, 0
    for a, b in zip(prediction.ravel(), target.ravel()):
        total += (float(a) - float(b)) ** 2
        n += 1
    return total / n

# %% right: norm
# style: Euclidean norm of the flat difference
def mse_loss(prediction, target):
    d = np.ravel(prediction - target)
    return float(np.linalg.norm(d) ** 2 / d.shape[0])

# %% right: vdot
# style: np.vdot of the difference with itself
def mse_loss(prediction, target):
    d = prediction - target
    return np.vdot(d, d) / np.prod(d.shape)

# %% right: mean_of_row_means
# style: early return for one dimension, mean of row means else (rows have equal length)
def mse_loss(prediction, target):
    if prediction.ndim == 1:
        return sum((p - t) ** 2 for p, t in zip(prediction, target)) / len(target)
    return np.mean([mse_loss(p, t) for p, t in zip(prediction, target)])

# %% wrong: sum_not_mean
# mistake: sum of the squares
# rule: "the mean of the squared differences"
def mse_loss(prediction, target):
    return np.sum((prediction - target) ** 2)

# %% wrong: divided_by_rows
# mistake: divides by B also for (B, D)
# rule: "over all numbers of the arrays"
def mse_loss(prediction, target):
    return np.sum((prediction - target) ** 2) / len(prediction)

# %% wrong: mean_of_axis_zero
# mistake: axis=0, an array for (B, D)
# rule: "Returns a number."
def mse_loss(prediction, target):
    return np.mean((prediction - target) ** 2, axis=0)

# %% wrong: half
# mistake: a factor 1/2
# rule: "the mean of the squared differences"
def mse_loss(prediction, target):
    return 0.5 * np.mean((prediction - target) ** 2)

# %% wrong: root
# mistake: RMSE
# rule: "the mean of the squared differences"
def mse_loss(prediction, target):
    return np.sqrt(np.mean((prediction - target) ** 2))

# %% wrong: absolute
# mistake: absolute differences
# rule: "the mean of the squared differences"
def mse_loss(prediction, target):
    return np.mean(np.abs(prediction - target))

# %% wrong: square_of_mean
# mistake: the square of the mean difference
# rule: "the mean of the squared differences"
def mse_loss(prediction, target):
    return np.mean(prediction - target) ** 2

# %% wrong: variance
# mistake: np.var of the differences, which subtracts the mean
# rule: "the mean of the squared differences"
def mse_loss(prediction, target):
    return np.var(prediction - target)

# %% wrong: n_minus_one
# mistake: divides by n - 1
# rule: "the mean of the squared differences, over all numbers"
def mse_loss(prediction, target):
    d = (prediction - target) ** 2
    return d.sum() / max(d.size - 1, 1)

# %% wrong: changes_prediction
# mistake: in-place subtraction
# rule: "Do not change the arrays that you are given."
def mse_loss(prediction, target):
    prediction -= target
    return np.mean(prediction**2)

# %% wrong: spectral_norm
# mistake: norm with ord=2, for a table the largest singular value
# rule: "over all numbers of the arrays"
def mse_loss(prediction, target):
    return np.linalg.norm(prediction - target, 2) ** 2 / prediction.size

# %% wrong: difference_of_squares
# mistake: p^2 - t^2
# rule: "squared differences"
def mse_loss(prediction, target):
    return np.mean(prediction**2 - target**2)

# %% wrong: norm_not_squared
# mistake: forgets the square of the norm
# rule: "the mean of the squared differences"
def mse_loss(prediction, target):
    return np.linalg.norm(prediction - target) / prediction.size

# %% wrong: first_column_only
# mistake: looks only at the first number of each row
# rule: "over all numbers of the arrays"
def mse_loss(prediction, target):
    n = len(prediction)
    p, t = prediction.reshape(n, -1)[:, 0], target.reshape(n, -1)[:, 0]
    return np.mean((p - t) ** 2)

# %% wrong: mean_distance_of_rows
# mistake: for (B, D) the squared length of each row, mean over rows
# rule: "over all numbers of the arrays"
def mse_loss(prediction, target):
    d = prediction - target
    if d.ndim == 2:
        d = np.sqrt((d**2).sum(axis=1))
    return np.mean(d**2)

# %% wrong: twice_the_product
# mistake: (a - b)^2 = a^2 - ab + b^2
# rule: "the squared differences"
def mse_loss(prediction, target):
    return np.mean(prediction**2 - prediction * target + target**2)

# %% wrong: all_pairs
# mistake: differences of all pairs by broadcasting
# rule: "Broadcasting ... is a table of all differences"
def mse_loss(prediction, target):
    p, t = prediction.ravel()[:, None], target.ravel()
    return np.mean((p - t) ** 2)

# %% wrong: relative
# mistake: divides by the mean square of the target
# rule: "the mean of the squared differences"
def mse_loss(prediction, target):
    return np.mean((prediction - target) ** 2) / np.mean(target**2)

# %% wrong: loop_forgets_first
# mistake: range from 1
# rule: "over all numbers of the arrays"
def mse_loss(prediction, target):
    p, t = prediction.ravel(), target.ravel()
    total = 0
    for i in range(1, len(p)):
        total += (p[i] - t[i]) ** 2
    return total / len(p)

# %% wrong: pairwise_shape_specific
# mistake: two loops with the square shape, B for both
# rule: "(B,) or (B, D)"
def mse_loss(prediction, target):
    if prediction.ndim == 1:
        return np.mean((prediction - target) ** 2)
    B = len(prediction)
    total = 0
    for i in range(B):
        for j in range(min(B, prediction.shape[1])):
            total += (prediction[i, j] - target[i, j]) ** 2
    return total / B**2
