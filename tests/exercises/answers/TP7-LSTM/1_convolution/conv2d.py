# exercise: conv2d

# %% right: single_by_single
# style: one channel at a time, slices with a step
def conv2d(x, weight, bias, stride=1, padding=0):
    B, C, H, W = x.shape
    O, _, kh, kw = weight.shape
    p = padding
    xp = np.zeros((B, C, H + 2 * p, W + 2 * p))
    xp[:, :, p : H + p, p : W + p] = x
    ho, wo = (H + 2 * p - kh) // stride + 1, (W + 2 * p - kw) // stride + 1
    z = np.zeros((B, O, ho, wo)) + bias.reshape(1, O, 1, 1)
    for u in range(kh):
        for v in range(kw):
            part = xp[:, :, u : u + (ho - 1) * stride + 1 : stride, v : v + (wo - 1) * stride + 1 : stride]
            z += np.einsum("bchw,oc->bohw", part, weight[:, :, u, v])
    return z

# %% wrong: no_bias
# mistake: bias forgotten
def conv2d(x, weight, bias, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    ho, wo = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    z = np.zeros((len(x), len(weight), ho, wo))
    for i in range(ho):
        for j in range(wo):
            w = x[:, :, i*stride:i*stride+kh, j*stride:j*stride+kw]
            z[:, :, i, j] = np.einsum("bcuv,ocuv->bo", w, weight)
    return z

# %% wrong: stride_forgotten_in_the_index
# mistake: right size, windows at stride 1
def conv2d(x, weight, bias, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    ho, wo = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    z = np.zeros((len(x), len(weight), ho, wo))
    for i in range(ho):
        for j in range(wo):
            z[:, :, i, j] = np.einsum("bcuv,ocuv->bo", x[:, :, i:i+kh, j:j+kw], weight) + bias
    return z

# %% wrong: pads_every_axis
# mistake: np.pad with one number
def conv2d(x, weight, bias, stride=1, padding=0):
    x = np.pad(x, padding)
    kh, kw = weight.shape[2:]
    ho, wo = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    z = np.zeros((len(x), len(weight), ho, wo))
    for i in range(ho):
        for j in range(wo):
            z[:, :, i, j] = np.einsum("bcuv,ocuv->bo", x[:, :, i*stride:i*stride+kh, j*stride:j*stride+kw], weight) + bias
    return z

# %% wrong: writes_the_bias_in
# mistake: changes the bias that it is given
def conv2d(x, weight, bias, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    ho, wo = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    z = np.zeros((len(x), len(weight), ho, wo))
    for i in range(ho):
        for j in range(wo):
            z[:, :, i, j] = np.einsum("bcuv,ocuv->bo", x[:, :, i*stride:i*stride+kh, j*stride:j*stride+kw], weight) + bias
    bias *= 0
    return z

# %% wrong: pytorch_does_it
# mistake: a library's convolution
def conv2d(x, weight, bias, stride=1, padding=0):
    import torch
    import torch.nn.functional as F
    return F.conv2d(torch.tensor(x), torch.tensor(weight), torch.tensor(bias), stride, padding).numpy()
