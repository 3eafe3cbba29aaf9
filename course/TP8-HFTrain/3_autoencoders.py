# %% [markdown]
# # Autoencoders
#
# *TP8, notebook 3 of 5*
#
# **Aim.** An autoencoder (*auto-encodeur*) squeezes an image through a few numbers and rebuilds it, without any label.
# You build a deep one that beats PCA, a denoising one that cleans images, and a variational one that draws digits which
# nobody wrote.
#
# **Time.** 35 minutes in the session, 50 at home. The session does sections 1 to 6. At home: sections 7 (tied weights,
# 10 minutes), 8 (sparse codes, 15), 9 (collapse, 5) and 10 (few labels, 20). Section 11 sums up: read it in any case.
#
# **What is graded.** {{count}} exercises, {{points}}. Under each answer stands its check. Run it as
# often as you like: it says what is right, shows a small input on which your code is wrong, and holds hints that you
# unfold one by one. Your work is graded by the same check on other inputs.
#
# **Rules of the game.** Do not change what you are given (training changes the parameters, nothing else). A loss stays a
# tensor, so that gradients can flow. All numbers may be float32.
#
# Cells that use your answers wait politely until you have written them, so you can run the whole notebook at any
# time.

# %% tags=["readonly"]
import copy

import numpy as np
import torch
import torch.nn.functional as F
from IPython.display import display
from torch import nn

from tplib import data, plots
from tplib.graders import check, using_answers
from tplib.plots import autoencoders as figures

torch.set_num_threads(1)

# %% [markdown]
# ## 1. The number to beat
#
# 60,000 images of digits, 10,000 more for the test. A pixel is a number between 0 and 1. PCA (*analyse en composantes
# principales*) is the best **linear** way to describe each image by 30 numbers. Its measure here is the squared error of
# an image: the sum over the 784 pixels of (reconstruction - image)², averaged over the test images.
#
# Hinton and Salakhutdinov published this number in 2006: **13.87**. Do we find it again?

# %% tags=["compare"]
mnist = data.load("mnist")
images = torch.from_numpy(mnist.train.x)  # (60000, 784)
test = torch.from_numpy(mnist.test.x)  # (10000, 784)


def squared_error(reconstruction, x):
    """The mean over images of the sum over pixels."""
    return ((reconstruction - x) ** 2).sum(dim=1).mean().item()


mean = images.mean(dim=0)
_, axes = torch.linalg.eigh(torch.cov((images - mean).T))  # eigenvalues come in rising order
principal = axes[:, -30:]  # (784, 30)
by_pca = mean + (test - mean) @ principal @ principal.T
print(f"PCA with 30 components: {squared_error(by_pca, test):.2f}")
print(f"the mean image alone:   {squared_error(mean, test):.2f}")

# %% [markdown]
# ## 2. A deep autoencoder
#
# The encoder (*encodeur*) makes the code (*code*, the coding layer of the lecture) of an image, the decoder
# (*décodeur*) makes an image of a code. The decoder mirrors the encoder:
#
# $$784 \to 256 \to 30 \to 256 \to 784$$
#
# - `sizes` lists the widths from the image to the code: two or more numbers, here `[784, 256, 30]`. The code may also be
#   wider than the image.
# - All layers are `nn.Linear`, with their biases. The decoder has weights of its own, and the widths in reverse.
# - ReLU stands after each layer, with two exceptions: **nothing** follows the coding layer, and **nothing** follows the
#   last one. With two sizes there is no ReLU at all.
# - `encode`, `decode` and `forward` each return one tensor, and gradients flow through all of them.
#
# ### Exercise


