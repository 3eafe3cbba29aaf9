"""Mistakes in the LSTM classifier: most differ from it in which vector reaches the linear layer."""

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pad_packed_sequence

from tplib.exercises.tp7.sentiment.classifier import LSTMClassifier


class _Classifier(nn.Module):
    """The right network, in the parts of which one is wrong below."""

    def __init__(self, num_words: int, embedding_dim: int, hidden_size: int, num_classes: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, num_classes)

    def embed(self, packed: PackedSequence) -> PackedSequence:
        return packed._replace(data=self.embedding(packed.data))

    def read(self, packed: PackedSequence) -> Tensor:
        return self.lstm(self.embed(packed))[1][0][-1]

    def outputs(self, packed: PackedSequence) -> tuple[Tensor, Tensor]:
        """The outputs (B, T, H), zeros after the end of a text, and the lengths (B,)."""
        return pad_packed_sequence(self.lstm(self.embed(packed))[0], batch_first=True)

    def padded(self, packed: PackedSequence) -> Tensor:
        """The outputs (B, T, H) of an LSTM that reads on over the padding."""
        words, _ = pad_packed_sequence(packed, batch_first=True)
        return self.lstm(self.embedding(words))[0]

    def forward(self, packed: PackedSequence) -> Tensor:
        return self.linear(self.read(packed))


@LSTMClassifier.mistake("In a padded batch, what does the LSTM read after the last word of a short text?")
class reads_on_over_the_padding(_Classifier):
    def read(self, packed: PackedSequence) -> Tensor:
        return self.padded(packed)[:, -1]


@LSTMClassifier.mistake("The outputs are padded with zeros. What stands in the last column of a short text?")
class last_column_of_padded_outputs(_Classifier):
    def read(self, packed: PackedSequence) -> Tensor:
        return self.outputs(packed)[0][:, -1]


@LSTMClassifier.mistake(
    "A packed sequence keeps in `sorted_indices` whose row is whose. Did yours survive the embedding?"
)
class texts_in_order_of_length(_Classifier):
    def embed(self, packed: PackedSequence) -> PackedSequence:
        return PackedSequence(self.embedding(packed.data), packed.batch_sizes)


@LSTMClassifier.mistake("An LSTM has two states. Which one leaves the cell: h or c?")
class cell_state_instead_of_hidden_state(_Classifier):
    def read(self, packed: PackedSequence) -> Tensor:
        return self.lstm(self.embed(packed))[1][1][-1]


@LSTMClassifier.mistake("After how many words has the state read the whole text? Which output do you take?")
class output_of_the_first_word(_Classifier):
    def read(self, packed: PackedSequence) -> Tensor:
        return self.outputs(packed)[0][:, 0]


@LSTMClassifier.mistake("You average the outputs. Which one does the text ask for?")
class mean_of_all_outputs(_Classifier):
    def read(self, packed: PackedSequence) -> Tensor:
        outputs, lengths = self.outputs(packed)
        return outputs.sum(dim=1) / lengths[:, None]


@LSTMClassifier.mistake("You average over the columns. How many of them are words of a short text?")
class mean_over_padding_too(_Classifier):
    def read(self, packed: PackedSequence) -> Tensor:
        return self.outputs(packed)[0].mean(dim=1)


@LSTMClassifier.mistake("You take the largest output of each unit. Which one does the text ask for?")
class largest_output(_Classifier):
    def read(self, packed: PackedSequence) -> Tensor:
        outputs, lengths = self.outputs(packed)
        beyond = torch.arange(outputs.shape[1]) >= lengths[:, None]
        return outputs.masked_fill(beyond[:, :, None], -torch.inf).amax(dim=1)


@LSTMClassifier.mistake("`h_n` is (layers, B, H), whatever `batch_first` says. What does `h_n[:, -1]` give?")
class state_of_the_last_text_only(_Classifier):
    def read(self, packed: PackedSequence) -> Tensor:
        return self.lstm(self.embed(packed))[1][0][:, -1]


@LSTMClassifier.mistake("`h_n` is (1, B, H). Which shape should the scores have, and which axis is too much?")
class axis_of_the_layers_kept(_Classifier):
    def read(self, packed: PackedSequence) -> Tensor:
        return self.lstm(self.embed(packed))[1][0]


@LSTMClassifier.mistake("`nn.CrossEntropyLoss` takes scores and applies log-softmax itself. How often is it applied?")
class softmax_in_the_model(_Classifier):
    def forward(self, packed: PackedSequence) -> Tensor:
        return super().forward(packed).softmax(dim=-1)


