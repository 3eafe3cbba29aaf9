"""Mistakes in the recurrent language model: each changes one part of the right network."""

from typing import Any

import torch
from torch import Tensor, nn

from tplib.exercises.tp7.language_model.model import RNNLanguageModel


class _Model(nn.Module):
    """The right network, in the parts of which one is wrong below."""

    kinds = {"rnn": nn.RNN, "lstm": nn.LSTM}  # noqa: RUF012

    def __init__(self, num_chars: int, embedding_dim: int, hidden_size: int, cell: str = "lstm") -> None:
        super().__init__()
        self.embedding = nn.Embedding(num_chars, embedding_dim)
        self.recurrent = self.kinds[cell](embedding_dim, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, num_chars)

    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        outputs, state = self.recurrent(self.embedding(x), state)
        return self.linear(outputs), state


@RNNLanguageModel.mistake(
    "A recurrent layer reads (T, B, E) unless `batch_first` says otherwise. What is your first axis?"
)
class batch_read_as_time(_Model):
    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        self.recurrent.batch_first = False
        return super().forward(x, state)


@RNNLanguageModel.mistake("Where does `forward` use the state that it is given?")
class state_ignored(_Model):
    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        return super().forward(x)


@RNNLanguageModel.mistake("Which state can the next piece go on with: the one that came in, or the one that went out?")
class old_state_returned(_Model):
    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        return super().forward(x, state)[0], state


@RNNLanguageModel.mistake(
    "The text asks for the next character at every place. How many scores has a text of T characters?"
)
class scores_of_the_last_place_only(_Model):
    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        scores, state = super().forward(x, state)
        return scores[:, -1], state


@RNNLanguageModel.mistake("The loss takes scores and applies log-softmax itself. How often is it applied with yours?")
class softmax_in_the_model(_Model):
    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        scores, state = super().forward(x, state)
        return scores.softmax(dim=-1), state


@RNNLanguageModel.mistake("Log-softmax belongs to the loss. How often is it applied with yours?")
class log_softmax_in_the_model(_Model):
    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        scores, state = super().forward(x, state)
        return scores.log_softmax(dim=-1), state


@RNNLanguageModel.mistake(
    "`nn.CrossEntropyLoss` wants classes on axis 1. Which shape of the scores does the text state?"
)
class classes_on_axis_1(_Model):
    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        scores, state = super().forward(x, state)
        return scores.transpose(1, 2), state


@RNNLanguageModel.mistake("The loss reads one row for each character. Who flattens: the training loop, or the model?")
class places_flattened(_Model):
    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        scores, state = super().forward(x, state)
        return scores.flatten(0, 1), state


@RNNLanguageModel.mistake("How many things does `forward` return?")
class scores_without_state(_Model):
    def forward(self, x: Tensor, state: Any = None) -> Any:
        return super().forward(x, state)[0]


@RNNLanguageModel.mistake("Where does your class use `cell`?")
class always_an_lstm(_Model):
    kinds = {"rnn": nn.LSTM, "lstm": nn.LSTM}  # noqa: RUF012


@RNNLanguageModel.mistake("Where does your class use `cell`? Which one is the default?")
class always_an_rnn(_Model):
    kinds = {"rnn": nn.RNN, "lstm": nn.RNN}  # noqa: RUF012


@RNNLanguageModel.mistake("A GRU has three gates, an LSTM four. Which layer does the text ask for?")
class gru_instead_of_lstm(_Model):
    kinds = {"rnn": nn.RNN, "lstm": nn.GRU}  # noqa: RUF012


@RNNLanguageModel.mistake("The outputs have been through tanh. What stands between them and the linear layer in yours?")
class relu_of_the_outputs(_Model):
    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        outputs, state = self.recurrent(self.embedding(x), state)
        return self.linear(torch.relu(outputs)), state


@RNNLanguageModel.mistake("Truncating is the training loop's decision. What does a `detach` in the model take away?")
class outputs_detached(_Model):
    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        outputs, state = self.recurrent(self.embedding(x), state)
        return self.linear(outputs.detach()), state


@RNNLanguageModel.mistake("Does your model know the next character before it has to guess it? Which way may it read?")
class reads_both_ways(nn.Module):
    def __init__(self, num_chars: int, embedding_dim: int, hidden_size: int, cell: str = "lstm") -> None:
        super().__init__()
        layer = nn.LSTM if cell == "lstm" else nn.RNN
        self.embedding = nn.Embedding(num_chars, embedding_dim)
        self.recurrent = layer(embedding_dim, hidden_size, batch_first=True, bidirectional=True)
        self.linear = nn.Linear(2 * hidden_size, num_chars)

    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        outputs, state = self.recurrent(self.embedding(x), state)
        return self.linear(outputs), state


@RNNLanguageModel.mistake("In which order does the model read the characters? May place t see what comes after it?")
class reads_backwards(_Model):
    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        scores, state = super().forward(x.flip(1), state)
        return scores.flip(1), state


@RNNLanguageModel.mistake("A linear layer has a bias. Where is that of your scores?")
class scores_without_bias(_Model):
    def __init__(self, num_chars: int, embedding_dim: int, hidden_size: int, cell: str = "lstm") -> None:
        super().__init__(num_chars, embedding_dim, hidden_size, cell)
        self.linear = nn.Linear(hidden_size, num_chars, bias=False)


@RNNLanguageModel.mistake('Which layer does your class make for "rnn", and which for "lstm"?')
class the_two_kinds_exchanged(_Model):
    kinds = {"rnn": nn.LSTM, "lstm": nn.RNN}  # noqa: RUF012


@RNNLanguageModel.mistake("`nn.RNN` has a tanh unless you ask for another. Which one does the text state?")
class relu_in_the_rnn(_Model):
    def __init__(self, num_chars: int, embedding_dim: int, hidden_size: int, cell: str = "lstm") -> None:
        super().__init__(num_chars, embedding_dim, hidden_size, cell)
        if cell == "rnn":
            self.recurrent = nn.RNN(embedding_dim, hidden_size, batch_first=True, nonlinearity="relu")


@RNNLanguageModel.mistake("A recurrent layer returns its outputs and its state. Which of the two can it go on with?")
class outputs_in_place_of_the_state(_Model):
    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        outputs, _ = self.recurrent(self.embedding(x), state)
        return self.linear(outputs), outputs


@RNNLanguageModel.mistake("An LSTM has two states. Can it go on with h alone?")
class hidden_state_without_cell_state(_Model):
    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        scores, state = super().forward(x, state)
        return scores, state[0] if isinstance(state, tuple) else state


@RNNLanguageModel.mistake("A call without a state begins anew. What does yours remember of the call before?")
class state_kept_in_the_model(_Model):
    last: Any = None

    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        scores, self.last = super().forward(x, self.last if state is None else state)
        return scores, self.last
