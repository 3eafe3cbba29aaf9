# exercise: perplexity

# %% right: transposed
# style: classes on axis 1
def perplexity(model, batches):
    model.eval()
    somme, n = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            scores = model(x)[0]
            somme += nn.CrossEntropyLoss(reduction="sum")(scores.transpose(1, 2), y).item()
            n += (y >= 0).sum().item()
    return math.exp(somme / n)

# %% right: numpy
# style: np.exp of an array's mean
def perplexity(model, batches):
    model.eval()
    somme, n = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            scores = model(x)[0]
            somme += nn.CrossEntropyLoss(reduction="sum")(scores.transpose(1, 2), y).item()
            n += (y >= 0).sum().item()
    return np.exp(np.float64(somme) / n)

# %% right: masked
# style: log-probabilities picked by hand
def perplexity(model, batches):
    model.eval()
    somme, n = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            scores = model(x)[0]
            somme += -sum(scores.log_softmax(-1)[b, t, y[b, t]].item() for b, t in (y >= 0).nonzero().tolist())
            n += (y >= 0).sum().item()
    return math.exp(somme / n)

# %% wrong: pads
# mistake: places are counted
def perplexity(model, batches):
    model.eval()
    somme, n = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            scores = model(x)[0]
            somme += nn.CrossEntropyLoss(reduction="sum")(scores.transpose(1, 2), y).item()
            n += y.numel()
    return math.exp(somme / n)

# %% wrong: rows
# mistake: rows are counted
def perplexity(model, batches):
    model.eval()
    somme, n = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            scores = model(x)[0]
            somme += nn.CrossEntropyLoss(reduction="sum")(scores.transpose(1, 2), y).item()
            n += len(y)
    return math.exp(somme / n)

# %% wrong: mean_of_means
# mistake: mean of the batches' means
def perplexity(model, batches):
    model.eval()
    somme, n = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            scores = model(x)[0]
            somme += nn.CrossEntropyLoss()(scores.transpose(1, 2), y).item()
            n += 1
    return math.exp(somme / n)

# %% wrong: base2
# mistake: 2 to the loss in nats
def perplexity(model, batches):
    model.eval()
    somme, n = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            scores = model(x)[0]
            somme += nn.CrossEntropyLoss(reduction="sum")(scores.transpose(1, 2), y).item()
            n += (y >= 0).sum().item()
    return 2 ** (somme / n)

# %% wrong: no_exp
# mistake: the loss
def perplexity(model, batches):
    model.eval()
    somme, n = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            scores = model(x)[0]
            somme += nn.CrossEntropyLoss(reduction="sum")(scores.transpose(1, 2), y).item()
            n += (y >= 0).sum().item()
    return somme / n

# %% wrong: training
# mistake: training mode
def perplexity(model, batches):
    somme, n = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            scores = model(x)[0]
            somme += nn.CrossEntropyLoss(reduction="sum")(scores.transpose(1, 2), y).item()
            n += (y >= 0).sum().item()
    return math.exp(somme / n)

# %% wrong: capped
# mistake: inf is cut off
def perplexity(model, batches):
    model.eval()
    somme, n = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            scores = model(x)[0]
            somme += nn.CrossEntropyLoss(reduction="sum")(scores.transpose(1, 2), y).item()
            n += (y >= 0).sum().item()
    return math.exp(min(somme / n, 50))

# %% wrong: tensor
# mistake: a tensor
def perplexity(model, batches):
    model.eval()
    somme, n = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            scores = model(x)[0]
            somme += nn.CrossEntropyLoss(reduction="sum")(scores.transpose(1, 2), y).item()
            n += (y >= 0).sum().item()
    return torch.exp(torch.tensor(somme / n))

# %% wrong: grad_off
# mistake: gradients stay off
def perplexity(model, batches):
    model.eval()
    somme, n = 0.0, 0
    torch.set_grad_enabled(False)
    for x, y in batches:
        scores = model(x)[0]
        somme += nn.CrossEntropyLoss(reduction="sum")(scores.transpose(1, 2), y).item()
        n += (y >= 0).sum().item()
    return math.exp(somme / n)
