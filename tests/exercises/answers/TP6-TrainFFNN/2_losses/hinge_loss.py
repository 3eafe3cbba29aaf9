# exercise: hinge_loss

# %% right: mask_of_ones
# style: margins, mask False at the right class
def hinge_loss(scores, y):
    lignes = np.arange(len(y))
    marges = np.maximum(0, scores - scores[lignes, y][:, None] + 1)
    autres = np.ones(scores.shape, dtype=bool)
    autres[lignes, y] = False
    return (marges * autres).sum() / len(y)

# %% right: zero_at_right_class
# style: sets the right class to 0 in an array of its own
def hinge_loss(scores, y):
    i = np.arange(scores.shape[0])
    m = np.clip(scores - scores[i, y].reshape(-1, 1) + 1, 0, None)
    m[i, y] = 0
    return m.sum(axis=1).mean()

# %% right: loops
# style: two loops and continue
def hinge_loss(scores, y):
    total = 0.0
    B, K = scores.shape
    for i in range(B):
        for j in range(K):
            if j == y[i]:
                continue
            total += max(0.0, scores[i, j] - scores[i, y[i]] + 1)
    return total / B

# %% right: minus_one
# style: all classes, then minus the 1 of the right class
def hinge_loss(scores, y):
    juste = np.take_along_axis(scores, y[:, None], axis=1)
    return np.mean(np.sum(np.maximum(scores - juste + 1, 0), axis=1) - 1)

# %% right: np_delete
# style: np.delete of the right class, row by row
def hinge_loss(scores, y):
    pertes = []
    for s, c in zip(scores, y):
        manque = np.delete(s, c) - s[c] + 1
        pertes.append(manque[manque > 0].sum())
    return float(np.mean(pertes))

# %% right: eye_and_where
# style: delta = 1 - one_hot as margin: the right class gives max(0, 0)
def hinge_loss(scores, y):
    delta = 1 - np.eye(scores.shape[1])[y]
    juste = (scores * (1 - delta)).sum(axis=1, keepdims=True)
    x = scores - juste + delta
    return np.where(x > 0, x, 0).sum() / len(x)

# %% wrong: right_class_included
# mistake: the slide's sum over all classes
# rule: "With $j = y_i$ in the sum each example would cost at least 1"
def hinge_loss(scores, y):
    m = np.maximum(0, scores - scores[np.arange(len(y)), y][:, None] + 1)
    return m.sum(axis=1).mean()

# %% wrong: divided_by_classes
# mistake: as multi_margin_loss of PyTorch
# rule: "We follow the lecture: a sum over the classes, a mean over the batch."
def hinge_loss(scores, y):
    i = np.arange(len(y))
    m = np.maximum(0, scores - scores[i, y][:, None] + 1)
    m[i, y] = 0
    return m.sum() / scores.size

# %% wrong: divided_by_other_classes
# mistake: mean over the K - 1 wrong classes
# rule: "a sum over the classes, a mean over the batch"
def hinge_loss(scores, y):
    i = np.arange(len(y))
    m = np.maximum(0, scores - scores[i, y][:, None] + 1)
    m[i, y] = 0
    return m.sum() / len(y) / (scores.shape[1] - 1)

# %% wrong: sum_over_batch
# mistake: no mean over the batch
# rule: "Returns the mean over the batch of the sum over the wrong classes"
def hinge_loss(scores, y):
    i = np.arange(len(y))
    m = np.maximum(0, scores - scores[i, y][:, None] + 1)
    m[i, y] = 0
    return m.sum()

# %% wrong: only_the_hardest_class
# mistake: maximum over the wrong classes instead of the sum
# rule: "The right class should win against **each** other class"
def hinge_loss(scores, y):
    i = np.arange(len(y))
    m = np.maximum(0, scores - scores[i, y][:, None] + 1)
    m[i, y] = 0
    return m.max(axis=1).mean()

# %% wrong: reversed_difference
# mistake: s_y - s_j + 1
# rule: "\max(0,\; s_{ij} - s_{i,y_i} + 1)"
def hinge_loss(scores, y):
    i = np.arange(len(y))
    m = np.maximum(0, scores[i, y][:, None] - scores + 1)
    m[i, y] = 0
    return m.sum() / len(y)

# %% wrong: no_margin
# mistake: forgets + 1
# rule: "by a margin of at least 1"
def hinge_loss(scores, y):
    i = np.arange(len(y))
    m = np.maximum(0, scores - scores[i, y][:, None])
    return m.sum() / len(y)

# %% wrong: margin_minus_one
# mistake: - 1 for + 1
# rule: "s_{ij} - s_{i,y_i} + 1"
def hinge_loss(scores, y):
    i = np.arange(len(y))
    m = np.maximum(0, scores - scores[i, y][:, None] - 1)
    return m.sum() / len(y)

