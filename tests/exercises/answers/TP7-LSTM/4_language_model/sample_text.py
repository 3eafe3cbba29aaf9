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
