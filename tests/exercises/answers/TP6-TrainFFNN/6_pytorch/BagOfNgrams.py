# exercise: BagOfNgrams

# %% right: mask_and_cat
# style: one table of buckets, one mask, clamp of the count
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h)

# %% right: two_sums
# style: unigrams and bigrams apart, 2n - 1 from the number of words
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.plongement = nn.Embedding(num_buckets, embedding_dim)
        self.sortie = nn.Linear(embedding_dim, num_classes)
        self.cases = num_buckets

    def forward(self, words):
        presents = (words != -1).float()
        uni = self.plongement(words % self.cases)
        somme = (uni * presents[:, :, None]).sum(1)
        v, w = words[:, :-1], words[:, 1:]
        bi = self.plongement((31 * v + w) % self.cases)
        somme = somme + (bi * presents[:, 1:, None]).sum(1)
        n = presents.sum(1)
        diviseur = torch.where(n > 0, 2 * n - 1, torch.ones_like(n))
        return self.sortie(somme / diviseur[:, None])

# %% right: loop_over_texts
# style: Python loop over the texts, lists of buckets
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.M = num_buckets
        self.E = nn.Embedding(num_buckets, embedding_dim)
        self.out = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        lignes = []
        for texte in words.tolist():
            mots = [w for w in texte if w != -1]
            cases = [w % self.M for w in mots]
            cases += [(31 * v + w) % self.M for v, w in zip(mots, mots[1:])]
            if cases:
                lignes.append(self.E(torch.tensor(cases)).mean(dim=0))
            else:
                lignes.append(torch.zeros(self.E.embedding_dim))
        return self.out(torch.stack(lignes))

# %% right: boolean_rows
# style: selects the real words of each row by a mask, early continue
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.fc = nn.Linear(embedding_dim, num_classes)
        self.emb = nn.Embedding(num_buckets, embedding_dim)

    def forward(self, words):
        K = self.emb.num_embeddings
        h = torch.zeros(len(words), self.emb.embedding_dim, dtype=self.emb.weight.dtype)
        vecs = []
        for i, row in enumerate(words):
            row = row[row >= 0]
            if len(row) == 0:
                vecs.append(h[i])
                continue
            ids = torch.cat((row, 31 * row[:-1] + row[1:])) % K
            vecs.append(self.emb(ids).sum(0) / (2 * len(row) - 1))
        return self.fc(torch.stack(vecs))

# %% right: counts_matrix
# style: counts of buckets (B, num_buckets) by scatter_add, then a matrix product with the weights
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.classifier = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        E = self.embedding.weight
        real = words >= 0
        pairs = 31 * words[:, :-1] + words[:, 1:]
        ids = torch.cat([words, pairs], 1).remainder(E.shape[0])
        keep = torch.cat([real, real[:, 1:] & real[:, :-1]], 1).to(E.dtype)
        counts = torch.zeros(words.shape[0], E.shape[0], dtype=E.dtype).scatter_add(1, ids, keep)
        total = counts.sum(1, keepdim=True)
        return self.classifier(counts @ E / torch.max(total, torch.ones_like(total)))

# %% right: reduced_hash_and_nan_to_num
# style: multiplies numbers already reduced (the same bucket), masked_fill, nan_to_num for empty texts
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.n = num_buckets
        self.table = nn.Embedding(num_buckets, embedding_dim)
        self.lin = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        pad = words.eq(-1)
        r = words % self.n
        r2 = (31 * r[:, :-1] + r[:, 1:]) % self.n
        u = self.table(r).masked_fill(pad[..., None], 0.0)
        b = self.table(r2).masked_fill(pad[:, 1:, None], 0.0)
        n = (~pad).sum(dim=1)
        somme = torch.einsum("bth->bh", u) + torch.einsum("bth->bh", b)
        h = somme / (2 * n - 1).unsqueeze(-1)
        h = torch.nan_to_num(h)
        return self.lin(h)

# %% wrong: padding_counts
# mistake: no mask at all: -1 % num_buckets is a bucket
# rule: "Padding must not count: neither a -1 as a word, nor a pair with a -1 in it."
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.ones_like(buckets)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h)

# %% wrong: pairs_with_padding
# mistake: masks the pairs only by their first word: (last word, -1) counts
# rule: "nor a pair with a -1 in it"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, first >= 0], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h)

# %% wrong: only_words_masked
# mistake: masks the words, not the pairs
# rule: "nor a pair with a -1 in it"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, torch.ones_like(first, dtype=torch.bool)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h)

# %% wrong: mask_of_the_hash
# mistake: tests the hash 31 v + w >= 0 instead of both words: (last word, -1) has a positive hash
# rule: "nor a pair with a -1 in it"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, 31 * first + second >= 0], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h)

# %% wrong: word_number_zero_is_padding
# mistake: words > 0 instead of >= 0: a word whose number is 0 is lost
# rule: "-1 after the end" (padding is -1; a word is a whole number)
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words > 0, (first > 0) & (second > 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h)

# %% wrong: bucket_zero_is_padding
# mistake: padding_idx=0: the embedding of bucket 0 is zero and is never learnt
# rule: "`w % num_buckets`" (bucket 0 is a bucket like any other); "each word has a vector, which is learned"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim, padding_idx=0)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h)

# %% wrong: divided_by_length
# mistake: divides by the padded length 2T - 1
# rule: "its vector is the mean of all $2n - 1$ embeddings"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.shape[1]
        return self.linear(h)

# %% wrong: divided_by_words
# mistake: divides by n instead of 2n - 1
# rule: "h = \frac{1}{2n - 1}"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / (words >= 0).sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h)

