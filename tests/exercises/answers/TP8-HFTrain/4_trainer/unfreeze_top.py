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

# %% right: one_after_the_other
# style: all learn, then embeddings and lower layers do not
def unfreeze_top(model, count):
    model.requires_grad_(True)
    encoder = model.base_model
    encoder.embeddings.requires_grad_(False)
    layers = encoder.encoder.layer
    for layer in layers[: max(0, len(layers) - count)]:
        layer.requires_grad_(False)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% right: from_the_frozen_one
# style: freeze_encoder first, then unfreezes from the top downwards
def unfreeze_top(model, count):
    total = freeze_encoder(model)
    parts = [] if model.base_model.pooler is None else [model.base_model.pooler]
    parts += list(reversed(model.base_model.encoder.layer))[:count]
    for part in parts:
        for parameter in part.parameters():
            parameter.requires_grad = True
            total += parameter.numel()
    return total

# %% right: enumerate_2
# style: a comparison of the layer's number, getattr, a local function
def unfreeze_top(model, count):
    def let(module, learns):
        if module is not None:
            for p in module.parameters():
                p.requires_grad_(learns)

    base = model.base_model
    let(model, True)
    let(base, False)
    let(getattr(base, "pooler", None), True)
    n = len(base.encoder.layer)
    for number, layer in enumerate(base.encoder.layer):
        let(layer, number >= n - count)
    learning = filter(lambda p: p.requires_grad, model.parameters())
    return sum(p.numel() for p in learning)

# %% right: by_identity
# style: the set of frozen parameters, in one pass
def unfreeze_top(model, count):
    base, frozen = model.base_model, set()
    lower = [base.embeddings]
    height = len(base.encoder.layer)
    i = 0
    while i + count < height:
        lower.append(base.encoder.layer[i])
        i += 1
    for part in lower:
        frozen |= {id(p) for p in part.parameters()}
    total = 0
    for p in model.parameters():
        p.requires_grad = id(p) not in frozen
        total += p.numel() if p.requires_grad else 0
    return total

# %% wrong: minus_zero
# mistake: layer[-count:] with count 0 is the whole list
# rule: "`count` may be 0 (head and pooler)"
def unfreeze_top(model, count):
    model.requires_grad_(True)
    base = model.base_model
    base.embeddings.requires_grad_(False)
    base.encoder.requires_grad_(False)
    for layer in base.encoder.layer[-count:]:
        layer.requires_grad_(True)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: more_than_there_are
# mistake: len - count is negative where count is larger: some layers are frozen from the top
# rule: "larger than the number of layers (then all layers learn"
def unfreeze_top(model, count):
    model.requires_grad_(True)
    base = model.base_model
    base.embeddings.requires_grad_(False)
    for layer in base.encoder.layer[: len(base.encoder.layer) - count]:
        layer.requires_grad_(False)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: index_error
# mistake: counts down by numbers, beyond the first layer
# rule: "larger than the number of layers (then all layers learn"
def unfreeze_top(model, count):
    model.requires_grad_(True)
    base = model.base_model
    base.embeddings.requires_grad_(False)
    base.encoder.requires_grad_(False)
    for k in range(1, count + 1):
        base.encoder.layer[-k].requires_grad_(True)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: embeddings_too
# mistake: if all layers learn, the embeddings learn as well
# rule: "(then all layers learn; the embeddings still do not)"
def unfreeze_top(model, count):
    model.requires_grad_(True)
    base = model.base_model
    n = len(base.encoder.layer)
    if count < n:
        base.embeddings.requires_grad_(False)
        base.encoder.layer[: n - count].requires_grad_(False)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: six_layers
# mistake: written for an encoder of 6 layers
# rule: "An encoder has any number of layers, 12 for example."
def unfreeze_top(model, count):
    model.requires_grad_(True)
    base = model.base_model
    base.embeddings.requires_grad_(False)
    for k, layer in enumerate(base.encoder.layer):
        layer.requires_grad_(k >= 6 - count)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: names_that_contain
# mistake: "layer.1" is a part of "layer.10" as well
# rule: "An encoder has any number of layers, 12 for example."
def unfreeze_top(model, count):
    model.requires_grad_(True)
    base = model.base_model
    n = len(base.encoder.layer)
    lower = [f"layer.{k}" for k in range(max(0, n - count))]
    for name, p in base.named_parameters():
        if name.startswith("embeddings") or any(part in name for part in lower):
            p.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: no_pooler
