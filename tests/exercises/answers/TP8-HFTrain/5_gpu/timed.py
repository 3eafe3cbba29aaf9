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

# %% right: statistics_2
# style: two loops, statistics.median
import statistics

def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    times = []
    for _ in range(repeats):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return statistics.median(times)

# %% right: generator
# style: a local function for one call, sorted list, middle two
def timed(function, synchronize, clock, repeats=5, warmup=1):
    def once():
        synchronize()
        before = clock()
        function()
        synchronize()
        return clock() - before

    [function() for _ in range(warmup)]
    ordered = sorted(once() for _ in range(repeats))
    low, high = ordered[(repeats - 1) // 2], ordered[repeats // 2]
    return (low + high) / 2

# %% right: one_loop
# style: one loop over all calls, those of the warm-up are measured and thrown away, NumPy's median
import numpy as np

def timed(function, synchronize, clock, repeats=5, warmup=1):
    seconds = []
    for call in range(-warmup, repeats):
        synchronize()
        t0 = clock()
        function()
        synchronize()
        t1 = clock()
        if call >= 0:
            seconds.append(t1 - t0)
    return float(np.median(seconds))

# %% right: recursion_and_torch
# style: recursion for the warm-up, start and end in arrays, a torch quantile
def timed(function, synchronize, clock, repeats=5, warmup=1):
    if warmup > 0:
        function()
        return timed(function, synchronize, clock, repeats, warmup - 1)
    spans = torch.zeros(repeats, 2, dtype=torch.float64)
    for row in spans:
        synchronize()
        row[0] = clock()
        function()
        synchronize()
        row[1] = clock()
    return torch.quantile(spans[:, 1] - spans[:, 0], 0.5).item()

# %% wrong: does_not_wait
# mistake: the clock stops before the device is done
# rule: "The clock stops when the device has done the work of this call."
import statistics

def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    times = []
    for _ in range(repeats):
        synchronize()
        start = clock()
        function()
        times.append(clock() - start)
    return statistics.median(times)

# %% wrong: not_idle_before
# mistake: no synchronize before the clock starts
# rule: "Before its clock starts the device must be idle: others may have asked it for work."
import statistics

def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    times = []
    for _ in range(repeats):
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return statistics.median(times)

# %% wrong: clock_before_synchronize
# mistake: starts the clock, then waits for the device
# rule: "Before its clock starts the device must be idle"
import statistics

def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    times = []
    for _ in range(repeats):
        start = clock()
        synchronize()
        function()
        synchronize()
        times.append(clock() - start)
    return statistics.median(times)

# %% wrong: mean_2
# mistake: the mean
# rule: "Returned is the **median** (*médiane*) of the `repeats` times"
def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    times = []
    for _ in range(repeats):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return sum(times) / len(times)

# %% wrong: all_at_once_2
# mistake: times all calls together and divides
# rule: "each timed **by itself**"
def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    synchronize()
    start = clock()
    for _ in range(repeats):
        function()
    synchronize()
    return (clock() - start) / repeats

# %% wrong: upper_of_the_middle_two
# mistake: the entry n // 2 of the sorted times
# rule: "Of an even number of times it is the mean of the middle two"
def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    times = []
    for _ in range(repeats):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return sorted(times)[repeats // 2]

# %% wrong: not_sorted
# mistake: the middle one in the order of the calls
# rule: "Returned is the **median** (*médiane*)"
def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    times = []
    for _ in range(repeats):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return (times[(repeats - 1) // 2] + times[repeats // 2]) / 2

# %% wrong: warm_up_counted
# mistake: the calls of the warm-up count
# rule: "First `warmup` calls of `function` that do not count"
import statistics

def timed(function, synchronize, clock, repeats=5, warmup=1):
    times = []
    for _ in range(warmup + repeats):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return statistics.median(times)

# %% wrong: always_one_warm_up
# mistake: ignores warmup
# rule: "First `warmup` calls of `function` that do not count (there may be none)."
import statistics

def timed(function, synchronize, clock, repeats=5, warmup=1):
    function()
    times = []
    for _ in range(repeats):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return statistics.median(times)

# %% wrong: warm_up_within_repeats
# mistake: the warm-up is taken from the repeats
# rule: "In all, `function` is called `warmup + repeats` times."
import statistics

def timed(function, synchronize, clock, repeats=5, warmup=1):
    times = []
    for _ in range(repeats):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return statistics.median(times[warmup:] or times)

# %% wrong: own_clock
# mistake: time.perf_counter instead of the argument
# rule: "use these two, and no others"
import statistics

def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    times = []
    for _ in range(repeats):
        synchronize()
        start = time.perf_counter()
        function()
        synchronize()
        times.append(time.perf_counter() - start)
    return statistics.median(times)

# %% wrong: milliseconds
# mistake: multiplies by 1000
# rule: "in the clock's own unit"
import statistics

def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    times = []
    for _ in range(repeats):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return 1000 * statistics.median(times)

# %% wrong: fastest
# mistake: the smallest time, as timeit advises
# rule: "Returned is the **median** (*médiane*)"
def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    times = []
    for _ in range(repeats):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return min(times)

# %% wrong: torch_median_2
# mistake: torch.median takes the lower of the middle two
# rule: "Of an even number of times it is the mean of the middle two"
def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup):
        function()
    times = []
    for _ in range(repeats):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return torch.tensor(times, dtype=torch.float64).median().item()

# %% wrong: one_warm_up_too_many
# mistake: off by one
# rule: "In all, `function` is called `warmup + repeats` times."
import statistics

def timed(function, synchronize, clock, repeats=5, warmup=1):
    for _ in range(warmup + 1):
        function()
    times = []
    for _ in range(repeats):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return statistics.median(times)
