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
