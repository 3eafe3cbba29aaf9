# exercise: sample_text

# %% right: french
# style: NumPy softmax, state in a variable
def sample_text(model, start, length, rng, temperature=1.0):
    model.eval()
    nouveau, etat, entree = [], None, list(start)
    with torch.no_grad():
        for _ in range(length):
            scores, etat = model(torch.tensor([entree]), etat)
            s = scores[0, -1].double().numpy()
            if temperature == 0:
                k = int(s.argmax())
            else:
                s = s / temperature
                p = np.exp(s - s.max())
                k = int(rng.choice(len(p), p=p / p.sum()))
            nouveau.append(k)
            entree = [k]
    return nouveau

# %% right: cumulative
# style: cumulative sums and one u
def sample_text(model, start, length, rng, temperature=1.0):
    model.eval()
    nouveau, etat, entree = [], None, list(start)
    with torch.no_grad():
        for _ in range(length):
            scores, etat = model(torch.tensor([entree]), etat)
            s = scores[0, -1].double().numpy()
            if temperature == 0:
                k = int(s.argmax())
            else:
                s = s / temperature
                p = np.exp(s - s.max())
                k = int((np.cumsum(p / p.sum()) <= rng.random()).sum())
            nouveau.append(k)
            entree = [k]
    return nouveau

# %% right: numpy_ints
# style: NumPy's whole numbers
def sample_text(model, start, length, rng, temperature=1.0):
    model.eval()
    nouveau, etat, entree = [], None, list(start)
    with torch.no_grad():
        for _ in range(length):
            scores, etat = model(torch.tensor([entree]), etat)
            s = scores[0, -1].double().numpy()
            if temperature == 0:
                k = int(s.argmax())
            else:
                s = s / temperature
                p = np.exp(s - s.max())
                k = rng.choice(len(p), p=p / p.sum())
            nouveau.append(k)
            entree = [k]
    return nouveau

# %% wrong: hot_is_cold
# mistake: multiplies by T
def sample_text(model, start, length, rng, temperature=1.0):
    model.eval()
    nouveau, etat, entree = [], None, list(start)
    with torch.no_grad():
        for _ in range(length):
            scores, etat = model(torch.tensor([entree]), etat)
            s = scores[0, -1].double().numpy()
            if temperature == 0:
                k = int(s.argmax())
            else:
                s = s * temperature
                p = np.exp(s - s.max())
                k = int(rng.choice(len(p), p=p / p.sum()))
            nouveau.append(k)
            entree = [k]
    return nouveau

# %% wrong: overflow
# mistake: no maximum subtracted
def sample_text(model, start, length, rng, temperature=1.0):
    model.eval()
    nouveau, etat, entree = [], None, list(start)
    with torch.no_grad():
        for _ in range(length):
            scores, etat = model(torch.tensor([entree]), etat)
            s = scores[0, -1].double().numpy()
            if temperature == 0:
                k = int(s.argmax())
            else:
                s = s / temperature
                p = np.exp(s)
                k = int(rng.choice(len(p), p=p / p.sum()))
            nouveau.append(k)
            entree = [k]
    return nouveau

# %% wrong: no_zero
# mistake: divides by 0
def sample_text(model, start, length, rng, temperature=1.0):
    model.eval()
    nouveau, etat, entree = [], None, list(start)
    with torch.no_grad():
        for _ in range(length):
            scores, etat = model(torch.tensor([entree]), etat)
            s = scores[0, -1].double().numpy()
            if temperature < 0:
                k = int(s.argmax())
            else:
                s = s / temperature
                p = np.exp(s - s.max())
                k = int(rng.choice(len(p), p=p / p.sum()))
            nouveau.append(k)
            entree = [k]
    return nouveau

# %% wrong: amnesia
# mistake: state thrown away
def sample_text(model, start, length, rng, temperature=1.0):
    model.eval()
    nouveau, etat, entree = [], None, list(start)
    with torch.no_grad():
        for _ in range(length):
            scores, etat = model(torch.tensor([entree]))
            s = scores[0, -1].double().numpy()
            if temperature == 0:
                k = int(s.argmax())
            else:
                s = s / temperature
                p = np.exp(s - s.max())
                k = int(rng.choice(len(p), p=p / p.sum()))
            nouveau.append(k)
            entree = [k]
    return nouveau

