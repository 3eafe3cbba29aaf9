# exercise: sentence_log_likelihood

# %% right: own_loop
# style: one growing prefix at a time
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    out = torch.zeros(input_ids.shape[0])
    with torch.no_grad():
        for b in range(input_ids.shape[0]):
            n = int(attention_mask[b].sum())
            prefix = [bos]
            for t in range(n):
                logits = model(input_ids=torch.tensor([prefix])).logits[0, -1]
                token = int(input_ids[b, t])
                out[b] += torch.log_softmax(logits, 0)[token]
                prefix.append(token)
            if per_token:
                out[b] /= n
    return out

# %% right: labels
# style: the model's own loss, a sentence at a time
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    results = []
    for ids, m in zip(input_ids, attention_mask):
        ids = torch.cat([torch.tensor([bos]), ids[m == 1]])[None]
        with torch.no_grad():
            loss = model(input_ids=ids, attention_mask=torch.ones_like(ids), labels=ids).loss
        results.append(-loss if per_token else -loss * (ids.shape[1] - 1))
    return torch.stack(results)

# %% right: logsumexp
# style: logsumexp, masked_fill, double
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    was = model.training
    model.eval()
    B = input_ids.size(0)
    x = torch.hstack((torch.full((B, 1), bos), input_ids))
    m = torch.hstack((torch.ones(B, 1, dtype=attention_mask.dtype), attention_mask))
    with torch.no_grad():
        z = model(x, m)["logits"].double()
    model.train(was)
    z = z[:, :-1, :]
    chosen = torch.gather(z, 2, input_ids.unsqueeze(2)).squeeze(2)
    lp = (chosen - torch.logsumexp(z, 2)).masked_fill(~attention_mask.bool(), 0.0)
    s = lp.sum(-1)
    if per_token:
        s = s / attention_mask.sum(-1)
    return s

# %% wrong: no_bos
# mistake: the usual shift without a start
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    with torch.no_grad():
        z = model(input_ids=input_ids, attention_mask=attention_mask).logits
    lp = z[:, :-1].log_softmax(-1).gather(2, input_ids[:, 1:, None])[..., 0]
    m = attention_mask[:, 1:]
    s = (lp * m).sum(1)
    return s / m.sum(1) if per_token else s

# %% wrong: unshifted
# mistake: scores at the token's own place
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    ids = torch.cat([torch.full_like(input_ids[:, :1], bos), input_ids], 1)
    with torch.no_grad():
        z = model(ids).logits[:, 1:]
    lp = z.log_softmax(-1).gather(2, input_ids[..., None])[..., 0] * attention_mask
    return lp.sum(1) / attention_mask.sum(1) if per_token else lp.sum(1)

# %% wrong: pads
# mistake: padding counted
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    ids = torch.cat([torch.full_like(input_ids[:, :1], bos), input_ids], 1)
    with torch.no_grad():
        z = model(ids).logits[:, :-1]
    lp = z.log_softmax(-1).gather(2, input_ids[..., None])[..., 0]
    return lp.mean(1) if per_token else lp.sum(1)

# %% wrong: time_softmax
# mistake: dim=1
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    ids = torch.cat([torch.full_like(input_ids[:, :1], bos), input_ids], 1)
    with torch.no_grad():
        z = model(ids).logits[:, :-1]
    lp = z.log_softmax(1).gather(2, input_ids[..., None])[..., 0] * attention_mask
    return lp.sum(1) / attention_mask.sum(1) if per_token else lp.sum(1)

# %% wrong: mean_T
# mistake: mean over all places
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    ids = torch.cat([torch.full_like(input_ids[:, :1], bos), input_ids], 1)
    with torch.no_grad():
        z = model(ids).logits[:, :-1]
    lp = z.log_softmax(-1).gather(2, input_ids[..., None])[..., 0] * attention_mask
    return lp.mean(1) if per_token else lp.sum(1)

# %% wrong: train_mode
# mistake: no eval
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    ids = torch.cat([torch.full_like(input_ids[:, :1], bos), input_ids], 1)
    with torch.no_grad():
        z = model(ids).logits[:, :-1]
    lp = z.log_softmax(-1).gather(2, input_ids[..., None])[..., 0] * attention_mask
    return lp.sum(1) / attention_mask.sum(1) if per_token else lp.sum(1)

# %% wrong: graph
# mistake: recorded, then detached
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    ids = torch.cat([torch.full_like(input_ids[:, :1], bos), input_ids], 1)
    z = model(ids).logits[:, :-1]
    lp = z.log_softmax(-1).gather(2, input_ids[..., None])[..., 0] * attention_mask
    return (lp.sum(1) / attention_mask.sum(1) if per_token else lp.sum(1)).detach()

# %% wrong: probs
# mistake: product left a probability
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    ids = torch.cat([torch.full_like(input_ids[:, :1], bos), input_ids], 1)
    with torch.no_grad():
        z = model(ids).logits[:, :-1]
    p = z.softmax(-1).gather(2, input_ids[..., None])[..., 0]
    p = torch.where(attention_mask == 1, p, torch.ones_like(p)).prod(1)
    return p ** (1 / attention_mask.sum(1)) if per_token else p

# %% wrong: start_in_length
# mistake: n + 1
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    ids = torch.cat([torch.full_like(input_ids[:, :1], bos), input_ids], 1)
    m = torch.cat([torch.ones_like(attention_mask[:, :1]), attention_mask], 1)
    with torch.no_grad():
        z = model(ids, attention_mask=m).logits[:, :-1]
    lp = z.log_softmax(-1).gather(2, input_ids[..., None])[..., 0] * attention_mask
    return lp.sum(1) / m.sum(1) if per_token else lp.sum(1)

# %% wrong: pad_is_bos
# mistake: ids != bos for the mask
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    ids = torch.cat([torch.full_like(input_ids[:, :1], bos), input_ids], 1)
    with torch.no_grad():
        z = model(ids).logits[:, :-1]
    m = (input_ids != bos).float()
    lp = z.log_softmax(-1).gather(2, input_ids[..., None])[..., 0] * m
    return lp.sum(1) / m.sum(1) if per_token else lp.sum(1)

# %% wrong: inplace
# mistake: padding overwritten
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    input_ids[attention_mask == 0] = bos
    ids = torch.cat([torch.full_like(input_ids[:, :1], bos), input_ids], 1)
    with torch.no_grad():
        z = model(ids).logits[:, :-1]
    lp = z.log_softmax(-1).gather(2, input_ids[..., None])[..., 0] * attention_mask
    return lp.sum(1) / attention_mask.sum(1) if per_token else lp.sum(1)

# %% wrong: loss
# mistake: negative log-likelihood
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    import torch.nn.functional as F
    model.eval()
    ids = torch.cat([torch.full_like(input_ids[:, :1], bos), input_ids], 1)
    with torch.no_grad():
        z = model(ids).logits[:, :-1]
    l = F.cross_entropy(z.transpose(1, 2), input_ids, reduction="none") * attention_mask
    return l.sum(1) / attention_mask.sum(1) if per_token else l.sum(1)
