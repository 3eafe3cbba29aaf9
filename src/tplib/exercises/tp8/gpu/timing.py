"""The exercise timed of TP8-HFTrain/5_gpu: how long a call takes on a device that works on its own."""

from collections.abc import Callable
from statistics import mean, median

from tplib.exercises.tp8.gpu import observers
from tplib.exercises.tp8.gpu.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Call = Callable[[], object]
Clock = Callable[[], float]


def _calls(draw: Draw, repeats: int, warmup: int) -> Arguments:
    """Work of other programs before; first calls that take longer than those to come."""
    durations = draw.array(warmup + repeats + 3, low=0.5, high=2.0)
    durations[:warmup] += 3.0
    return durations, float(draw.size(1, 4)), repeats, warmup


def _default(draw: Draw) -> Arguments:
    return *_calls(draw, 5, 1)[:2], None, None


@exercise(
    points=3,
    lecture="003, Gradients: back-propagation, speed-up the computation with GPU",
    concepts=(49,),
    inputs=("durations", "pending", "repeats", "warmup"),
    draw=lambda draw: _calls(draw, draw.size(1, 6), draw.size(0, 2)),
    edges=(
        Drawn(lambda draw: _calls(draw, 1, 0)),
        Drawn(lambda draw: _calls(draw, 1, 2)),
        Drawn(lambda draw: _calls(draw, 4, 1)),
        Drawn(lambda draw: _calls(draw, 5, 3)),
        Drawn(lambda draw: _calls(draw, 2, 0)),
        Drawn(_default, "defaults"),
    ),
    aspects={
        "defaults": "Right where both numbers are given. Without them: 5 calls that count, after 1 that does not."
    },
    observe=observers.timing,
    forbidden=("tplib.gpu.timing.measure", "torch.utils.benchmark.Timer"),
)
def timed(function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1) -> float:
    """`warmup` calls that do not count; then for each of `repeats` calls: synchronise, read the clock, call,
    synchronise, read the clock. The median of the differences.

    shapes: `repeats` differences -> one number, in seconds; `statistics.median` takes the mean of the middle two.
    worked: after the warm-up, calls of 3, 1 and 9 s: median 3. Without `synchronize` each seems to take 0.001 s.
    """
    for _ in range(warmup):
        function()
    times = []
    for _ in range(repeats):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return median(times)


def _times(function: Call, synchronize: Call, clock: Clock, repeats: int) -> list[float]:
    times = []
    for _ in range(repeats):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return times


def _warm(function: Call, warmup: int) -> None:
    for _ in range(warmup):
        function()


@timed.mistake("The call returns at once. Who waits for the device before the clock is read a second time?")
def the_clock_does_not_wait(
    function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1
) -> float:
    _warm(function, warmup)
    times = []
    for _ in range(repeats):
        synchronize()
        start = clock()
        function()
        times.append(clock() - start)
    return median(times)


@timed.mistake("Is the device idle when your clock starts? Who pays for the work that was asked before?")
def earlier_work_counted(function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1) -> float:
    _warm(function, warmup)
    times = []
    for _ in range(repeats):
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return median(times)


@timed.mistake("You wait for the device first: before or after the clock is read?")
def the_clock_starts_before_the_wait(
    function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1
) -> float:
    _warm(function, warmup)
    times = []
    for i in range(repeats):
        if i:
            synchronize()
        start = clock()
        synchronize()
        function()
        synchronize()
        times.append(clock() - start)
    return median(times)


@timed.mistake("First calls load and choose things. Do yours count?")
def warm_up_counted(function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1) -> float:
    return median(_times(function, synchronize, clock, repeats + warmup))


@timed.mistake("How many calls come before those that count?")
def no_warm_up(function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1) -> float:
    return median(_times(function, synchronize, clock, repeats))


@timed.mistake("The warm-up takes some of your calls away. How many should count?")
def warm_up_taken_from_the_repeats(
    function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1
) -> float:
    times = _times(function, synchronize, clock, max(repeats, warmup + 1))
    return median(times[warmup:])


@timed.mistake("One slow call moves a mean. Which middle does the text ask for?")
def mean_of_the_calls(function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1) -> float:
    _warm(function, warmup)
    return mean(_times(function, synchronize, clock, repeats))


@timed.mistake("The clock is read twice in all. Can you know the median of calls that you did not time one by one?")
def one_measure_for_all(function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1) -> float:
    _warm(function, warmup)
    synchronize()
    start = clock()
    for _ in range(repeats):
        function()
    synchronize()
    return (clock() - start) / repeats


@timed.mistake("The fastest call is the luckiest. Which one does the text ask for?")
def the_fastest_call(function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1) -> float:
    _warm(function, warmup)
    return min(_times(function, synchronize, clock, repeats))


@timed.mistake("How long does one call take, and how long all of them?")
def the_sum(function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1) -> float:
    _warm(function, warmup)
    return sum(_times(function, synchronize, clock, repeats))


@timed.mistake("An even number of calls has two in the middle. What is their median?")
def upper_of_the_middle_two(
    function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1
) -> float:
    _warm(function, warmup)
    return sorted(_times(function, synchronize, clock, repeats))[repeats // 2]


@timed.mistake("An even number of calls has two in the middle. What is their median?")
def lower_of_the_middle_two(
    function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1
) -> float:
    _warm(function, warmup)
    return sorted(_times(function, synchronize, clock, repeats))[(repeats - 1) // 2]


@timed.mistake("A median is the middle of what order?")
def middle_call_without_sorting(
    function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1
) -> float:
    _warm(function, warmup)
    times = _times(function, synchronize, clock, repeats)
    return (times[(repeats - 1) // 2] + times[repeats // 2]) / 2


@timed.mistake("Which call's time do you return?")
def last_call_only(function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1) -> float:
    _warm(function, warmup)
    return _times(function, synchronize, clock, repeats)[-1]


@timed.mistake("In which unit is your number?")
def milliseconds(function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1) -> float:
    _warm(function, warmup)
    return 1000 * median(_times(function, synchronize, clock, repeats))


@timed.mistake("The clock is an argument. Which one do you read?")
def a_clock_of_its_own(function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1) -> float:
    import time

    _warm(function, warmup)
    return median(_times(function, synchronize, time.perf_counter, repeats))


@timed.alternative
def waiting_after_each_call(
    function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1
) -> float:
    times = []
    synchronize()
    for _ in range(warmup + repeats):
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    return median(times[warmup:])


@timed.alternative
def sorted_by_hand(function: Call, synchronize: Call, clock: Clock, repeats: int = 5, warmup: int = 1) -> float:
    starts, ends = [], []
    for i in range(-warmup, repeats):
        synchronize()
        begin = clock()
        function()
        synchronize()
        if i >= 0:
            starts.append(begin)
            ends.append(clock())
    spans = sorted(end - begin for begin, end in zip(starts, ends, strict=True))
    return (spans[(len(spans) - 1) // 2] + spans[len(spans) // 2]) / 2
