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

# %% right: gather
# style: cat, log_softmax, gather, masked sum
@torch.no_grad()
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    one = input_ids.shape[0], 1
    ids = torch.cat([input_ids.new_full(one, bos), input_ids], dim=1)
    mask = torch.cat([attention_mask.new_ones(one), attention_mask], dim=1)
    logits = model(input_ids=ids, attention_mask=mask).logits[:, :-1]
    logp = torch.log_softmax(logits, dim=-1).gather(2, input_ids.unsqueeze(2)).squeeze(2)
    total = (logp * attention_mask).sum(dim=1)
    return total / attention_mask.sum(dim=1) if per_token else total

# %% right: one_sentence_at_a_time
# style: no padding at all: each sentence cut to its real tokens and read alone
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    was_training = model.training
    model.eval()
    answers = []
    with torch.no_grad():
        for row, keep in zip(input_ids, attention_mask):
            n = int(keep.sum())
            real = row[:n]
            read = torch.cat((torch.tensor([bos], dtype=row.dtype), real)).reshape(1, -1)
            scores = model(input_ids=read, attention_mask=torch.ones_like(read)).logits[0]
            value = 0.0
            for t in range(n):
                value += scores[t, real[t]] - torch.logsumexp(scores[t], dim=0)
            answers.append(value / n if per_token else value)
    model.train(was_training)
    return torch.stack(answers)

# %% right: cross_entropy_ignore
# style: F.cross_entropy with ignore_index on a copy of the targets, F.pad for the start
import torch.nn.functional as F

def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    targets = input_ids.masked_fill(attention_mask == 0, -100)
    model.eval()
    with torch.inference_mode():
        out = model(
            input_ids=F.pad(input_ids, (1, 0), value=bos),
            attention_mask=F.pad(attention_mask, (1, 0), value=1),
        )
        scores = out.logits[:, :-1, :].transpose(1, 2)
        loss = F.cross_entropy(scores, targets, ignore_index=-100, reduction="none").sum(-1)
        if per_token:
            loss = loss / (targets != -100).sum(-1)
    return -loss

# %% right: where_and_distribution
# style: torch.distributions.Categorical, torch.where, preallocated ids
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    B, T = input_ids.shape
    ids = torch.empty(B, T + 1, dtype=input_ids.dtype)
    ids[:, 0], ids[:, 1:] = bos, input_ids
    mask = torch.ones(B, T + 1, dtype=attention_mask.dtype)
    mask[:, 1:] = attention_mask
    model = model.eval()
    with torch.no_grad():
        logits = model(input_ids=ids, attention_mask=mask).logits
        logp = torch.distributions.Categorical(logits=logits[:, :T]).log_prob(input_ids)
    real = attention_mask.bool()
    logp = torch.where(real, logp, torch.zeros_like(logp))
    result = logp.sum(1)
    if not per_token:
        return result
    return result / real.sum(1)

# %% wrong: no_start
# mistake: no start token: the first token is lost
# rule: "**The start token `bos` is put before each sentence.**"
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    with torch.no_grad():
        logits = model(input_ids=input_ids, attention_mask=attention_mask).logits[:, :-1]
    logp = logits.log_softmax(-1).gather(2, input_ids[:, 1:, None])[..., 0]
    total = (logp * attention_mask[:, 1:]).sum(1)
    return total / attention_mask.sum(1) if per_token else total

# %% wrong: not_shifted
# mistake: the scores at place t for the token at place t
# rule: "**its scores at place $t$ are for the token at place $t + 1$**"
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    start = torch.full_like(input_ids[:, :1], bos)
    ids = torch.cat([start, input_ids], dim=1)
    mask = torch.cat([torch.ones_like(attention_mask[:, :1]), attention_mask], dim=1)
    with torch.no_grad():
        logits = model(input_ids=ids, attention_mask=mask).logits[:, 1:]
    logp = logits.log_softmax(-1).gather(2, input_ids[..., None])[..., 0]
    total = (logp * attention_mask).sum(1)
    return total / attention_mask.sum(1) if per_token else total

# %% wrong: start_counted
# mistake: divides by the number of tokens with the start
# rule: "it does not count as a token of the sentence"
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    start = torch.full_like(input_ids[:, :1], bos)
    ids = torch.cat([start, input_ids], dim=1)
    mask = torch.cat([torch.ones_like(attention_mask[:, :1]), attention_mask], dim=1)
    with torch.no_grad():
        logits = model(input_ids=ids, attention_mask=mask).logits[:, :-1]
    logp = logits.log_softmax(-1).gather(2, ids[:, 1:, None])[..., 0]
    total = (logp * mask[:, 1:]).sum(1)
    return total / mask.sum(1) if per_token else total

