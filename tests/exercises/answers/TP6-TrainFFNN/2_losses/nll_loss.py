# exercise: nll_loss

# %% right: pairs
# style: NumPy pairs with np.arange
def nll_loss(log_p, y):
    return -log_p[np.arange(len(y)), y].mean()

# %% right: comprehension
# style: list of terms, built-in sum
def nll_loss(log_p, y):
    return -sum([ligne[c] for ligne, c in zip(log_p, y)]) / len(y)

# %% right: one_hot
# style: one-hot table and sum over all classes, as in lecture 003
def nll_loss(log_p, y):
    B, K = log_p.shape
    un_chaud = np.eye(K)[y]
    return -np.sum(un_chaud * log_p) / B

# %% right: take_along_axis
# style: np.take_along_axis
def nll_loss(log_p, y):
    choisis = np.take_along_axis(log_p, y[:, None], axis=1)
    return float(np.mean(-choisis))

# %% right: mask
# style: boolean mask by comparison of y with the class numbers
def nll_loss(log_p, y):
    classes = np.arange(log_p.shape[1])
    mask = y[:, np.newaxis] == classes
    return -np.mean(log_p[mask])

# %% right: diagonal_of_all_columns
# style: all columns, then the diagonal
def nll_loss(log_p, y):
    return -np.trace(log_p[:, y]) / y.shape[0]

# %% right: while_loop
# style: index loop, accumulates with minus
def nll_loss(log_p, y):
    perte = 0.0
    i = 0
    while i < len(log_p):
        perte -= log_p[i][y[i]]
        i += 1
    return perte / i

# %% wrong: all_columns
# mistake: log_p[:, y] takes all columns, not pairs
# rule: "NumPy takes *pairs* of rows and columns"
def nll_loss(log_p, y):
    return -log_p[:, y].mean()

# %% wrong: lost_minus
# mistake: no minus
# rule: "L = -\frac{1}{B}"
def nll_loss(log_p, y):
    return log_p[np.arange(len(y)), y].mean()

# %% wrong: sum_not_mean
# mistake: sum over the batch
# rule: "Returns the mean loss, a number."
def nll_loss(log_p, y):
    return -log_p[np.arange(len(y)), y].sum()

# %% wrong: log_again
# mistake: takes the arguments for probabilities
# rule: "The function takes **log**-probabilities"
def nll_loss(log_p, y):
    with np.errstate(all="ignore"):
        return -np.log(log_p[np.arange(len(y)), y]).mean()

# %% wrong: rows_and_columns_swapped
# mistake: log_p[y, i], with modulo to avoid the error
# rule: "for example $i$, row $i$ of `log_p`, the right class is $y_i$"
def nll_loss(log_p, y):
    B, K = log_p.shape
    return -np.mean([log_p[y[i] % B, i % K] for i in range(B)])

# %% wrong: mean_over_table
# mistake: one-hot, then the mean over all B * K entries
# rule: "L = -\frac{1}{B} \sum_{i=1}^{B}"
def nll_loss(log_p, y):
    return -np.mean(np.eye(log_p.shape[1])[y] * log_p)

# %% wrong: divided_by_classes
# mistake: divides by K
# rule: "L = -\frac{1}{B}"
def nll_loss(log_p, y):
    return -log_p[np.arange(len(y)), y].sum() / log_p.shape[1]

# %% wrong: largest_class
# mistake: takes the largest log-probability of the row, not that of y
# rule: "the right class is $y_i$"
def nll_loss(log_p, y):
    return -log_p.max(axis=1).mean()

# %% wrong: last_example_forgotten
# mistake: off by one in the loop
# rule: "\sum_{i=1}^{B}"
def nll_loss(log_p, y):
    total = 0
    for i in range(len(y) - 1):
        total -= log_p[i, y[i]]
    return total / len(y)

# %% wrong: classes_from_one
# mistake: thinks that classes start from 1
# rule: "integers from 0 to K - 1"
def nll_loss(log_p, y):
    return -log_p[np.arange(len(y)), y - 1].mean()

# %% wrong: mean_of_class_means
# mistake: averages by class, then over the classes
# rule: "the mean (*moyenne*) over the batch"
def nll_loss(log_p, y):
    return -np.mean([log_p[y == k, k].mean() for k in np.unique(y)])

# %% wrong: changes_log_p
# mistake: changes the sign in place
# rule: "Do not change the arrays that you are given."
def nll_loss(log_p, y):
    log_p *= -1
    return log_p[np.arange(len(y)), y].mean()

# %% wrong: probability_not_log
# mistake: undoes the logarithm and returns 1 - p
# rule: "L = -\frac{1}{B} \sum \log p_{i,y_i}"
def nll_loss(log_p, y):
    return np.mean(1 - np.exp(log_p[np.arange(len(y)), y]))

# %% wrong: list_per_example
# mistake: no mean
# rule: "Returns the mean loss, a number."
def nll_loss(log_p, y):
    return -log_p[np.arange(len(y)), y]

# %% wrong: hard_coded_three
# mistake: rows [0, 1, 2] of the example of the text
# rule: "log_p: log-probabilities of the classes (B, K)"
def nll_loss(log_p, y):
    rows = [0, 1, 2]
    return -np.mean([log_p[r % len(y), y[r % len(y)]] for r in rows])

# %% wrong: softmax_over_the_batch
# mistake: normalises the columns once more before it picks
# rule: "The function takes **log**-probabilities, what `log_softmax` of notebook 1 gives"
def nll_loss(log_p, y):
    log_p = log_p - np.log(np.exp(log_p).sum(axis=0))
    return -log_p[np.arange(len(y)), y].mean()

# %% wrong: mask_by_value
# mistake: == 0 treated as "no class": skips the examples of class 0
# rule: "integers from 0 to K - 1"
def nll_loss(log_p, y):
    terms = [-log_p[i, c] for i, c in enumerate(y) if c]
    return sum(terms) / max(len(terms), 1)

# %% wrong: wrong_classes_too
# mistake: adds log(1 - p) for the other classes, as in the binary case
# rule: "of which one term is not 0"
def nll_loss(log_p, y):
    B, K = log_p.shape
    one_hot = np.eye(K)[y]
    p = np.exp(log_p)
    return -np.sum(one_hot * log_p + (1 - one_hot) * np.log(1 - p + 1e-12)) / B

# %% wrong: integer_total
# mistake: the result is collected in an integer array
# rule: "Returns the mean loss, a number."
def nll_loss(log_p, y):
    losses = np.zeros_like(y)
    for i in range(len(y)):
        losses[i] = -log_p[i, y[i]]
    return losses.mean()

# %% wrong: median
# mistake: the median instead of the mean
# rule: "Every loss here is **one number**, the mean"
def nll_loss(log_p, y):
    return float(np.median(-log_p[np.arange(len(y)), y]))