# %% wrong: no_maximum
# mistake: forgets max(0, .)
# rule: "\max(0,\; ...)"
def hinge_loss(scores, y):
    i = np.arange(len(y))
    m = scores - scores[i, y][:, None] + 1
    m[i, y] = 0
    return m.sum() / len(y)

# %% wrong: maximum_outside_the_sum
# mistake: max(0, sum) instead of the sum of max(0, .)
# rule: "\sum_{j \ne y_i} \max(0,\; ...)"
def hinge_loss(scores, y):
    i = np.arange(len(y))
    m = scores - scores[i, y][:, None] + 1
    m[i, y] = 0
    return np.maximum(0, m.sum(axis=1)).mean()

# %% wrong: squared
# mistake: squared hinge
# rule: "What is missing to the margin is the loss"
def hinge_loss(scores, y):
    i = np.arange(len(y))
    m = np.maximum(0, scores - scores[i, y][:, None] + 1)
    m[i, y] = 0
    return (m**2).sum() / len(y)

# %% wrong: ties_left_out
# mistake: recognises the right class by its score: a wrong class with an equal score is left out
# rule: "j \ne y_i" / "The right class should win against **each** other class by a margin of at least 1"
def hinge_loss(scores, y):
    juste = scores[np.arange(len(y)), y][:, None]
    m = np.where(scores != juste, np.maximum(0, scores - juste + 1), 0)
    return m.sum() / len(y)

# %% wrong: rightly_classified_cost_nothing
# mistake: no loss where the largest score is at the right class
# rule: "What is missing to the margin is the loss"
def hinge_loss(scores, y):
    i = np.arange(len(y))
    m = np.maximum(0, scores - scores[i, y][:, None] + 1)
    m[i, y] = 0
    m[scores.argmax(axis=1) == y] = 0
    return m.sum() / len(y)

# %% wrong: only_better_classes
# mistake: adds only classes whose score is larger than that of the right class
# rule: "win against **each** other class by a margin of at least 1"
def hinge_loss(scores, y):
    juste = scores[np.arange(len(y)), y][:, None]
    d = scores - juste
    return np.where(d > 0, d + 1, 0).sum() / len(y)

# %% wrong: all_columns
# mistake: scores[:, y] instead of pairs, right for one example only
# rule: "NumPy takes *pairs* of rows and columns"
def hinge_loss(scores, y):
    total = np.maximum(0, scores - scores[:, y].mean(axis=1, keepdims=True) + 1)
    total[np.arange(len(y)), y] = 0
    return total.sum() / len(y)

# %% wrong: changes_scores
# mistake: subtracts in place
# rule: "Do not change the arrays that you are given."
def hinge_loss(scores, y):
    i = np.arange(len(y))
    scores -= scores[i, y][:, None] - 1
    m = np.maximum(0, scores)
    m[i, y] = 0
    return m.sum() / len(y)

# %% wrong: columns_set_to_zero
# mistake: m[:, y] = 0 removes the columns of all right classes
# rule: "j \ne y_i"
def hinge_loss(scores, y):
    m = np.maximum(0, scores - scores[np.arange(len(y)), y][:, None] + 1)
    m[:, y] = 0
    return m.sum() / len(y)

# %% wrong: number_of_violations
# mistake: counts the classes that are too near
# rule: "What is missing to the margin is the loss"
def hinge_loss(scores, y):
    i = np.arange(len(y))
    m = scores - scores[i, y][:, None] + 1 > 0
    m[i, y] = False
    return m.sum() / len(y)

# %% wrong: minus_one_once
# mistake: subtracts the 1 of the right class from the sum of the batch, not from each example
# rule: "each example would cost at least max(0, 0 + 1) = 1"
def hinge_loss(scores, y):
    m = np.maximum(0, scores - scores[np.arange(len(y)), y][:, None] + 1)
    return (m.sum() - 1) / len(y)

# %% wrong: classes_after_y_only
# mistake: range(y + 1, K)
# rule: "\sum_{j \ne y_i}"
def hinge_loss(scores, y):
    B, K = scores.shape
    total = 0.0
    for i in range(B):
        for j in range(y[i] + 1, K):
            total += max(0, scores[i, j] - scores[i, y[i]] + 1)
    return total / B

# %% wrong: break_at_right_class
# mistake: break instead of continue
# rule: "\sum_{j \ne y_i}"
def hinge_loss(scores, y):
    total = 0.0
    for s, c in zip(scores, y):
        for j, s_j in enumerate(s):
            if j == c:
                break
            total += max(0, s_j - s[c] + 1)
    return total / len(y)

# %% wrong: two_classes
# mistake: the formula for two classes and the margin of the next best class only
# rule: "a sum over the classes"
def hinge_loss(scores, y):
    i = np.arange(len(y))
    others = scores.astype(float)
    others[i, y] = -np.inf
    return np.maximum(0, 1 - (scores[i, y] - others.max(axis=1))).mean()
