# exercise: train_epoch

# %% right: four_steps
# style: the four steps, sum weighted with len(x)
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        n += len(x)
    return total / n

# %% right: zero_grad_before_forward
# style: zero_grad as first line of the loop, as in PyTorch's tutorials
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    running_loss = 0.0
    num_samples = 0
    for inputs, labels in batches:
        optimizer.zero_grad()
        outputs = model(inputs)
        loss = loss_fn(outputs, labels)
        loss.backward()
        optimizer.step()
        running_loss += loss.item() * labels.size(0)
        num_samples += labels.size(0)
    return running_loss / num_samples

# %% right: numpy_average
# style: lists of losses and sizes, np.average with weights
def train_epoch(model, batches, optimizer, loss_fn):
    model.train(True)
    pertes, tailles = [], []
    for lot in batches:
        x, y = lot
        scores = model(x)
        perte = loss_fn(scores, y)
        optimizer.zero_grad(set_to_none=False)
        perte.backward()
        optimizer.step()
        pertes.append(float(perte.detach()))
        tailles.append(x.shape[0])
    return float(np.average(pertes, weights=tailles))

# %% right: local_step_function
# style: local function for a step, sum of generator
def train_epoch(model, batches, optimizer, loss_fn):
    def un_pas(x, y):
        loss = loss_fn(model.forward(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    model.train()
    somme = sum(len(y) * un_pas(x, y) for x, y in batches)
    return somme / sum(len(y) for _, y in batches)

# %% right: running_mean
# style: running mean updated by each batch
def train_epoch(model, batches, optimizer, loss_fn):
    model = model.train()
    mean, seen = 0.0, 0
    for i in range(len(batches)):
        x, y = batches[i][0], batches[i][1]
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        b = y.shape[0]
        seen += b
        mean += (loss.item() - mean) * b / seen
    return mean

# %% right: fractions_of_total
# style: total size first, then weights
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    N = sum(x.size(0) for x, y in batches)
    epoch_loss = 0.0
    for x, y in batches:
        prediction = model(x)
        loss = loss_fn(prediction, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            epoch_loss += loss.item() * (x.size(0) / N)
    return epoch_loss

# %% right: leaves_model_in_evaluation_mode
# style: switches the model to eval at the end (the text says nothing about the mode afterwards)
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total = torch.zeros((), dtype=torch.float64)
    n = 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.detach() * x.shape[0]
        n += x.shape[0]
    model.eval()
    return (total / n).item()

# %% wrong: no_zero_grad
# mistake: gradients are never cleared
# rule: "**clear**: `optimizer.zero_grad()`, because `backward` adds to the gradients that are there"
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        n += len(x)
    return total / n

# %% wrong: zero_grad_once
# mistake: zero_grad before the loop only
# rule: "For each batch the same four steps"
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    optimizer.zero_grad()
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        n += len(x)
    return total / n

# %% wrong: zero_grad_after_backward
# mistake: clears between backward and step: no update
# rule: "the same four steps, in this order"
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        total += loss.item() * len(x)
        n += len(x)
    return total / n

# %% wrong: zero_grad_at_the_end
# mistake: clears after the step: gradients that were there before the first batch are added
# rule: "**clear**: ... because `backward` adds to the gradients that are there" (before backward)
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        total += loss.item() * len(x)
        n += len(x)
    return total / n

# %% wrong: training_mode_forgotten
# mistake: no model.train()
# rule: "Before the first batch, `model.train()` puts the model into training mode"
def train_epoch(model, batches, optimizer, loss_fn):
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        n += len(x)
    return total / n

# %% wrong: training_mode_after_the_first_batch
# mistake: model.train() at the end of the loop: the first batch may be in evaluation mode
# rule: "Before the first batch, `model.train()`"
def train_epoch(model, batches, optimizer, loss_fn):
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        model.train()
        total += loss.item() * len(x)
        n += len(x)
    return total / n

# %% wrong: train_without_parentheses
# mistake: model.train is not called
# rule: "`model.train()` puts the model into training mode"
def train_epoch(model, batches, optimizer, loss_fn):
    model.train
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        n += len(x)
    return total / n

# %% wrong: mean_over_batches
# mistake: mean of the batch losses, not weighted
# rule: "the batches must be weighted by their sizes"
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    losses = []
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)

# %% wrong: sum_over_n_without_weights
# mistake: sum of the batch means over the number of examples
# rule: "The function returns the mean loss **per example**"
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
        n += len(x)
    return total / n

# %% wrong: returns_a_tensor
# mistake: adds tensors with their graph
# rule: "Return a plain number (`loss.item()`): a tensor would keep the graph"
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total = total + loss * len(x)
        n += len(x)
    return total / n

# %% wrong: detached_tensor
# mistake: loss.detach() is still a tensor
# rule: "Returns the mean loss per example over the epoch, a float."
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.detach() * len(x)
        n += len(x)
    return total / n

# %% wrong: last_loss
# mistake: returns the loss of the last batch
# rule: "the mean loss per example over the epoch"
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()

# %% wrong: return_in_the_loop
# mistake: return indented too far: one batch only
# rule: "Train a model on each batch once."
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        n += len(x)
        return total / n

# %% wrong: step_once_per_epoch
# mistake: accumulates the gradients and steps after the loop
# rule: "For each batch the same four steps"
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    optimizer.zero_grad()
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        loss.backward()
        total += loss.item() * len(x)
        n += len(x)
    optimizer.step()
    return total / n

# %% wrong: sum_loss_backward
# mistake: multiplies the loss by the batch size before backward
# rule: "`loss.backward()` computes the gradients" (of the loss of this batch)
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y) * len(x)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
        n += len(x)
    return total / n

# %% wrong: step_before_backward
# mistake: the update comes before the backward pass
# rule: "the same four steps, in this order"
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        optimizer.step()
        loss.backward()
        total += loss.item() * len(x)
        n += len(x)
    return total / n

# %% wrong: loss_measured_after_the_step
# mistake: a second forward pass after the update for the report
# rule: "**forward**: the scores, and from them the loss of this batch" (first step)
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            total += loss_fn(model(x), y).item() * len(x)
        n += len(x)
    return total / n

# %% wrong: own_loss
# mistake: ignores loss_fn
# rule: "loss_fn: takes scores and y, returns the mean loss of the batch"
def train_epoch(model, batches, optimizer, loss_fn):
    criterion = nn.CrossEntropyLoss()
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        loss = criterion(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        n += len(x)
    return total / n

# %% wrong: own_optimizer
# mistake: makes an optimiser of its own
# rule: "optimizer: a torch.optim optimiser of the model's parameters"; "`optimizer.step()` uses them"
def train_epoch(model, batches, optimizer, loss_fn):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        n += len(x)
    return total / n

# %% wrong: size_of_first_batch
# mistake: all batches weighted with the size of the first
# rule: "the batches may differ in size"
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    B = len(batches[0][0])
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * B
        n += len(x)
    return total / n

# %% wrong: softmax_before_loss
# mistake: softmax of the scores before loss_fn
# rule: "loss_fn: takes scores and y"
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x).softmax(dim=1), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        n += len(x)
    return total / n

# %% wrong: numbers_of_the_table
# mistake: weights with x.numel()/... first by rows, divides by the number of features
# rule: "The function returns the mean loss **per example**"
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        n += x.numel()
    return total / n

# %% wrong: small_last_batch_skipped
# mistake: skips batches that are smaller than the first
# rule: "Train a model on each batch once."; "the last batch is often smaller"
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    size = len(batches[0][0])
    total, n = 0.0, 0
    for x, y in batches:
        if len(x) < size:
            continue
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        n += len(x)
    return total / n

# %% wrong: gradient_clipped
# mistake: adds gradient clipping that nobody asked for
# rule: "For each batch the same four steps"
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, n = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 0.1)
        optimizer.step()
        total += loss.item() * len(x)
        n += len(x)
    return total / n