# mistake: fails where there is no pooler
# rule: "`model.base_model.pooler`, which is `None` in models without one"
def unfreeze_top(model, count):
    model.requires_grad_(True)
    base = model.base_model
    base.requires_grad_(False)
    base.pooler.requires_grad_(True)
    n = len(base.encoder.layer)
    for layer in base.encoder.layer[max(0, n - count) :]:
        layer.requires_grad_(True)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: pooler_frozen_2
# mistake: forgets the pooler
# rule: "The head, the pooler and the last `count` layers learn"
def unfreeze_top(model, count):
    freeze_encoder(model)
    n = len(model.base_model.encoder.layer)
    for k in range(max(0, n - count), n):
        model.base_model.encoder.layer[k].requires_grad_(True)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: lowest_layers
# mistake: the first layers instead of the last
# rule: "the last `count` layers learn"; "from the embeddings upwards"
def unfreeze_top(model, count):
    model.requires_grad_(True)
    base = model.base_model
    base.embeddings.requires_grad_(False)
    for layer in base.encoder.layer[count:]:
        layer.requires_grad_(False)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: what_was_frozen_stays
# mistake: only freezes; a head that was frozen stays frozen
# rule: "whatever learned before the call"
def unfreeze_top(model, count):
    base = model.base_model
    base.embeddings.requires_grad_(False)
    n = len(base.encoder.layer)
    for k, layer in enumerate(base.encoder.layer):
        layer.requires_grad_(k >= n - count)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: only_unfreezes
# mistake: lower layers keep what they were
# rule: "the embeddings and all lower layers do not: whatever learned before the call"
def unfreeze_top(model, count):
    base = model.base_model
    n = len(base.encoder.layer)
    encoder = {id(p) for p in base.parameters()}
    top = list(base.encoder.layer)[max(0, n - count) :]
    if base.pooler is not None:
        top.append(base.pooler)
    for p in model.parameters():
        if id(p) not in encoder:
            p.requires_grad = True
    for part in top:
        part.requires_grad_(True)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: one_layer_too_many
# mistake: off by one
# rule: "the last `count` layers learn"
def unfreeze_top(model, count):
    model.requires_grad_(True)
    base = model.base_model
    base.embeddings.requires_grad_(False)
    n = len(base.encoder.layer)
    for k, layer in enumerate(base.encoder.layer):
        layer.requires_grad_(k >= n - count - 1)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: embeddings_learn
# mistake: forgets the embeddings
# rule: "the embeddings and all lower layers do not"
def unfreeze_top(model, count):
    model.requires_grad_(True)
    layers = model.base_model.encoder.layer
    for layer in layers[: max(0, len(layers) - count)]:
        layer.requires_grad_(False)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: only_the_encoder_is_counted
# mistake: counts within the encoder: the head is missing
# rule: "it returns how many numbers learn"
def unfreeze_top(model, count):
    model.requires_grad_(True)
    base = model.base_model
    base.embeddings.requires_grad_(False)
    layers = base.encoder.layer
    for layer in layers[: max(0, len(layers) - count)]:
        layer.requires_grad_(False)
    return sum(p.numel() for p in base.parameters() if p.requires_grad)

# %% wrong: training_mode
# mistake: calls train() on what learns
# rule: "Again nothing else changes"
def unfreeze_top(model, count):
    model.requires_grad_(True)
    base = model.base_model
    base.embeddings.requires_grad_(False)
    n = len(base.encoder.layer)
    for k, layer in enumerate(base.encoder.layer):
        learns = k >= n - count
        layer.requires_grad_(learns)
        layer.train(learns)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: training_left
# mistake: the mode is changed
def unfreeze_top(model, count):
    model.requires_grad_(True)
    base = model.base_model
    base.embeddings.requires_grad_(False)
    for layer in list(base.encoder.layer)[: max(len(base.encoder.layer) - count, 0)]:
        layer.requires_grad_(False)
    base.train()
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: evaluation_left
# mistake: the mode is changed
def unfreeze_top(model, count):
    model.requires_grad_(True)
    base = model.base_model
    base.embeddings.requires_grad_(False)
    for layer in list(base.encoder.layer)[: max(len(base.encoder.layer) - count, 0)]:
        layer.requires_grad_(False)
    base.eval()
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
