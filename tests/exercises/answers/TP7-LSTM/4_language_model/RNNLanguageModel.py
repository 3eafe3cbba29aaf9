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
