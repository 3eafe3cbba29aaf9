# exercise: fit

# %% right: plain
# style: as the text says
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    history, best, state = [], -1.0, None
    for epoch in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(x), y)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        good = total = 0
        with torch.no_grad():
            for x, y in validation:
                good += (model(x).argmax(-1) == y).sum().item()
                total += y.size(0)
        history.append(good / total)
        if history[-1] > best:
            best = history[-1]
            state = {k: v.detach().clone() for k, v in model.state_dict().items()}
    model.load_state_dict(state)
    return history

# %% right: deepcopy
# style: copy.deepcopy inside the function
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    history, best, state = [], -1.0, None
    for epoch in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(x), y)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        good = total = 0
        with torch.no_grad():
            for x, y in validation:
                good += (model(x).argmax(-1) == y).sum().item()
                total += y.size(0)
        history.append(good / total)
        if history[-1] > best:
            best = history[-1]
            import copy; state = copy.deepcopy(model.state_dict())
    model.load_state_dict(state)
    return history

# %% right: set_to_zero
# style: gradients set to None by hand, after the forward pass
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    history, best, state = [], -1.0, None
    for epoch in range(epochs):
        model.train()
        for x, y in train:
            loss = nn.CrossEntropyLoss()(model(x), y)
            for p in model.parameters():
                p.grad = None
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        good = total = 0
        with torch.no_grad():
            for x, y in validation:
                good += (model(x).argmax(-1) == y).sum().item()
                total += y.size(0)
        history.append(good / total)
        if history[-1] > best:
            best = history[-1]
            state = {k: v.detach().clone() for k, v in model.state_dict().items()}
    model.load_state_dict(state)
    return history

# %% right: inference
# style: inference_mode, fractions of sums
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    history, best, state = [], -1.0, None
    for epoch in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(x), y)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        good = total = 0
        with torch.inference_mode():
            for x, y in validation:
                good += (model(x).argmax(-1) == y).sum().item()
                total += y.size(0)
        history.append(good / total)
        if history[-1] > best:
            best = history[-1]
            state = {k: v.detach().clone() for k, v in model.state_dict().items()}
    model.load_state_dict(state)
    return history

# %% wrong: not_copied
# mistake: the state is not copied
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    history, best, state = [], -1.0, None
    for epoch in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(x), y)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        good = total = 0
        with torch.no_grad():
            for x, y in validation:
                good += (model(x).argmax(-1) == y).sum().item()
                total += y.size(0)
        history.append(good / total)
        if history[-1] > best:
            best = history[-1]
            state = model.state_dict()
    model.load_state_dict(state)
    return history

# %% wrong: dict_copied_only
# mistake: the dict is copied, the tensors are not
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    history, best, state = [], -1.0, None
    for epoch in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(x), y)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        good = total = 0
        with torch.no_grad():
            for x, y in validation:
                good += (model(x).argmax(-1) == y).sum().item()
                total += y.size(0)
        history.append(good / total)
        if history[-1] > best:
            best = history[-1]
            state = dict(model.state_dict())
    model.load_state_dict(state)
    return history

# %% wrong: greater_equal
# mistake: the last of equal epochs
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    history, best, state = [], -1.0, None
    for epoch in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(x), y)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        good = total = 0
        with torch.no_grad():
            for x, y in validation:
                good += (model(x).argmax(-1) == y).sum().item()
                total += y.size(0)
        history.append(good / total)
        if history[-1] >= best:
            best = history[-1]
            state = {k: v.detach().clone() for k, v in model.state_dict().items()}
    model.load_state_dict(state)
    return history

# %% wrong: clip_after
# mistake: clips after the step
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    history, best, state = [], -1.0, None
    for epoch in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(x), y)
            loss.backward()
            optimizer.step()
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        model.eval()
        good = total = 0
        with torch.no_grad():
            for x, y in validation:
                good += (model(x).argmax(-1) == y).sum().item()
                total += y.size(0)
        history.append(good / total)
        if history[-1] > best:
            best = history[-1]
            state = {k: v.detach().clone() for k, v in model.state_dict().items()}
    model.load_state_dict(state)
    return history

