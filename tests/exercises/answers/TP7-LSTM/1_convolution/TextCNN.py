# exercise: TextCNN

# %% right: written_out
# style: dict of modules, masked fill in place of padding_idx in the pad
class TextCNN(nn.Module):
    def __init__(self, num_words, embedding_dim, num_filters, kernel_sizes, num_classes):
        super().__init__()
        self.emb = nn.Embedding(num_words, embedding_dim, padding_idx=0)
        self.convs = nn.ModuleDict({str(k): nn.Conv1d(embedding_dim, num_filters, k) for k in kernel_sizes})
        self.out = nn.Linear(len(kernel_sizes) * num_filters, num_classes)
        self.need = max(kernel_sizes)

    def forward(self, words):
        B, T = words.shape
        if T < self.need:
            words = torch.cat((words, torch.zeros(B, self.need - T, dtype=torch.int64)), dim=1)
        e = self.emb(words).mT
        h = [nn.functional.relu(c(e)).amax(-1) for c in self.convs.values()]
        return self.out(torch.cat(h, -1))

# %% right: maximum_before_relu
# style: ReLU after the maximum, embeddings padded
class TextCNN(nn.Module):
    def __init__(self, num_words, embedding_dim, num_filters, kernel_sizes, num_classes):
        super().__init__()
        self.k = list(kernel_sizes)
        self.linear = nn.Linear(num_filters * len(self.k), num_classes)
        self.convs = nn.ModuleList([nn.Conv1d(embedding_dim, num_filters, k) for k in self.k])
        self.embed = nn.Embedding(num_words, embedding_dim, padding_idx=0)

    def forward(self, words):
        e = self.embed(words).permute(0, 2, 1)
        e = nn.functional.pad(e, (0, max(0, max(self.k) - e.shape[2])))
        return self.linear(torch.relu(torch.cat([conv(e).max(2)[0] for conv in self.convs], 1)))

# %% wrong: no_transpose
# mistake: channels last
class TextCNN(nn.Module):
    def __init__(self, num_words, embedding_dim, num_filters, kernel_sizes, num_classes):
        super().__init__()
        self.k = list(kernel_sizes)
        self.linear = nn.Linear(num_filters * len(self.k), num_classes)
        self.convs = nn.ModuleList([nn.Conv1d(embedding_dim, num_filters, k) for k in self.k])
        self.embed = nn.Embedding(num_words, embedding_dim, padding_idx=0)

    def forward(self, words):
        words = nn.functional.pad(words, (0, max(0, max(self.k) - words.shape[1])))
        e = self.embed(words)
        return self.linear(torch.cat([torch.relu(conv(e)).max(2)[0] for conv in self.convs], 1))

# %% wrong: reshape_for_transpose
# mistake: view in place of transpose
class TextCNN(nn.Module):
    def __init__(self, num_words, embedding_dim, num_filters, kernel_sizes, num_classes):
        super().__init__()
        self.k = list(kernel_sizes)
        self.linear = nn.Linear(num_filters * len(self.k), num_classes)
        self.convs = nn.ModuleList([nn.Conv1d(embedding_dim, num_filters, k) for k in self.k])
        self.embed = nn.Embedding(num_words, embedding_dim, padding_idx=0)

    def forward(self, words):
        words = nn.functional.pad(words, (0, max(0, max(self.k) - words.shape[1])))
        e = self.embed(words)
        e = e.reshape(e.shape[0], e.shape[2], e.shape[1])
        return self.linear(torch.cat([torch.relu(conv(e)).max(2)[0] for conv in self.convs], 1))

# %% wrong: detached
# mistake: the embeddings get no gradient
class TextCNN(nn.Module):
    def __init__(self, num_words, embedding_dim, num_filters, kernel_sizes, num_classes):
        super().__init__()
        self.k = list(kernel_sizes)
        self.linear = nn.Linear(num_filters * len(self.k), num_classes)
        self.convs = nn.ModuleList([nn.Conv1d(embedding_dim, num_filters, k) for k in self.k])
        self.embed = nn.Embedding(num_words, embedding_dim, padding_idx=0)

    def forward(self, words):
        words = nn.functional.pad(words, (0, max(0, max(self.k) - words.shape[1])))
        e = self.embed(words).detach().transpose(1, 2)
        return self.linear(torch.cat([torch.relu(conv(e)).max(2)[0] for conv in self.convs], 1))

