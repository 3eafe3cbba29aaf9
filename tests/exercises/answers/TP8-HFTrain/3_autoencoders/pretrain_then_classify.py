# exercise: pretrain_then_classify

# %% right: two_loops
# style: written out, itertools.chain for the parameters
def pretrain_then_classify(encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001):
    from itertools import chain
    for m in (encoder, decoder, head):
        m.train()
    opt = torch.optim.Adam(chain(encoder.parameters(), decoder.parameters()), lr=lr)
    for epoch in range(pretrain_epochs):
        for x in images:
            loss = F.mse_loss(decoder(encoder(x)), x)
            opt.zero_grad()
            loss.backward()
            opt.step()
    opt = torch.optim.Adam(chain(encoder.parameters(), head.parameters()), lr=lr)
    for epoch in range(epochs):
        for x, y in labelled:
            loss = nn.CrossEntropyLoss()(head(encoder(x)), y)
            opt.zero_grad()
            loss.backward()
            opt.step()
    model = nn.Sequential(encoder, head)
    model.eval()
    return model

# %% right: skips_empty
# style: makes the first optimiser only if there is pretraining, clears with None
def pretrain_then_classify(encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001):
    net = nn.Sequential(encoder, decoder)
    if pretrain_epochs:
        opt = torch.optim.Adam(net.parameters(), lr)
        net.train()
        for _ in range(pretrain_epochs):
            for batch in images:
                net.zero_grad(set_to_none=True)
                (net(batch) - batch).square().mean().backward()
                opt.step()
    classifier = nn.Sequential(encoder, head).train()
    opt = torch.optim.Adam(classifier.parameters(), lr)
    for _ in range(epochs):
        for batch, y in labelled:
            classifier.zero_grad(set_to_none=True)
            F.nll_loss(F.log_softmax(classifier(batch), dim=-1), y).backward()
            opt.step()
    classifier.eval()
    return classifier

# %% wrong: frozen
# mistake: the encoder is frozen in the second part
def pretrain_then_classify(encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001):
    net = nn.Sequential(encoder, decoder).train()
    opt = torch.optim.Adam(net.parameters(), lr)
    for _ in range(pretrain_epochs):
        for batch in images:
            opt.zero_grad()
            F.mse_loss(net(batch), batch).backward()
            opt.step()
    head.train()
    opt = torch.optim.Adam(head.parameters(), lr)
    for _ in range(epochs):
        for batch, y in labelled:
            opt.zero_grad()
            F.cross_entropy(head(encoder(batch)), y).backward()
            opt.step()
    return nn.Sequential(encoder, head).eval()

# %% wrong: no_eval
# mistake: the classifier comes back in training mode
def pretrain_then_classify(encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001):
    net = nn.Sequential(encoder, decoder).train()
    opt = torch.optim.Adam(net.parameters(), lr)
    for _ in range(pretrain_epochs):
        for batch in images:
            opt.zero_grad()
            F.mse_loss(net(batch), batch).backward()
            opt.step()
    net = nn.Sequential(encoder, head).train()
    opt = torch.optim.Adam(net.parameters(), lr)
    for _ in range(epochs):
        for batch, y in labelled:
            opt.zero_grad()
            F.cross_entropy(net(batch), y).backward()
            opt.step()
    return net

# %% wrong: labelled_images
# mistake: the autoencoder sees the labelled images only
def pretrain_then_classify(encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001):
    net = nn.Sequential(encoder, decoder).train()
    opt = torch.optim.Adam(net.parameters(), lr)
    for _ in range(pretrain_epochs):
        for batch, _y in labelled:
            opt.zero_grad()
            F.mse_loss(net(batch), batch).backward()
            opt.step()
    net = nn.Sequential(encoder, head).train()
    opt = torch.optim.Adam(net.parameters(), lr)
    for _ in range(epochs):
        for batch, y in labelled:
            opt.zero_grad()
            F.cross_entropy(net(batch), y).backward()
            opt.step()
    return net.eval()

