# exercise: compute_metrics

# %% right: unpacked
# style: unpacks the object, sets and loops
def compute_metrics(prediction):
    logits, y = prediction
    if isinstance(logits, tuple):
        logits, *_ = logits
    paires = [(int(np.argmax(l)), int(t)) for l, t in zip(logits, y) if t != -100]
    acc = sum(p == t for p, t in paires) / len(paires)
    f = 0
    for k in range(len(logits[0])):
        tp = sum(p == k and t == k for p, t in paires)
        fp = sum(p == k and t != k for p, t in paires)
        fn = sum(p != k and t == k for p, t in paires)
        f += 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 0
    return {"accuracy": acc, "f1": f / len(logits[0])}

# %% right: precision_recall
# style: by precision and recall of each class
def compute_metrics(prediction):
    s = prediction.predictions[0] if type(prediction.predictions) is tuple else prediction.predictions
    keep = prediction.label_ids >= 0
    p, y = np.argmax(s, axis=-1)[keep], prediction.label_ids[keep]
    scores = []
    for k in range(s.shape[-1]):
        tp = ((p == k) & (y == k)).sum()
        if tp == 0:
            scores.append(0.0)
            continue
        precision, recall = tp / (p == k).sum(), tp / (y == k).sum()
        scores.append(2 * precision * recall / (precision + recall))
    return dict(accuracy=(p == y).mean(), f1=np.mean(scores))

# %% right: torch_style
# style: through tensors, numbers at the end
def compute_metrics(prediction):
    s = prediction.predictions
    s = torch.as_tensor(s[0] if isinstance(s, tuple) else s)
    y = torch.as_tensor(prediction.label_ids)
    K = s.shape[1]
    p, y = s.argmax(1)[y != -100], y[y != -100]
    P, Y = F.one_hot(p, K).double(), F.one_hot(y, K).double()
    denominator = P.sum(0) + Y.sum(0)
    f1 = torch.where(denominator > 0, 2 * (P * Y).sum(0) / denominator.clamp(min=1), 0.0)
    return {"accuracy": (p == y).double().mean().item(), "f1": f1.mean().item()}

# %% wrong: no_tuple
# mistake: predictions that are a tuple
def compute_metrics(prediction):
    p = prediction.predictions.argmax(1)
    y = prediction.label_ids
    p, y = p[y != -100], y[y != -100]
    K = prediction.predictions.shape[1]
    f = [2 * ((p == k) & (y == k)).sum() / max((p == k).sum() + (y == k).sum(), 1) for k in range(K)]
    return {"accuracy": float((p == y).mean()), "f1": float(np.mean(f))}

# %% wrong: always_first
# mistake: takes the first of anything
def compute_metrics(prediction):
    s, y = prediction.predictions[0], prediction.label_ids
    p = np.argmax(s, axis=-1)
    K = s.shape[-1]
    f = [2 * ((p == k) & (y == k)).sum() / max((p == k).sum() + (y == k).sum(), 1) for k in range(K)]
    return {"accuracy": float((p == y).mean()), "f1": float(np.mean(f))}

# %% wrong: sklearn_default
# mistake: classes that neither occur nor are predicted are left out
def compute_metrics(prediction):
    from sklearn.metrics import f1_score
    s = prediction.predictions
    s = s[0] if isinstance(s, tuple) else s
    y = prediction.label_ids
    p = s.argmax(1)[y != -100]
    y = y[y != -100]
    return {"accuracy": float((p == y).mean()), "f1": float(f1_score(y, p, average="macro"))}

# %% wrong: binary
# mistake: F1 of class 1
def compute_metrics(prediction):
    s = prediction.predictions
    s = s[0] if isinstance(s, tuple) else s
    y = prediction.label_ids
    p = s.argmax(1)[y != -100]
    y = y[y != -100]
    tp, fp, fn = ((p == 1) & (y == 1)).sum(), ((p == 1) & (y != 1)).sum(), ((p != 1) & (y == 1)).sum()
    return {"accuracy": float((p == y).mean()), "f1": float(2 * tp / (2 * tp + fp + fn)) if tp else 0.0}

# %% wrong: ignored_kept
# mistake: -100 counts as wrong
def compute_metrics(prediction):
    s = prediction.predictions
    s = s[0] if isinstance(s, tuple) else s
    y = prediction.label_ids
    p = s.argmax(1)
    f = [2 * ((p == k) & (y == k)).sum() / max((p == k).sum() + (y == k).sum(), 1) for k in range(s.shape[1])]
    return {"accuracy": float((p == y).mean()), "f1": float(np.mean(f))}

# %% wrong: typo
# mistake: `prediction.prediction`
def compute_metrics(prediction):
    s, y = prediction.prediction, prediction.label_ids
    p = s.argmax(1)
    return {"accuracy": (p == y).mean(), "f1": (p == y).mean()}