# %% wrong: divided_by_two_n
# mistake: divides by 2n
# rule: "A sentence of $n$ words has $n$ unigrams and $n - 1$ bigrams"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / (2 * (words >= 0).sum(dim=1, keepdim=True)).clamp(min=1)
        return self.linear(h)

# %% wrong: sum_not_mean
# mistake: sum of the vectors
# rule: "the **mean** of the vectors stands for the sentence"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1)
        return self.linear(h)

# %% wrong: no_bigrams
# mistake: words only
# rule: "pairs of neighbours, the bigrams, get vectors too"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = words % self.num_buckets
        mask = words >= 0
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h)

# %% wrong: hash_the_wrong_way
# mistake: 31 * w + v
# rule: "`(31 * v + w) % num_buckets`"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * second + first) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h)

# %% wrong: modulo_of_one_summand
# mistake: 31 * v + w % n: precedence; the result is then taken modulo n - 1 to avoid the error
# rule: "`(31 * v + w) % num_buckets`"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first % self.num_buckets + second % self.num_buckets).clamp(max=self.num_buckets - 1)], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h)

# %% wrong: two_tables
# mistake: a table of its own for the bigrams
# rule: "Its parameters are those of one nn.Embedding and one nn.Linear."
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.words = nn.Embedding(num_buckets, embedding_dim)
        self.pairs = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        real = (words >= 0).unsqueeze(2)
        u = self.words(words % self.num_buckets) * real
        b = self.pairs((31 * words[:, :-1] + words[:, 1:]) % self.num_buckets) * real[:, 1:]
        n = real.sum(dim=1)
        return self.linear((u.sum(1) + b.sum(1)) / (2 * n - 1).clamp(min=1))

# %% wrong: extra_padding_row
# mistake: num_buckets + 1 embeddings, the last one for padding
# rule: "num_buckets: number of embeddings"; "Its parameters are those of one nn.Embedding and one nn.Linear."
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets + 1, embedding_dim, padding_idx=num_buckets)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h)

# %% wrong: empty_text_is_nan
# mistake: 0 / 0 for a text without any word
# rule: "A text without any word has $h = 0$."
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True)
        return self.linear(h)

# %% wrong: empty_text_has_scores_zero
# mistake: scores 0 instead of h = 0: the bias is lost
# rule: "A text without any word has $h = 0$." and scores = hW + b
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h) * (words >= 0).any(dim=1, keepdim=True)

# %% wrong: mean_of_two_means
# mistake: mean of the words plus mean of the bigrams, halved
# rule: "its vector is the mean of all $2n - 1$ embeddings"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        real = (words >= 0).unsqueeze(2)
        u = self.embedding(words % self.num_buckets) * real
        b = self.embedding((31 * words[:, :-1] + words[:, 1:]) % self.num_buckets) * real[:, 1:]
        n = real.sum(dim=1)
        h = (u.sum(1) / n.clamp(min=1) + b.sum(1) / (n - 1).clamp(min=1)) / 2
        return self.linear(h)

# %% wrong: changes_words
# mistake: replaces the padding by 0 in the tensor that it is given: the second call counts it
# rule: "Padding must not count" (train_epoch and evaluate use the same batches again)
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        words[words < 0] = 0
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h)

# %% wrong: int32
# mistake: int32 numbers: crc32 numbers up to 2^32 overflow
# rule: "each word is a whole number (given below)" with "`w % num_buckets`"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        words = words.int()
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h)

# %% wrong: float32_hash
# mistake: hash in float32: large numbers are rounded
# rule: "`(31 * v + w) % num_buckets`"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31.0 * first + second).remainder(self.num_buckets).long().clamp(0, self.num_buckets - 1)], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h)

# %% wrong: softmax
# mistake: softmax at the end
# rule: "scores} = h\,W + b"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h).softmax(dim=1)

# %% wrong: relu
# mistake: ReLU between mean and linear layer
# rule: "scores} = h\,W + b"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(torch.relu(h))

# %% wrong: no_bias
# mistake: linear layer without bias
# rule: "scores} = h\,W + b"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes, bias=False)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h)

# %% wrong: circular_pairs
# mistake: torch.roll: the last word makes a pair with the first
# rule: "$n$ unigrams and $n - 1$ bigrams"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words, torch.roll(words, -1, dims=1)
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h)

# %% wrong: pairs_with_a_gap
# mistake: pairs of words two places apart
# rule: "pairs of neighbours"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-2], words[:, 2:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
        return self.linear(h)

# %% wrong: length_of_the_longest
# mistake: n is that of the longest text of the batch for all rows
# rule: "A sentence of $n$ words"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        first, second = words[:, :-1], words[:, 1:]
        buckets = torch.cat([words % self.num_buckets, (31 * first + second) % self.num_buckets], dim=1)
        mask = torch.cat([words >= 0, (first >= 0) & (second >= 0)], dim=1)
        vectors = self.embedding(buckets) * mask.unsqueeze(2)
        h = vectors.sum(dim=1) / mask.sum(dim=1, keepdim=True).max().clamp(min=1)
        return self.linear(h)

# %% wrong: same_bucket_once
# mistake: each bucket counts once per text (a set)
# rule: "the mean of all $2n - 1$ embeddings"
class BagOfNgrams(nn.Module):
    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        self.n = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words):
        rows = []
        for row in words.tolist():
            row = [w for w in row if w >= 0]
            ids = {w % self.n for w in row} | {(31 * v + w) % self.n for v, w in zip(row, row[1:])}
            if ids:
                rows.append(self.embedding(torch.tensor(sorted(ids))).mean(0))
            else:
                rows.append(torch.zeros(self.embedding.embedding_dim))
        return self.linear(torch.stack(rows))
