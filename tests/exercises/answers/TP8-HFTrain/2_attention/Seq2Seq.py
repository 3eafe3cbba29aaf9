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

# %% right: packed
# style: packed sequence for the encoder, total_length, masked_fill, batch_first
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.attention = attention
        self.source_table = nn.Embedding(num_source, embedding_dim)
        self.target_table = nn.Embedding(num_target, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size * (2 if attention else 1), num_target)

    def forward(self, source, lengths, target):
        S = source.shape[1]
        packed = pack_padded_sequence(
            self.source_table(source), lengths, batch_first=True, enforce_sorted=False
        )
        states, last = self.encoder(packed)
        h, _ = self.decoder(self.target_table(target), last)
        if not self.attention:
            return self.out(h), None
        K, _ = pad_packed_sequence(states, batch_first=True, total_length=S)
        scores = h @ K.transpose(1, 2) / math.sqrt(K.shape[-1])
        padding = torch.arange(S)[None, :] >= lengths[:, None]
        weights = scores.masked_fill(padding[:, None, :], -torch.inf).softmax(dim=-1)
        return self.out(torch.cat([h, weights @ K], dim=-1)), weights

# %% right: gather_the_last_state
# style: GRUs with time first, the state at lengths - 1 picked from all states, einsum, padding set to 0 in a copy
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        E, H = embedding_dim, hidden_size
        self.look_back = bool(attention)
        self.read_in = nn.GRU(E, H)
        self.read_out = nn.GRU(E, H)
        self.emb_in, self.emb_out = nn.Embedding(num_source, E), nn.Embedding(num_target, E)
        self.scores = nn.Linear(2 * H if attention else H, num_target)

    def forward(self, source, lengths, target):
        B, S = source.shape
        real = torch.arange(S).expand(B, S) < lengths.unsqueeze(1)
        clean = torch.where(real, source, torch.zeros_like(source))
        K, _ = self.read_in(self.emb_in(clean.T))  # (S, B, H)
        first = K[lengths - 1, torch.arange(B)].unsqueeze(0)
        h, _ = self.read_out(self.emb_out(target.T), first)  # (T, B, H)
        if not self.look_back:
            return self.scores(h).transpose(0, 1), None
        z = torch.einsum("tbh,sbh->bts", h, K) * K.shape[-1] ** -0.5
        z = z + torch.zeros(B, 1, S).masked_fill(~real.unsqueeze(1), float("-inf"))
        w = F.softmax(z, dim=2)
        read = torch.einsum("bts,sbh->tbh", w, K)
        return self.scores(torch.cat((h, read), 2)).transpose(0, 1), w

# %% right: cells
# style: nn.GRUCell, loops over time, the state of a finished source is kept
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.H = hidden_size
        self.attention = attention
        self.E_s = nn.Embedding(num_source, embedding_dim)
        self.E_t = nn.Embedding(num_target, embedding_dim)
        self.enc = nn.GRUCell(embedding_dim, hidden_size)
        self.dec = nn.GRUCell(embedding_dim, hidden_size)
        n = hidden_size + hidden_size if attention else hidden_size
        self.head = nn.Linear(n, num_target)

    def encode(self, source, lengths):
        h = torch.zeros(len(source), self.H, dtype=self.head.weight.dtype)
        states = []
        for s in range(source.shape[1]):
            active = (s < lengths).unsqueeze(1)
            character = source[:, s] * active[:, 0]
            h = torch.where(active, self.enc(self.E_s(character), h), h)
            states.append(h)
        return torch.stack(states, dim=1), h

    def forward(self, source, lengths, target):
        K, h = self.encode(source, lengths)
        scores, weights = [], []
        for t in range(target.shape[1]):
            h = self.dec(self.E_t(target[:, t]), h)
            if not self.attention:
                scores.append(self.head(h))
                continue
            fit = (K * h[:, None]).sum(-1) / self.H**0.5  # (B, S)
            e = torch.exp(fit - fit.max(dim=1, keepdim=True).values)
            e = e * (torch.arange(K.shape[1]) < lengths[:, None])
            w = e / e.sum(dim=1, keepdim=True)
            read = (w[:, :, None] * K).sum(dim=1)
            scores.append(self.head(torch.cat([h, read], dim=1)))
            weights.append(w)
        return torch.stack(scores, 1), torch.stack(weights, 1) if self.attention else None

