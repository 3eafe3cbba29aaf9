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
