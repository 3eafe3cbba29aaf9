# exercise: RNNLanguageModel

# %% right: plain
# style: as the text says
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.emb = nn.Embedding(num_chars, embedding_dim)
        self.net = (nn.LSTM if cell == "lstm" else nn.RNN)(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        h, state = self.net(self.emb(x), state)
        return self.out(h), state

# %% right: getattr
# style: the layer by its name
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.emb = nn.Embedding(num_chars, embedding_dim)
        self.net = getattr(nn, cell.upper())(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        h, state = self.net(self.emb(x), state)
        return self.out(h), state

# %% right: time_first
# style: time first, transposed twice
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.emb = nn.Embedding(num_chars, embedding_dim)
        self.net = (nn.LSTM if cell == "lstm" else nn.RNN)(embedding_dim, hidden_size)
        self.out = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        h, state = self.net(self.emb(x.T), state)
        return self.out(h).transpose(0, 1), state

# %% wrong: no_batch_first
# mistake: batch read as time
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.emb = nn.Embedding(num_chars, embedding_dim)
        self.net = (nn.LSTM if cell == "lstm" else nn.RNN)(embedding_dim, hidden_size)
        self.out = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        h, state = self.net(self.emb(x), state)
        return self.out(h), state

# %% wrong: state_dropped
# mistake: state not given to the layer
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.emb = nn.Embedding(num_chars, embedding_dim)
        self.net = (nn.LSTM if cell == "lstm" else nn.RNN)(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        h, state = self.net(self.emb(x))
        return self.out(h), state

# %% wrong: detached_in_model
# mistake: outputs detached
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.emb = nn.Embedding(num_chars, embedding_dim)
        self.net = (nn.LSTM if cell == "lstm" else nn.RNN)(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        h, state = self.net(self.emb(x), state)
        return self.out(h.detach()), state

# %% wrong: flat
# mistake: scores flattened
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.emb = nn.Embedding(num_chars, embedding_dim)
        self.net = (nn.LSTM if cell == "lstm" else nn.RNN)(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        h, state = self.net(self.emb(x), state)
        return self.out(h.reshape(-1, h.shape[-1])), state

# %% wrong: default_rnn
# mistake: another default
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="rnn"):
        super().__init__()
        self.emb = nn.Embedding(num_chars, embedding_dim)
        self.net = (nn.LSTM if cell == "lstm" else nn.RNN)(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        h, state = self.net(self.emb(x), state)
        return self.out(h), state

# %% wrong: relu_rnn
# mistake: an RNN with ReLU
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.emb = nn.Embedding(num_chars, embedding_dim)
        self.net = (nn.LSTM(embedding_dim, hidden_size, batch_first=True) if cell == "lstm"
                    else nn.RNN(embedding_dim, hidden_size, nonlinearity="relu", batch_first=True))
        self.out = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        h, state = self.net(self.emb(x), state)
        return self.out(h), state

# %% wrong: hidden_only
# mistake: hands out h without c
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.emb = nn.Embedding(num_chars, embedding_dim)
        self.net = (nn.LSTM if cell == "lstm" else nn.RNN)(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        h, state = self.net(self.emb(x), state)
        return self.out(h), (state[0] if isinstance(state, tuple) else state)

# %% wrong: log_softmax
# mistake: log-softmax in the model
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.emb = nn.Embedding(num_chars, embedding_dim)
        self.net = (nn.LSTM if cell == "lstm" else nn.RNN)(embedding_dim, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        h, state = self.net(self.emb(x), state)
        return self.out(h).log_softmax(-1), state

# %% right: cells
# style: RNNCell and LSTMCell, character by character, in the cells' own form of state
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.E = nn.Embedding(num_chars, embedding_dim)
        self.cell = {"rnn": nn.RNNCell, "lstm": nn.LSTMCell}[cell](embedding_dim, hidden_size)
        self.out = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        scores = []
        for column in x.T:
            state = self.cell(self.E(column), state)
            scores.append(self.out(state[0] if isinstance(state, tuple) else state))
        return torch.stack(scores, 1), state

# %% right: explicit_zeros
# style: zeros made by hand where no state comes
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.is_lstm = cell == "lstm"
        self.emb = nn.Embedding(num_chars, embedding_dim)
        kind = nn.LSTM if self.is_lstm else nn.RNN
        self.rec = kind(embedding_dim, hidden_size, 1, batch_first=True)
        self.lin = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        if state is None:
            zeros = x.new_zeros(1, x.size(0), self.rec.hidden_size, dtype=self.lin.weight.dtype)
            state = (zeros, zeros.clone()) if self.is_lstm else zeros
        out, state = self.rec(self.emb(x), state)
        b, t, h = out.shape
        return self.lin(out.reshape(b * t, h)).view(b, t, -1), state

# %% right: without_batch_first
# style: time first inside, transposed at both ends
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        if cell not in ("rnn", "lstm"):
            raise ValueError(cell)
        self.decoder = nn.Linear(hidden_size, num_chars)
        self.encoder = nn.Embedding(num_chars, embedding_dim)
        self.layer = getattr(nn, cell.upper())(embedding_dim, hidden_size)

    def forward(self, x, state=None):
        y, new = self.layer(self.encoder(x.t()), state)
        return self.decoder(y).permute(1, 0, 2).contiguous(), new

# %% wrong: last_place_only
# mistake: scores of the last place alone
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.emb = nn.Embedding(num_chars, embedding_dim)
        self.rec = (nn.LSTM if cell == "lstm" else nn.RNN)(embedding_dim, hidden_size, batch_first=True)
        self.lin = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        out, state = self.rec(self.emb(x), state)
        return self.lin(out[:, -1]), state

# %% wrong: classes_second
# mistake: scores (B, V, T), as the loss would like them
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.emb = nn.Embedding(num_chars, embedding_dim)
        self.rec = (nn.LSTM if cell == "lstm" else nn.RNN)(embedding_dim, hidden_size, batch_first=True)
        self.lin = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        out, state = self.rec(self.emb(x), state)
        return self.lin(out).transpose(1, 2), state

# %% wrong: kinds_exchanged
# mistake: "rnn" makes an LSTM and the other way round
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.emb = nn.Embedding(num_chars, embedding_dim)
        self.rec = (nn.RNN if cell == "lstm" else nn.LSTM)(embedding_dim, hidden_size, batch_first=True)
        self.lin = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        out, state = self.rec(self.emb(x), state)
        return self.lin(out), state

# %% wrong: always_lstm
# mistake: `cell or "lstm"` is true, so it is always an LSTM
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.emb = nn.Embedding(num_chars, embedding_dim)
        self.rec = nn.LSTM(embedding_dim, hidden_size, batch_first=True)
        self.lin = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        out, state = self.rec(self.emb(x), state)
        return self.lin(out), state

# %% wrong: outputs_as_state
# mistake: returns all outputs in place of the state
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.emb = nn.Embedding(num_chars, embedding_dim)
        self.rec = (nn.LSTM if cell == "lstm" else nn.RNN)(embedding_dim, hidden_size, batch_first=True)
        self.lin = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        out, _ = self.rec(self.emb(x), state)
        return self.lin(out), out

# %% wrong: old_state
# mistake: returns the state that came in
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.emb = nn.Embedding(num_chars, embedding_dim)
        self.rec = (nn.LSTM if cell == "lstm" else nn.RNN)(embedding_dim, hidden_size, batch_first=True)
        self.lin = nn.Linear(hidden_size, num_chars)

    def forward(self, x, state=None):
        out, new_state = self.rec(self.emb(x), state)
        return self.lin(out), state

# %% wrong: remembers_itself
# mistake: keeps its state in the model from call to call
class RNNLanguageModel(nn.Module):
    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        self.emb = nn.Embedding(num_chars, embedding_dim)
        self.rec = (nn.LSTM if cell == "lstm" else nn.RNN)(embedding_dim, hidden_size, batch_first=True)
        self.lin = nn.Linear(hidden_size, num_chars)
        self.state = None

    def forward(self, x, state=None):
        if state is None:
            state = self.state
        out, self.state = self.rec(self.emb(x), state)
        return self.lin(out), self.state