# %%
class Autoencoder(nn.Module):
    """Layers of the given sizes, and their mirror image.

    sizes: list [D, ..., L] of N >= 2 widths
    """

    def __init__(self, sizes):
        super().__init__()
        ### BEGIN SOLUTION
        self.encoder = self.layers(sizes)
        self.decoder = self.layers(sizes[::-1])

    def layers(self, sizes):
        parts = []
        for d, h in zip(sizes[:-1], sizes[1:], strict=True):
            parts += [nn.Linear(d, h), nn.ReLU()]
        return nn.Sequential(*parts[:-1])
        ### END SOLUTION

    def encode(self, x):
        """The codes (B, L) of images x (B, D)."""
        ### BEGIN SOLUTION
        return self.encoder(x)
        ### END SOLUTION

    def decode(self, code):
        """The images (B, D) that are made of codes (B, L)."""
        ### BEGIN SOLUTION
        return self.decoder(code)
        ### END SOLUTION

    def forward(self, x):
        """The reconstructions (B, D) of images x (B, D)."""
        ### BEGIN SOLUTION
        return self.decode(self.encode(x))
        ### END SOLUTION


# %% [markdown]
# **Predict.** PCA finds the best linear code. What error can an autoencoder *without* hidden layers reach at best? And
# will one hidden layer on each side be a little better than PCA, or much?
#
# The training is an ordinary one; the target of an image is the image. The learning rate (*taux d'apprentissage*) rises
# and falls once (`OneCycleLR`), which saves epochs.