# %% wrong: pads_in_front
# mistake: short texts filled up at the beginning
class TextCNN(nn.Module):
    def __init__(self, num_words, embedding_dim, num_filters, kernel_sizes, num_classes):
        super().__init__()
        self.k = list(kernel_sizes)
        self.linear = nn.Linear(num_filters * len(self.k), num_classes)
        self.convs = nn.ModuleList([nn.Conv1d(embedding_dim, num_filters, k) for k in self.k])
        self.embed = nn.Embedding(num_words, embedding_dim, padding_idx=0)

    def forward(self, words):
        words = nn.functional.pad(words, (max(0, max(self.k) - words.shape[1]), 0))
        e = self.embed(words).transpose(1, 2)
        return self.linear(torch.cat([torch.relu(conv(e)).max(2)[0] for conv in self.convs], 1))

# %% wrong: pool_of_fixed_width
# mistake: the pooling window fits one length only
class TextCNN(nn.Module):
    def __init__(self, num_words, embedding_dim, num_filters, kernel_sizes, num_classes):
        super().__init__()
        self.k = list(kernel_sizes)
        self.linear = nn.Linear(num_filters * len(self.k), num_classes)
        self.convs = nn.ModuleList([nn.Conv1d(embedding_dim, num_filters, k) for k in self.k])
        self.embed = nn.Embedding(num_words, embedding_dim, padding_idx=0)

    def forward(self, words):
        words = nn.functional.pad(words, (0, max(0, max(self.k) - words.shape[1])))
        e = self.embed(words).transpose(1, 2)
        return self.linear(torch.cat([nn.functional.max_pool1d(torch.relu(conv(e)), 2)[:, :, 0] for conv in self.convs], 1))

# %% right: padded_by_f_pad
# style: nn.functional.pad on the numbers, amax before relu, parameters declared backwards
class TextCNN(nn.Module):
    def __init__(self, num_words, embedding_dim, num_filters, kernel_sizes, num_classes):
        super().__init__()
        self.head = nn.Linear(len(kernel_sizes) * num_filters, num_classes)
        self.filters = nn.ModuleDict({str(k): nn.Conv1d(embedding_dim, num_filters, k) for k in kernel_sizes})
        self.longest = max(kernel_sizes)
        self.table = nn.Embedding(num_words, embedding_dim, padding_idx=0)

    def forward(self, words):
        words = nn.functional.pad(words, (0, max(0, self.longest - words.shape[1])))
        x = self.table(words).movedim(2, 1)
        return self.head(torch.cat([f(x).amax(2).relu() for f in self.filters.values()], dim=1))

# %% right: zeros_new
# style: new_zeros and cat, nn.functional.max_pool1d over the whole length
class TextCNN(nn.Module):
    def __init__(self, num_words, embedding_dim, num_filters, kernel_sizes, num_classes):
        super().__init__()
        self.kernel_sizes = kernel_sizes
        self.emb = nn.Embedding(num_words, embedding_dim, 0)
        self.convs = nn.ModuleList(nn.Conv1d(embedding_dim, num_filters, kernel_size=k) for k in kernel_sizes)
        self.fc = nn.Linear(num_filters * len(kernel_sizes), num_classes)

    def forward(self, words):
        B, T = words.shape
        if T < max(self.kernel_sizes):
            words = torch.cat([words, words.new_zeros(B, max(self.kernel_sizes) - T)], dim=1)
        x = self.emb(words).permute(0, 2, 1)
        maps = [torch.relu(conv(x)) for conv in self.convs]
        return self.fc(torch.cat([nn.functional.max_pool1d(m, m.shape[-1]).flatten(1) for m in maps], 1))

# %% right: text_by_text
# style: one text after the other
class TextCNN(nn.Module):
    def __init__(self, num_words, embedding_dim, num_filters, kernel_sizes, num_classes):
        super().__init__()
        self.e = nn.Embedding(num_words, embedding_dim, padding_idx=0)
        self.c = nn.ModuleList([nn.Conv1d(embedding_dim, num_filters, k) for k in kernel_sizes])
        self.l = nn.Linear(num_filters * len(kernel_sizes), num_classes)
        self.k = list(kernel_sizes)

    def one(self, row):
        short = max(self.k) - len(row)
        if short > 0:
            row = torch.cat([row, torch.zeros(short, dtype=torch.long)])
        x = self.e(row).T[None]
        return self.l(torch.cat([nn.functional.relu(c(x)).max(dim=2)[0] for c in self.c], dim=1))[0]

    def forward(self, words):
        return torch.stack([self.one(row) for row in words])