# %% wrong: one_adam
# mistake: one optimiser for all three parts
def pretrain_then_classify(encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001):
    for part in (encoder, decoder, head):
        part.train()
    opt = torch.optim.Adam([*encoder.parameters(), *decoder.parameters(), *head.parameters()], lr)
    for _ in range(pretrain_epochs):
        for batch in images:
            opt.zero_grad()
            F.mse_loss(decoder(encoder(batch)), batch).backward()
            opt.step()
    for _ in range(epochs):
        for batch, y in labelled:
            opt.zero_grad()
            F.cross_entropy(head(encoder(batch)), y).backward()
            opt.step()
    return nn.Sequential(encoder, head).eval()

# %% wrong: sgd
# mistake: SGD in place of Adam
def pretrain_then_classify(encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001):
    for model, batches, count, loss_fn in (
        (nn.Sequential(encoder, decoder), [(x, x) for x in images], pretrain_epochs, F.mse_loss),
        (nn.Sequential(encoder, head), labelled, epochs, F.cross_entropy),
    ):
        model.train()
        opt = torch.optim.SGD(model.parameters(), lr)
        for _ in range(count):
            for x, y in batches:
                opt.zero_grad()
                loss_fn(model(x), y).backward()
                opt.step()
    return model.eval()

# %% right: sequentials
# style: two nn.Sequential of the given parts, one loop each
def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    autoencoder, classifier = nn.Sequential(encoder, decoder), nn.Sequential(encoder, head)
    autoencoder.train()
    optimizer = torch.optim.Adam(autoencoder.parameters(), lr=lr)
    for _ in range(pretrain_epochs):
        for x in images:
            optimizer.zero_grad()
            F.mse_loss(autoencoder(x), x).backward()
            optimizer.step()
    classifier.train()
    optimizer = torch.optim.Adam(classifier.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in labelled:
            optimizer.zero_grad()
            F.cross_entropy(classifier(x), y).backward()
            optimizer.step()
    return classifier.eval()

# %% right: one_helper_for_both
# style: a local function for both trainings that is given the losses as functions
def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    def learn(model, batches, times, loss_of):
        model.train()
        adam = torch.optim.Adam(model.parameters(), lr)
        for _ in range(times):
            for batch in batches:
                loss = loss_of(model, batch)
                model.zero_grad()
                loss.backward()
                adam.step()

    learn(nn.Sequential(encoder, decoder), images, pretrain_epochs, lambda m, x: nn.MSELoss()(m(x), x))
    result = nn.Sequential(encoder, head)
    criterion = nn.CrossEntropyLoss()
    learn(result, labelled, epochs, lambda m, pair: criterion(m(pair[0]), pair[1]))
    result.eval()
    return result

# %% right: class_of_its_own
# style: a class for the classifier, lists of parameters, old gradients set to None by hand, losses written out
class _Classifier(nn.Module):
    def __init__(self, lower, upper):
        super().__init__()
        self.lower, self.upper = lower, upper

    def forward(self, x):
        return self.upper(self.lower(x))


def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    parts = [encoder, decoder, head]
    for part in parts:
        part.train(True)

    def step(adam, parameters, loss):
        for p in parameters:
            p.grad = None
        loss.backward()
        adam.step()

    below = [*encoder.parameters(), *decoder.parameters()]
    adam = torch.optim.Adam(below, lr=lr, betas=(0.9, 0.999), eps=1e-8)
    for epoch in range(pretrain_epochs):
        for x in images:
            step(adam, below, ((decoder(encoder(x)) - x) ** 2).mean())

    model = _Classifier(encoder, head)
    above = list(model.parameters())
    adam = torch.optim.Adam(above, lr=lr)
    for epoch in range(epochs):
        for x, y in labelled:
            log_p = model(x).log_softmax(dim=1)
            step(adam, above, -log_p[torch.arange(len(y)), y].mean())
    return model.train(False)

# %% right: parameter_groups
# style: parameter groups of Adam, a chain of epochs with itertools, early leaving where there is nothing to do
from itertools import chain, repeat

def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    classifier = nn.Sequential()
    classifier.add_module("encoder", encoder)
    classifier.add_module("head", head)
    if pretrain_epochs > 0:
        encoder.train(), decoder.train()
        groups = [{"params": list(m.parameters())} for m in (encoder, decoder)]
        optimiser = torch.optim.Adam(groups, lr=lr)
        for x in chain.from_iterable(repeat(list(images), pretrain_epochs)):
            optimiser.zero_grad(set_to_none=True)
            loss = F.mse_loss(input=decoder(encoder(x)), target=x)
            loss.backward()
            optimiser.step()
    if epochs == 0:
        return classifier.eval()
    classifier.train()
    optimiser = torch.optim.Adam([{"params": list(m.parameters())} for m in (encoder, head)], lr=lr)
    for x, y in chain.from_iterable(repeat(list(labelled), epochs)):
        optimiser.zero_grad(set_to_none=True)
        loss = F.cross_entropy(head(encoder(x)), y)
        loss.backward()
        optimiser.step()
    return classifier.eval()

# %% wrong: encoder_frozen
# mistake: only the head learns in the second training
# rule: "encoder **and** head learn together, nothing is frozen"
def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    autoencoder, classifier = nn.Sequential(encoder, decoder), nn.Sequential(encoder, head)
    autoencoder.train()
    optimizer = torch.optim.Adam(autoencoder.parameters(), lr=lr)
    for _ in range(pretrain_epochs):
        for x in images:
            optimizer.zero_grad()
            F.mse_loss(autoencoder(x), x).backward()
            optimizer.step()
    classifier.train()
    optimizer = torch.optim.Adam(head.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in labelled:
            optimizer.zero_grad()
            F.cross_entropy(classifier(x), y).backward()
            optimizer.step()
    return classifier.eval()

# %% wrong: one_adam_for_both
# mistake: one optimiser for both trainings: it remembers the first one
# rule: "Each of the two trainings has its own new `torch.optim.Adam`"
def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    everything = nn.ModuleList([encoder, decoder, head]).train()
    optimizer = torch.optim.Adam(everything.parameters(), lr=lr)
    for _ in range(pretrain_epochs):
        for x in images:
            optimizer.zero_grad()
            F.mse_loss(decoder(encoder(x)), x).backward()
            optimizer.step()
    for _ in range(epochs):
        for x, y in labelled:
            optimizer.zero_grad()
            F.cross_entropy(head(encoder(x)), y).backward()
            optimizer.step()
    return nn.Sequential(encoder, head).eval()

# %% wrong: new_adam_each_epoch
# mistake: the optimiser is made inside of the loop over epochs
# rule: "Each of the two trainings has its own new `torch.optim.Adam`"
def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    autoencoder, classifier = nn.Sequential(encoder, decoder), nn.Sequential(encoder, head)
    autoencoder.train()
    classifier.train()
    for _ in range(pretrain_epochs):
        optimizer = torch.optim.Adam(autoencoder.parameters(), lr=lr)
        for x in images:
            optimizer.zero_grad()
            F.mse_loss(autoencoder(x), x).backward()
            optimizer.step()
    for _ in range(epochs):
        optimizer = torch.optim.Adam(classifier.parameters(), lr=lr)
        for x, y in labelled:
            optimizer.zero_grad()
            F.cross_entropy(classifier(x), y).backward()
            optimizer.step()
    return classifier.eval()

# %% wrong: cleared_after_the_step
# mistake: clears the gradients after each step only: the old ones count in the first
# rule: "with old gradients: clear them before each backward pass"
def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    autoencoder, classifier = nn.Sequential(encoder, decoder), nn.Sequential(encoder, head)
    autoencoder.train()
    optimizer = torch.optim.Adam(autoencoder.parameters(), lr=lr)
    for _ in range(pretrain_epochs):
        for x in images:
            F.mse_loss(autoencoder(x), x).backward()
            optimizer.step()
            optimizer.zero_grad()
    classifier.train()
    optimizer = torch.optim.Adam(classifier.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in labelled:
            F.cross_entropy(classifier(x), y).backward()
            optimizer.step()
            optimizer.zero_grad()
    return classifier.eval()

# %% wrong: never_cleared
# mistake: gradients add up
# rule: "clear them before each backward pass"
def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    autoencoder, classifier = nn.Sequential(encoder, decoder), nn.Sequential(encoder, head)
    autoencoder.train()
    optimizer = torch.optim.Adam(autoencoder.parameters(), lr=lr)
    for _ in range(pretrain_epochs):
        for x in images:
            F.mse_loss(autoencoder(x), x).backward()
            optimizer.step()
    classifier.train()
    optimizer = torch.optim.Adam(classifier.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in labelled:
            F.cross_entropy(classifier(x), y).backward()
            optimizer.step()
    return classifier.eval()

# %% wrong: mode_as_it_came
# mistake: never calls train()
# rule: "Training mode in both trainings"
def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    autoencoder, classifier = nn.Sequential(encoder, decoder), nn.Sequential(encoder, head)
    optimizer = torch.optim.Adam(autoencoder.parameters(), lr=lr)
    for _ in range(pretrain_epochs):
        for x in images:
            optimizer.zero_grad()
            F.mse_loss(autoencoder(x), x).backward()
            optimizer.step()
    optimizer = torch.optim.Adam(classifier.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in labelled:
            optimizer.zero_grad()
            F.cross_entropy(classifier(x), y).backward()
            optimizer.step()
    return classifier.eval()

# %% wrong: stays_in_training_mode
# mistake: forgets eval()
# rule: "the classifier comes back in evaluation mode"
def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    autoencoder, classifier = nn.Sequential(encoder, decoder), nn.Sequential(encoder, head)
    autoencoder.train()
    optimizer = torch.optim.Adam(autoencoder.parameters(), lr=lr)
    for _ in range(pretrain_epochs):
        for x in images:
            optimizer.zero_grad()
            F.mse_loss(autoencoder(x), x).backward()
            optimizer.step()
    classifier.train()
    optimizer = torch.optim.Adam(classifier.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in labelled:
            optimizer.zero_grad()
            F.cross_entropy(classifier(x), y).backward()
            optimizer.step()
    return classifier

# %% wrong: copies
# mistake: the classifier has a copy of the encoder
# rule: "made of the encoder and the head that were given, not of copies"
def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    autoencoder = nn.Sequential(encoder, decoder).train()
    optimizer = torch.optim.Adam(autoencoder.parameters(), lr=lr)
    for _ in range(pretrain_epochs):
        for x in images:
            optimizer.zero_grad()
            F.mse_loss(autoencoder(x), x).backward()
            optimizer.step()
    classifier = nn.Sequential(copy.deepcopy(encoder), copy.deepcopy(head)).train()
    optimizer = torch.optim.Adam(classifier.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in labelled:
            optimizer.zero_grad()
            F.cross_entropy(classifier(x), y).backward()
            optimizer.step()
    return classifier.eval()

# %% wrong: learning_rate_ignored
# mistake: Adam's default instead of lr in the second training
# rule: "with the learning rate `lr`"
def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    autoencoder, classifier = nn.Sequential(encoder, decoder), nn.Sequential(encoder, head)
    autoencoder.train()
    optimizer = torch.optim.Adam(autoencoder.parameters(), lr=lr)
    for _ in range(pretrain_epochs):
        for x in images:
            optimizer.zero_grad()
            F.mse_loss(autoencoder(x), x).backward()
            optimizer.step()
    classifier.train()
    optimizer = torch.optim.Adam(classifier.parameters())
    for _ in range(epochs):
        for x, y in labelled:
            optimizer.zero_grad()
            F.cross_entropy(classifier(x), y).backward()
            optimizer.step()
    return classifier.eval()

# %% wrong: shuffled
# mistake: new order of the batches in each epoch
# rule: "Batches come in the order of the list."
def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    autoencoder, classifier = nn.Sequential(encoder, decoder), nn.Sequential(encoder, head)
    autoencoder.train()
    optimizer = torch.optim.Adam(autoencoder.parameters(), lr=lr)
    for _ in range(pretrain_epochs):
        for i in np.random.permutation(len(images)):
            x = images[i]
            optimizer.zero_grad()
            F.mse_loss(autoencoder(x), x).backward()
            optimizer.step()
    classifier.train()
    optimizer = torch.optim.Adam(classifier.parameters(), lr=lr)
    for _ in range(epochs):
        for i in np.random.permutation(len(labelled)):
            x, y = labelled[i]
            optimizer.zero_grad()
            F.cross_entropy(classifier(x), y).backward()
            optimizer.step()
    return classifier.eval()

# %% wrong: softmax_before_the_loss
# mistake: probabilities go into the cross-entropy
# rule: "the loss is the mean cross-entropy of `head(encoder(x))`, which are scores"
def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    autoencoder, classifier = nn.Sequential(encoder, decoder), nn.Sequential(encoder, head)
    autoencoder.train()
    optimizer = torch.optim.Adam(autoencoder.parameters(), lr=lr)
    for _ in range(pretrain_epochs):
        for x in images:
            optimizer.zero_grad()
            F.mse_loss(autoencoder(x), x).backward()
            optimizer.step()
    classifier.train()
    optimizer = torch.optim.Adam(classifier.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in labelled:
            optimizer.zero_grad()
            F.cross_entropy(classifier(x).softmax(dim=1), y).backward()
            optimizer.step()
    return classifier.eval()

# %% wrong: decoder_does_not_learn
# mistake: the first optimiser has the encoder's parameters only
# rule: "encoder and decoder learn together"
def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    autoencoder, classifier = nn.Sequential(encoder, decoder), nn.Sequential(encoder, head)
    autoencoder.train()
    optimizer = torch.optim.Adam(encoder.parameters(), lr=lr)
    for _ in range(pretrain_epochs):
        for x in images:
            optimizer.zero_grad()
            F.mse_loss(autoencoder(x), x).backward()
            optimizer.step()
    classifier.train()
    optimizer = torch.optim.Adam(classifier.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in labelled:
            optimizer.zero_grad()
            F.cross_entropy(classifier(x), y).backward()
            optimizer.step()
    return classifier.eval()

# %% wrong: evaluated_between
# mistake: eval() after the pretraining, and no train() for the encoder afterwards
# rule: "Training mode in both trainings"
def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    autoencoder, classifier = nn.Sequential(encoder, decoder), nn.Sequential(encoder, head)
    autoencoder.train()
    optimizer = torch.optim.Adam(autoencoder.parameters(), lr=lr)
    for _ in range(pretrain_epochs):
        for x in images:
            optimizer.zero_grad()
            F.mse_loss(autoencoder(x), x).backward()
            optimizer.step()
    encoder.eval()
    head.train()
    optimizer = torch.optim.Adam(classifier.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in labelled:
            optimizer.zero_grad()
            F.cross_entropy(classifier(x), y).backward()
            optimizer.step()
    return classifier.eval()

# %% wrong: plain_descent
# mistake: SGD in the first training
# rule: "Each of the two trainings has its own new `torch.optim.Adam`"
def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    autoencoder, classifier = nn.Sequential(encoder, decoder), nn.Sequential(encoder, head)
    autoencoder.train()
    optimizer = torch.optim.SGD(autoencoder.parameters(), lr=lr)
    for _ in range(pretrain_epochs):
        for x in images:
            optimizer.zero_grad()
            F.mse_loss(autoencoder(x), x).backward()
            optimizer.step()
    classifier.train()
    optimizer = torch.optim.Adam(classifier.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in labelled:
            optimizer.zero_grad()
            F.cross_entropy(classifier(x), y).backward()
            optimizer.step()
    return classifier.eval()

# %% wrong: decoder_left_frozen
# mistake: the decoder cannot learn any more afterwards
def pretrain_then_classify(encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001):
    auto, classifier = nn.Sequential(encoder, decoder).train(), nn.Sequential(encoder, head).train()
    optimizer = torch.optim.Adam(auto.parameters(), lr=lr)
    for _ in range(pretrain_epochs):
        for x in images:
            optimizer.zero_grad()
            F.mse_loss(auto(x), x).backward()
            optimizer.step()
    decoder.requires_grad_(False)
    optimizer = torch.optim.Adam(classifier.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in labelled:
            optimizer.zero_grad()
            F.cross_entropy(classifier(x), y).backward()
            optimizer.step()
    return classifier.eval()

# %% wrong: squares_of_an_image_summed
# mistake: the squares are summed over an image; Adam hides the factor unless gradients are tiny
# rule: "the mean squared error"
def pretrain_then_classify(encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001):
    auto, classifier = nn.Sequential(encoder, decoder).train(), nn.Sequential(encoder, head).train()
    optimizer = torch.optim.Adam(auto.parameters(), lr=lr)
    for _ in range(pretrain_epochs):
        for x in images:
            optimizer.zero_grad()
            ((auto(x) - x) ** 2).sum(dim=1).mean().backward()
            optimizer.step()
    optimizer = torch.optim.Adam(classifier.parameters(), lr=lr)
    for _ in range(epochs):
        for x, y in labelled:
            optimizer.zero_grad()
            F.cross_entropy(classifier(x), y).backward()
            optimizer.step()
    return classifier.eval()
