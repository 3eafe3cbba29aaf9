"""Mistakes in pretraining: each replaces one part of the two trainings."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tplib.exercises.tp8.autoencoders.pretraining import Labelled, pretrain_then_classify


def _adam(lr: float, *parts: nn.Module) -> torch.optim.Optimizer:
    return torch.optim.Adam([p for part in parts for p in part.parameters()], lr=lr)


def _descend(
    optimizer: torch.optim.Optimizer, loss_of: Callable[..., Tensor], batches: Any, epochs: int, clear: bool = True
) -> None:
    for _ in range(epochs):
        for batch in batches:
            loss = loss_of(*batch)
            if clear:
                optimizer.zero_grad()
            loss.backward()
            optimizer.step()


class Training:
    """The right way, in methods of which one is wrong below."""

    clear = True
    made = staticmethod(_adam)

    def __init__(self, encoder: nn.Module, decoder: nn.Module, head: nn.Module, lr: float) -> None:
        self.encoder, self.decoder, self.head, self.lr = encoder, decoder, head, lr

    def unlabelled(self, images: list[Tensor], labelled: Labelled) -> Any:
        return [(x,) for x in images]

    def reconstruction(self, x: Tensor) -> Tensor:
        return F.mse_loss(self.decoder(self.encoder(x)), x)

    def pretrain(self, batches: Any, epochs: int) -> None:
        optimizer = self.made(self.lr, self.encoder, self.decoder)
        _descend(optimizer, self.reconstruction, batches, epochs, self.clear)

    def error(self, x: Tensor, y: Tensor) -> Tensor:
        return F.cross_entropy(self.scores(x), y)

    def scores(self, x: Tensor) -> Tensor:
        scores: Tensor = self.head(self.encoder(x))
        return scores

    def learners(self) -> list[nn.Module]:
        return [self.encoder, self.head]

    def fine_tune(self, batches: Any, epochs: int) -> None:
        _descend(self.made(self.lr, *self.learners()), self.error, batches, epochs, self.clear)

    def modes(self) -> None:
        for part in (self.encoder, self.decoder, self.head):
            part.train()

    def result(self) -> Any:
        return nn.Sequential(self.encoder, self.head).eval()

    def run(self, images: list[Tensor], labelled: Labelled, pretrain_epochs: int, epochs: int) -> Any:
        self.modes()
        self.pretrain(self.unlabelled(images, labelled), pretrain_epochs)
        self.fine_tune(labelled, epochs)
        return self.result()


def mistake(question: str) -> Callable[[type[Training]], type[Training]]:
    """Declare what a kind of training does under the name of its class."""

    def declare(kind: type[Training]) -> type[Training]:
        def train_so(
            encoder: nn.Module,
            decoder: nn.Module,
            head: nn.Module,
            images: list[Tensor],
            labelled: Labelled,
            pretrain_epochs: int,
            epochs: int,
            lr: float = 0.001,
        ) -> Any:
            return kind(encoder, decoder, head, lr).run(images, labelled, pretrain_epochs, epochs)

        pretrain_then_classify.mistake(question, name=kind.__name__.replace("_", " "))(train_so)
        return kind

    return declare


@mistake("Which images have no label, and are many? Which ones does your autoencoder see?")
class pretrained_on_the_labelled_only(Training):
    def unlabelled(self, images: list[Tensor], labelled: Labelled) -> Any:
        return [(x,) for x, _ in labelled]


@mistake("Does the encoder learn from the labels as well? Which parameters has your second optimiser?")
class encoder_frozen(Training):
    def learners(self) -> list[nn.Module]:
        return [self.head]


@mistake("What does the pretraining change in the classifier, if the classifier begins with a copy of the encoder?")
class pretraining_lost(Training):
    def pretrain(self, batches: Any, epochs: int) -> None:
        self.kept, self.encoder = self.encoder, deepcopy(self.encoder)
        super().pretrain(batches, epochs)
        self.encoder = self.kept


@mistake("Where does your code use the unlabelled images?")
class no_pretraining(Training):
    def pretrain(self, batches: Any, epochs: int) -> None:
        pass


@mistake("Where does your code use the labels?")
class no_second_training(Training):
    def fine_tune(self, batches: Any, epochs: int) -> None:
        pass


@mistake("mse is the mean over all values. By what does your first loss divide the squares?")
class squares_summed_in_each_image(Training):
    def reconstruction(self, x: Tensor) -> Tensor:
        return (self.decoder(self.encoder(x)) - x).pow(2).sum(1).mean()


@mistake("mse is the mean over all values. Is your first loss divided by anything?")
class squares_summed(Training):
    def reconstruction(self, x: Tensor) -> Tensor:
        return F.mse_loss(self.decoder(self.encoder(x)), x, reduction="sum")


@mistake("Which of both comes first? The classifier is trained last, or its layers are moved away under it.")
class order_exchanged(Training):
    def run(self, images: list[Tensor], labelled: Labelled, pretrain_epochs: int, epochs: int) -> Any:
        self.modes()
        self.fine_tune(labelled, epochs)
        self.pretrain(self.unlabelled(images, labelled), pretrain_epochs)
        return self.result()


@mistake("Which number of epochs belongs to which training?")
class epochs_exchanged(Training):
    def run(self, images: list[Tensor], labelled: Labelled, pretrain_epochs: int, epochs: int) -> Any:
        return super().run(images, labelled, epochs, pretrain_epochs)


@mistake("Whose weights does the first optimiser hold? The decoder cannot do the encoder's part.")
class decoder_alone_pretrained(Training):
    def pretrain(self, batches: Any, epochs: int) -> None:
        _descend(self.made(self.lr, self.decoder), self.reconstruction, batches, epochs)


@mistake("The decoder starts at random. Who trains it in the first part?")
class encoder_alone_pretrained(Training):
    def pretrain(self, batches: Any, epochs: int) -> None:
        _descend(self.made(self.lr, self.encoder), self.reconstruction, batches, epochs)


@mistake("Adam remembers the gradients that it saw. Does your second training begin with a new one?")
class one_optimizer_for_both(Training):
    def pretrain(self, batches: Any, epochs: int) -> None:
        self.optimizer = self.made(self.lr, self.encoder, self.decoder, self.head)
        _descend(self.optimizer, self.reconstruction, batches, epochs)

    def fine_tune(self, batches: Any, epochs: int) -> None:
        _descend(self.optimizer, self.error, batches, epochs)


@mistake("What is in `grad` when `backward` adds to it a second time?")
class gradients_not_cleared(Training):
    clear = False


@mistake("Which optimiser does the text name?")
class plain_gradient_descent(Training):
    @staticmethod
    def made(lr: float, *parts: nn.Module) -> torch.optim.Optimizer:
        return torch.optim.SGD([p for part in parts for p in part.parameters()], lr=lr)


@mistake("Cross-entropy takes scores and applies log-softmax itself. How often is it applied with yours?")
class softmax_before_the_loss(Training):
    def error(self, x: Tensor, y: Tensor) -> Tensor:
        return F.cross_entropy(self.scores(x).softmax(1), y)


@mistake("The classifier is the head after the encoder. What does the decoder do in yours?")
class head_on_the_reconstruction(Training):
    def scores(self, x: Tensor) -> Tensor:
        scores: Tensor = self.head(self.encoder(self.decoder(self.encoder(x))))
        return scores

    def result(self) -> Any:
        return nn.Sequential(self.encoder, self.decoder, self.encoder, self.head).eval()


@mistake("Which two losses are there, one after the other? Yours adds the second one to the first.")
class both_losses_at_the_end(Training):
    def learners(self) -> list[nn.Module]:
        return [self.encoder, self.decoder, self.head]

    def error(self, x: Tensor, y: Tensor) -> Tensor:
        return super().error(x, y) + self.reconstruction(x)


@mistake("What does the classifier give: scores of classes, or a reconstruction?")
class autoencoder_returned(Training):
    def result(self) -> Any:
        return nn.Sequential(self.encoder, self.decoder).eval()


@mistake("Which of its parts turn an image into scores? You return one of them.")
class encoder_returned(Training):
    def result(self) -> Any:
        return self.encoder.eval()


@mistake("What does your function return?")
class nothing_returned(Training):
    def result(self) -> Any:
        return None


@mistake("In which mode does a classifier come that is to be used at once?")
class left_in_training_mode(Training):
    def result(self) -> Any:
        return nn.Sequential(self.encoder, self.head)


@mistake("The modules may come in evaluation mode. Who switches on the training mode?")
class training_mode_not_set(Training):
    def modes(self) -> None:
        pass


@mistake("Adam remembers what it saw. How often do you make a new one: once for each training, or for each epoch?")
class new_optimizer_in_each_epoch(Training):
    def pretrain(self, batches: Any, epochs: int) -> None:
        for _ in range(epochs):
            super().pretrain(batches, 1)

    def fine_tune(self, batches: Any, epochs: int) -> None:
        for _ in range(epochs):
            super().fine_tune(batches, 1)


@mistake("Which learning rate has your second optimiser?")
class lr_left_out_in_the_second_training(Training):
    def fine_tune(self, batches: Any, epochs: int) -> None:
        self.lr = 0.001
        super().fine_tune(batches, epochs)


@mistake("Which learning rate has your first optimiser?")
class lr_left_out_in_the_first_training(Training):
    def pretrain(self, batches: Any, epochs: int) -> None:
        given, self.lr = self.lr, 0.001
        super().pretrain(batches, epochs)
        self.lr = given


@mistake("Which optimiser does the text name, for each of both trainings?")
class plain_descent_in_the_first_training(Training):
    def pretrain(self, batches: Any, epochs: int) -> None:
        optimizer = torch.optim.SGD([*self.encoder.parameters(), *self.decoder.parameters()], lr=self.lr)
        _descend(optimizer, self.reconstruction, batches, epochs)


@mistake("The classifier is made of the modules that were given. Do they learn, or copies of them?")
class copies_trained(Training):
    def run(self, images: list[Tensor], labelled: Labelled, pretrain_epochs: int, epochs: int) -> Any:
        self.modes()
        self.pretrain(self.unlabelled(images, labelled), pretrain_epochs)
        self.encoder, self.head = deepcopy(self.encoder), deepcopy(self.head)
        self.fine_tune(labelled, epochs)
        return self.result()