# %% wrong: mean_over_time
# mistake: average pooling over time
class TextCNN(nn.Module):
    def __init__(self, num_words, embedding_dim, num_filters, kernel_sizes, num_classes):
        super().__init__()
        self.longest = max(kernel_sizes)
        self.emb = nn.Embedding(num_words, embedding_dim, padding_idx=0)
        self.convs = nn.ModuleList(nn.Conv1d(embedding_dim, num_filters, k) for k in kernel_sizes)
        self.fc = nn.Linear(num_filters * len(kernel_sizes), num_classes)

    def forward(self, words):
        words = nn.functional.pad(words, (0, max(0, self.longest - words.shape[1])))
        x = self.emb(words).transpose(1, 2)
        return self.fc(torch.cat([torch.relu(conv(x)).mean(2) for conv in self.convs], 1))

# %% wrong: no_padding_idx
# mistake: word 0 is embedded like any other, it learns
class TextCNN(nn.Module):
    def __init__(self, num_words, embedding_dim, num_filters, kernel_sizes, num_classes):
        super().__init__()
        self.longest = max(kernel_sizes)
        self.emb = nn.Embedding(num_words, embedding_dim)
        self.convs = nn.ModuleList(nn.Conv1d(embedding_dim, num_filters, k) for k in kernel_sizes)
        self.fc = nn.Linear(num_filters * len(kernel_sizes), num_classes)

    def forward(self, words):
        words = nn.functional.pad(words, (0, max(0, self.longest - words.shape[1])))
        x = self.emb(words).transpose(1, 2)
        return self.fc(torch.cat([torch.relu(conv(x)).amax(2) for conv in self.convs], 1))

# %% wrong: sizes_sorted
# mistake: the features stand in the order of the sizes, the largest last
class TextCNN(nn.Module):
    def __init__(self, num_words, embedding_dim, num_filters, kernel_sizes, num_classes):
        super().__init__()
        kernel_sizes = sorted(kernel_sizes)
        self.longest = kernel_sizes[-1]
        self.emb = nn.Embedding(num_words, embedding_dim, padding_idx=0)
        self.convs = nn.ModuleList(nn.Conv1d(embedding_dim, num_filters, k) for k in kernel_sizes)
        self.fc = nn.Linear(num_filters * len(kernel_sizes), num_classes)

    def forward(self, words):
        words = nn.functional.pad(words, (0, max(0, self.longest - words.shape[1])))
        x = self.emb(words).transpose(1, 2)
        return self.fc(torch.cat([torch.relu(conv(x)).amax(2) for conv in self.convs], 1))

# %% wrong: padded_to_the_last_size
# mistake: short texts are filled up to the last kernel size, which need not be the longest
class TextCNN(nn.Module):
    def __init__(self, num_words, embedding_dim, num_filters, kernel_sizes, num_classes):
        super().__init__()
        self.longest = kernel_sizes[-1]
        self.emb = nn.Embedding(num_words, embedding_dim, padding_idx=0)
        self.convs = nn.ModuleList(nn.Conv1d(embedding_dim, num_filters, k) for k in kernel_sizes)
        self.fc = nn.Linear(num_filters * len(kernel_sizes), num_classes)

    def forward(self, words):
        words = nn.functional.pad(words, (0, max(0, self.longest - words.shape[1])))
        x = self.emb(words).transpose(1, 2)
        return self.fc(torch.cat([torch.relu(conv(x)).amax(2) for conv in self.convs], 1))

# %% wrong: padded_one_too_many
# mistake: a text as long as the longest kernel gets another 0
class TextCNN(nn.Module):
    def __init__(self, num_words, embedding_dim, num_filters, kernel_sizes, num_classes):
        super().__init__()
        self.longest = max(kernel_sizes)
        self.emb = nn.Embedding(num_words, embedding_dim, padding_idx=0)
        self.convs = nn.ModuleList(nn.Conv1d(embedding_dim, num_filters, k) for k in kernel_sizes)
        self.fc = nn.Linear(num_filters * len(kernel_sizes), num_classes)

    def forward(self, words):
        words = nn.functional.pad(words, (0, max(0, self.longest + 1 - words.shape[1])))
        x = self.emb(words).transpose(1, 2)
        return self.fc(torch.cat([torch.relu(conv(x)).amax(2) for conv in self.convs], 1))

# %% wrong: same_padding
# mistake: the convolutions pad, so no text is too short
class TextCNN(nn.Module):
    def __init__(self, num_words, embedding_dim, num_filters, kernel_sizes, num_classes):
        super().__init__()
        self.emb = nn.Embedding(num_words, embedding_dim, padding_idx=0)
        self.convs = nn.ModuleList(nn.Conv1d(embedding_dim, num_filters, k, padding="same") for k in kernel_sizes)
        self.fc = nn.Linear(num_filters * len(kernel_sizes), num_classes)

    def forward(self, words):
        x = self.emb(words).transpose(1, 2)
        return self.fc(torch.cat([torch.relu(conv(x)).amax(2) for conv in self.convs], 1))