# %% wrong: mean_over_the_width
# mistake: mean(dim=1) divides by T, padding included
# rule: "each sum is divided by the number of that sentence's real tokens"
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    start = torch.full_like(input_ids[:, :1], bos)
    ids = torch.cat([start, input_ids], dim=1)
    mask = torch.cat([torch.ones_like(attention_mask[:, :1]), attention_mask], dim=1)
    with torch.no_grad():
        logits = model(input_ids=ids, attention_mask=mask).logits[:, :-1]
    logp = logits.log_softmax(-1).gather(2, input_ids[..., None])[..., 0] * attention_mask
    return logp.mean(1) if per_token else logp.sum(1)

# %% wrong: padding_by_its_number
# mistake: takes bos for the number of the padding, as the tokenizer of GPT-2 has it
# rule: "The number of the padding means nothing: it may be that of a real token, or of `bos`."
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    start = torch.full_like(input_ids[:, :1], bos)
    ids = torch.cat([start, input_ids], dim=1)
    mask = torch.cat([torch.ones_like(attention_mask[:, :1]), attention_mask], dim=1)
    with torch.no_grad():
        logits = model(input_ids=ids, attention_mask=mask).logits[:, :-1]
    logp = logits.log_softmax(-1).gather(2, input_ids[..., None])[..., 0]
    real = (input_ids != bos).to(logp.dtype)
    total = (logp * real).sum(1)
    return total / real.sum(1) if per_token else total

# %% wrong: training_mode
# mistake: forgets model.eval(): dropout is on
# rule: "it must answer in evaluation mode"
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    start = torch.full_like(input_ids[:, :1], bos)
    ids = torch.cat([start, input_ids], dim=1)
    mask = torch.cat([torch.ones_like(attention_mask[:, :1]), attention_mask], dim=1)
    with torch.no_grad():
        logits = model(input_ids=ids, attention_mask=mask).logits[:, :-1]
    logp = logits.log_softmax(-1).gather(2, input_ids[..., None])[..., 0]
    total = (logp * attention_mask).sum(1)
    return total / attention_mask.sum(1) if per_token else total

# %% wrong: with_graph
# mistake: no torch.no_grad()
# rule: "PyTorch should record no graph"
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    start = torch.full_like(input_ids[:, :1], bos)
    ids = torch.cat([start, input_ids], dim=1)
    mask = torch.cat([torch.ones_like(attention_mask[:, :1]), attention_mask], dim=1)
    logits = model(input_ids=ids, attention_mask=mask).logits[:, :-1]
    logp = logits.log_softmax(-1).gather(2, input_ids[..., None])[..., 0]
    total = (logp * attention_mask).sum(1)
    return total / attention_mask.sum(1) if per_token else total

# %% wrong: base_two
# mistake: log2
# rule: "Logarithms are natural."
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    start = torch.full_like(input_ids[:, :1], bos)
    ids = torch.cat([start, input_ids], dim=1)
    mask = torch.cat([torch.ones_like(attention_mask[:, :1]), attention_mask], dim=1)
    with torch.no_grad():
        logits = model(input_ids=ids, attention_mask=mask).logits[:, :-1]
    p = logits.softmax(-1).gather(2, input_ids[..., None])[..., 0]
    total = (torch.log2(p) * attention_mask).sum(1)
    return total / attention_mask.sum(1) if per_token else total

# %% wrong: mask_shifted
# mistake: mask of n + 1 tokens cut at the wrong end: one padding place counts
# rule: "`attention_mask` is 1 at real tokens and 0 at padding"
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    start = torch.full_like(input_ids[:, :1], bos)
    ids = torch.cat([start, input_ids], dim=1)
    mask = torch.cat([torch.ones_like(attention_mask[:, :1]), attention_mask], dim=1)
    with torch.no_grad():
        logits = model(input_ids=ids, attention_mask=mask).logits[:, :-1]
    logp = logits.log_softmax(-1).gather(2, input_ids[..., None])[..., 0]
    total = (logp * mask[:, :-1]).sum(1)
    return total / attention_mask.sum(1) if per_token else total

# %% wrong: arguments_changed
# mistake: sets the padding of input_ids to 0, in place
# rule: "`input_ids` and `attention_mask` are not changed."
def sentence_log_likelihood(model, input_ids, attention_mask, bos, per_token=False):
    model.eval()
    input_ids[attention_mask == 0] = 0
    start = torch.full_like(input_ids[:, :1], bos)
    ids = torch.cat([start, input_ids], dim=1)
    mask = torch.cat([torch.ones_like(attention_mask[:, :1]), attention_mask], dim=1)
    with torch.no_grad():
        logits = model(input_ids=ids, attention_mask=mask).logits[:, :-1]
    logp = logits.log_softmax(-1).gather(2, input_ids[..., None])[..., 0]
    total = (logp * attention_mask).sum(1)
    return total / attention_mask.sum(1) if per_token else total