# %% wrong: prefixed
# mistake: the Trainer's prefix is written as well
def compute_metrics(prediction):
    s = prediction.predictions
    s = s[0] if isinstance(s, tuple) else s
    y = prediction.label_ids
    p = s.argmax(1)[y != -100]
    y = y[y != -100]
    f = [2 * ((p == k) & (y == k)).sum() / max((p == k).sum() + (y == k).sum(), 1) for k in range(s.shape[1])]
    return {"eval_accuracy": float((p == y).mean()), "eval_f1": float(np.mean(f))}

# %% right: counts_with_numpy
# style: boolean arrays for each class
def compute_metrics(prediction):
    scores = prediction.predictions
    if isinstance(scores, tuple):
        scores = scores[0]
    labels = prediction.label_ids
    known = labels != -100
    scores, labels = scores[known], labels[known]
    said = scores.argmax(axis=1)
    f1 = []
    for k in range(scores.shape[1]):
        below = (said == k).sum() + (labels == k).sum()
        f1.append(2 * ((said == k) & (labels == k)).sum() / below if below else 0.0)
    return {"accuracy": float((said == labels).mean()), "f1": float(np.mean(f1))}

# %% right: confusion_matrix
# style: a table of counts by np.add.at, diagonal and margins
def compute_metrics(prediction):
    z = prediction.predictions
    z = z[0] if type(z) is tuple else z
    y = np.asarray(prediction.label_ids)
    rows = np.flatnonzero(y != -100)
    K = z.shape[-1]
    table = np.zeros((K, K), dtype=int)
    np.add.at(table, (y[rows], np.argmax(z[rows], axis=-1)), 1)
    right = np.diag(table)
    margins = table.sum(axis=0) + table.sum(axis=1)
    f1 = np.divide(2 * right, margins, out=np.zeros(K), where=margins > 0)
    return dict(accuracy=right.sum() / table.sum(), f1=f1.mean())

# %% right: sklearn
# style: scikit-learn, all classes named, zero_division
from sklearn.metrics import accuracy_score, f1_score

def compute_metrics(prediction):
    first = prediction.predictions
    while isinstance(first, tuple):
        first = first[0]
    truth = prediction.label_ids
    keep = truth >= 0
    truth, said = truth[keep], first[keep].argmax(-1)
    classes = list(range(first.shape[1]))
    return {
        "f1": f1_score(truth, said, labels=classes, average="macro", zero_division=0),
        "accuracy": accuracy_score(truth, said),
    }

# %% right: plain_python
# style: lists, Counter and loops
from collections import Counter

def compute_metrics(prediction):
    scores, *_ = prediction.predictions if isinstance(prediction.predictions, tuple) else (prediction.predictions,)
    K = len(scores[0])
    pairs = []
    for row, label in zip(scores.tolist(), prediction.label_ids.tolist()):
        if label == -100:
            continue
        pairs.append((max(range(K), key=row.__getitem__), label))
    said, true = Counter(p for p, _ in pairs), Counter(t for _, t in pairs)
    hits = Counter(t for p, t in pairs if p == t)
    total = 0.0
    for k in range(K):
        if said[k] + true[k] > 0:
            total += 2 * hits[k] / (said[k] + true[k])
    return {"accuracy": sum(hits.values()) / len(pairs), "f1": total / K}

# %% wrong: unlabelled_counted
# mistake: rows labelled -100 count as wrong
# rule: "A label of **-100** means *not labelled*: PyTorch's cross-entropy skips it, and so do you."
def compute_metrics(prediction):
    scores = prediction.predictions
    if isinstance(scores, tuple):
        scores = scores[0]
    labels, said = prediction.label_ids, scores.argmax(axis=1)
    f1 = []
    for k in range(scores.shape[1]):
        below = (said == k).sum() + (labels == k).sum()
        f1.append(2 * ((said == k) & (labels == k)).sum() / below if below else 0.0)
    return {"accuracy": float((said == labels).mean()), "f1": float(np.mean(f1))}

# %% wrong: tuple_forgotten
# mistake: takes the predictions for an array always
# rule: "Some models return more than scores; then it is a **tuple**, and the scores come first."
def compute_metrics(prediction):
    known = prediction.label_ids != -100
    labels = prediction.label_ids[known]
    scores = prediction.predictions[known]
    said = np.argmax(scores, axis=1)
    f1 = []
    for k in range(scores.shape[1]):
        below = (said == k).sum() + (labels == k).sum()
        f1.append(2 * ((said == k) & (labels == k)).sum() / below if below else 0.0)
    return {"accuracy": float((said == labels).mean()), "f1": float(np.mean(f1))}

