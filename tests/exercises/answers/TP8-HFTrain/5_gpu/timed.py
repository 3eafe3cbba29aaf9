# exercise: timed

# %% right: statistics
# style: the library's median, a helper function
def timed(function, synchronize, clock, repeats=5, warmup=1):
    import statistics

    def one():
        synchronize()
        t0 = clock()
        function()
        synchronize()
        t1 = clock()
        return t1 - t0

    for _ in range(warmup):
        one()
    return statistics.median([one() for _ in range(repeats)])

# %% right: numpy
# style: an array and its median
def timed(function, synchronize, clock, repeats=5, warmup=1):
    import numpy

    temps = numpy.zeros(repeats)
    k = 0
    while k < warmup:
        function()
        k = k + 1
    for i in range(repeats):
        synchronize()
        synchronize()
        debut = clock()
        function()
        synchronize()
        temps[i] = clock() - debut
    return numpy.median(temps)

# %% right: slices
# style: all calls timed, the first left out
def timed(function, synchronize, clock, repeats=5, warmup=1):
    synchronize()
    marks = [clock()]
    for _ in range(warmup + repeats):
        function()
        synchronize()
        marks.append(clock())
    spans = sorted(b - a for a, b in zip(marks[warmup:-1], marks[warmup + 1 :]))
    half = len(spans) // 2
    return spans[half] if len(spans) % 2 == 1 else 0.5 * (spans[half - 1] + spans[half])

# %% wrong: time_time
# mistake: its own clock
def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    ts = []
    for _ in range(repeats):
        synchronize()
        t = time.time()
        function()
        synchronize()
        ts.append(time.time() - t)
    return sorted(ts)[len(ts) // 2]

# %% wrong: torch_sync
# mistake: torch's own synchronise, if there is any
def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    ts = []
    for _ in range(repeats):
        t = clock()
        function()
        if torch.cuda.is_available():
            torch.cuda.synchronize()
        ts.append(clock() - t)
    return float(torch.tensor(ts).median())

# %% wrong: torch_median
# mistake: torch.median takes the lower of the middle two
def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    ts = []
    for _ in range(repeats):
        synchronize()
        t = clock()
        function()
        synchronize()
        ts.append(clock() - t)
    return torch.tensor(ts, dtype=torch.float64).median().item()

# %% wrong: sync_after_only
# mistake: warm-up work is still running
def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    ts = []
    for _ in range(repeats):
        t = clock()
        function()
        synchronize()
        ts.append(clock() - t)
    ts.sort()
    n = len(ts)
    return (ts[(n - 1) // 2] + ts[n // 2]) / 2

# %% wrong: all_at_once
# mistake: one measure, divided
def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    synchronize()
    t = clock()
    for _ in range(repeats):
        function()
    synchronize()
    return (clock() - t) / repeats

# %% wrong: mean
# mistake: a mean
def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    total = 0
    for _ in range(repeats):
        synchronize()
        t = clock()
        function()
        synchronize()
        total += clock() - t
    return total / repeats

# %% wrong: warmup_fixed
# mistake: one warm-up, whatever is asked
def timed(function, synchronize, clock, repeats=5, warmup=1):
    function()
    ts = []
    for _ in range(repeats):
        synchronize()
        t = clock()
        function()
        synchronize()
        ts.append(clock() - t)
    ts.sort()
    n = len(ts)
    return (ts[(n - 1) // 2] + ts[n // 2]) / 2

# %% wrong: stops_early
# mistake: the clock stops, then one waits
def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    ts = []
    for _ in range(repeats):
        synchronize()
        t = clock()
        function()
        ts.append(clock() - t)
        synchronize()
    ts.sort()
    n = len(ts)
    return (ts[(n - 1) // 2] + ts[n // 2]) / 2

# %% wrong: defaults
# mistake: other default numbers
def timed(function, synchronize, clock, repeats=10, warmup=3):
    for _ in range(warmup):
        function()
    ts = []
    for _ in range(repeats):
        synchronize()
        t = clock()
        function()
        synchronize()
        ts.append(clock() - t)
    ts.sort()
    n = len(ts)
    return (ts[(n - 1) // 2] + ts[n // 2]) / 2
