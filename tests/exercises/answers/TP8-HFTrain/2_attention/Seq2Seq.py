# exercise: Seq2Seq

# %% right: batch_of_masks
# style: library attention, time first
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.dec = nn.GRU(embedding_dim, hidden_size)
        self.enc = nn.GRU(embedding_dim, hidden_size)
        self.E2 = nn.Embedding(num_target, embedding_dim)
        self.E1 = nn.Embedding(num_source, embedding_dim)
        self.out = nn.Linear((2 if attention else 1) * hidden_size, num_target)
        self.use = attention

    def forward(self, source, lengths, target):
        states, _ = self.enc(self.E1(source).transpose(0, 1))
        states = states.transpose(0, 1)
        last = states.gather(1, (lengths - 1)[:, None, None].expand(-1, 1, states.shape[2]))
        h = self.dec(self.E2(target).transpose(0, 1), last.transpose(0, 1).contiguous())[0].transpose(0, 1)
        if not self.use:
            return self.out(h), None
        real = (torch.arange(source.shape[1])[None, :] < lengths[:, None])[:, None]
        w = torch.bmm(h, states.transpose(1, 2)) * h.shape[-1] ** -0.5
        w = torch.where(real, w, torch.tensor(float("-inf"))).softmax(2)
        return self.out(torch.cat((h, torch.bmm(w, states)), 2)), w

# %% right: row_by_row
# style: each source by itself
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.a = nn.Embedding(num_source, embedding_dim)
        self.b = nn.Embedding(num_target, embedding_dim)
        self.g1 = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.g2 = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.lin = nn.Linear(hidden_size + hidden_size * attention, num_target)
        self.attention = attention

    def forward(self, source, lengths, target):
        S, all_scores, all_weights = source.shape[1], [], []
        for s, n, t in zip(source, lengths, target):
            K, last = self.g1(self.a(s[:n])[None])
            h, _ = self.g2(self.b(t)[None], last)
            if self.attention:
                w = torch.softmax(h[0] @ K[0].T / math.sqrt(K.shape[-1]), dim=1)
                all_scores.append(self.lin(torch.cat([h[0], w @ K[0]], 1)))
                all_weights.append(F.pad(w, (0, S - int(n))))
            else:
                all_scores.append(self.lin(h[0]))
        return torch.stack(all_scores), torch.stack(all_weights) if self.attention else None

# %% wrong: mask_by_zero
# mistake: takes number 0 for padding
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.a = nn.Embedding(num_source, embedding_dim)
        self.b = nn.Embedding(num_target, embedding_dim)
        self.g1 = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.g2 = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.lin = nn.Linear(hidden_size * (2 if attention else 1), num_target)
        self.attention = attention

    def forward(self, source, lengths, target):
        K, _ = self.g1(self.a(source))
        last = K[torch.arange(len(source)), lengths - 1]
        h, _ = self.g2(self.b(target), last[None])
        if not self.attention:
            return self.lin(h), None
        s = h @ K.transpose(1, 2) / math.sqrt(K.shape[-1])
        w = s.masked_fill((source == 0)[:, None], -1e9).softmax(-1)
        return self.lin(torch.cat([h, w @ K], -1)), w

# %% wrong: last_column
# mistake: state after the padding
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.a = nn.Embedding(num_source, embedding_dim)
        self.b = nn.Embedding(num_target, embedding_dim)
        self.g1 = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.g2 = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.lin = nn.Linear(hidden_size * (2 if attention else 1), num_target)
        self.attention = attention

    def forward(self, source, lengths, target):
        K, last = self.g1(self.a(source))
        h, _ = self.g2(self.b(target), last)
        if not self.attention:
            return self.lin(h), None
        s = h @ K.transpose(1, 2) / math.sqrt(K.shape[-1])
        pad = torch.arange(source.shape[1]) >= lengths[:, None]
        w = s.masked_fill(pad[:, None], -1e9).softmax(-1)
        return self.lin(torch.cat([h, w @ K], -1)), w

# %% wrong: batch_order
# mistake: forgets batch_first
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.a = nn.Embedding(num_source, embedding_dim)
        self.b = nn.Embedding(num_target, embedding_dim)
        self.g1 = nn.GRU(embedding_dim, hidden_size)
        self.g2 = nn.GRU(embedding_dim, hidden_size)
        self.lin = nn.Linear(hidden_size * (2 if attention else 1), num_target)
        self.attention = attention

    def forward(self, source, lengths, target):
        K, last = self.g1(self.a(source))
        h, _ = self.g2(self.b(target))
        if not self.attention:
            return self.lin(h), None
        w = (h @ K.transpose(1, 2) / math.sqrt(K.shape[-1])).softmax(-1)
        return self.lin(torch.cat([h, w @ K], -1)), w

# %% wrong: no_grad_for_keys
# mistake: the keys are detached
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.a = nn.Embedding(num_source, embedding_dim)
        self.b = nn.Embedding(num_target, embedding_dim)
        self.g1 = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.g2 = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.lin = nn.Linear(hidden_size * (2 if attention else 1), num_target)
        self.attention = attention

    def forward(self, source, lengths, target):
        K, _ = self.g1(self.a(source))
        last = K[torch.arange(len(source)), lengths - 1]
        h, _ = self.g2(self.b(target), last[None])
        if not self.attention:
            return self.lin(h), None
        K = K.detach()
        s = h @ K.transpose(1, 2) / math.sqrt(K.shape[-1])
        pad = torch.arange(source.shape[1]) >= lengths[:, None]
        w = s.masked_fill(pad[:, None], -1e9).softmax(-1)
        return self.lin(torch.cat([h, w @ K], -1)), w

# %% wrong: extra_tanh
# mistake: a layer that nobody asked for
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.a = nn.Embedding(num_source, embedding_dim)
        self.b = nn.Embedding(num_target, embedding_dim)
        self.g1 = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.g2 = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.lin = nn.Linear(hidden_size * (2 if attention else 1), num_target)
        self.attention = attention

    def forward(self, source, lengths, target):
        K, _ = self.g1(self.a(source))
        last = K[torch.arange(len(source)), lengths - 1]
        h, _ = self.g2(self.b(target), last[None])
        if not self.attention:
            return self.lin(torch.tanh(h)), None
        s = h @ K.transpose(1, 2) / math.sqrt(K.shape[-1])
        pad = torch.arange(source.shape[1]) >= lengths[:, None]
        w = s.masked_fill(pad[:, None], -1e9).softmax(-1)
        return self.lin(torch.tanh(torch.cat([h, w @ K], -1))), w