# %% wrong: only_classes_with_labels
# mistake: the mean over the classes that have a label
# rule: ""f1" is the mean of the F1 of **all K classes**"
def compute_metrics(prediction):
    scores = prediction.predictions
    if isinstance(scores, tuple):
        scores = scores[0]
    known = prediction.label_ids != -100
    labels, said = prediction.label_ids[known], scores[known].argmax(axis=1)
    f1 = []
    for k in np.unique(labels):
        f1.append(2 * ((said == k) & (labels == k)).sum() / ((said == k).sum() + (labels == k).sum()))
    return {"accuracy": float((said == labels).mean()), "f1": float(np.mean(f1))}

# %% wrong: classes_up_to_the_largest_label
# mistake: K from the largest label
# rule: "the scores (N, K)", "the mean of the F1 of **all K classes**"
def compute_metrics(prediction):
    scores = prediction.predictions
    if isinstance(scores, tuple):
        scores = scores[0]
    known = prediction.label_ids != -100
    labels, said = prediction.label_ids[known], scores[known].argmax(axis=1)
    f1 = []
    for k in range(labels.max() + 1):
        below = (said == k).sum() + (labels == k).sum()
        f1.append(2 * ((said == k) & (labels == k)).sum() / below if below else 0.0)
    return {"accuracy": float((said == labels).mean()), "f1": float(np.mean(f1))}

# %% wrong: one_for_an_absent_class
# mistake: a class that neither occurs nor is predicted counts 1
# rule: "(0 \text{ where both are } 0)"
def compute_metrics(prediction):
    scores = prediction.predictions
    if isinstance(scores, tuple):
        scores = scores[0]
    known = prediction.label_ids != -100
    labels, said = prediction.label_ids[known], scores[known].argmax(axis=1)
    f1 = []
    for k in range(scores.shape[1]):
        below = (said == k).sum() + (labels == k).sum()
        f1.append(2 * ((said == k) & (labels == k)).sum() / below if below else 1.0)
    return {"accuracy": float((said == labels).mean()), "f1": float(np.mean(f1))}

# %% wrong: absent_class_is_nan
# mistake: 0 / 0
# rule: "(0 \text{ where both are } 0)"
def compute_metrics(prediction):
    scores = prediction.predictions
    if isinstance(scores, tuple):
        scores = scores[0]
    known = prediction.label_ids != -100
    labels, said = prediction.label_ids[known], scores[known].argmax(axis=1)
    one_hot = np.eye(scores.shape[1])
    p, t = one_hot[said], one_hot[labels]
    with np.errstate(invalid="ignore"):
        f1 = 2 * (p * t).sum(axis=0) / (p.sum(axis=0) + t.sum(axis=0))
    return {"accuracy": float((said == labels).mean()), "f1": float(f1.mean())}

# %% wrong: weighted
# mistake: classes weighted by their rows
# rule: ""f1" is the mean of the F1 of **all K classes**; that of one class counts"
from sklearn.metrics import f1_score

def compute_metrics(prediction):
    scores = prediction.predictions
    if isinstance(scores, tuple):
        scores = scores[0]
    known = prediction.label_ids != -100
    labels, said = prediction.label_ids[known], scores[known].argmax(axis=1)
    return {
        "accuracy": float((said == labels).mean()),
        "f1": float(f1_score(labels, said, average="weighted", zero_division=0)),
    }

# %% wrong: macro_of_what_occurs
# mistake: scikit-learn's macro without the list of labels leaves out classes that nobody says or has
# rule: ""f1" is the mean of the F1 of **all K classes**"
from sklearn.metrics import f1_score

def compute_metrics(prediction):
    scores = prediction.predictions
    if isinstance(scores, tuple):
        scores = scores[0]
    known = prediction.label_ids != -100
    labels, said = prediction.label_ids[known], scores[known].argmax(axis=1)
    return {
        "accuracy": float((said == labels).mean()),
        "f1": float(f1_score(labels, said, average="macro", zero_division=0)),
    }

# %% wrong: micro
# mistake: counts of all classes together: that is the accuracy again
# rule: "the mean of the F1 of **all K classes**"
def compute_metrics(prediction):
    scores = prediction.predictions
    if isinstance(scores, tuple):
        scores = scores[0]
    known = prediction.label_ids != -100
    labels, said = prediction.label_ids[known], scores[known].argmax(axis=1)
    hits = (said == labels).sum()
    return {"accuracy": float(hits / len(labels)), "f1": float(2 * hits / (len(said) + len(labels)))}