# %% right: four_steps_again
# style: the four steps in the order of the text
import torch
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    return total / count

# %% right: lists_and_average
# style: lists of losses and sizes, np.average
import torch
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    pertes, tailles = [], []
    for lot in batches:
        entrees, cibles = lot
        scores = model(entrees)
        perte = loss_fn(scores, cibles)
        optimizer.zero_grad(set_to_none=True)
        perte.backward()
        optimizer.step()
        pertes.append(perte.item())
        tailles.append(entrees.shape[0])
    return float(np.average(pertes, weights=tailles))

# %% right: local_step
# style: a local function for one batch, model.train(True)
import torch
def train_epoch(model, batches, optimizer, loss_fn):
    def one(x, y):
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return float(loss.detach()), x.size(0)
    model.train(True)
    results = [one(x, y) for x, y in batches]
    n = sum(size for _, size in results)
    return sum(value * size for value, size in results) / n

# %% right: running_mean_again
# style: running mean, zip of indices
import torch
def train_epoch(model, batches, optimizer, loss_fn):
    model.train(mode=True)
    mean, seen = 0.0, 0
    for i in range(len(batches)):
        x, y = batches[i][0], batches[i][1]
        out = model.forward(x) if False else model(x)
        loss = loss_fn(out, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        seen += y.shape[0]
        mean += (loss.item() - mean) * y.shape[0] / seen
    return mean

# %% wrong: no_zero_grad_again
# mistake: gradients are never cleared
# rule: "**clear**: `optimizer.zero_grad()`, because `backward` adds to the gradients that are there"
import torch
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    return total / count

# %% wrong: no_step
# mistake: no update
# rule: "**update**: `optimizer.step()` uses them"
import torch
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        total += loss.item() * len(x)
        count += len(x)
    return total / count

# %% wrong: mean_of_means
# mistake: mean of the batch means
# rule: "the batches must be weighted by their sizes"
import torch
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
        count += 1
    return total / count

# %% wrong: no_train_mode
# mistake: model.train() forgotten
# rule: "Before the first batch, `model.train()` puts the model into training mode"
import torch
def train_epoch(model, batches, optimizer, loss_fn):
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    return total / count

# %% wrong: zero_after_backward
# mistake: clears between backward and step
# rule: "the same four steps, in this order"
import torch
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    return total / count

# %% wrong: tensor_returned
# mistake: returns a tensor with its graph
# rule: "Return a plain number (`loss.item()`)"
import torch
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss * len(x)
        count += len(x)
    return total / count

# %% wrong: cleared_once
# mistake: clears only before the first batch
# rule: "For each batch the same four steps"
import torch
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    optimizer.zero_grad()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    return total / count

# %% wrong: first_size_weights
# mistake: weights by the size of the first batch
# rule: "the last batch is often smaller, so the batches must be weighted by their sizes"
import torch
def train_epoch(model, batches, optimizer, loss_fn):
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(batches[0][0])
        count += len(x)
    return total / count