# %%
def train(model, x, epochs, corrupt=None, loss_of=None, lr=0.003):
    """Adam on batches of 100.

    corrupt changes what the model sees; loss_of(model, batch) replaces the loss
    """
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    steps = epochs * (len(x) // 100)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, lr, total_steps=steps)
    model.train()
    for _ in range(epochs):
        order = torch.randperm(len(x))
        for start in range(0, len(x) - 99, 100):
            target = x[order[start : start + 100]]
            seen = target if corrupt is None else corrupt(target)
            loss = (
                F.mse_loss(model(seen), target) if loss_of is None else loss_of(model, target)
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    model.eval()
    return model


with using_answers():
    for sizes in ([784, 30], [784, 256, 30]):
        torch.manual_seed(0)
        model = train(Autoencoder(sizes), images, epochs=2)
        with torch.no_grad():
            by_model = model(test)
        print(f"{sizes}: squared error {squared_error(by_model, test):.2f}")

# %% alt="Three rows of ten digits: the images, PCA with 30 numbers (grey shadows around the strokes), the autoencoder with 30 numbers (cleaner)."
with using_answers("by_model"):
    shown = [3, 2, 1, 18, 4, 8, 11, 0, 61, 7]  # one image of each digit
    figures.image_rows(
        {"image": test[shown], "PCA, 30": by_pca[shown], "autoencoder, 30": by_model[shown]}
    )

# %% [markdown]
# *Figure 1. Test images, and what is left of them after 30 numbers. PCA leaves grey shadows around the strokes; the
# autoencoder has hardly any, and keeps the thin strokes.*
#
# <details><summary>What to see here</summary>
#
# Without a hidden layer the error cannot fall below that of PCA: the whole network is one linear map through 30 numbers,
# and PCA is the best of these. It stays a little above 13.87, as its training is short. One hidden layer of 256 ReLUs on
# each side saves more than a quarter of the error in two epochs. With more layers (784, 512, 128, 30) and a longer training,
# nine epochs in 77 seconds, 7.27 was reached on the machine on which this notebook was written.
#
# </details>
#
# ## 3. Noise on the input
#
# A denoising autoencoder (*auto-encodeur débruiteur*) sees a damaged image and is compared with the **clean** one. Two
# kinds of damage:
#
# - `"gaussian"`: to each value its own draw from a normal distribution is added, with mean 0 and **standard deviation**
#   (*écart type*) `amount`, from 0 on. The result is not cut to 0..1.
# - `"dropout"`: each value becomes 0 with probability `amount`, between 0 and 1, each on its own. The other values stay
#   **as they are**: unlike `nn.Dropout`, nothing is divided by 1 - `amount`.
# - Only in training: with `training=False` the values come back as they were, whatever the kind. The default is `True`.
# - Each call draws anew: no seed is set inside. x has any shape and stays clean: the loss needs it.
#
# ### Exercise


# %%
def add_noise(x, kind, amount, training=True):
    """A damaged copy of x.

    x: a tensor of any shape; kind: "gaussian" or "dropout"
    amount: the standard deviation, or the probability of a 0
    Returns a tensor of the same shape.
    """
    ### BEGIN SOLUTION
    if not training:
        return x
    if kind == "gaussian":
        return x + amount * torch.randn_like(x)
    return x * (torch.rand_like(x) >= amount)
    ### END SOLUTION


# %% [markdown]
# Half of all pixels are lost, then a network of the same sizes learns from 20,000 images to bring them back. The network of section 2, which
# never saw damage, is asked the same. **Predict**: which one is better on damaged images, and which on clean ones?

# %% alt="Four rows of ten digits: images, the same with half of the pixels lost, the plain autoencoder's answer (pale and blurred), the denoiser's (whole strokes, nearly as before)."
with using_answers("by_model"):
    torch.manual_seed(1)
    damaged = add_noise(test, "dropout", 0.5)
    denoiser = train(
        Autoencoder([784, 256, 30]),
        images[:20000],
        epochs=4,
        corrupt=lambda x: add_noise(x, "dropout", 0.5),
    )
    with torch.no_grad():
        restored, unaware = denoiser(damaged), model(damaged)
        clean = {"denoiser": denoiser(test), "section 2": model(test)}
    print(f"damaged image itself:      {squared_error(damaged, test):6.2f}")
    for name, found in (("denoiser", restored), ("section 2", unaware)):
        print(
            f"{name:10} from damaged: {squared_error(found, test):6.2f}   "
            f"from clean: {squared_error(clean[name], test):6.2f}"
        )
    figures.image_rows(
        {
            "image": test[shown],
            "damaged": damaged[shown],
            "section 2": unaware[shown],
            "denoiser": restored[shown],
        }
    )

# %% [markdown]
# *Figure 2. Half of the pixels are gone. The network of section 2 draws pale and broken digits, as it takes the damage
# for part of the image; the denoiser fills the strokes in.*
#
# <details><summary>What to see here</summary>
#
# On damaged images the denoiser is far better: it halves the error of section 2. On clean images it is far worse, here even
# worse than the mean image of section 1: it expects half of the ink to be missing, and makes up for a loss that is not
# there. So say on which images an error was measured: "denoising" that is shown on clean images shows nothing.
#
# </details>
#
# ## 4. A code that is drawn
#
# A variational autoencoder (*auto-encodeur variationnel*) gives no code but a distribution of codes: for each of its L
# values a mean $\mu$ and the logarithm of a variance, `log_var` $= \ln \sigma^2$. The code is drawn from it, in training
# and afterwards. But how does a gradient pass through a draw? By writing the draw so that the randomness comes from
# outside:
#
# $$z = \mu + \sigma\, n, \qquad n \sim N(0, 1)$$
#
# - `mu` and `log_var` have the shape (B, L). Each of the B · L values has a draw of its own; each call draws anew, without
#   a seed inside.
# - The gradient reaches `mu` (slope 1) and `log_var`.
# - $\sigma$ is the standard deviation; `log_var` is the logarithm of its **square**.
#
# ### Exercise


# %%
def reparameterize(mu, log_var):
    """Codes z (B, L) drawn from N(mu, sigma^2).

    mu, log_var: (B, L); log_var = ln sigma^2
    """
    ### BEGIN SOLUTION
    return mu + torch.exp(log_var / 2) * torch.randn_like(mu)
    ### END SOLUTION


# %%
with using_answers():
    torch.manual_seed(0)
    drawn = reparameterize(torch.full((10000, 1), 2.0), torch.full((10000, 1), np.log(0.25)))
    print(
        f"mu = 2, variance 0.25: mean {drawn.mean():.2f}, standard deviation {drawn.std():.2f}"
    )

# %% [markdown]
# ## 5. The loss of a variational autoencoder
#
# Two terms. The **reconstruction**: how probable is the image, given the code? The decoder gives one score (a logit) for
# each pixel, and the pixel's term is the binary cross-entropy (*entropie croisée binaire*) of its sigmoid. The
# **divergence** (*divergence de Kullback-Leibler*) of the code's distribution from N(0, 1): what the code costs.
#
# $$\frac{1}{B}\sum_{\text{images}} \Big[\sum_{\text{pixels}} \mathrm{BCE}(\sigma(s), x)
# + \beta \cdot \tfrac12 \sum_{l=1}^{L} \big(\mu_l^2 + e^{v_l} - 1 - v_l\big)\Big],
# \qquad \mathrm{BCE}(p, x) = -x \ln p - (1 - x) \ln(1 - p)$$
#
# where $s$ are the scores and $v$ is `log_var`.
#
# - Both terms are **sums** over the values of an image, and the result is the **mean** over the batch: B may be 1.
# - Pixels lie between 0 and 1, not only at the ends.
# - `beta` weighs the divergence only; the default is 1, and 0 is allowed.
# - Scores may be so large that the sigmoid is exactly 0 or 1: the loss of such a pixel is about |s| if it is wrong, and 0
#   if it is right.
# - The result is a tensor of one value. The gradient reaches scores, `mu` and `log_var`.
#
# ### Exercise


# %%
def vae_loss(scores, x, mu, log_var, beta=1.0):
    """Reconstruction plus beta times divergence, summed for each image, mean over the batch.

    scores, x: (B, D); mu, log_var: (B, L)
    """
    ### BEGIN SOLUTION
    reconstruction = F.binary_cross_entropy_with_logits(scores, x, reduction="sum")
    divergence = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum()
    return (reconstruction + beta * divergence) / len(x)
    ### END SOLUTION


# %% [markdown]
# **Predict the first loss.** Scores near 0, `mu` and `log_var` near 0: what is the loss of an image of 784 pixels?


# %% alt="Three rows of ten digits: images, their reconstructions by the VAE, slightly blurred, and ten drawn ones, of which some are digits and some are something between."
class VAE(nn.Module):
    """784 -> H -> (mu, log_var) -> a drawn code (L) -> H -> 784 scores."""

    def __init__(self, hidden, code):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(784, hidden), nn.ReLU())
        self.mu, self.log_var = nn.Linear(hidden, code), nn.Linear(hidden, code)
        self.decoder = nn.Sequential(
            nn.Linear(code, hidden), nn.ReLU(), nn.Linear(hidden, 784)
        )

    def encode(self, x):
        h = self.encoder(x)
        return self.mu(h), self.log_var(h)

    def forward(self, x):
        mu, log_var = self.encode(x)
        return self.decoder(reparameterize(mu, log_var)), mu, log_var


def terms(vae, x):
    """Loss, divergence and reconstruction, each for an image."""
    with torch.no_grad():
        scores, mu, log_var = vae(x)
        whole = vae_loss(scores, x, mu, log_var).item()
        reconstruction = vae_loss(scores, x, mu, log_var, beta=0.0).item()
    return whole, whole - reconstruction, reconstruction


def elbo(vae, x):
    """The loss to train with."""
    scores, mu, log_var = vae(x)
    return vae_loss(scores, x, mu, log_var)


with using_answers():
    torch.manual_seed(0)
    vae = VAE(400, 20)
    print(f"before training: {terms(vae, test)[0]:.1f} (784 ln 2 = {784 * np.log(2):.1f})")
    train(vae, images, epochs=1, loss_of=elbo, lr=0.002)
    whole, divergence, reconstruction = terms(vae, test)
    print(
        f"after one epoch: {whole:.1f} = reconstruction {reconstruction:.1f} "
        f"+ divergence {divergence:.1f}"
    )
    with torch.no_grad():
        codes = torch.randn(10, 20)
        figures.image_rows(
            {
                "image": test[shown],
                "VAE": vae(test[shown])[0].sigmoid(),
                "drawn from N(0, 1)": vae.decoder(codes).sigmoid(),
            }
        )

# %% [markdown]
# *Figure 3. Test images, their reconstructions, and ten new images: codes drawn from N(0, 1) and decoded. No image of the
# training set stands behind them. Some are digits, some are something between two digits.*
#
# More epochs help: with a constant learning rate of 0.001 and batches of 128, the test loss was 127.4 after one epoch and
# 108.4 after five (25 seconds), of which the code costs 25.
#
# ## 6. A code of two numbers
#
# With L = 2 the whole space of codes fits on a page. Which digits will lie close together? And what is decoded from a code
# *between* two digits?

# %% alt="Left: images decoded from a grid of codes; they change smoothly from digit to digit, ones at the upper right, sevens and nines at the upper left, sixes and zeros below. Right: the codes of test images; 1 and 0 lie apart, 4, 7 and 9 together, and the others crowd in the middle."
with using_answers():
    torch.manual_seed(0)
    flat = train(VAE(200, 2), images[:20000], epochs=4, loss_of=elbo)
    print(f"loss {terms(flat, test)[0]:.1f} with a code of two numbers")

    def decode(codes):
        """Images (N, 784) from codes (N, 2), arrays both."""
        with torch.no_grad():
            return flat.decoder(torch.as_tensor(codes, dtype=torch.float32)).sigmoid().numpy()

    with torch.no_grad():
        means = flat.encode(test[:3000])[0].numpy()
    labels = mnist.test.y[:3000]
    figures.latent_space(decode(figures.codes_of_grid(17, 3.0)), means, labels)

# %% [markdown]
# *Figure 4. Left: the images that are decoded from codes on a grid. Right: the means that the encoder gives to test
# images, coloured by digit; the labels were never used in training.*
#
# Move the point, and look at the picture that the decoder makes of it. Cross the border between two digits slowly; then
# switch to the codes of real images, and go where there are none.

# %%
with using_answers("means"):
    display(plots.explore_latent(decode, means, labels))

# %% [markdown]
# <details><summary>What to see here</summary>
#
# Neighbouring codes give similar images, and a digit turns into another by way of shapes that are neither. This is the
# work of the divergence: it pulls the codes towards 0, so that hardly any space stays empty between them. Digits that look alike, such
# as 4 and 9, or 3, 5 and 8, share a region, for two numbers are too few to tell them apart.
#
# </details>
#
# ## 7. At home: tied weights
#
# A symmetric autoencoder may use each matrix twice: on the way back it is transposed (*transposée*). The weights are then
# *tied* (*poids liés*).
#
# **Find the slide's mistake.** With N layers of weights in all, the lecture writes
# $W_{N-L+1} = W'_I$. One letter is wrong. Which, and for which values of L does the rule hold?
#
# <details><summary>Answer</summary>
#
# The index on the right must be L: $W_{N-L+1} = W_L'$, for L = 1, ..., N/2. With N = 4: $W_4 = W_1'$ and $W_3 = W_2'$.
#
# </details>
#
# Your function decodes with the encoder's weights.
#
# - `weights` are those of the encoder's layers, in the **encoder's** order, as `nn.Linear` keeps them: (outputs, inputs).
#   The encoder computes `h @ weight.T + bias`; the decoder goes back with the same matrix, transposed: `h @ weight + bias`.
# - `biases` are the decoder's own, in the **decoder's** order: the last one has D values.
# - ReLU stands between the layers: not before the first, not after the last.
# - The weights are used as they are, not copied: gradients reach them, the biases and the code.
#
# ### Exercise


# %%
def tied_decode(code, weights, biases):
    """The reconstructions (B, D) of codes (B, L).

    weights: list of the encoder's weights [(H, D), ..., (L, H)]; one or more
    biases: list of as many biases of the decoder [(H,), ..., (D,)]
    """
    ### BEGIN SOLUTION
    h = code
    for i in range(len(weights)):
        if i > 0:
            h = torch.relu(h)
        h = h @ weights[-1 - i] + biases[i]
    return h
    ### END SOLUTION


# %% [markdown]
# "This speeds up training and limits overfitting", says the lecture. **Predict**: how many parameters are saved? Does the
# error on images that were not seen fall or rise?


# %%
class TiedAutoencoder(nn.Module):
    """784 -> 256 -> 30, and back with the same weights."""

    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Linear(784, 256), nn.Linear(256, 30)
        self.biases = nn.ParameterList([torch.zeros(256), torch.zeros(784)])

    def forward(self, x):
        code = self.second(torch.relu(self.first(x)))
        return tied_decode(code, [self.first.weight, self.second.weight], list(self.biases))


with using_answers():
    few = images[:5000]
    for name, make in (
        ("untied", lambda: Autoencoder([784, 256, 30])),
        ("tied", TiedAutoencoder),
    ):
        torch.manual_seed(0)
        found = train(make(), few, epochs=6)
        count = sum(parameter.numel() for parameter in found.parameters())
        with torch.no_grad():
            print(
                f"{name:7} {count:9,} parameters; error on its 5,000 images "
                f"{squared_error(found(few), few):.2f}, on test images "
                f"{squared_error(found(test), test):.2f}"
            )

# %% [markdown]
# <details><summary>What to see here</summary>
#
# Nearly half of the parameters are saved: each matrix counts once. The speed is another matter: a step multiplies as many
# numbers as before. In a run here the errors were 13.73 on the 5,000 images and 14.27 on test images with tied weights,
# 12.97 and 13.73 without. The gap between seen and unseen images is smaller with tied weights, so they do limit
# overfitting (*surapprentissage*); but after so short a training both errors are higher. One run with one seed: small
# differences mean little.
#
# </details>
#
# ## 8. At home: sparse codes
#
# A code may be *wide* and still say little: if each unit (*neurone*) is silent for most images. A sparse autoencoder
# (*auto-encodeur parcimonieux*) adds a penalty. With sigmoid units, let $r_h$ be the mean activation of unit h **over the
# batch**; it should be near a small $\rho$:
#
# $$\sum_{h=1}^{H} \rho \ln\frac{\rho}{r_h} + (1-\rho) \ln\frac{1-\rho}{1-r_h}$$
#
# - Activations lie between 0 and 1, the ends excluded, and so does `rho`; its default is 0.05.
# - The penalty is a sum over units, and does not grow with the batch; B or H may be 1.
# - It is a tensor of one value, and its gradient reaches the codes. It is 0 where each mean is `rho`.
#
# ### Exercise


# %%
def sparsity_penalty(codes, rho=0.05):
    """How far the mean activations of units are from rho; codes (B, H)."""
    ### BEGIN SOLUTION
    r = codes.mean(dim=0)
    return (rho * torch.log(rho / r) + (1 - rho) * torch.log((1 - rho) / (1 - r))).sum()
    ### END SOLUTION


# %%
class WideAutoencoder(nn.Module):
    """784 -> 100 sigmoid units -> 784."""

    def __init__(self):
        super().__init__()
        self.encode = nn.Sequential(nn.Linear(784, 100), nn.Sigmoid())
        self.decode = nn.Linear(100, 784)

    def forward(self, x):
        return self.decode(self.encode(x))


def sparse_loss(strength):
    """Squared error of an image plus `strength` times the penalty."""

    def loss_of(model, x):
        codes = model.encode(x)
        error = ((model.decode(codes) - x) ** 2).sum(dim=1).mean()
        return error + strength * sparsity_penalty(codes)

    return loss_of


with using_answers():
    for strength in (0.0, 0.3):
        torch.manual_seed(0)
        wide = train(
            WideAutoencoder(), images[:10000], 5, loss_of=sparse_loss(strength), lr=0.01
        )
        with torch.no_grad():
            codes = wide.encode(test)
            active = (codes > 0.5).sum(dim=1).float().mean()
            print(
                f"strength {strength}: error {squared_error(wide(test), test):5.2f}, "
                f"mean activation {codes.mean():.2f}, "
                f"units above 0.5 for an image: {active:.0f} of 100"
            )

# %% [markdown]
# <details><summary>What to see here</summary>
#
# With 100 numbers instead of 30 the error falls to about 8, and some 40 units are active for each image. The penalty leaves
# about a quarter of these, at the price of a larger error: still below that of PCA with 30 numbers. Which units are active
# now says what the image looks like.
#
# </details>
#
# ## 9. At home: beta, and a code that says nothing
#
# $\beta$ sets the price of the code. **Predict**: what becomes of the code if it is cheap, and if it costs a lot? The last
# line of the loop is a mistake that is often made: the reconstruction is *averaged* over the 784 pixels while the
# divergence is summed. This is the same as $\beta = 784$.

# %% alt="Divergence of each of ten values of the code, sorted, for four prices: 3 to 6.5 nats with beta 0.1, 1 to 2 with 1, below 1 with 4, none at all with 784."
with using_answers():
    spread = {}
    for beta in (0.1, 1.0, 4.0, 784.0):
        torch.manual_seed(0)

        def priced(vae, x, beta=beta):
            scores, mu, log_var = vae(x)
            return vae_loss(scores, x, mu, log_var, beta)

        tried = train(VAE(200, 10), images[:10000], 2, loss_of=priced)
        _, divergence, reconstruction = terms(tried, test)
        print(
            f"beta {beta:5g}: reconstruction {reconstruction:.1f}, divergence {divergence:.3f}"
        )
        with torch.no_grad():
            mu, log_var = tried.encode(test)
            each = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).mean(dim=0)
        spread[f"beta = {beta:g}"] = each.numpy()
    figures.divergences(spread)

