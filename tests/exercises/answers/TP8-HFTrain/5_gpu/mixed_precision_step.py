# exercise: mixed_precision_step

# %% right: enabled
# style: a scaler that is switched off
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    s = scaler if scaler is not None else torch.amp.GradScaler(enabled=False)
    model.zero_grad(set_to_none=True)
    with torch.amp.autocast(x.device.type, dtype):
        loss = loss_fn(model(x), y)
    s.scale(loss).backward()
    s.unscale_(optimizer)
    torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)
    s.step(optimizer)
    s.update()
    return loss.item()

# %% right: tolist
# style: the optimiser's parameters are clipped
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    with torch.autocast(device_type=str(x.device).split(":")[0], dtype=dtype, enabled=True):
        out = model(x)
        l = loss_fn(out, y)
    optimizer.zero_grad(set_to_none=False)
    params = [p for g in optimizer.param_groups for p in g["params"]]
    if scaler:
        scaler.scale(l).backward()
        scaler.unscale_(optimizer)
    else:
        l.backward()
    nn.utils.clip_grad_norm_(params, max_norm)
    if scaler:
        scaler.step(optimizer)
        scaler.update()
    else:
        optimizer.step()
    return l.detach().tolist()

# %% wrong: cuda
# mistake: autocast for CUDA, whatever the device
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast("cuda", dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    else:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    return loss.item()

# %% wrong: half
# mistake: the whole model is made short
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    model = model.to(dtype)
    optimizer.zero_grad()
    loss = loss_fn(model(x.to(dtype)).float(), y)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), max_norm)
    optimizer.step()
    return loss.item()

# %% wrong: no_unscale
# mistake: clipped while scaled
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler:
        scaler.scale(loss).backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    else:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    return loss.item()

# %% wrong: inside
# mistake: all of it inside of autocast
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
        if scaler:
            scaler.scale(loss).backward()
            scaler.unscale_(optimizer)
        else:
            loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        if scaler:
            scaler.step(optimizer)
            scaler.update()
        else:
            optimizer.step()
    return loss.item()

# %% wrong: float16_only
# mistake: the scaler is for float16 only, whatever is given
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if dtype == torch.float16:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    else:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    return loss.item()

# %% wrong: no_zero
# mistake: gradients add up
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    else:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    return loss.item()

# %% wrong: returns_loss
# mistake: the tensor
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    else:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    return loss

# %% wrong: loss_outside
# mistake: the loss is computed after the block
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        scores = model(x)
    loss = loss_fn(scores.float(), y)
    if scaler:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    else:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    return loss.item()

# %% wrong: no_update
# mistake: update forgotten
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
    else:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    return loss.item()

# %% wrong: clip_one
# mistake: each parameter is clipped by itself
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    (scaler.scale(loss) if scaler else loss).backward()
    if scaler:
        scaler.unscale_(optimizer)
    for p in model.parameters():
        nn.utils.clip_grad_norm_(p, max_norm)
    if scaler:
        scaler.step(optimizer)
        scaler.update()
    else:
        optimizer.step()
    return loss.item()

# %% wrong: max_norm_one
# mistake: always norm 1
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        scaler.step(optimizer)
        scaler.update()
    else:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
    return loss.item()

# %% right: two_branches
# style: two whole branches
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% right: disabled_scaler
# style: a disabled GradScaler stands for none, so that there is one path
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    device_type = x.device.type
    if scaler is None:
        scaler = torch.amp.GradScaler(device_type, enabled=False)
    with torch.autocast(device_type=device_type, dtype=dtype, enabled=True):
        scores = model(x)
        loss = loss_fn(scores, y)
    model.zero_grad(set_to_none=True)
    optimizer.zero_grad(set_to_none=True)
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    nn.utils.clip_grad_norm_(model.parameters(), max_norm=max_norm)
    scaler.step(optimizer)
    scaler.update()
    return float(loss.detach())

# %% right: clipped_by_hand
# style: gradients cleared, and clipped, by hand over the optimiser's groups
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    mine = [p for group in optimizer.param_groups for p in group["params"]]
    for p in mine:
        p.grad = None
    short = torch.autocast(x.device.type, dtype)
    short.__enter__()
    try:
        loss = loss_fn(model(x), y)
    finally:
        short.__exit__(None, None, None)
    (loss if scaler is None else scaler.scale(loss)).backward()
    if scaler is not None:
        scaler.unscale_(optimizer)
    grads = [p.grad for p in mine if p.grad is not None]
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in grads]))
    factor = torch.clamp(max_norm / (norm + 1e-6), max=1.0)
    for g in grads:
        g.mul_(factor)
    if scaler is None:
        optimizer.step()
    else:
        scaler.step(optimizer)
        scaler.update()
    return loss.detach().float().cpu().item()

