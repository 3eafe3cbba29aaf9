# exercise: freeze_encoder

# %% right: comprehension
# style: sets of parameters
def freeze_encoder(model):
    gelés = set(model.base_model.parameters())
    reste = [p for p in model.parameters() if p not in gelés]
    for p in gelés:
        p.requires_grad = False
    for p in reste:
        p.requires_grad = True
    return sum(p.numel() for p in reste)

# %% right: twice
# style: a helper inside
def freeze_encoder(model):
    def switch(module, on):
        for q in module.parameters():
            q.requires_grad_(on)
    switch(model, True)
    switch(model.base_model, False)
    total = 0
    for q in model.parameters():
        if q.requires_grad:
            total += int(np.prod(q.shape))
    return total

# %% wrong: attribute
# mistake: an attribute of the module
def freeze_encoder(model):
    model.base_model.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: everything
# mistake: the head as well
def freeze_encoder(model):
    for p in model.parameters():
        p.requires_grad = False
    return 0

# %% wrong: bert_only
# mistake: the encoder is called bert
def freeze_encoder(model):
    model.requires_grad_(True)
    for name, p in model.named_parameters():
        if name.startswith("bert."):
            p.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: classifier_only_on
# mistake: what is called classifier learns, what was frozen elsewhere stays
def freeze_encoder(model):
    for p in model.base_model.parameters():
        p.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: eval_mode
# mistake: freezes, and leaves the encoder in evaluation mode
def freeze_encoder(model):
    model.requires_grad_(True)
    model.base_model.requires_grad_(False)
    model.base_model.eval()
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: grad_off
# mistake: switches gradients off for good
def freeze_encoder(model):
    model.requires_grad_(True)
    model.base_model.requires_grad_(False)
    torch.set_grad_enabled(False)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: counts_tensors
# mistake: counts tensors
def freeze_encoder(model):
    model.requires_grad_(True)
    model.base_model.requires_grad_(False)
    return len([p for p in model.parameters() if p.requires_grad])
