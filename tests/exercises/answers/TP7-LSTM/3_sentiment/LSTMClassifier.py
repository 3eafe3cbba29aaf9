# exercise: LSTMClassifier

# %% right: batch_first
# style: batch_first, h_n squeezed
class LSTMClassifier(nn.Module):
    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        self.plongement = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size, batch_first=True)
        self.sortie = nn.Linear(hidden_size, num_classes)

    def forward(self, packed):
        x = nn.utils.rnn.PackedSequence(
            self.plongement(packed.data), packed.batch_sizes, packed.sorted_indices, packed.unsorted_indices
        )
        etat = self.lstm(x)[1][0]
        return self.sortie(etat.squeeze(0))

# %% right: repacked
# style: pads, embeds, packs again
class LSTMClassifier(nn.Module):
    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        self.linear = nn.Linear(hidden_size, num_classes)
        self.embedding = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size, num_layers=1)

    def forward(self, packed):
        words, lengths = nn.utils.rnn.pad_packed_sequence(packed)
        again = nn.utils.rnn.pack_padded_sequence(self.embedding(words), lengths, enforce_sorted=False)
        _, (h, _) = self.lstm(again)
        return self.linear(h[0])

# %% right: unpacked
# style: unpack_sequence, one text after the other
class LSTMClassifier(nn.Module):
    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        self.embedding = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size)
        self.linear = nn.Linear(hidden_size, num_classes)

    def forward(self, packed):
        lasts = [self.lstm(self.embedding(t))[0][-1] for t in nn.utils.rnn.unpack_sequence(packed)]
        return self.linear(torch.stack(lasts))

# %% wrong: last_column
# mistake: the last column of the padded outputs
class LSTMClassifier(nn.Module):
    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        self.embedding = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, num_classes)

    def forward(self, packed):
        x = packed._replace(data=self.embedding(packed.data))
        outputs, _ = nn.utils.rnn.pad_packed_sequence(self.lstm(x)[0], batch_first=True)
        return self.linear(outputs[:, -1, :])

# %% wrong: order_lost
# mistake: PackedSequence without its indices
class LSTMClassifier(nn.Module):
    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        self.embedding = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size)
        self.linear = nn.Linear(hidden_size, num_classes)

    def forward(self, packed):
        x = nn.utils.rnn.PackedSequence(self.embedding(packed.data), packed.batch_sizes)
        return self.linear(self.lstm(x)[1][0][-1])

# %% wrong: padding_idx
# mistake: word 0 never learns
class LSTMClassifier(nn.Module):
    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        self.embedding = nn.Embedding(num_words, embedding_dim, padding_idx=0)
        self.lstm = nn.LSTM(embedding_dim, hidden_size)
        self.linear = nn.Linear(hidden_size, num_classes)

    def forward(self, packed):
        return self.linear(self.lstm(packed._replace(data=self.embedding(packed.data)))[1][0][-1])

# %% wrong: hidden_relu
# mistake: ReLU before the linear layer
class LSTMClassifier(nn.Module):
    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        self.embedding = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size)
        self.linear = nn.Linear(hidden_size, num_classes)

    def forward(self, packed):
        return self.linear(F.relu(self.lstm(packed._replace(data=self.embedding(packed.data)))[1][0][-1]))

# %% wrong: two_layers
# mistake: two layers
class LSTMClassifier(nn.Module):
    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        self.embedding = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size, num_layers=2)
        self.linear = nn.Linear(hidden_size, num_classes)

    def forward(self, packed):
        return self.linear(self.lstm(packed._replace(data=self.embedding(packed.data)))[1][0][-1])

# %% wrong: no_grad
# mistake: embedding looked up without gradient
class LSTMClassifier(nn.Module):
    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        self.embedding = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size)
        self.linear = nn.Linear(hidden_size, num_classes)

    def forward(self, packed):
        with torch.no_grad():
            vectors = self.embedding(packed.data)
        return self.linear(self.lstm(packed._replace(data=vectors))[1][0][-1])
