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

# %% right: two_loops
# style: all learn first, then the encoder does not; a sum
def freeze_encoder(model):
    for parameter in model.parameters():
        parameter.requires_grad = True
    for parameter in model.base_model.parameters():
        parameter.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% right: requires_grad_
# style: the method of modules, in-place counting
def freeze_encoder(model):
    model.requires_grad_(True)
    model.base_model.requires_grad_(False)
    count = 0
    for _, p in model.named_parameters():
        count += p.numel() * int(p.requires_grad)
    return count

# %% right: by_identity
# style: a set of identities, one loop
import math

def freeze_encoder(model):
    encoder = set(map(id, model.base_model.parameters()))
    total = 0
    for p in model.parameters():
        p.requires_grad_(id(p) not in encoder)
        if id(p) not in encoder:
            total += math.prod(p.shape)
    return total

# %% right: by_prefix
# style: names that begin with base_model_prefix, a generator with next to nothing
def freeze_encoder(model):
    prefix = model.base_model_prefix + "."
    head = {name: p for name, p in model.named_parameters() if not name.startswith(prefix)}
    for name, p in model.named_parameters():
        p.requires_grad = name in head
    return int(np.sum([p.nelement() for p in head.values()]))

# %% wrong: head_left_as_it_was
# mistake: does not let the head learn again
# rule: "None of its parameters learns, all others do: whatever learned before the call."
def freeze_encoder(model):
    for p in model.base_model.parameters():
        p.requires_grad = False
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: bert_only_2
# mistake: model.bert instead of model.base_model
# rule: "`model.base_model` is the encoder, whatever its name is"
def freeze_encoder(model):
    model.requires_grad_(True)
    model.bert.requires_grad_(False)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: only_the_classifier
# mistake: freezes everything but the module `classifier`: other heads have more layers, or other names
# rule: "None of its parameters learns, all others do"
def freeze_encoder(model):
    for name, p in model.named_parameters():
        p.requires_grad = name.startswith("classifier")
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: pooler_learns
# mistake: takes the pooler for a part of the head
# rule: "None of its parameters learns" (of `model.base_model`)
def freeze_encoder(model):
    model.requires_grad_(True)
    for name, p in model.base_model.named_parameters():
        p.requires_grad = "pooler" in name
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: embeddings_learn
# mistake: freezes the layers only
# rule: "None of its parameters learns"
def freeze_encoder(model):
    model.requires_grad_(True)
    for name, p in model.base_model.named_parameters():
        p.requires_grad = "embeddings" in name
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: everything_counted
# mistake: counts all parameters
# rule: "It returns how many numbers still learn"
def freeze_encoder(model):
    model.requires_grad_(True)
    model.base_model.requires_grad_(False)
    return sum(p.numel() for p in model.parameters())

# %% wrong: frozen_counted
# mistake: counts what is frozen
# rule: "It returns how many numbers still learn"
def freeze_encoder(model):
    model.requires_grad_(True)
    frozen = 0
    for p in model.base_model.parameters():
        p.requires_grad = False
        frozen += p.numel()
    return frozen

# %% wrong: tensors_counted
# mistake: counts the tensors, not the numbers in them
# rule: "how many numbers still learn (`parameter.numel()`, summed)"
def freeze_encoder(model):
    model.requires_grad_(True)
    model.base_model.requires_grad_(False)
    return len([p for p in model.parameters() if p.requires_grad])

# %% wrong: attribute_of_the_module
# mistake: sets requires_grad on the module, which does nothing
# rule: "A parameter with `requires_grad = False` gets no gradient"
def freeze_encoder(model):
    model.base_model.requires_grad = False
    encoder = {id(p) for p in model.base_model.parameters()}
    return sum(p.numel() for p in model.parameters() if id(p) not in encoder)

# %% wrong: evaluation_mode
# mistake: puts the encoder into evaluation mode
# rule: "It changes this in the model that it is given, and nothing else: weights and mode stay."
def freeze_encoder(model):
    model.requires_grad_(True)
    model.base_model.eval()
    model.base_model.requires_grad_(False)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: head_drawn_anew
# mistake: draws the head's weights again
# rule: "nothing else: weights and mode stay"
def freeze_encoder(model):
    model.requires_grad_(False)
    encoder = {id(p) for p in model.base_model.parameters()}
    total = 0
    for p in model.parameters():
        if id(p) not in encoder:
            if p.dim() > 1:
                nn.init.normal_(p.data, std=0.02)
            p.requires_grad = True
            total += p.numel()
    return total

# %% wrong: whole_model
# mistake: freezes the head too
# rule: "all others do"
def freeze_encoder(model):
    for p in model.parameters():
        p.requires_grad = False
    encoder = sum(p.numel() for p in model.base_model.parameters())
    return sum(p.numel() for p in model.parameters()) - encoder

# %% wrong: returns_the_model
# mistake: returns the model
# rule: "It returns how many numbers still learn"
def freeze_encoder(model):
    model.requires_grad_(True)
    model.base_model.requires_grad_(False)
    return model

# %% wrong: training_left
# mistake: the mode is changed
def freeze_encoder(model):
    model.requires_grad_(True)
    model.base_model.requires_grad_(False)
    model.train()
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% wrong: evaluation_left
# mistake: the mode is changed
def freeze_encoder(model):
    model.requires_grad_(True)
    model.base_model.requires_grad_(False)
    model.eval()
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
