# exercise: evaluate

# %% right: count
# style: counts with .item()
def evaluate(model, batches):
    model.eval()
    juste, n = 0, 0
    with torch.no_grad():
        for x, y in batches:
            juste += (model(x).argmax(dim=1) == y).sum().item()
            n += len(y)
    return juste / n

# %% right: decorator
# style: torch.no_grad as decorator, torch.max
@torch.no_grad()
def evaluate(model, batches):
    model.eval()
    correct = total = 0
    for x, y in batches:
        _, predicted = torch.max(model(x), 1)
        correct += int((predicted == y).sum())
        total += y.size(0)
    return correct / total

# %% right: concatenated
# style: all predictions concatenated, float mean
def evaluate(model, batches):
    model.eval()
    with torch.no_grad():
        predictions = torch.cat([model(x).argmax(-1) for x, _ in batches])
    classes = torch.cat([y for _, y in batches])
    return (predictions == classes).double().mean().item()

# %% right: restores_mode
# style: restores the mode that the model had (text silent)
def evaluate(model, batches):
    avant = model.training
    model.eval()
    try:
        with torch.no_grad():
            good = [(model(x).max(dim=1).indices == y).tolist() for x, y in batches]
    finally:
        model.train(avant)
    flat = [g for batch in good for g in batch]
    return sum(flat) / len(flat)

# %% right: numpy
# style: numpy argmax, model.train(False)
def evaluate(model, batches):
    model.train(False)
    ok, n = 0, 0
    for x, y in batches:
        with torch.no_grad():
            scores = model(x)
        ok += int(np.sum(scores.numpy().argmax(axis=1) == y.numpy()))
        n += scores.shape[0]
    return float(ok) / n

# %% right: example_by_example
# style: loop over the examples of the scores
def evaluate(model, batches):
    model.eval()
    reponses = []
    with torch.no_grad():
        for x, y in batches:
            for ligne, c in zip(model(x), y):
                reponses.append(1 if int(torch.argmax(ligne)) == int(c) else 0)
    return float(np.mean(reponses))

# %% right: inference_mode
# style: torch.inference_mode, the newer form of no_grad, nested in no_grad
def evaluate(model, batches):
    model = model.eval()
    with torch.no_grad(), torch.inference_mode():
        justes = sum(torch.eq(model(x).softmax(1).argmax(1), y).sum().item() for x, y in batches)
    return justes / sum(y.numel() for _, y in batches)

# %% wrong: no_eval
# mistake: no model.eval()
# rule: "**evaluation mode**: `model.eval()` switches dropout off"
def evaluate(model, batches):
    juste, n = 0, 0
    with torch.no_grad():
        for x, y in batches:
            juste += (model(x).argmax(dim=1) == y).sum().item()
            n += len(y)
    return juste / n

# %% wrong: eval_without_parentheses
# mistake: model.eval is not called
# rule: "**evaluation mode**: `model.eval()` switches dropout off"
def evaluate(model, batches):
    model.eval
    juste, n = 0, 0
    with torch.no_grad():
        for x, y in batches:
            juste += (model(x).argmax(dim=1) == y).sum().item()
            n += len(y)
    return juste / n

# %% wrong: no_no_grad
# mistake: records the graph
# rule: "**no gradients**: inside `with torch.no_grad():` PyTorch records nothing"
def evaluate(model, batches):
    model.eval()
    juste, n = 0, 0
    for x, y in batches:
        juste += (model(x).argmax(dim=1) == y).sum().item()
        n += len(y)
    return juste / n

# %% wrong: no_grad_without_with
# mistake: calls torch.no_grad() as a statement: no effect
# rule: "inside `with torch.no_grad():`"
def evaluate(model, batches):
    model.eval()
    torch.no_grad()
    juste, n = 0, 0
    for x, y in batches:
        juste += (model(x).argmax(dim=1) == y).sum().item()
        n += len(y)
    return juste / n

# %% wrong: forward_outside_no_grad
# mistake: only the comparison stands inside no_grad
# rule: "inside `with torch.no_grad():` PyTorch records nothing"
def evaluate(model, batches):
    model.eval()
    juste, n = 0, 0
    for x, y in batches:
        scores = model(x)
        with torch.no_grad():
            juste += (scores.argmax(dim=1) == y).sum().item()
        n += len(y)
    return juste / n

# %% wrong: mean_over_batches
# mistake: mean of the accuracies of the batches
# rule: "**count examples**, not batches"
def evaluate(model, batches):
    model.eval()
    parts = []
    with torch.no_grad():
        for x, y in batches:
            parts.append((model(x).argmax(dim=1) == y).float().mean().item())
    return sum(parts) / len(parts)

# %% wrong: argmax_over_the_batch
# mistake: dim=0
# rule: "the share of examples whose largest score is at the right class"
def evaluate(model, batches):
    model.eval()
    juste, n = 0, 0
    with torch.no_grad():
        for x, y in batches:
            best = model(x).argmax(dim=0)
            m = min(len(best), len(y))
            juste += (best[:m] == y[:m]).sum().item()
            n += len(y)
    return juste / n

# %% wrong: returns_a_tensor
# mistake: no .item()
# rule: "Returns the accuracy, a float between 0 and 1."
def evaluate(model, batches):
    model.eval()
    juste, n = 0, 0
    with torch.no_grad():
        for x, y in batches:
            juste += (model(x).argmax(dim=1) == y).sum()
            n += len(y)
    return juste / n

# %% wrong: per_cent
# mistake: times 100
# rule: "a float between 0 and 1"
def evaluate(model, batches):
    model.eval()
    juste, n = 0, 0
    with torch.no_grad():
        for x, y in batches:
            juste += (model(x).argmax(dim=1) == y).sum().item()
            n += len(y)
    return 100 * juste / n