# %% wrong: stuck
# mistake: never feeds the draw
def sample_text(model, start, length, rng, temperature=1.0):
    model.eval()
    nouveau, etat, entree = [], None, list(start)
    with torch.no_grad():
        for _ in range(length):
            scores, etat = model(torch.tensor([entree]), etat)
            s = scores[0, -1].double().numpy()
            if temperature == 0:
                k = int(s.argmax())
            else:
                s = s / temperature
                p = np.exp(s - s.max())
                k = int(rng.choice(len(p), p=p / p.sum()))
            nouveau.append(k)
            entree = start[-1:]
    return nouveau

# %% wrong: with_start
# mistake: start in the result
def sample_text(model, start, length, rng, temperature=1.0):
    model.eval()
    nouveau, etat, entree = [], None, list(start)
    with torch.no_grad():
        for _ in range(length):
            scores, etat = model(torch.tensor([entree]), etat)
            s = scores[0, -1].double().numpy()
            if temperature == 0:
                k = int(s.argmax())
            else:
                s = s / temperature
                p = np.exp(s - s.max())
                k = int(rng.choice(len(p), p=p / p.sum()))
            nouveau.append(k)
            entree = [k]
    return list(start) + nouveau

# %% wrong: extends
# mistake: changes the list
def sample_text(model, start, length, rng, temperature=1.0):
    model.eval()
    nouveau, etat, entree = [], None, start
    with torch.no_grad():
        for _ in range(length):
            scores, etat = model(torch.tensor([entree]), etat)
            s = scores[0, -1].double().numpy()
            if temperature == 0:
                k = int(s.argmax())
            else:
                s = s / temperature
                p = np.exp(s - s.max())
                k = int(rng.choice(len(p), p=p / p.sum()))
            nouveau.append(k)
            start.append(k)
            entree = [k]
    return nouveau

# %% wrong: argmax
# mistake: never draws
def sample_text(model, start, length, rng, temperature=1.0):
    model.eval()
    nouveau, etat, entree = [], None, list(start)
    with torch.no_grad():
        for _ in range(length):
            scores, etat = model(torch.tensor([entree]), etat)
            s = scores[0, -1].double().numpy()
            if True:
                k = int(s.argmax())
            else:
                s = s / temperature
                p = np.exp(s - s.max())
                k = int(rng.choice(len(p), p=p / p.sum()))
            nouveau.append(k)
            entree = [k]
    return nouveau

# %% wrong: np_random
# mistake: NumPy's global generator
def sample_text(model, start, length, rng, temperature=1.0):
    model.eval()
    nouveau, etat, entree = [], None, list(start)
    with torch.no_grad():
        for _ in range(length):
            scores, etat = model(torch.tensor([entree]), etat)
            s = scores[0, -1].double().numpy()
            if temperature == 0:
                k = int(s.argmax())
            else:
                s = s / temperature
                p = np.exp(s - s.max())
                k = int(np.random.choice(len(p), p=p / p.sum()))
            nouveau.append(k)
            entree = [k]
    return nouveau

# %% wrong: default_zero
# mistake: another default
def sample_text(model, start, length, rng, temperature=0.5):
    model.eval()
    nouveau, etat, entree = [], None, list(start)
    with torch.no_grad():
        for _ in range(length):
            scores, etat = model(torch.tensor([entree]), etat)
            s = scores[0, -1].double().numpy()
            if temperature == 0:
                k = int(s.argmax())
            else:
                s = s / temperature
                p = np.exp(s - s.max())
                k = int(rng.choice(len(p), p=p / p.sum()))
            nouveau.append(k)
            entree = [k]
    return nouveau

# %% right: whole_text_each_time
# style: no state at all: the whole text so far, again and again
def sample_text(model, start, length, rng, temperature=1.0):
    mode = model.training
    model.eval()
    text = list(start)
    for _ in range(length):
        with torch.no_grad():
            scores = model(torch.tensor([text]))[0][0, -1].double().numpy()
        if temperature == 0:
            text.append(int(np.argmax(scores)))
            continue
        p = np.exp((scores - scores.max()) / temperature)
        text.append(int(rng.choice(len(p), p=p / p.sum())))
    model.train(mode)
    return text[len(start) :]

# %% right: searchsorted
# style: reads the start character by character; searchsorted in the cumulative sum
def sample_text(model, start, length, rng, temperature=1.0):
    before, state, new = model.training, None, []
    model.train(False)
    with torch.inference_mode():
        for number in start:
            scores, state = model(torch.full((1, 1), number), state)
        while len(new) < length:
            s = scores[0, -1].to(torch.float64)
            if temperature:
                cumulative = torch.softmax(s / temperature, dim=0).cumsum(dim=0)
                number = torch.searchsorted(cumulative, rng.random() * cumulative[-1].item(), right=True).item()
            else:
                number = s.argmax().item()
            new.append(number)
            scores, state = model(torch.tensor([[number]]), state)
    model.train(before)
    return new

