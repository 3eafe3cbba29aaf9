# exercise: conv2d_backward

# %% right: shifts
# style: one slice for each place in the kernel
def conv2d_backward(grad, x, weight, stride=1, padding=0):
    B, O, ho, wo = grad.shape
    kh, kw = weight.shape[2:]
    p = padding
    xp = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    dxp = np.zeros(xp.shape)
    dw = np.empty(weight.shape)
    for u in range(kh):
        for v in range(kw):
            rows, cols = slice(u, u + stride * ho, stride), slice(v, v + stride * wo, stride)
            dw[:, :, u, v] = np.einsum("bohw,bchw->oc", grad, xp[:, :, rows, cols][:, :, :ho, :wo])
            dxp[:, :, rows, cols][:, :, :ho, :wo] += np.einsum("bohw,oc->bchw", grad, weight[:, :, u, v])
    return [dxp[:, :, p : dxp.shape[2] - p, p : dxp.shape[3] - p], dw, grad.sum((0, 2, 3))]

# %% wrong: minus_padding_slice
# mistake: [p:-p] is empty when p is 0
def conv2d_backward(grad, x, weight, stride=1, padding=0):
    p = padding
    kh, kw = weight.shape[2:]
    xp = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    dxp, dw = np.zeros(xp.shape), np.zeros(weight.shape)
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            s = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            dxp[s] += np.einsum("bo,ocuv->bcuv", grad[:, :, i, j], weight)
            dw += np.einsum("bo,bcuv->ocuv", grad[:, :, i, j], xp[s])
    return dxp[:, :, p:-p, p:-p], dw, grad.sum((0, 2, 3))

# %% wrong: last_window_of_weights
# mistake: = in place of += for the weights
def conv2d_backward(grad, x, weight, stride=1, padding=0):
    p = padding
    kh, kw = weight.shape[2:]
    xp = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    dxp, dw = np.zeros(xp.shape), np.zeros(weight.shape)
    for i in range(grad.shape[2]):
        for j in range(grad.shape[3]):
            s = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            dxp[s] += np.einsum("bo,ocuv->bcuv", grad[:, :, i, j], weight)
            dw = np.einsum("bo,bcuv->ocuv", grad[:, :, i, j], xp[s])
    return dxp[:, :, p : p + x.shape[2], p : p + x.shape[3]], dw, grad.sum((0, 2, 3))
