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
