# exercise: step_decay

# %% right: plain
# style: power and integer division
def step_decay(lr, epoch, step_size, gamma=0.1):
    return lr * gamma ** (epoch // step_size)

# %% right: loop
# style: multiplies in a loop
def step_decay(lr, epoch, step_size, gamma=0.1):
    taux = lr
    for _ in range(epoch // step_size):
        taux *= gamma
    return taux

# %% right: count_epochs
# style: walks through all epochs and reduces at the multiples of step_size
def step_decay(lr, epoch, step_size, gamma=0.1):
    for e in range(1, epoch + 1):
        if e % step_size == 0:
            lr = lr * gamma
    return lr

# %% right: recursive
# style: recursion over the stairs
def step_decay(lr, epoch, step_size, gamma=0.1):
    if epoch < step_size:
        return lr
    return step_decay(gamma * lr, epoch - step_size, step_size, gamma)

# %% right: floor_of_quotient
# style: np.floor, np.power, float()
def step_decay(lr, epoch, step_size, gamma=0.1):
    marches = np.floor(epoch / step_size)
    return float(lr * np.power(float(gamma), marches))

# %% right: divmod
# style: divmod and int
def step_decay(lr, epoch, step_size, gamma=0.1):
    number, _ = divmod(epoch, step_size)
    return np.prod([lr] + [gamma] * int(number))

# %% wrong: true_division
# mistake: a smooth decay
# rule: "after every `step_size` epochs" - a staircase
def step_decay(lr, epoch, step_size, gamma=0.1):
    return lr * gamma ** (epoch / step_size)

# %% wrong: counted_from_one
# mistake: (epoch + 1) // step_size: one epoch too early
# rule: "epoch: number of the epoch, counted from 0"
def step_decay(lr, epoch, step_size, gamma=0.1):
    return lr * gamma ** ((epoch + 1) // step_size)

# %% wrong: one_too_late
# mistake: (epoch - 1) // step_size (0 kept apart)
# rule: "epoch: number of the epoch, counted from 0"
def step_decay(lr, epoch, step_size, gamma=0.1):
    return lr * gamma ** (max(epoch - 1, 0) // step_size)

# %% wrong: strictly_more
# mistake: reduces only when epoch > k step_size (while >)
# rule: "after every step_size epochs"
def step_decay(lr, epoch, step_size, gamma=0.1):
    while epoch > step_size:
        lr = lr * gamma
        epoch = epoch - step_size
    return lr

# %% wrong: ceil
# mistake: rounded up
# rule: "after every step_size epochs"
def step_decay(lr, epoch, step_size, gamma=0.1):
    return lr * gamma ** (int(np.ceil(epoch / step_size)))

# %% wrong: rounded
# mistake: rounded to the nearest
# rule: "after every step_size epochs"
def step_decay(lr, epoch, step_size, gamma=0.1):
    return lr * gamma ** (round(epoch / step_size))

# %% wrong: multiplied
# mistake: multiplies gamma by the number instead of the power
# rule: "multiply the rate by gamma" after every step_size epochs
def step_decay(lr, epoch, step_size, gamma=0.1):
    return lr if epoch < step_size else lr * gamma * (epoch // step_size)

# %% wrong: once_only
# mistake: reduces once
# rule: "after **every** step_size epochs"
def step_decay(lr, epoch, step_size, gamma=0.1):
    return lr if epoch < step_size else lr * gamma

# %% wrong: twice_at_most
# mistake: reduces at most twice
# rule: "after every step_size epochs"
def step_decay(lr, epoch, step_size, gamma=0.1):
    return lr * gamma ** (min(epoch // step_size, 2))

# %% wrong: only_at_multiples
# mistake: reduced only in the epochs that are multiples
# rule: "after every step_size epochs, multiply the rate by gamma"
def step_decay(lr, epoch, step_size, gamma=0.1):
    return lr * gamma if epoch % step_size == 0 and epoch > 0 else lr

# %% wrong: modulo
# mistake: % instead of //
# rule: "after every step_size epochs"
def step_decay(lr, epoch, step_size, gamma=0.1):
    return lr * gamma ** (epoch % step_size)

# %% wrong: every_epoch
# mistake: gamma ** epoch
# rule: "after every step_size epochs"
def step_decay(lr, epoch, step_size, gamma=0.1):
    return lr * gamma ** (epoch)

# %% wrong: divides
# mistake: divides by gamma
# rule: "multiply the rate by gamma"
def step_decay(lr, epoch, step_size, gamma=0.1):
    return lr / gamma ** (epoch // step_size)

# %% wrong: subtracts
# mistake: subtracts gamma * lr each time
# rule: "multiply the rate by gamma"
def step_decay(lr, epoch, step_size, gamma=0.1):
    return max(lr - gamma * lr * (epoch // step_size), 0.0)

# %% wrong: one_minus_gamma
# mistake: multiplies by 1 - gamma
# rule: "multiply the rate by gamma"
def step_decay(lr, epoch, step_size, gamma=0.1):
    return lr * (1 - gamma) ** (epoch // step_size)

# %% wrong: default_half
# mistake: default 0.5
# rule: "gamma=0.1" in the signature
def step_decay(lr, epoch, step_size, gamma=0.5):
    return lr * gamma ** (epoch // step_size)

# %% wrong: always_tenth
# mistake: ignores gamma
# rule: "gamma: factor of each reduction"
def step_decay(lr, epoch, step_size, gamma=0.1):
    return lr * 0.1 ** (epoch // step_size)

# %% wrong: ten_epochs
# mistake: ignores step_size
# rule: "step_size: epochs between two reductions"
def step_decay(lr, epoch, step_size, gamma=0.1):
    return lr * gamma ** (epoch // 10)

# %% wrong: floor_1e_4
# mistake: never below 1e-4
# rule: "multiply the rate by gamma" after every step_size epochs
def step_decay(lr, epoch, step_size, gamma=0.1):
    return max(lr * gamma ** (epoch // step_size), 1e-4)

# %% wrong: rounded_digits
# mistake: round(..., 4)
# rule: "multiply the rate by gamma"
def step_decay(lr, epoch, step_size, gamma=0.1):
    return round(lr * gamma ** (epoch // step_size), 4)

# %% wrong: power_of_product
# mistake: (lr * gamma) ** number
# rule: "multiply the rate by gamma"
def step_decay(lr, epoch, step_size, gamma=0.1):
    return (lr * gamma) ** (epoch // step_size)

# %% wrong: exponential
# mistake: exp(-gamma k)
# rule: "multiply the rate by gamma"
def step_decay(lr, epoch, step_size, gamma=0.1):
    return lr * float(np.exp(-gamma * (epoch // step_size)))

# %% wrong: state_over_calls
# mistake: remembers the last rate: right only when called for each epoch in turn
# rule: "lr: learning rate of the first epoch" - the rate of `epoch`
def step_decay(lr, epoch, step_size, gamma=0.1):
    if epoch == 0 or not hasattr(step_decay, "rate"):
        step_decay.rate = lr
    elif epoch % step_size == 0:
        step_decay.rate *= gamma
    return step_decay.rate

# %% wrong: lr_already_reduced
# mistake: reduces once more from epoch 0 on
# rule: "lr: learning rate of the first epoch"
def step_decay(lr, epoch, step_size, gamma=0.1):
    return lr * gamma ** (epoch // step_size + 1)

# %% wrong: a_list
# mistake: the rates of all epochs
# rule: "Returns a number."
def step_decay(lr, epoch, step_size, gamma=0.1):
    return [lr * gamma ** (e // step_size) for e in range(epoch + 1)]
