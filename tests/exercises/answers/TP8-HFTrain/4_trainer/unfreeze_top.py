# exercise: unfreeze_top

# %% right: enumerate
# style: a condition for each layer
def unfreeze_top(model, count):
    model.requires_grad_(True)
    model.base_model.embeddings.requires_grad_(False)
    L = len(model.base_model.encoder.layer)
    for i, couche in enumerate(model.base_model.encoder.layer):
        couche.requires_grad_(i >= L - count)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% right: reversed_layers
# style: from the top downwards
def unfreeze_top(model, count):
    enc = model.base_model
    ids = {id(p) for p in enc.parameters()}
    for p in model.parameters():
        p.requires_grad = id(p) not in ids
    for n, layer in enumerate(reversed(enc.encoder.layer)):
        if n < count:
            for p in layer.parameters():
                p.requires_grad = True
    if enc.pooler is not None:
        enc.pooler.requires_grad_(True)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: negative_zero
# mistake: layer[-0:] is every layer
def unfreeze_top(model, count):
    model.requires_grad_(True)
    model.base_model.embeddings.requires_grad_(False)
    model.base_model.encoder.layer.requires_grad_(False)
    for layer in model.base_model.encoder.layer[-count:]:
        layer.requires_grad_(True)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: bottom
# mistake: the first layers
def unfreeze_top(model, count):
    model.requires_grad_(True)
    model.base_model.embeddings.requires_grad_(False)
    for layer in model.base_model.encoder.layer[count:]:
        layer.requires_grad_(False)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: assumes_frozen
# mistake: freezes nothing
def unfreeze_top(model, count):
    L = len(model.base_model.encoder.layer)
    for layer in model.base_model.encoder.layer[max(0, L - count):]:
        layer.requires_grad_(True)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: pooler_of_all
# mistake: a model without a pooler raises
def unfreeze_top(model, count):
    model.requires_grad_(True)
    model.base_model.requires_grad_(False)
    model.base_model.pooler.requires_grad_(True)
    L = len(model.base_model.encoder.layer)
    for layer in model.base_model.encoder.layer[max(0, L - count):]:
        layer.requires_grad_(True)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: pooler_frozen
# mistake: the pooler stays frozen
def unfreeze_top(model, count):
    model.requires_grad_(True)
    model.base_model.requires_grad_(False)
    L = len(model.base_model.encoder.layer)
    for layer in model.base_model.encoder.layer[max(0, L - count):]:
        layer.requires_grad_(True)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: too_many
# mistake: a start below 0 counts from the end
def unfreeze_top(model, count):
    model.requires_grad_(True)
    model.base_model.embeddings.requires_grad_(False)
    layers = model.base_model.encoder.layer
    for i in range(len(layers)):
        layers[i].requires_grad_(False)
    for i in range(len(layers) - count, len(layers)):
        if i < 0:
            raise IndexError("not so many layers")
        layers[i].requires_grad_(True)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: by_name
# mistake: `layer.1` is in `layer.10` too
def unfreeze_top(model, count):
    L = len(model.base_model.encoder.layer)
    frozen = [f"layer.{i}" for i in range(L - count)] + ["embeddings"]
    for name, p in model.named_parameters():
        p.requires_grad = not any(part in name for part in frozen)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: six
# mistake: every encoder has six layers
def unfreeze_top(model, count):
    model.requires_grad_(True)
    model.base_model.embeddings.requires_grad_(False)
    for layer in model.base_model.encoder.layer[: max(0, 6 - count)]:
        layer.requires_grad_(False)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