# %% [markdown]
# *Figure 5. What each of the ten values of the code costs, in nats an image, the largest first. The higher the price, the
# less each value says; at the end nothing at all.*
#
# <details><summary>What to see here</summary>
#
# A cheap code says a lot, and the reconstruction is good; but such codes lie far from N(0, 1), and what is drawn from there
# resembles no digit. At $\beta = 4$ each value says a third of what it says at 1. At 784 the divergence is 0: every image has the same
# distribution of codes, the decoder gives the mean image whatever the code, and the reconstruction is as bad as that. This
# is *posterior collapse* (*effondrement*). If your VAE draws one grey blur for ever, look at the two sums first.
#
# </details>
#
# ## 10. At home: many images, few labels
#
# The lecture's last use: a lot of images, hardly any labels. First an autoencoder learns from **all** images; then its
# encoder becomes the lower part of a classifier.
#
# 1. `pretrain_epochs` times through `images`: encoder and decoder learn together, and the loss is the mean squared error
#    (`F.mse_loss`) of the reconstruction.
# 2. `epochs` times through `labelled`: encoder **and** head learn together, nothing is frozen, and the loss is the mean
#    cross-entropy of `head(encoder(x))`, which are scores.
#
# - Each of the two trainings has its own new `torch.optim.Adam` with the learning rate `lr`, 0.001 by default. Batches come
#   in the order of the list. Either number of epochs may be 0.
# - The parts may come in any mode and with old gradients: clear them before each backward pass. Training mode in both
#   trainings; the classifier comes back in evaluation mode.
# - The classifier is an `nn.Module` from x (B, D) to scores (B, K), made of the encoder and the head that were given, not
#   of copies.
#
# ### Exercise