# %% right: inner_generator
# style: a generator inside, taken `length` times
def sample_text(model, start, length, rng, temperature=1.0):
    from itertools import islice

    def stream():
        x, state = torch.as_tensor(start)[None], None
        while True:
            with torch.no_grad():
                scores, state = model(x, state)
            last = scores[0, -1].numpy().astype(np.float64)
            if temperature == 0:
                n = last.argmax()
            else:
                z = last / temperature
                z = np.exp(z - np.logaddexp.reduce(z))
                u, total, n = rng.random(), 0.0, -1
                while total <= u and n + 1 < len(z):
                    n += 1
                    total += z[n]
            yield int(n)
            x = torch.tensor([[n]])

    was = model.training
    model.eval()
    drawn = list(islice(stream(), length))
    model.train(was)
    return drawn

# %% wrong: last_start_only
# mistake: the model reads the last number of the start only
def sample_text(model, start, length, rng, temperature=1.0):
    mode = model.training
    model.eval()
    x, state, new = torch.tensor([start[-1:]]), None, []
    with torch.no_grad():
        for _ in range(length):
            scores, state = model(x, state)
            s = scores[0, -1].double().numpy()
            if temperature == 0:
                n = int(s.argmax())
            else:
                p = np.exp((s - s.max()) / temperature)
                n = int(rng.choice(len(p), p=p / p.sum()))
            new.append(n)
            x = torch.tensor([[n]])
    model.train(mode)
    return new

# %% wrong: state_and_whole_text
# mistake: hands in the whole text so far and the state as well
def sample_text(model, start, length, rng, temperature=1.0):
    mode = model.training
    model.eval()
    text, state = list(start), None
    with torch.no_grad():
        for _ in range(length):
            scores, state = model(torch.tensor([text]), state)
            s = scores[0, -1].double().numpy()
            if temperature == 0:
                text.append(int(s.argmax()))
            else:
                p = np.exp((s - s.max()) / temperature)
                text.append(int(rng.choice(len(p), p=p / p.sum())))
    model.train(mode)
    return text[len(start) :]

# %% wrong: first_place
# mistake: the scores of the first place
def sample_text(model, start, length, rng, temperature=1.0):
    mode = model.training
    model.eval()
    x, state, new = torch.tensor([start]), None, []
    with torch.no_grad():
        for _ in range(length):
            scores, state = model(x, state)
            s = scores[0, 0].double().numpy()
            if temperature == 0:
                n = int(s.argmax())
            else:
                p = np.exp((s - s.max()) / temperature)
                n = int(rng.choice(len(p), p=p / p.sum()))
            new.append(n)
            x = torch.tensor([[n]])
    model.train(mode)
    return new

# %% wrong: root_of_probabilities
# mistake: divides the probabilities by the temperature, and makes their sum 1 again
def sample_text(model, start, length, rng, temperature=1.0):
    mode = model.training
    model.eval()
    x, state, new = torch.tensor([start]), None, []
    with torch.no_grad():
        for _ in range(length):
            scores, state = model(x, state)
            p = scores[0, -1].double().softmax(0).numpy()
            if temperature == 0:
                n = int(p.argmax())
            else:
                p = p / temperature
                n = int(rng.choice(len(p), p=p / p.sum()))
            new.append(n)
            x = torch.tensor([[n]])
    model.train(mode)
    return new

# %% right: left_in_evaluation
# style: the model stays in evaluation mode, about which the text says nothing
def sample_text(model, start, length, rng, temperature=1.0):
    model.eval()
    x, state, new = torch.tensor([start]), None, []
    with torch.no_grad():
        for _ in range(length):
            scores, state = model(x, state)
            s = scores[0, -1].double().numpy()
            if temperature == 0:
                n = int(s.argmax())
            else:
                p = np.exp((s - s.max()) / temperature)
                n = int(rng.choice(len(p), p=p / p.sum()))
            new.append(n)
            x = torch.tensor([[n]])
    return new

# %% wrong: one_too_few
# mistake: the start counts for the length
def sample_text(model, start, length, rng, temperature=1.0):
    mode = model.training
    model.eval()
    text = list(start)
    with torch.no_grad():
        while len(text) < length:
            s = model(torch.tensor([text]))[0][0, -1].double().numpy()
            if temperature == 0:
                text.append(int(s.argmax()))
            else:
                p = np.exp((s - s.max()) / temperature)
                text.append(int(rng.choice(len(p), p=p / p.sum())))
    model.train(mode)
    return text[len(start) :]