# %% wrong: clip_value
# mistake: clips by value
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    history, best, state = [], -1.0, None
    for epoch in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(x), y)
            loss.backward()
            torch.nn.utils.clip_grad_value_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        good = total = 0
        with torch.no_grad():
            for x, y in validation:
                good += (model(x).argmax(-1) == y).sum().item()
                total += y.size(0)
        history.append(good / total)
        if history[-1] > best:
            best = history[-1]
            state = {k: v.detach().clone() for k, v in model.state_dict().items()}
    model.load_state_dict(state)
    return history

# %% wrong: clip_one
# mistake: norm 1 always
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    history, best, state = [], -1.0, None
    for epoch in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(x), y)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
        model.eval()
        good = total = 0
        with torch.no_grad():
            for x, y in validation:
                good += (model(x).argmax(-1) == y).sum().item()
                total += y.size(0)
        history.append(good / total)
        if history[-1] > best:
            best = history[-1]
            state = {k: v.detach().clone() for k, v in model.state_dict().items()}
    model.load_state_dict(state)
    return history

# %% wrong: train_once
# mistake: training mode before the loop only
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    history, best, state = [], -1.0, None
    model.train()
    for epoch in range(epochs):
        for x, y in train:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(x), y)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        good = total = 0
        with torch.no_grad():
            for x, y in validation:
                good += (model(x).argmax(-1) == y).sum().item()
                total += y.size(0)
        history.append(good / total)
        if history[-1] > best:
            best = history[-1]
            state = {k: v.detach().clone() for k, v in model.state_dict().items()}
    model.load_state_dict(state)
    return history

# %% wrong: no_eval
# mistake: measured in training mode
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    history, best, state = [], -1.0, None
    for epoch in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(x), y)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        good = total = 0
        with torch.no_grad():
            for x, y in validation:
                good += (model(x).argmax(-1) == y).sum().item()
                total += y.size(0)
        history.append(good / total)
        if history[-1] > best:
            best = history[-1]
            state = {k: v.detach().clone() for k, v in model.state_dict().items()}
    model.load_state_dict(state)
    return history

# %% wrong: graph
# mistake: no no_grad
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    history, best, state = [], -1.0, None
    for epoch in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(x), y)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        good = total = 0
        for x, y in validation:
            good += (model(x).argmax(-1) == y).sum().item()
            total += y.size(0)
        history.append(good / total)
        if history[-1] > best:
            best = history[-1]
            state = {k: v.detach().clone() for k, v in model.state_dict().items()}
    model.load_state_dict(state)
    return history

# %% wrong: early_stop
# mistake: stops at once when it falls
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    history, best, state = [], -1.0, None
    for epoch in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(x), y)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        good = total = 0
        with torch.no_grad():
            for x, y in validation:
                good += (model(x).argmax(-1) == y).sum().item()
                total += y.size(0)
        history.append(good / total)
        if history[-1] < best:
            break
        if history[-1] > best:
            best = history[-1]
            state = {k: v.detach().clone() for k, v in model.state_dict().items()}
    model.load_state_dict(state)
    return history

# %% wrong: never_restored
# mistake: the best state is never loaded
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    history, best, state = [], -1.0, None
    for epoch in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(x), y)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        good = total = 0
        with torch.no_grad():
            for x, y in validation:
                good += (model(x).argmax(-1) == y).sum().item()
                total += y.size(0)
        history.append(good / total)
        if history[-1] > best:
            best = history[-1]
            state = {k: v.detach().clone() for k, v in model.state_dict().items()}
    return history

# %% wrong: inf_best
# mistake: a best that begins at 0.5
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    history, best, state = [], 0.5, model.state_dict()
    for epoch in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(x), y)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        good = total = 0
        with torch.no_grad():
            for x, y in validation:
                good += (model(x).argmax(-1) == y).sum().item()
                total += y.size(0)
        history.append(good / total)
        if history[-1] > best:
            best = history[-1]
            state = {k: v.detach().clone() for k, v in model.state_dict().items()}
    model.load_state_dict(state)
    return history