# %% right: one_example_at_a_time
# style: a loop over the batch without any padding; modules in a ModuleDict, the decoder's first
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.parts = nn.ModuleDict()
        for name, count in (("decoder", num_target), ("encoder", num_source)):
            self.parts[name + "_table"] = nn.Embedding(count, embedding_dim)
            self.parts[name] = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        width = 2 * hidden_size if attention else hidden_size
        self.parts["scores"] = nn.Linear(width, num_target)
        self.root = math.sqrt(hidden_size)
        self.attention = attention

    def one(self, characters, written):
        p = self.parts
        K, end = p["encoder"](p["encoder_table"](characters)[None])
        h, _ = p["decoder"](p["decoder_table"](written)[None], end)
        if not self.attention:
            return p["scores"](h), None
        w = torch.softmax(torch.bmm(h, K.mT) / self.root, dim=-1)
        return p["scores"](torch.cat((h, torch.bmm(w, K)), dim=-1)), w

    def forward(self, source, lengths, target):
        S = source.size(1)
        found = [self.one(x[:n], y) for x, n, y in zip(source, lengths.tolist(), target)]
        scores = torch.cat([s for s, _ in found])
        if not self.attention:
            return scores, None
        return scores, torch.cat([F.pad(w, (0, S - w.size(-1))) for _, w in found])

# %% wrong: state_after_the_padding
# mistake: the decoder starts from the state after all places, padding included
# rule: "which starts from the encoder's state **after the last real character** of each source"
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.attention = attention
        self.source_table = nn.Embedding(num_source, embedding_dim)
        self.target_table = nn.Embedding(num_target, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size * (2 if attention else 1), num_target)

    def forward(self, source, lengths, target):
        K, last = self.encoder(self.source_table(source))
        h, _ = self.decoder(self.target_table(target), last)
        if not self.attention:
            return self.out(h), None
        scores = h @ K.transpose(1, 2) / math.sqrt(K.shape[-1])
        padding = torch.arange(source.shape[1]) >= lengths[:, None]
        weights = scores.masked_fill(padding[:, None], -torch.inf).softmax(dim=-1)
        return self.out(torch.cat([h, weights @ K], dim=-1)), weights

# %% wrong: no_mask
# mistake: the attention reads the padding
# rule: "Padding gets weight 0."
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.attention = attention
        self.source_table = nn.Embedding(num_source, embedding_dim)
        self.target_table = nn.Embedding(num_target, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size * (2 if attention else 1), num_target)

    def forward(self, source, lengths, target):
        K, _ = self.encoder(self.source_table(source))
        last = K[torch.arange(len(K)), lengths - 1][None]
        h, _ = self.decoder(self.target_table(target), last)
        if not self.attention:
            return self.out(h), None
        weights = (h @ K.transpose(1, 2) / math.sqrt(K.shape[-1])).softmax(dim=-1)
        return self.out(torch.cat([h, weights @ K], dim=-1)), weights

# %% wrong: zero_is_padding
# mistake: padding is recognised by the number 0
# rule: "number 0 is a character like any other"
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.attention = attention
        self.source_table = nn.Embedding(num_source, embedding_dim)
        self.target_table = nn.Embedding(num_target, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size * (2 if attention else 1), num_target)

    def forward(self, source, lengths, target):
        K, _ = self.encoder(self.source_table(source))
        last = K[torch.arange(len(K)), lengths - 1][None]
        h, _ = self.decoder(self.target_table(target), last)
        if not self.attention:
            return self.out(h), None
        scores = h @ K.transpose(1, 2) / math.sqrt(K.shape[-1])
        weights = scores.masked_fill((source == 0)[:, None], -1e9).softmax(dim=-1)
        return self.out(torch.cat([h, weights @ K], dim=-1)), weights

