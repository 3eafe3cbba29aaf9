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
