# exercise: count_parameters

# %% right: with_torch
# style: builds the convolution and counts
def count_parameters(in_channels, out_channels, kernel_size, image_size):
    conv = torch.nn.Conv2d(in_channels, out_channels, kernel_size)
    a = sum(p.numel() for p in conv.parameters())
    n_in = in_channels * np.prod(image_size)
    n_out = out_channels * np.prod(np.array(image_size) - np.array(kernel_size) + 1)
    return a, (n_in + 1) * n_out

# %% wrong: no_input_channels
# mistake: filters of one channel
def count_parameters(in_channels, out_channels, kernel_size, image_size):
    kh, kw = kernel_size
    H, W = image_size
    out = out_channels * (H - kh + 1) * (W - kw + 1)
    return out_channels * kh * kw + out_channels, in_channels * H * W * out + out

# %% wrong: dense_without_bias
# mistake: only the dense layer has no bias
def count_parameters(in_channels, out_channels, kernel_size, image_size):
    kh, kw = kernel_size
    H, W = image_size
    out = out_channels * (H - kh + 1) * (W - kw + 1)
    return out_channels * in_channels * kh * kw + out_channels, in_channels * H * W * out

# %% wrong: exchanged
# mistake: the dense layer first
def count_parameters(in_channels, out_channels, kernel_size, image_size):
    kh, kw = kernel_size
    H, W = image_size
    out = out_channels * (H - kh + 1) * (W - kw + 1)
    return in_channels * H * W * out + out, out_channels * in_channels * kh * kw + out_channels
