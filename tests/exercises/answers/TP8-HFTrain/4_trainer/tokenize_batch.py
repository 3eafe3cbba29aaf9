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

# %% right: one_call
# style: one call of the tokenizer, its result with one column more
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    encoded = tokenizer(batch["text"], truncation=True, max_length=max_length)
    if "label" in batch:
        encoded["labels"] = [label2id[name] for name in batch["label"]]
    return encoded

# %% right: text_by_text
# style: a loop over the texts, a plain dict with just the columns that were asked for
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    columns = {"input_ids": [], "attention_mask": []}
    for text in batch["text"]:
        one = tokenizer(text, max_length=max_length, truncation=True)
        for name, column in columns.items():
            column.append(list(one[name]))
    if batch.get("label") is not None:
        columns["labels"] = list(map(label2id.get, batch["label"]))
    return columns

# %% right: encode_and_ones
# style: tokenizer.encode for each text, the mask as ones, dict union
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    ids = [
        tokenizer.encode(t, truncation="longest_first", max_length=max_length, padding=False)
        for t in batch["text"]
    ]
    found = dict(input_ids=ids, attention_mask=[[1] * len(i) for i in ids])
    return found | ({"labels": [label2id[n] for n in batch["label"]]} if "label" in batch else {})

# %% right: cut_by_hand
# style: pieces without [CLS] and [SEP], cut by hand, both put around
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    def ids_of(text):
        pieces = tokenizer(text, add_special_tokens=False)["input_ids"][: max_length - 2]
        return [tokenizer.cls_token_id, *pieces, tokenizer.sep_token_id]

    input_ids = [ids_of(text) for text in batch["text"]]
    result = {
        "input_ids": input_ids,
        "attention_mask": [[1 for _ in row] for row in input_ids],
    }
    try:
        names = batch["label"]
    except KeyError:
        return result
    result["labels"] = [label2id[name] for name in names]
    return result

# %% right: max_length_alone
# style: max_length without truncation=True: the library truncates all the same, with a warning
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    encoded = tokenizer(batch["text"], max_length=max_length)
    wanted = {name: encoded[name] for name in ("input_ids", "attention_mask")}
    if "label" not in batch:
        return wanted
    return {**wanted, "labels": [label2id[name] for name in batch["label"]]}

# %% wrong: padded
# mistake: pads to the longest text
# rule: "**No padding** (*remplissage*): each text keeps its own length."
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    encoded = dict(tokenizer(batch["text"], truncation=True, max_length=max_length, padding=True))
    if "label" in batch:
        encoded["labels"] = [label2id[name] for name in batch["label"]]
    return encoded

# %% wrong: padded_to_max_length
# mistake: pads all texts to max_length
# rule: "**No padding** (*remplissage*): each text keeps its own length."
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    encoded = dict(
        tokenizer(batch["text"], truncation=True, max_length=max_length, padding="max_length")
    )
    if "label" in batch:
        encoded["labels"] = [label2id[name] for name in batch["label"]]
    return encoded

# %% wrong: not_truncated
# mistake: no truncation, no max_length: "the collator will do it"
# rule: "A text has at most `max_length` pieces"
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    encoded = dict(tokenizer(batch["text"]))
    if "label" in batch:
        encoded["labels"] = [label2id[name] for name in batch["label"]]
    return encoded

# %% wrong: max_length_forgotten
# mistake: truncation without the argument: the length of the model
# rule: "A text has at most `max_length` pieces"
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    encoded = dict(tokenizer(batch["text"], truncation=True))
    if "label" in batch:
        encoded["labels"] = [label2id[name] for name in batch["label"]]
    return encoded

# %% wrong: sliced
# mistake: cuts the finished lists: [SEP] is lost
# rule: "longer ones are truncated (*tronquer*) so that both are still there"
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    encoded = tokenizer(batch["text"])
    result = {
        name: [ids[:max_length] for ids in encoded[name]]
        for name in ("input_ids", "attention_mask")
    }
    if "label" in batch:
        result["labels"] = [label2id[name] for name in batch["label"]]
    return result

# %% wrong: special_pieces_not_counted
# mistake: max_length words and [CLS] and [SEP] besides
# rule: "A text has at most `max_length` pieces, `[CLS]` and `[SEP]` **included**"
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    encoded = dict(tokenizer(batch["text"], truncation=True, max_length=max_length + 2))
    if "label" in batch:
        encoded["labels"] = [label2id[name] for name in batch["label"]]
    return encoded

# %% wrong: no_special_pieces
# mistake: add_special_tokens=False
# rule: "puts `[CLS]` before a text and `[SEP]` after it", "both are still there"
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    encoded = dict(
        tokenizer(batch["text"], truncation=True, max_length=max_length, add_special_tokens=False)
    )
    if "label" in batch:
        encoded["labels"] = [label2id[name] for name in batch["label"]]
    return encoded

# %% wrong: alphabetical_numbers
# mistake: numbers the names in the order of the alphabet
# rule: "it need not be the order of the alphabet"
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    encoded = dict(tokenizer(batch["text"], truncation=True, max_length=max_length))
    if "label" in batch:
        names = sorted(label2id)
        encoded["labels"] = [names.index(name) for name in batch["label"]]
    return encoded

# %% wrong: numbers_by_appearance
# mistake: numbers the names in the order in which the batch has them
# rule: "nor that of appearance"
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    encoded = dict(tokenizer(batch["text"], truncation=True, max_length=max_length))
    if "label" in batch:
        names = list(dict.fromkeys(batch["label"]))
        encoded["labels"] = [names.index(name) for name in batch["label"]]
    return encoded

# %% wrong: needs_labels
# mistake: fails without a column label
# rule: "New texts have no column `label`; then there is no `labels`."
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    encoded = dict(tokenizer(batch["text"], truncation=True, max_length=max_length))
    encoded["labels"] = [label2id[name] for name in batch["label"]]
    return encoded

# %% wrong: empty_labels_2
# mistake: an empty column of labels where there are none
# rule: "New texts have no column `label`; then there is no `labels`."
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    encoded = dict(tokenizer(batch["text"], truncation=True, max_length=max_length))
    encoded["labels"] = [label2id[name] for name in batch.get("label", [])]
    return encoded

# %% wrong: called_label
# mistake: the column is called label
# rule: "The result holds `input_ids` and `attention_mask` ..., and `labels`"
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    encoded = dict(tokenizer(batch["text"], truncation=True, max_length=max_length))
    if "label" in batch:
        encoded["label"] = [label2id[name] for name in batch["label"]]
    return encoded

# %% wrong: names_as_labels
# mistake: the names themselves
# rule: "`labels`, a list of whole numbers"
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    encoded = dict(tokenizer(batch["text"], truncation=True, max_length=max_length))
    if "label" in batch:
        encoded["labels"] = list(batch["label"])
    return encoded

# %% wrong: column_taken_out
# mistake: pops the labels out of the batch that was given
# rule: "Do not change what you are given, unless the text says so."
def tokenize_batch(batch, tokenizer, label2id, max_length=64):
    names = batch.pop("label", None)
    encoded = dict(tokenizer(batch["text"], truncation=True, max_length=max_length))
    if names is not None:
        encoded["labels"] = [label2id[name] for name in names]
    return encoded

# %% wrong: default_of_the_cell
# mistake: 32, the length of the next cell, as default
# rule: "max_length=64"
def tokenize_batch(batch, tokenizer, label2id, max_length=32):
    encoded = dict(tokenizer(batch["text"], truncation=True, max_length=max_length))
    if "label" in batch:
        encoded["labels"] = [label2id[name] for name in batch["label"]]
    return encoded