# %% wrong: not_scaled
# mistake: forgets the root of H
# rule: "scores divided by $\sqrt H$"
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.attention = attention
        self.source_table = nn.Embedding(num_source, embedding_dim)
        self.target_table = nn.Embedding(num_target, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size * (2 if attention else 1), num_target)

    def forward(self, source, lengths, target):
        K, _ = self.encoder(self.source_table(source))
        last = K[torch.arange(len(K)), lengths - 1][None]
        h, _ = self.decoder(self.target_table(target), last)
        if not self.attention:
            return self.out(h), None
        padding = torch.arange(source.shape[1]) >= lengths[:, None]
        weights = (h @ K.mT).masked_fill(padding[:, None], -torch.inf).softmax(dim=-1)
        return self.out(torch.cat([h, weights @ K], dim=-1)), weights

# %% wrong: read_before_h
# mistake: what was read stands first
# rule: "the scores of h and of what was read, side by side in this order"
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.attention = attention
        self.source_table = nn.Embedding(num_source, embedding_dim)
        self.target_table = nn.Embedding(num_target, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size * (2 if attention else 1), num_target)

    def forward(self, source, lengths, target):
        K, _ = self.encoder(self.source_table(source))
        last = K[torch.arange(len(K)), lengths - 1][None]
        h, _ = self.decoder(self.target_table(target), last)
        if not self.attention:
            return self.out(h), None
        padding = torch.arange(source.shape[1]) >= lengths[:, None]
        scores = h @ K.mT / math.sqrt(K.shape[-1])
        weights = scores.masked_fill(padding[:, None], -torch.inf).softmax(dim=-1)
        return self.out(torch.cat([weights @ K, h], dim=-1)), weights

# %% wrong: softmax_at_the_end
# mistake: returns probabilities
# rule: "No softmax: the loss has it."
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.attention = attention
        self.source_table = nn.Embedding(num_source, embedding_dim)
        self.target_table = nn.Embedding(num_target, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size * (2 if attention else 1), num_target)

    def forward(self, source, lengths, target):
        K, _ = self.encoder(self.source_table(source))
        last = K[torch.arange(len(K)), lengths - 1][None]
        h, _ = self.decoder(self.target_table(target), last)
        if not self.attention:
            return self.out(h).softmax(-1), None
        padding = torch.arange(source.shape[1]) >= lengths[:, None]
        scores = h @ K.mT / math.sqrt(K.shape[-1])
        weights = scores.masked_fill(padding[:, None], -torch.inf).softmax(dim=-1)
        return self.out(torch.cat([h, weights @ K], dim=-1)).softmax(-1), weights

# %% wrong: sorted_lengths_only
# mistake: pack_padded_sequence wants falling lengths by default
# rule: "`lengths` come in any order."
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.attention = attention
        self.source_table = nn.Embedding(num_source, embedding_dim)
        self.target_table = nn.Embedding(num_target, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size * (2 if attention else 1), num_target)

    def forward(self, source, lengths, target):
        S = source.shape[1]
        packed = pack_padded_sequence(self.source_table(source), lengths, batch_first=True)
        states, last = self.encoder(packed)
        h, _ = self.decoder(self.target_table(target), last)
        if not self.attention:
            return self.out(h), None
        K, _ = pad_packed_sequence(states, batch_first=True, total_length=S)
        padding = torch.arange(S) >= lengths[:, None]
        scores = h @ K.mT / math.sqrt(K.shape[-1])
        weights = scores.masked_fill(padding[:, None], -torch.inf).softmax(dim=-1)
        return self.out(torch.cat([h, weights @ K], dim=-1)), weights