# %%
def pretrain_then_classify(
    encoder, decoder, head, images, labelled, pretrain_epochs, epochs, lr=0.001
):
    """Learn from images, then from labels.

    encoder: (B, D) -> (B, L); decoder: (B, L) -> (B, D); head: (B, L) -> (B, K): modules
    images: list of batches x; labelled: list of pairs (x, y), classes y (B,)
    Returns the classifier.
    """

    ### BEGIN SOLUTION
    def fit(model, batches, epochs, loss_fn):
        model.train()
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        for _ in range(epochs):
            for x, target in batches:
                optimizer.zero_grad()
                loss_fn(model(x), target).backward()
                optimizer.step()

    fit(nn.Sequential(encoder, decoder), [(x, x) for x in images], pretrain_epochs, F.mse_loss)
    classifier = nn.Sequential(encoder, head)
    fit(classifier, labelled, epochs, F.cross_entropy)
    return classifier.eval()
    ### END SOLUTION


# %% [markdown]
# 50, 200 and 1,000 labels, five seeds. Each seed draws other starting weights and other labelled images; both ways start
# from the same weights and see the same labels. **Predict**: for which number of labels does the pretraining help most?


# %% alt="Test accuracy against the number of labelled images: pretrained and from scratch rise together from 62 % with 50 labels to 88 % with 1,000; their intervals overlap everywhere."
def parts(seed):
    """Encoder, decoder and head with fresh weights."""
    torch.manual_seed(seed)
    encoder = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 64), nn.ReLU())
    decoder = nn.Sequential(nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 784))
    return encoder, decoder, nn.Linear(64, 10)