# %% wrong: default_five
# mistake: another default
def fit(model, train, validation, optimizer, epochs, max_norm=5.0):
    history, best, state = [], -1.0, None
    for epoch in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(x), y)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        good = total = 0
        with torch.no_grad():
            for x, y in validation:
                good += (model(x).argmax(-1) == y).sum().item()
                total += y.size(0)
        history.append(good / total)
        if history[-1] > best:
            best = history[-1]
            state = {k: v.detach().clone() for k, v in model.state_dict().items()}
    model.load_state_dict(state)
    return history

# %% right: saved_to_bytes
# style: the best epoch is saved as a file in memory and read back
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    import io

    found, best = [], io.BytesIO()
    for epoch in range(epochs):
        model.train()
        for inputs, targets in train:
            scores = model(inputs)
            optimizer.zero_grad(set_to_none=False)
            F.nll_loss(scores.log_softmax(-1), targets).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm, norm_type=2.0)
            optimizer.step()
        with torch.no_grad():
            model.eval()
            guesses = np.concatenate([model(x).numpy().argmax(1) for x, _ in validation])
            truth = np.concatenate([y.numpy() for _, y in validation])
        found += [np.mean(guesses == truth)]
        if epoch == 0 or found[-1] > max(found[:-1]):
            best = io.BytesIO()
            torch.save(model.state_dict(), best)
    best.seek(0)
    model.load_state_dict(torch.load(best))
    return found

# %% right: autograd_grad
# style: gradients by torch.autograd.grad, clipped before they are put into the parameters
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    params = [p for p in model.parameters() if p.requires_grad]

    def one_epoch():
        model.train()
        for x, y in train:
            grads = torch.autograd.grad(F.cross_entropy(model(x), y), params)
            length = torch.cat([g.flatten() for g in grads]).norm()
            factor = min(1.0, max_norm / (length.item() + 1e-6))
            for p, g in zip(params, grads):
                p.grad = g * factor
            optimizer.step()

    def measure():
        model.eval()
        with torch.no_grad():
            hits = [(model(x).argmax(1).eq(y).sum().item(), len(y)) for x, y in validation]
        return sum(h for h, _ in hits) / sum(n for _, n in hits)

    history = []
    for _ in range(epochs):
        one_epoch()
        history.append((measure(), [p.detach().clone() for p in params]))
    best = max(history, key=lambda pair: pair[0])[1]
    with torch.no_grad():
        for p, value in zip(params, best):
            p.copy_(value)
    return [accuracy for accuracy, _ in history]

# %% right: grad_mode_by_hand
# style: gradients switched off and on again by hand, a numpy copy of the best
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    result, top = [], -1.0
    for _ in range(epochs):
        for x, y in train:
            model.train(True)
            model.zero_grad()
            loss = nn.CrossEntropyLoss(reduction="sum")(model(x), y) / y.numel()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        n = ok = 0
        for x, y in validation:
            model.train(False)
            torch.set_grad_enabled(False)
            ok += float((model(x).max(dim=1).indices == y).float().sum())
            torch.set_grad_enabled(True)
            n += y.size(0)
        result.append(ok / n)
        if result[-1] > top:
            top = result[-1]
            kept = {k: v.numpy().copy() for k, v in model.state_dict().items()}
    model.load_state_dict({k: torch.from_numpy(v) for k, v in kept.items()})
    return result

# %% wrong: best_loaded_each_epoch
# mistake: goes back to the best parameters after each epoch, and trains on from there
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    import copy

    accuracies, best, kept = [], -1, None
    for _ in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            F.cross_entropy(model(x), y).backward()
            nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        with torch.no_grad():
            right = sum((model(x).argmax(1) == y).sum().item() for x, y in validation)
        accuracy = right / sum(len(y) for _, y in validation)
        accuracies.append(accuracy)
        if accuracy > best:
            best, kept = accuracy, copy.deepcopy(model.state_dict())
        model.load_state_dict(kept)
    return accuracies