# %% wrong: longest_only
# mistake: pad_packed_sequence without total_length: fewer than S places where all sources are shorter
# rule: "the weights (B, T, S)"
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.attention = attention
        self.source_table = nn.Embedding(num_source, embedding_dim)
        self.target_table = nn.Embedding(num_target, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size * (2 if attention else 1), num_target)

    def forward(self, source, lengths, target):
        packed = pack_padded_sequence(
            self.source_table(source), lengths, batch_first=True, enforce_sorted=False
        )
        states, last = self.encoder(packed)
        h, _ = self.decoder(self.target_table(target), last)
        if not self.attention:
            return self.out(h), None
        K, _ = pad_packed_sequence(states, batch_first=True)
        padding = torch.arange(K.shape[1]) >= lengths[:, None]
        scores = h @ K.mT / math.sqrt(K.shape[-1])
        weights = scores.masked_fill(padding[:, None], -torch.inf).softmax(dim=-1)
        return self.out(torch.cat([h, weights @ K], dim=-1)), weights

# %% wrong: decoder_from_zeros
# mistake: the decoder starts from zeros
# rule: "which starts from the encoder's state **after the last real character** of each source"
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.attention = attention
        self.source_table = nn.Embedding(num_source, embedding_dim)
        self.target_table = nn.Embedding(num_target, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size * (2 if attention else 1), num_target)

    def forward(self, source, lengths, target):
        K, _ = self.encoder(self.source_table(source))
        h, _ = self.decoder(self.target_table(target))
        if not self.attention:
            return self.out(h), None
        padding = torch.arange(source.shape[1]) >= lengths[:, None]
        scores = h @ K.mT / math.sqrt(K.shape[-1])
        weights = scores.masked_fill(padding[:, None], -torch.inf).softmax(dim=-1)
        return self.out(torch.cat([h, weights @ K], dim=-1)), weights

# %% wrong: one_gru_for_both
# mistake: encoder and decoder are the same GRU
# rule: "read by a GRU of its own"
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.attention = attention
        self.source_table = nn.Embedding(num_source, embedding_dim)
        self.target_table = nn.Embedding(num_target, embedding_dim)
        self.gru = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size * (2 if attention else 1), num_target)

    def forward(self, source, lengths, target):
        K, _ = self.gru(self.source_table(source))
        last = K[torch.arange(len(K)), lengths - 1][None]
        h, _ = self.gru(self.target_table(target), last)
        if not self.attention:
            return self.out(h), None
        padding = torch.arange(source.shape[1]) >= lengths[:, None]
        scores = h @ K.mT / math.sqrt(K.shape[-1])
        weights = scores.masked_fill(padding[:, None], -torch.inf).softmax(dim=-1)
        return self.out(torch.cat([h, weights @ K], dim=-1)), weights

# %% wrong: scores_alone_without_attention
# mistake: without attention only the scores come back, not a pair
# rule: "`forward` returns the scores (B, T, W) and the weights (B, T, S), or None for the weights where there is no attention."
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.attention = attention
        self.source_table = nn.Embedding(num_source, embedding_dim)
        self.target_table = nn.Embedding(num_target, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size * (2 if attention else 1), num_target)

    def forward(self, source, lengths, target):
        K, _ = self.encoder(self.source_table(source))
        last = K[torch.arange(len(K)), lengths - 1][None]
        h, _ = self.decoder(self.target_table(target), last)
        if not self.attention:
            return self.out(h)
        padding = torch.arange(source.shape[1]) >= lengths[:, None]
        scores = h @ K.mT / math.sqrt(K.shape[-1])
        weights = scores.masked_fill(padding[:, None], -torch.inf).softmax(dim=-1)
        return self.out(torch.cat([h, weights @ K], dim=-1)), weights

# %% wrong: target_shifted_again
# mistake: leaves out the last character of the target, as if the shift were still to be made
# rule: "the training loop has shifted the target already"
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.attention = attention
        self.source_table = nn.Embedding(num_source, embedding_dim)
        self.target_table = nn.Embedding(num_target, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size * (2 if attention else 1), num_target)

    def forward(self, source, lengths, target):
        K, _ = self.encoder(self.source_table(source))
        last = K[torch.arange(len(K)), lengths - 1][None]
        h, _ = self.decoder(self.target_table(target[:, :-1]), last)
        if not self.attention:
            return self.out(h), None
        padding = torch.arange(source.shape[1]) >= lengths[:, None]
        scores = h @ K.mT / math.sqrt(K.shape[-1])
        weights = scores.masked_fill(padding[:, None], -torch.inf).softmax(dim=-1)
        return self.out(torch.cat([h, weights @ K], dim=-1)), weights