# %% wrong: error_rate
# mistake: counts the errors
# rule: "The share of examples that a model classifies rightly."
def evaluate(model, batches):
    model.eval()
    faux, n = 0, 0
    with torch.no_grad():
        for x, y in batches:
            faux += (model(x).argmax(dim=1) != y).sum().item()
            n += len(y)
    return faux / n

# %% wrong: last_batch_only
# mistake: counters set back in each batch
# rule: "**count examples**"
def evaluate(model, batches):
    model.eval()
    with torch.no_grad():
        for x, y in batches:
            juste, n = 0, 0
            juste += (model(x).argmax(dim=1) == y).sum().item()
            n += len(y)
    return juste / n

# %% wrong: return_in_the_loop
# mistake: returns after the first batch
# rule: "batches: list of pairs (x, y)"; "count examples"
def evaluate(model, batches):
    model.eval()
    juste, n = 0, 0
    with torch.no_grad():
        for x, y in batches:
            juste += (model(x).argmax(dim=1) == y).sum().item()
            n += len(y)
            return juste / n

# %% wrong: first_batch_size
# mistake: number of batches times the size of the first
# rule: "the batches may differ in size"
def evaluate(model, batches):
    model.eval()
    juste = 0
    with torch.no_grad():
        for x, y in batches:
            juste += (model(x).argmax(dim=1) == y).sum().item()
    return juste / (len(batches) * len(batches[0][1]))

# %% wrong: train_mode
# mistake: model.train() copied from train_epoch
# rule: "**evaluation mode**: `model.eval()` switches dropout off"
def evaluate(model, batches):
    model.train()
    juste, n = 0, 0
    with torch.no_grad():
        for x, y in batches:
            juste += (model(x).argmax(dim=1) == y).sum().item()
            n += len(y)
    return juste / n

# %% wrong: eval_at_the_end
# mistake: eval after the loop
# rule: "**evaluation mode**: `model.eval()` switches dropout off"
def evaluate(model, batches):
    juste, n = 0, 0
    with torch.no_grad():
        for x, y in batches:
            juste += (model(x).argmax(dim=1) == y).sum().item()
            n += len(y)
    model.eval()
    return juste / n

# %% wrong: freezes_parameters
# mistake: requires_grad_(False) on the parameters and never back: the next epoch cannot train
# rule: "inside `with torch.no_grad():`"
def evaluate(model, batches):
    model.eval()
    for p in model.parameters():
        p.requires_grad_(False)
    juste, n = 0, 0
    for x, y in batches:
        juste += (model(x).argmax(dim=1) == y).sum().item()
        n += len(y)
    return juste / n

# %% wrong: grad_switched_off_for_good
# mistake: torch.set_grad_enabled(False) and never back
# rule: "inside `with torch.no_grad():`" (only inside)
def evaluate(model, batches):
    model.eval()
    torch.set_grad_enabled(False)
    juste, n = 0, 0
    for x, y in batches:
        juste += (model(x).argmax(dim=1) == y).sum().item()
        n += len(y)
    return juste / n

# %% wrong: binary_threshold
# mistake: score > 0 of class 1, for two classes
# rule: "an nn.Module from inputs (B, D) to scores (B, K)"; "largest score"
def evaluate(model, batches):
    model.eval()
    juste, n = 0, 0
    with torch.no_grad():
        for x, y in batches:
            juste += ((model(x)[:, 1] > 0).long() == y).sum().item()
            n += len(y)
    return juste / n

# %% wrong: two_classes
# mistake: compares the first two scores only
# rule: "scores (B, K)"
def evaluate(model, batches):
    model.eval()
    juste, n = 0, 0
    with torch.no_grad():
        for x, y in batches:
            s = model(x)
            juste += ((s[:, 1] > s[:, 0]).long() == y).sum().item()
            n += len(y)
    return juste / n

# %% wrong: largest_absolute_score
# mistake: argmax of the absolute scores
# rule: "whose largest score is at the right class"
def evaluate(model, batches):
    model.eval()
    juste, n = 0, 0
    with torch.no_grad():
        for x, y in batches:
            juste += (model(x).abs().argmax(dim=1) == y).sum().item()
            n += len(y)
    return juste / n

# %% wrong: rounded
# mistake: rounds to two digits
# rule: "The share of examples that a model classifies rightly."
def evaluate(model, batches):
    model.eval()
    juste, n = 0, 0
    with torch.no_grad():
        for x, y in batches:
            juste += (model(x).argmax(dim=1) == y).sum().item()
            n += len(y)
    return round(juste / n, 2)

# %% wrong: floor_division
# mistake: // instead of /
# rule: "a float between 0 and 1"
def evaluate(model, batches):
    model.eval()
    juste, n = 0, 0
    with torch.no_grad():
        for x, y in batches:
            juste += (model(x).argmax(dim=1) == y).sum().item()
            n += len(y)
    return float(juste // n)

# %% wrong: count_of_examples
# mistake: forgets the division
# rule: "a float between 0 and 1"
def evaluate(model, batches):
    model.eval()
    with torch.no_grad():
        return float(sum((model(x).argmax(dim=1) == y).sum().item() for x, y in batches))

# %% wrong: all_pairs_of_predictions
# mistake: y[:, None] broadcasts: each prediction is compared with each class
# rule: "the share of examples whose largest score is at the right class"
def evaluate(model, batches):
    model.eval()
    juste, n = 0, 0
    with torch.no_grad():
        for x, y in batches:
            same = model(x).argmax(dim=1) == y[:, None]
            juste += same.sum().item()
            n += same.numel()
    return juste / n