# %% wrong: class_one_only
# mistake: the F1 of class 1, "positive"
# rule: "the mean of the F1 of **all K classes**"
def compute_metrics(prediction):
    scores = prediction.predictions
    if isinstance(scores, tuple):
        scores = scores[0]
    known = prediction.label_ids != -100
    labels, said = prediction.label_ids[known], scores[known].argmax(axis=1)
    below = (said == 1).sum() + (labels == 1).sum()
    f1 = 2 * ((said == 1) & (labels == 1)).sum() / below if below else 0.0
    return {"accuracy": float((said == labels).mean()), "f1": float(f1)}

# %% wrong: class_zero_dropped
# mistake: keeps labels above 0
# rule: "A label of **-100** means *not labelled*"
def compute_metrics(prediction):
    scores = prediction.predictions
    if isinstance(scores, tuple):
        scores = scores[0]
    known = prediction.label_ids > 0
    labels, said = prediction.label_ids[known], scores[known].argmax(axis=1)
    f1 = []
    for k in range(scores.shape[1]):
        below = (said == k).sum() + (labels == k).sum()
        f1.append(2 * ((said == k) & (labels == k)).sum() / below if below else 0.0)
    return {"accuracy": float((said == labels).mean()), "f1": float(np.mean(f1))}

# %% wrong: predictions_of_unlabelled_rows
# mistake: skips unlabelled rows in the accuracy, but counts what is predicted there in the F1
# rule: "A label of **-100** means *not labelled*: PyTorch's cross-entropy skips it, and so do you."
def compute_metrics(prediction):
    scores = prediction.predictions
    if isinstance(scores, tuple):
        scores = scores[0]
    labels, said = prediction.label_ids, scores.argmax(axis=1)
    known = labels != -100
    f1 = []
    for k in range(scores.shape[1]):
        below = (said == k).sum() + (labels == k).sum()
        f1.append(2 * ((said == k) & (labels == k)).sum() / below if below else 0.0)
    return {"accuracy": float((said[known] == labels[known]).mean()), "f1": float(np.mean(f1))}

# %% wrong: half_of_the_formula
# mistake: forgets the factor 2
# rule: "F_1(k) = \frac{2\,TP_k}{\text{rows predicted as } k + \text{rows of class } k}"
def compute_metrics(prediction):
    scores = prediction.predictions
    if isinstance(scores, tuple):
        scores = scores[0]
    known = prediction.label_ids != -100
    labels, said = prediction.label_ids[known], scores[known].argmax(axis=1)
    f1 = []
    for k in range(scores.shape[1]):
        below = (said == k).sum() + (labels == k).sum()
        f1.append(((said == k) & (labels == k)).sum() / below if below else 0.0)
    return {"accuracy": float((said == labels).mean()), "f1": float(np.mean(f1))}

# %% wrong: percent
# mistake: accuracy in percent
# rule: ""accuracy" (*exactitude*) is the share of rows"
def compute_metrics(prediction):
    scores = prediction.predictions
    if isinstance(scores, tuple):
        scores = scores[0]
    known = prediction.label_ids != -100
    labels, said = prediction.label_ids[known], scores[known].argmax(axis=1)
    f1 = []
    for k in range(scores.shape[1]):
        below = (said == k).sum() + (labels == k).sum()
        f1.append(2 * ((said == k) & (labels == k)).sum() / below if below else 0.0)
    return {"accuracy": 100 * float((said == labels).mean()), "f1": float(np.mean(f1))}

# %% wrong: tensors
# mistake: works with tensors and returns them
# rule: "A number that you return is a plain one, of Python or NumPy, not a tensor."
def compute_metrics(prediction):
    scores = prediction.predictions
    if isinstance(scores, tuple):
        scores = scores[0]
    scores, labels = torch.as_tensor(scores), torch.as_tensor(prediction.label_ids)
    known = labels != -100
    labels, said = labels[known], scores[known].argmax(dim=1)
    f1 = torch.zeros(scores.shape[1])
    for k in range(scores.shape[1]):
        below = (said == k).sum() + (labels == k).sum()
        if below > 0:
            f1[k] = 2 * ((said == k) & (labels == k)).sum() / below
    return {"accuracy": (said == labels).float().mean(), "f1": f1.mean()}

# %% wrong: labels_overwritten
# mistake: replaces -100 by the prediction in the labels that were given
# rule: "A label of **-100** means *not labelled* ... so do you" (skip); "Do not change what you are given"
def compute_metrics(prediction):
    scores = prediction.predictions
    if isinstance(scores, tuple):
        scores = scores[0]
    labels, said = prediction.label_ids, scores.argmax(axis=1)
    labels[labels == -100] = said[labels == -100]
    f1 = []
    for k in range(scores.shape[1]):
        below = (said == k).sum() + (labels == k).sum()
        f1.append(2 * ((said == k) & (labels == k)).sum() / below if below else 0.0)
    return {"accuracy": float((said == labels).mean()), "f1": float(np.mean(f1))}