# %% right: decorated_forward
# style: a local forward under autocast used as a decorator, early return without a scaler
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    @torch.autocast(str(x.device).split(":")[0], dtype=dtype)
    def forward():
        return loss_fn(model(x), y)

    def clip():
        torch.nn.utils.clip_grad_norm_(list(model.parameters()), max_norm, norm_type=2.0)

    optimizer.zero_grad()
    loss = forward()
    value = loss.tolist()
    if scaler is None:
        loss.backward()
        clip()
        optimizer.step()
        return value
    torch.autograd.backward(scaler.scale(loss))
    scaler.unscale_(optimizer)
    clip()
    scaler.step(optimizer)
    scaler.update()
    return value

# %% wrong: gradients_add_up
# mistake: never clears the gradients
# rule: "Clear the gradients before the backward pass: somebody may have left some."
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: cleared_afterwards
# mistake: clears the gradients at the end only
# rule: "Clear the gradients before the backward pass: somebody may have left some."
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    optimizer.zero_grad()
    return loss.item()

# %% wrong: loss_outside_2
# mistake: the loss is computed after the block
# rule: "The forward pass **and the loss** run inside of `torch.autocast(device_type, dtype=dtype)`."
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        scores = model(x)
    loss = loss_fn(scores, y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: backward_inside
# mistake: everything stands inside of the block
# rule: "`backward` stands **after** that block."
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
        (loss if scaler is None else scaler.scale(loss)).backward()
    if scaler is None:
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: autocast_for_cuda
# mistake: autocast for cuda, whatever the device
# rule: "`device_type` is the kind of device on which the data lies (`x.device.type`): autocast for another device does nothing."
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast("cuda", dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: dtype_ignored
# mistake: leaves dtype to autocast, which takes bfloat16 on a CPU
# rule: "`torch.autocast(device_type, dtype=dtype)`"
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: no_autocast
# mistake: plain float32
# rule: "The forward pass **and the loss** run inside of `torch.autocast`"
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: short_parameters
# mistake: turns the model itself into short floats
# rule: "Parameters, gradients and optimiser stay **float32**."
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    model.to(dtype)
    loss = loss_fn(model(x.to(dtype)), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: clipped_before_unscale
# mistake: clips the scaled gradients
# rule: "Then `unscale_` divides the gradients of the optimiser again, **before** they are clipped."
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.unscale_(optimizer)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: unscale_forgotten
# mistake: forgets unscale_: clips the scaled gradients, and step divides afterwards
# rule: "Then `unscale_` divides the gradients of the optimiser again, **before** they are clipped."
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: no_clipping_with_scaler
# mistake: clips only without a scaler
# rule: "Clip the norm of all gradients together to `max_norm`, with a scaler or without."
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: no_clipping_without_scaler
# mistake: clips only with a scaler
# rule: "Clip the norm of all gradients together to `max_norm`, with a scaler or without."
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: plain_step
# mistake: optimizer.step() instead of scaler.step: infinite gradients reach the weights
# rule: "Then `scaler.step(optimizer)`, which leaves the step out if a gradient is infinite"
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
        scaler.update()
    return loss.item()

# %% wrong: no_update_2
# mistake: forgets scaler.update()
# rule: "and `scaler.update()`, which makes the scale smaller after that"
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
    return loss.item()

# %% wrong: scaled_loss_returned
# mistake: returns the scaled loss
# rule: "Return the loss of this batch, unscaled, as a plain number."
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        loss = scaler.scale(loss)
        loss.backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: tensor_returned
# mistake: returns the tensor with its graph
# rule: "as a plain number"
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss

# %% wrong: detached_tensor_returned
# mistake: returns a tensor without graph
# rule: "as a plain number"; "A number that you return is a plain one, of Python or NumPy, not a tensor."
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.detach()

# %% wrong: max_norm_ignored
# mistake: clips to 1 always
# rule: "Clip the norm of all gradients together to `max_norm`"
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: each_parameter_by_itself
# mistake: clips each parameter's gradient by itself
# rule: "Clip the norm of all gradients together to `max_norm`"
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        for p in model.parameters():
            nn.utils.clip_grad_norm_(p, max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        for p in model.parameters():
            nn.utils.clip_grad_norm_(p, max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: values_clipped
# mistake: clips values, not the norm
# rule: "Clip the norm of all gradients together to `max_norm` (`nn.utils.clip_grad_norm_`)"
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_value_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_value_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: scaler_for_float16_only
# mistake: uses the scaler only with float16
# rule: "If a scaler is given, use it as in rule 4, whatever the dtype."
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None or dtype != torch.float16:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: training_mode
# mistake: puts the model into training mode
# rule: "a training step changes the parameters and their gradients, the optimiser and the scaler, nothing else"
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    model.train()
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: scaler_made
# mistake: makes a scaler of its own for float16 if none is given
# rule: "If none is given, do without."
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None and dtype == torch.float16:
        scaler = torch.amp.GradScaler(x.device.type)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: returns_the_loss_after_the_step
# mistake: computes the loss again after the step, and returns this one
# rule: "Return the loss of this batch" (the one that was trained on)
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    with torch.no_grad(), torch.autocast(x.device.type, dtype=dtype):
        return loss_fn(model(x), y).item()

# %% wrong: training_chosen
# mistake: the mode is changed
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    model.train()
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()

# %% wrong: evaluation_chosen
# mistake: the mode is changed
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    model.eval()
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()
