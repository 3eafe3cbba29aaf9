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
