# exercise: tokenize_batch

# %% right: two_steps
# style: one column after the other, positional names spelled out
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    encoded = tokenizer(list(batch["text"]), max_length=max_length, truncation="longest_first", padding=False)
    out = {"input_ids": encoded["input_ids"], "attention_mask": encoded["attention_mask"]}
    if batch.get("label") is not None:
        out["labels"] = np.array([label2id[l] for l in batch["label"]])
    return out

# %% right: encoding_itself
# style: returns the BatchEncoding with a column more
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    enc = tokenizer(batch["text"], truncation=True, max_length=max_length)
    try:
        enc["labels"] = [label2id[x] for x in batch["label"]]
    except KeyError:
        pass
    return enc

# %% right: loop
# style: a loop with encode, the mask by hand
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    cols = {"input_ids": [], "attention_mask": []}
    for t in batch["text"]:
        ids = tokenizer.encode(t, truncation=True, max_length=max_length)
        cols["input_ids"].append(ids)
        cols["attention_mask"].append([1 for _ in ids])
    if "label" in batch:
        cols["labels"] = []
        for nom in batch["label"]:
            cols["labels"].append(label2id[nom])
    return cols

# %% wrong: no_truncation
# mistake: long texts stay long
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    enc = tokenizer(batch["text"])
    if "label" in batch:
        enc["labels"] = [label2id[x] for x in batch["label"]]
    return enc

# %% wrong: padding_true
# mistake: pads to the longest of the batch
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    enc = tokenizer(batch["text"], padding=True, truncation=True, max_length=max_length)
    if "label" in batch:
        enc["labels"] = [label2id[x] for x in batch["label"]]
    return enc

# %% wrong: tensors
# mistake: tensors, which need padding
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    enc = tokenizer(batch["text"], padding="max_length", truncation=True, max_length=max_length, return_tensors="pt")
    if "label" in batch:
        enc["labels"] = torch.tensor([label2id[x] for x in batch["label"]])
    return enc

# %% wrong: strings
# mistake: the names stay
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    enc = tokenizer(batch["text"], truncation=True, max_length=max_length)
    if "label" in batch:
        enc["labels"] = batch["label"]
    return enc

# %% wrong: equals_positive
# mistake: only two classes, and those of this notebook
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    enc = tokenizer(batch["text"], truncation=True, max_length=max_length)
    if "label" in batch:
        enc["labels"] = [int(x.startswith("pos")) for x in batch["label"]]
    return enc

# %% wrong: needs_label
# mistake: unlabelled texts raise
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    enc = tokenizer(batch["text"], truncation=True, max_length=max_length)
    return {**enc, "labels": [label2id[x] for x in batch["label"]]}

# %% wrong: empty_labels
# mistake: unlabelled texts get a column of nothing
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    enc = tokenizer(batch["text"], truncation=True, max_length=max_length)
    return {**enc, "labels": [label2id[x] for x in batch.get("label", [])]}

# %% wrong: default_length
# mistake: another default
def tokenize_batch(batch, tokenizer, label2id, max_length=128):
    enc = dict(tokenizer(batch["text"], truncation=True, max_length=max_length))
    if "label" in batch:
        enc["labels"] = [label2id[x] for x in batch["label"]]
    return enc

# %% wrong: slices
# mistake: cuts the end off, and [SEP] with it
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    enc = tokenizer(batch["text"])
    out = {k: [ids[:max_length] for ids in enc[k]] for k in ("input_ids", "attention_mask")}
    if "label" in batch:
        out["labels"] = [label2id[x] for x in batch["label"]]
    return out

# %% wrong: words
# mistake: cuts to that many words
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    enc = tokenizer([" ".join(t.split()[:max_length]) for t in batch["text"]])
    if "label" in batch:
        enc["labels"] = [label2id[x] for x in batch["label"]]
    return enc

# %% wrong: in_place
# mistake: puts the numbers into the batch that it is given
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    batch.update(tokenizer(batch["text"], truncation=True, max_length=max_length))
    if "label" in batch:
        batch["labels"] = [label2id[x] for x in batch["label"]]
    return batch

# %% wrong: left
# mistake: keeps the end of long texts
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    tokenizer.truncation_side = "left"
    enc = tokenizer(batch["text"], truncation=True, max_length=max_length)
    if "label" in batch:
        enc["labels"] = [label2id[x] for x in batch["label"]]
    return enc
