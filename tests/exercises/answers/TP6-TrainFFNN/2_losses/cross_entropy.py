# exercise: cross_entropy

# %% right: line_of_the_text
# style: the line of the text, maximum of each row with keepdims
def cross_entropy(scores, y):
    m = scores.max(axis=1, keepdims=True)
    log_sum = m[:, 0] + np.log(np.exp(scores - m).sum(axis=1))
    return np.mean(log_sum - scores[np.arange(len(y)), y])

# %% right: log_softmax_and_nll_loss
# style: own log_softmax, then nll_loss of the notebook
def log_softmax(scores):
    decales = scores - np.max(scores, axis=-1, keepdims=True)
    return decales - np.log(np.sum(np.exp(decales), axis=-1, keepdims=True))

def cross_entropy(scores, y):
    return nll_loss(log_softmax(scores), y)

# %% right: loop
# style: a loop over rows with zip
def cross_entropy(scores, y):
    pertes = []
    for s, c in zip(scores, y):
        m = max(s)
        pertes.append(m + np.log(sum(np.exp(s_j - m) for s_j in s)) - s[c])
    return sum(pertes) / len(pertes)

# %% right: logaddexp_reduce
# style: np.logaddexp.reduce over the classes
def cross_entropy(scores, y):
    return float((np.logaddexp.reduce(scores, axis=1) - scores[range(len(scores)), y]).mean())

# %% right: one_hot_einsum
# style: one-hot and einsum for the score of the right class
def cross_entropy(scores, y):
    B, K = scores.shape
    juste = np.einsum("bk,bk->b", np.eye(K)[y], scores)
    m = np.amax(scores, axis=1)
    total = m + np.log(np.exp(scores - m.reshape(-1, 1)).sum(1)) - juste
    return total.sum() / B

# %% right: transposed
# style: works on the transposed table, so that broadcasting needs no keepdims
def cross_entropy(scores, y):
    s = scores.T - scores.max(1)
    return np.mean(np.log(np.exp(s).sum(0)) - s[y, np.arange(s.shape[1])])

# %% right: shift_by_right_class_then_max
# style: differences to the right class, then log-sum-exp of the differences
def cross_entropy(scores, y):
    d = scores - np.take_along_axis(scores, y[:, None], 1)
    m = d.max(axis=1)
    return np.mean(m + np.log(np.sum(np.exp(d - m[:, None]), axis=1)))

# %% right: broadcast_table_with_the_same_mean
# style: forgets to flatten m: (B, 1) + (B,) is a table (B, B), but its mean is the right number all the same
def cross_entropy(scores, y):
    m = scores.max(axis=1, keepdims=True)
    return np.mean(m + np.log(np.exp(scores - m).sum(axis=1)) - scores[np.arange(len(y)), y])

# %% wrong: no_shift
# mistake: no maximum subtracted
# rule: "Cross-entropy of a batch, from scores, also very large ones."
def cross_entropy(scores, y):
    return np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(y)), y])

# %% wrong: maximum_of_the_table
# mistake: one maximum for the whole batch; a row far below gives log 0
# rule: "Each row has its own."
def cross_entropy(scores, y):
    m = scores.max()
    return np.mean(m + np.log(np.exp(scores - m).sum(axis=1)) - scores[np.arange(len(y)), y])

# %% wrong: maximum_of_columns
# mistake: maximum over axis 0
# rule: "the maximum of the row is the one that keeps all exponentials small"
def cross_entropy(scores, y):
    s = scores - scores.max(axis=0)
    return np.mean(np.log(np.exp(s).sum(axis=1)) - s[np.arange(len(y)), y])

# %% wrong: log_of_softmax
# mistake: stable softmax, then its logarithm: 0 gives -inf
# rule: "from scores, also very large ones"
def cross_entropy(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(y)), y]))

# %% wrong: log_of_softmax_plus_eps
# mistake: adds 1e-12 inside the logarithm
# rule: "= m + \log \sum_j e^{s_j - m} - s_y"
def cross_entropy(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(y)), y] + 1e-12))

# %% wrong: cut_at_minus_100
# mistake: cuts the log-probabilities at -100 as bce does
# rule: "Cross-entropy of a batch, from scores, also very large ones."
def cross_entropy(scores, y):
    s = scores - scores.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -np.mean(np.maximum(log_p[np.arange(len(y)), y], -100))