counts = {50: 60, 200: 30, 1000: 10}  # labels, and epochs for so many
targets, test_targets = torch.from_numpy(mnist.train.y), torch.from_numpy(mnist.test.y)
with using_answers():
    runs = {"from scratch": [[] for _ in counts], "pretrained": [[] for _ in counts]}
    for seed in range(5):
        order = torch.randperm(len(images), generator=torch.Generator().manual_seed(seed))
        unlabelled = images[order[:10000]].split(100)
        encoder, decoder, head = parts(seed)
        learned = copy.deepcopy(encoder)
        pretrain_then_classify(learned, decoder, head, unlabelled, [], 2, 0)
        for place, (count, epochs) in enumerate(counts.items()):
            rows = order[:count].split(50)
            labelled = [(images[part], targets[part]) for part in rows]
            for name, start in (("from scratch", encoder), ("pretrained", learned)):
                classifier = pretrain_then_classify(
                    copy.deepcopy(start), decoder, copy.deepcopy(head), [], labelled, 0, epochs
                )
                with torch.no_grad():
                    right = (
                        (classifier(test).argmax(dim=1) == test_targets).float().mean().item()
                    )
                runs[name][place].append(100 * right)
    for place, count in enumerate(counts):
        for name, found in runs.items():
            average, half = figures.mean_and_interval(found[place])
            print(f"{count:5,} labels, {name:12}: {average:.1f} % ± {half:.1f}")
        gain = np.subtract(runs["pretrained"][place], runs["from scratch"][place])
        average, half = figures.mean_and_interval(gain)
        print(f"{'':14}the pretrained one is better by {average:.1f} ± {half:.1f}\n")
    figures.by_labels(list(counts), {name: np.array(found) for name, found in runs.items()})

