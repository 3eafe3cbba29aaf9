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

# %% right: cell_by_cell
# style: an LSTMCell, step by step over batch_sizes
class LSTMClassifier(nn.Module):
    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        self.out = nn.Linear(hidden_size, num_classes)
        self.cell = nn.LSTMCell(embedding_dim, hidden_size)
        self.E = nn.Embedding(num_words, embedding_dim)

    def forward(self, packed):
        steps = self.E(packed.data).split(packed.batch_sizes.tolist())
        n = len(steps[0])
        h = c = torch.zeros(n, self.cell.hidden_size)
        for step in steps:
            k = len(step)
            new_h, new_c = self.cell(step, (h[:k], c[:k]))
            h, c = torch.cat([new_h, h[k:]]), torch.cat([new_c, c[k:]])
        if packed.unsorted_indices is not None:
            h = h[packed.unsorted_indices]
        return self.out(h)

# %% right: gathered
# style: padded outputs, of which the last word's is gathered
class LSTMClassifier(nn.Module):
    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        self.net = nn.ModuleDict(
            {
                "e": nn.Embedding(num_words, embedding_dim),
                "l": nn.LSTM(input_size=embedding_dim, hidden_size=hidden_size, num_layers=1),
                "o": nn.Linear(hidden_size, num_classes),
            }
        )

    def forward(self, packed):
        x = packed._replace(data=F.embedding(packed.data, self.net["e"].weight))
        outputs, lengths = nn.utils.rnn.pad_packed_sequence(self.net["l"](x)[0])
        last = outputs.gather(0, (lengths - 1)[None, :, None].expand(1, -1, outputs.shape[2]))[0]
        return last @ self.net["o"].weight.T + self.net["o"].bias

# %% right: keywords
# style: a new PackedSequence with all its fields
class LSTMClassifier(nn.Module):
    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        nn.Module.__init__(self)
        self.lstm = nn.LSTM(embedding_dim, hidden_size, batch_first=True, dropout=0.0)
        self.emb = nn.Embedding(num_words, embedding_dim)
        self.head = nn.Sequential(nn.Linear(hidden_size, num_classes))

    def forward(self, packed):
        e = nn.utils.rnn.PackedSequence(
            data=self.emb(packed.data),
            batch_sizes=packed.batch_sizes,
            sorted_indices=packed.sorted_indices,
            unsorted_indices=packed.unsorted_indices,
        )
        _, (h, _) = self.lstm(e)
        return self.head(h.transpose(0, 1).flatten(1))

# %% wrong: word_before_the_last
# mistake: takes the output one word too early
class LSTMClassifier(nn.Module):
    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        self.embedding = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, num_classes)

    def forward(self, packed):
        outputs, _ = self.lstm(packed._replace(data=self.embedding(packed.data)))
        padded, lengths = nn.utils.rnn.pad_packed_sequence(outputs, batch_first=True)
        return self.linear(padded[torch.arange(len(lengths)), lengths - 2])

# %% wrong: sorted_for_unsorted
# mistake: puts the rows in order with the wrong one of the two lists of indices
class LSTMClassifier(nn.Module):
    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        self.embedding = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size)
        self.linear = nn.Linear(hidden_size, num_classes)

    def forward(self, packed):
        plain = nn.utils.rnn.PackedSequence(self.embedding(packed.data), packed.batch_sizes)
        h = self.lstm(plain)[1][0][-1]
        return self.linear(h[packed.sorted_indices])

# %% wrong: restored_twice
# mistake: h_n is in the caller's order already, and is put in order once more
class LSTMClassifier(nn.Module):
    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        self.embedding = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size)
        self.linear = nn.Linear(hidden_size, num_classes)

    def forward(self, packed):
        _, (h, _) = self.lstm(packed._replace(data=self.embedding(packed.data)))
        return self.linear(h[-1][packed.unsorted_indices])

# %% wrong: no_bias
# mistake: the linear layer has no bias
class LSTMClassifier(nn.Module):
    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        self.embedding = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size)
        self.linear = nn.Linear(hidden_size, num_classes, bias=False)

    def forward(self, packed):
        _, (h, _) = self.lstm(packed._replace(data=self.embedding(packed.data)))
        return self.linear(h[-1])

# %% wrong: random_start
# mistake: the states begin at random
class LSTMClassifier(nn.Module):
    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        self.embedding = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size)
        self.linear = nn.Linear(hidden_size, num_classes)

    def forward(self, packed):
        n = int(packed.batch_sizes[0])
        start = torch.randn(1, n, self.lstm.hidden_size), torch.randn(1, n, self.lstm.hidden_size)
        _, (h, _) = self.lstm(packed._replace(data=self.embedding(packed.data)), start)
        return self.linear(h[-1])

# %% wrong: dropout_of_a_half
# mistake: a dropout between the state and the linear layer
class LSTMClassifier(nn.Module):
    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        self.embedding = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size)
        self.dropout = nn.Dropout(0.5)
        self.linear = nn.Linear(hidden_size, num_classes)

    def forward(self, packed):
        _, (h, _) = self.lstm(packed._replace(data=self.embedding(packed.data)))
        return self.linear(self.dropout(h[-1]))