# %% wrong: m_not_added
# mistake: subtracts m in the exponent, but does not add it again
# rule: "m + \log \sum_j e^{s_j - m} - s_y"
def cross_entropy(scores, y):
    m = scores.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(scores - m).sum(axis=1)) - scores[np.arange(len(y)), y])

# %% wrong: two_softmaxes
# mistake: softmax, and then again log_softmax
# rule: "Never apply them twice." / "takes the **scores** $s$ themselves, softmax included"
def cross_entropy(scores, y):
    def log_softmax(s):
        s = s - s.max(axis=1, keepdims=True)
        return s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    p = np.exp(log_softmax(scores))
    return -np.mean(log_softmax(p)[np.arange(len(y)), y])

# %% wrong: changes_scores
# mistake: subtracts the maximum in place
# rule: "Do not change the arrays that you are given."
def cross_entropy(scores, y):
    scores -= scores.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(y)), y])

# %% wrong: negative
# mistake: the sign, log-likelihood instead of loss
# rule: "-\log \mathrm{softmax}(s)_y"
def cross_entropy(scores, y):
    m = scores.max(axis=1)
    return np.mean(scores[np.arange(len(y)), y] - m - np.log(np.exp(scores - m[:, None]).sum(1)))

# %% wrong: sum_not_mean
# mistake: sum over the batch
# rule: "Returns the mean loss, a number."
def cross_entropy(scores, y):
    m = scores.max(axis=1)
    return np.sum(m + np.log(np.exp(scores - m[:, None]).sum(1)) - scores[np.arange(len(y)), y])

# %% wrong: minimum_of_row
# mistake: subtracts the minimum
# rule: "the maximum of the row is the one that keeps all exponentials small"
def cross_entropy(scores, y):
    m = scores.min(axis=1)
    return np.mean(m + np.log(np.exp(scores - m[:, None]).sum(1)) - scores[np.arange(len(y)), y])

# %% wrong: shift_by_right_score
# mistake: m = s_y: right on paper, but overflows where the model is wrong and sure
# rule: "the maximum of the row is the one that keeps all exponentials small"
def cross_entropy(scores, y):
    d = scores - scores[np.arange(len(y)), y][:, None]
    return np.mean(np.log(np.exp(d).sum(axis=1)))

# %% wrong: all_columns
# mistake: scores[:, y] instead of pairs
# rule: "NumPy takes *pairs* of rows and columns"
def cross_entropy(scores, y):
    m = scores.max(axis=1, keepdims=True)
    log_sum = m + np.log(np.exp(scores - m).sum(axis=1, keepdims=True))
    return np.mean(log_sum - scores[:, y])

# %% wrong: scores_clipped
# mistake: clips the scores at 500
# rule: "also very large ones"
def cross_entropy(scores, y):
    s = np.clip(scores, -500, 500)
    return np.mean(np.log(np.exp(s).sum(axis=1)) - s[np.arange(len(y)), y])

# %% wrong: mean_over_classes_in_log
# mistake: mean over classes inside the logarithm instead of the sum
# rule: "\log \sum_j e^{s_j - m}"
def cross_entropy(scores, y):
    m = scores.max(axis=1)
    return np.mean(m + np.log(np.exp(scores - m[:, None]).mean(1)) - scores[np.arange(len(y)), y])

# %% wrong: abs_maximum
# mistake: subtracts the largest absolute value: rows of large negative scores underflow
# rule: "the maximum of the row is the one that keeps all exponentials small"
def cross_entropy(scores, y):
    m = np.abs(scores).max(axis=1)
    return np.mean(m + np.log(np.exp(scores - m[:, None]).sum(1)) - scores[np.arange(len(y)), y])

# %% wrong: shift_only_if_positive
# mistake: subtracts max(m, 0): rows with all scores very negative give log 0
# rule: "from scores, also very large ones" / "the maximum of the row"
def cross_entropy(scores, y):
    m = np.maximum(scores.max(axis=1), 0)
    return np.mean(m + np.log(np.exp(scores - m[:, None]).sum(1)) - scores[np.arange(len(y)), y])

# %% wrong: log10
# mistake: base 10
# rule: "Logarithms are natural."
def cross_entropy(scores, y):
    s = scores - scores.max(axis=1, keepdims=True)
    return np.mean(np.log10(np.exp(s).sum(axis=1)) - s[np.arange(len(y)), y])