# %% [markdown]
# *Figure 6. Accuracy (exactitude) on the 10,000 test images. Bars are 95 % intervals of the mean of five seeds, points
# the single runs.*
#
# <details><summary>What to see here</summary>
#
# No gain is to be seen here: with 1,000 labels the difference is about zero, with 50 and 200 about one percent is *lost*,
# which is hardly more than its interval. Nor did it help
# (three seeds) to pretrain on 20,000 images for three epochs and to train longer on the labels (50: 63.2 % against 64.2 %
# from scratch, 200: 80.6 against 81.6, 1,000: 88.0 against 89.3), and with a denoising autoencoder the two were equal within
# the spread (63.9, 81.4 and 89.6 %).
#
# Two reasons are likely. A reconstruction needs every pixel, and what tells a 4 from a 9 is a small part of it. And this
# network is small, with ReLU and Adam, and trains well from a random start; pretraining was found for deep networks of
# sigmoid units, which did not. What helps with few labels today is pretraining on *much more* data with a task closer to
# the goal: notebook 4 does it with a sentence encoder.
#
# </details>
#
# ## 11. What to remember
#
# - An autoencoder without hidden layers can only do what PCA does; with them it beats it.
# - The damaged image goes in, the clean one is the target, and the test is made on damaged images.
# - $z = \mu + e^{v/2}\, n$: the randomness comes from outside, so the gradient passes.
# - Sum both terms over an image. One that is averaged changes $\beta$ by a factor of hundreds, and the code falls silent.
# - Pretraining is compared with the same start and the same labels, over several seeds.
#
# Next: *notebook 4*, where a pretrained encoder of sentences is fine-tuned.