@LSTMClassifier.mistake("Log-softmax belongs to the loss. How often is it applied with yours?")
class log_softmax_in_the_model(_Classifier):
    def forward(self, packed: PackedSequence) -> Tensor:
        return super().forward(packed).log_softmax(dim=-1)


@LSTMClassifier.mistake("Can a score be negative? What stands between h and the scores, or after them, in yours?")
class relu_of_the_scores(_Classifier):
    def forward(self, packed: PackedSequence) -> Tensor:
        return torch.relu(super().forward(packed))


@LSTMClassifier.mistake(
    "The text puts nothing between the last state and the linear layer. What does your ReLU throw away?"
)
class relu_of_the_last_state(_Classifier):
    def read(self, packed: PackedSequence) -> Tensor:
        return torch.relu(super().read(packed))


@LSTMClassifier.mistake("h is an output of tanh already. What stands between it and the linear layer?")
class tanh_of_the_last_state(_Classifier):
    def read(self, packed: PackedSequence) -> Tensor:
        return torch.tanh(super().read(packed))


@LSTMClassifier.mistake("Word number 0 is a word like any other here. What does `padding_idx=0` do to its gradient?")
class word_0_never_learns(_Classifier):
    def __init__(self, num_words: int, embedding_dim: int, hidden_size: int, num_classes: int) -> None:
        super().__init__(num_words, embedding_dim, hidden_size, num_classes)
        self.embedding = nn.Embedding(num_words, embedding_dim, padding_idx=0)


@LSTMClassifier.mistake("Which gates has your cell? The text asks for an LSTM.")
class gru_instead_of_lstm(_Classifier):
    def __init__(self, num_words: int, embedding_dim: int, hidden_size: int, num_classes: int) -> None:
        super().__init__(num_words, embedding_dim, hidden_size, num_classes)
        self.lstm = nn.GRU(embedding_dim, hidden_size, batch_first=True)

    def read(self, packed: PackedSequence) -> Tensor:
        return self.lstm(self.embed(packed))[1][-1]


@LSTMClassifier.mistake("The text asks for one direction. How many parameters has yours?")
class both_directions(_Classifier):
    def __init__(self, num_words: int, embedding_dim: int, hidden_size: int, num_classes: int) -> None:
        super().__init__(num_words, embedding_dim, hidden_size, num_classes)
        self.lstm = nn.LSTM(embedding_dim, hidden_size, batch_first=True, bidirectional=True)
        self.linear = nn.Linear(2 * hidden_size, num_classes)

    def read(self, packed: PackedSequence) -> Tensor:
        h = self.lstm(self.embed(packed))[1][0]
        return torch.cat([h[0], h[1]], dim=1)


@LSTMClassifier.mistake("What does the backward pass find behind `detach` or `.data`?")
class gradient_cut_at_the_state(_Classifier):
    def read(self, packed: PackedSequence) -> Tensor:
        return super().read(packed).detach()


@LSTMClassifier.mistake("The text asks for one layer. How many parameters has yours?")
class two_layers(_Classifier):
    def __init__(self, num_words: int, embedding_dim: int, hidden_size: int, num_classes: int) -> None:
        super().__init__(num_words, embedding_dim, hidden_size, num_classes)
        self.lstm = nn.LSTM(embedding_dim, hidden_size, num_layers=2)


@LSTMClassifier.mistake("Which index has the last of n outputs, if the first has 0?")
class output_before_the_last(_Classifier):
    def read(self, packed: PackedSequence) -> Tensor:
        outputs, lengths = self.outputs(packed)
        return outputs[torch.arange(len(lengths)), lengths - 2]


@LSTMClassifier.mistake(
    "`sorted_indices` says which text comes first inside. Which indices bring the rows back into your order?"
)
class order_restored_by_sorted_indices(_Classifier):
    def read(self, packed: PackedSequence) -> Tensor:
        plain = PackedSequence(self.embedding(packed.data), packed.batch_sizes)
        return self.lstm(plain)[1][0][-1][packed.sorted_indices]


@LSTMClassifier.mistake("In which order are the rows of `h_n`, before and after you put them into another one?")
class order_restored_twice(_Classifier):
    def read(self, packed: PackedSequence) -> Tensor:
        return super().read(packed)[packed.unsorted_indices]


@LSTMClassifier.mistake("A linear layer has a bias. Where is that of your scores?")
class scores_without_bias(_Classifier):
    def __init__(self, num_words: int, embedding_dim: int, hidden_size: int, num_classes: int) -> None:
        super().__init__(num_words, embedding_dim, hidden_size, num_classes)
        self.linear = nn.Linear(hidden_size, num_classes, bias=False)