# %% wrong: untrained_counts
# mistake: the model before any training is measured first, and kept if no epoch is better
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    import copy

    def measure():
        model.eval()
        with torch.no_grad():
            right = sum((model(x).argmax(1) == y).sum().item() for x, y in validation)
        return right / sum(len(y) for _, y in validation)

    best, kept = measure(), copy.deepcopy(model.state_dict())
    accuracies = []
    for _ in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            F.cross_entropy(model(x), y).backward()
            nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        accuracies.append(measure())
        if accuracies[-1] > best:
            best, kept = accuracies[-1], copy.deepcopy(model.state_dict())
    model.load_state_dict(kept)
    return accuracies

# %% wrong: clipped_before_backward
# mistake: clips what is there before the backward pass
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    import copy

    accuracies, kept = [], None
    for _ in range(epochs):
        model.train()
        for x, y in train:
            loss = F.cross_entropy(model(x), y)
            optimizer.zero_grad()
            nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            loss.backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            right = sum((model(x).argmax(1) == y).sum().item() for x, y in validation)
        accuracies.append(right / sum(len(y) for _, y in validation))
        if accuracies[-1] == max(accuracies) and accuracies.count(accuracies[-1]) == 1:
            kept = copy.deepcopy(model.state_dict())
    model.load_state_dict(kept)
    return accuracies

# %% wrong: one_step_an_epoch
# mistake: gradients of all batches are added, one step at the end of each epoch
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    import copy

    accuracies, kept = [], None
    for _ in range(epochs):
        model.train()
        optimizer.zero_grad()
        for x, y in train:
            F.cross_entropy(model(x), y).backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
        model.eval()
        with torch.no_grad():
            right = sum((model(x).argmax(1) == y).sum().item() for x, y in validation)
        accuracies.append(right / sum(len(y) for _, y in validation))
        if accuracies[-1] == max(accuracies) and accuracies.count(accuracies[-1]) == 1:
            kept = copy.deepcopy(model.state_dict())
    model.load_state_dict(kept)
    return accuracies

# %% wrong: largest_entry
# mistake: the norm is the largest entry
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    import copy

    accuracies, kept = [], None
    for _ in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            F.cross_entropy(model(x), y).backward()
            nn.utils.clip_grad_norm_(model.parameters(), max_norm, norm_type=float("inf"))
            optimizer.step()
        model.eval()
        with torch.no_grad():
            right = sum((model(x).argmax(1) == y).sum().item() for x, y in validation)
        accuracies.append(right / sum(len(y) for _, y in validation))
        if accuracies[-1] == max(accuracies) and accuracies.count(accuracies[-1]) == 1:
            kept = copy.deepcopy(model.state_dict())
    model.load_state_dict(kept)
    return accuracies

# %% wrong: cleared_once_an_epoch
# mistake: gradients are cleared at the beginning of each epoch only
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    import copy

    accuracies, kept = [], None
    for _ in range(epochs):
        model.train()
        optimizer.zero_grad()
        for x, y in train:
            F.cross_entropy(model(x), y).backward()
            nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        with torch.no_grad():
            right = sum((model(x).argmax(1) == y).sum().item() for x, y in validation)
        accuracies.append(right / sum(len(y) for _, y in validation))
        if accuracies[-1] == max(accuracies) and accuracies.count(accuracies[-1]) == 1:
            kept = copy.deepcopy(model.state_dict())
    model.load_state_dict(kept)
    return accuracies

# %% wrong: best_from_zero
# mistake: the best accuracy starts at 0, so that an epoch with none right is never the first best
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    accuracies, best, kept = [], 0, None
    for _ in range(epochs):
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x), y).backward()
            nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        with torch.no_grad():
            hits = torch.cat([model(x).argmax(1) == y for x, y in validation])
        accuracies.append(hits.double().mean().item())
        if accuracies[-1] > best:
            best = accuracies[-1]
            kept = {name: value.clone() for name, value in model.state_dict().items()}
    if kept:
        model.load_state_dict(kept)
    return accuracies