# %% wrong: padding_idx
# mistake: padding_idx=0: the vector of the character 0 stays zero and never learns
# rule: "number 0 is a character like any other"
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.attention = attention
        self.source_table = nn.Embedding(num_source, embedding_dim, padding_idx=0)
        self.target_table = nn.Embedding(num_target, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size * (2 if attention else 1), num_target)

    def forward(self, source, lengths, target):
        K, _ = self.encoder(self.source_table(source))
        last = K[torch.arange(len(K)), lengths - 1][None]
        h, _ = self.decoder(self.target_table(target), last)
        if not self.attention:
            return self.out(h), None
        padding = torch.arange(source.shape[1]) >= lengths[:, None]
        scores = h @ K.mT / math.sqrt(K.shape[-1])
        weights = scores.masked_fill(padding[:, None], -torch.inf).softmax(dim=-1)
        return self.out(torch.cat([h, weights @ K], dim=-1)), weights

# %% wrong: encoder_is_not_trained
# mistake: the state that is handed over is detached
# rule: "starts from the encoder's state" (gradients reach the encoder through it; without attention there is no other way)
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.attention = attention
        self.source_table = nn.Embedding(num_source, embedding_dim)
        self.target_table = nn.Embedding(num_target, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size * (2 if attention else 1), num_target)

    def forward(self, source, lengths, target):
        K, _ = self.encoder(self.source_table(source))
        last = K[torch.arange(len(K)), lengths - 1][None].detach()
        h, _ = self.decoder(self.target_table(target), last)
        if not self.attention:
            return self.out(h), None
        padding = torch.arange(source.shape[1]) >= lengths[:, None]
        scores = h @ K.mT / math.sqrt(K.shape[-1])
        weights = scores.masked_fill(padding[:, None], -torch.inf).softmax(dim=-1)
        return self.out(torch.cat([h, weights @ K], dim=-1)), weights

# %% wrong: wide_linear_layer_without_attention
# mistake: the linear layer has room for what was read, also where nothing is read
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.attention = attention
        self.source_table = nn.Embedding(num_source, embedding_dim)
        self.target_table = nn.Embedding(num_target, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(2 * hidden_size, num_target)

    def forward(self, source, lengths, target):
        K, _ = self.encoder(self.source_table(source))
        last = K[torch.arange(len(K)), lengths - 1][None]
        h, _ = self.decoder(self.target_table(target), last)
        if not self.attention:
            return self.out(torch.cat([h, h], dim=-1)), None
        padding = torch.arange(source.shape[1]) >= lengths[:, None]
        scores = h @ K.mT / math.sqrt(K.shape[-1])
        weights = scores.masked_fill(padding[:, None], -torch.inf).softmax(dim=-1)
        return self.out(torch.cat([h, weights @ K], dim=-1)), weights

# %% wrong: one_table
# mistake: one table of vectors for both languages
class Seq2Seq(nn.Module):
    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        self.attention = attention
        self.table = nn.Embedding(num_source, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size * (2 if attention else 1), num_target)

    def forward(self, source, lengths, target):
        K, _ = self.encoder(self.table(source))
        last = K[torch.arange(len(K)), lengths - 1][None]
        h, _ = self.decoder(self.table(target), last)
        if not self.attention:
            return self.out(h), None
        padding = torch.arange(source.shape[1]) >= lengths[:, None]
        scores = h @ K.mT / math.sqrt(K.shape[-1])
        weights = scores.masked_fill(padding[:, None], -torch.inf).softmax(dim=-1)
        return self.out(torch.cat([h, weights @ K], dim=-1)), weights
