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

# %% right: ignored_by_the_loss
# style: cross_entropy with its ignore_index and reduction="sum", the mode put back
def perplexity(model, batches):
    before = model.training
    model.eval()
    nats = torch.zeros((), dtype=torch.float64)
    n = 0
    with torch.inference_mode():
        for x, y in batches:
            scores = model(x)[0]
            nats += F.cross_entropy(scores.permute(0, 2, 1), y, ignore_index=-100, reduction="sum")
            n += (y >= 0).sum().item()
    model.train(before)
    return (nats / n).exp().item()

# %% right: one_long_list
# style: gathers the log-probability of each character in a Python list
def perplexity(model, batches):
    modes = {part: part.training for part in model.modules()}
    model.eval()
    logs = []
    try:
        with torch.no_grad():
            for x, y in batches:
                log_p = torch.log_softmax(model(x)[0].double(), dim=-1).numpy()
                for b in range(len(y)):
                    for t, target in enumerate(y[b].tolist()):
                        if target != -100:
                            logs.append(log_p[b, t, target])
    finally:
        for part, mode in modes.items():
            part.training = mode
    with np.errstate(over="ignore"):
        return float(np.exp(-np.mean(logs)))

# %% right: nll_none
# style: reduction="none", and a comprehension
def perplexity(model, batches):
    training = model.training
    model.train(False)
    with torch.no_grad():
        parts = [
            F.cross_entropy(model(x)[0].flatten(0, 1), y.flatten(), reduction="none")[y.flatten() != -100]
            for x, y in batches
        ]
    model.train(training)
    mean = torch.cat(parts).mean().item()
    return math.exp(mean) if mean < 700 else math.inf

# %% wrong: mean_of_perplexities
# mistake: the mean of the batches' perplexities
def perplexity(model, batches):
    before = model.training
    model.eval()
    with torch.no_grad():
        found = [
            F.cross_entropy(model(x)[0].flatten(0, 1), y.flatten()).exp().item()
            for x, y in batches
            if (y != -100).any()
        ]
    model.train(before)
    return sum(found) / len(found)

# %% wrong: state_handed_on
# mistake: each batch goes on from the state of the one before
def perplexity(model, batches):
    before = model.training
    model.eval()
    total, n, state = 0.0, 0, None
    with torch.no_grad():
        for x, y in batches:
            scores, state = model(x, state)
            total += F.cross_entropy(scores.flatten(0, 1), y.flatten(), reduction="sum").item()
            n += (y != -100).sum().item()
    model.train(before)
    return float(np.exp(total / n))

# %% right: left_in_evaluation
# style: the model stays in evaluation mode, about which the text says nothing
def perplexity(model, batches):
    model.eval()
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            total += F.cross_entropy(model(x)[0].flatten(0, 1), y.flatten(), reduction="sum").item()
            n += (y != -100).sum().item()
    return float(np.exp(total / n))

# %% right: train_at_the_end
# style: the model is put into training mode, whatever it was
def perplexity(model, batches):
    model.eval()
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            total += F.cross_entropy(model(x)[0].flatten(0, 1), y.flatten(), reduction="sum").item()
            n += (y != -100).sum().item()
    model.train()
    return float(np.exp(total / n))

# %% wrong: batches_of_padding_break_it
# mistake: the mean of a batch without characters is nan
def perplexity(model, batches):
    before = model.training
    model.eval()
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            real = (y != -100).sum().item()
            total += F.cross_entropy(model(x)[0].flatten(0, 1), y.flatten()).item() * real
            n += real
    model.train(before)
    return float(np.exp(total / n))

# %% wrong: softmax_first
# mistake: softmax before cross_entropy
def perplexity(model, batches):
    before = model.training
    model.eval()
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            p = model(x)[0].softmax(-1)
            total += F.cross_entropy(p.flatten(0, 1), y.flatten(), reduction="sum").item()
            n += (y != -100).sum().item()
    model.train(before)
    return float(np.exp(total / n))
