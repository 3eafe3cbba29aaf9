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

# %% right: by_building_arrays
# style: sizes of arrays
def count_parameters(in_channels, out_channels, kernel_size, image_size):
    (kh, kw), (H, W) = kernel_size, image_size
    pixels = in_channels * H * W
    outputs = out_channels * (H - kh + 1) * (W - kw + 1)
    return np.empty((out_channels, in_channels, kh, kw)).size + out_channels, (pixels + 1) * outputs

# %% right: np_prod
# style: NumPy products, a list
def count_parameters(in_channels, out_channels, kernel_size, image_size):
    places = np.prod(np.subtract(image_size, kernel_size) + 1)
    conv = out_channels * (1 + in_channels * np.prod(kernel_size))
    dense = out_channels * places * (in_channels * np.prod(image_size) + 1)
    return [int(conv), int(dense)]

# %% wrong: one_bias_for_each_map_in_the_dense_layer
# mistake: the dense layer gets only a bias for each filter
def count_parameters(in_channels, out_channels, kernel_size, image_size):
    kh, kw = kernel_size
    H, W = image_size
    outputs = out_channels * (H - kh + 1) * (W - kw + 1)
    return out_channels * (in_channels * kh * kw + 1), in_channels * H * W * outputs + out_channels

# %% wrong: same_size
# mistake: as if the maps were as large as the image
def count_parameters(in_channels, out_channels, kernel_size, image_size):
    kh, kw = kernel_size
    H, W = image_size
    return out_channels * (in_channels * kh * kw + 1), (in_channels * H * W + 1) * out_channels * H * W

# %% wrong: channels_forgotten
# mistake: a filter has one kernel only
def count_parameters(in_channels, out_channels, kernel_size, image_size):
    kh, kw = kernel_size
    H, W = image_size
    outputs = out_channels * (H - kh + 1) * (W - kw + 1)
    return out_channels * (kh * kw + 1), (in_channels * H * W + 1) * outputs
