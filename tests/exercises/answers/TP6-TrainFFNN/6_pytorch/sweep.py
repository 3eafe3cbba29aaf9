# exercise: sweep

# %% right: comprehensions
# style: lists, np.std with ddof=1, sorted with reverse
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% right: statistics_module
# style: the statistics module, zip(*...), list.sort with minus
import statistics

def sweep(train_and_score, configurations, seeds):
    resultats = []
    for c in configurations:
        val, test = zip(*(train_and_score(c, s) for s in seeds))
        resultats.append(dict(configuration=c, mean=statistics.mean(val), std=statistics.stdev(val), test=statistics.mean(test)))
    resultats.sort(key=lambda r: -r["mean"])
    return resultats

# %% right: formula_by_hand
# style: sums by hand as in the formula
def sweep(train_and_score, configurations, seeds):
    n = len(seeds)
    tableau = []
    for conf in configurations:
        v, t = [], []
        for graine in seeds:
            a, b = train_and_score(conf, graine)
            v.append(a)
            t.append(b)
        moyenne = sum(v) / n
        s = (sum((x - moyenne) ** 2 for x in v) / (n - 1)) ** 0.5
        tableau.append({"test": sum(t) / n, "std": s, "mean": moyenne, "configuration": conf})
    tableau.sort(key=lambda d: d["mean"])
    tableau.reverse()
    return tableau

# %% right: seeds_outside
# style: seeds in the outer loop, arrays (C, S), argsort
def sweep(train_and_score, configurations, seeds):
    C, S = len(configurations), len(seeds)
    validation, test = np.zeros((C, S)), np.zeros((C, S))
    for j, seed in enumerate(seeds):
        for i, configuration in enumerate(configurations):
            validation[i, j], test[i, j] = train_and_score(configuration, seed)
    mean, std = validation.mean(axis=1), validation.std(axis=1, ddof=1)
    return [
        {
            "configuration": configurations[i],
            "mean": float(mean[i]),
            "std": float(std[i]),
            "test": float(test[i].mean()),
        }
        for i in np.argsort(-mean)
    ]

# %% right: torch_std
# style: torch tensors, std is the sample one by default, insertion into a ranked list
def sweep(train_and_score, configurations, seeds):
    ranking = []
    for configuration in configurations:
        runs = torch.tensor([train_and_score(configuration, s) for s in seeds], dtype=torch.float64)
        row = {
            "configuration": configuration,
            "mean": runs[:, 0].mean().item(),
            "std": runs[:, 0].std().item(),
            "test": runs[:, 1].mean().item(),
        }
        place = 0
        while place < len(ranking) and ranking[place]["mean"] >= row["mean"]:
            place += 1
        ranking.insert(place, row)
    return ranking

# %% right: copies_configuration
# style: gives out a copy of the configuration, correction factor n / (n - 1)
from operator import itemgetter

def sweep(train_and_score, configurations, seeds):
    def une_ligne(configuration):
        scores = np.array([train_and_score(configuration, seed) for seed in seeds])
        n = len(scores)
        moyenne_val, moyenne_test = scores.mean(axis=0)
        variance = scores[:, 0].var() * n / (n - 1)
        return {
            "configuration": dict(configuration),
            "mean": moyenne_val,
            "std": np.sqrt(variance),
            "test": moyenne_test,
        }
    return sorted(map(une_ligne, configurations), key=itemgetter("mean"))[::-1]

# %% wrong: population_std
# mistake: np.std without ddof=1
# rule: "sample standard deviation"; "The division by $n - 1$"
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% wrong: variance
# mistake: variance, no root
# rule: "s = \sqrt{...}"
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.var(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% wrong: standard_error
# mistake: divides by the root of n
# rule: "sample standard deviation of the validation accuracy"
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1) / np.sqrt(len(seeds)),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% wrong: std_of_test
# mistake: standard deviation of the test accuracies
# rule: "sample standard deviation of the validation accuracy"
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(test, ddof=1),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% wrong: increasing
# mistake: sorted without reverse
# rule: "by decreasing \"mean\""
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"])

# %% wrong: sorted_by_test
# mistake: the test accuracy decides the order
# rule: "The **validation** accuracy decides the order."
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["test"], reverse=True)

# %% wrong: not_sorted
# mistake: order of the configurations
# rule: "Returns a list of dicts, by decreasing \"mean\""
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    return rows

# %% wrong: reversed_only
# mistake: reverses the list without sorting
# rule: "by decreasing \"mean\""
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    return rows[::-1]

# %% wrong: sorted_by_lower_bound
# mistake: ranks by mean - std
# rule: "by decreasing \"mean\""
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"] - row["std"], reverse=True)

# %% wrong: best_seed
# mistake: the best run instead of the mean
# rule: "\"mean\": mean validation accuracy"
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": max(validation),
                "std": np.std(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% wrong: test_of_the_best_seed
# mistake: the test accuracy of the run with the best validation accuracy
# rule: "\"test\": mean test accuracy"
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1),
                "test": test[int(np.argmax(validation))],
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% wrong: best_test
# mistake: largest test accuracy
# rule: "\"test\": mean test accuracy"
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1),
                "test": max(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% wrong: swapped_pair
# mistake: takes (test, validation)
# rule: "returns (validation accuracy, test accuracy)"
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[1] for pair in pairs]
        test = [pair[0] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% wrong: median
# mistake: median instead of mean
# rule: "\"mean\": mean validation accuracy"
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.median(validation),
                "std": np.std(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% wrong: first_seed_only
# mistake: one seed for the mean of the test
# rule: "every configuration runs **with several seeds**"
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1),
                "test": test[0],
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% wrong: numbers_of_the_seeds
# mistake: passes 0, 1, 2 ... instead of the seeds
# rule: "Run each configuration with each seed"; "seeds: list of two or more whole numbers"
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in range(len(seeds))]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% wrong: five_seeds
# mistake: divides by 4: five seeds hard-coded
# rule: "seeds: list of two or more whole numbers"
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.sqrt(np.sum((np.array(validation) - np.mean(validation)) ** 2) / 4),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% wrong: runs_twice
# mistake: calls train_and_score once for validation and once for test
# rule: "Run each configuration with each seed" ("55 small trainings" for eleven configurations and five seeds)
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        validation = [train_and_score(configuration, seed)[0] for seed in seeds]
        test = [train_and_score(configuration, seed)[1] for seed in seeds]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% wrong: lists_not_emptied
# mistake: the list of runs is made once, before the loop
# rule: "\"mean\": mean validation accuracy" (of the configuration)
def sweep(train_and_score, configurations, seeds):
    rows, pairs = [], []
    for configuration in configurations:
        pairs += [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% wrong: ties_raise
# mistake: sorts pairs (mean, row): with equal means Python compares dicts, TypeError
# rule: "Returns a list of dicts, by decreasing \"mean\""
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    return [row for _, row in sorted(((row["mean"], row) for row in rows), reverse=True)]

# %% wrong: ties_lost
# mistake: dict with the mean as key: configurations with equal means are lost
# rule: "Run each configuration with each seed, and rank the configurations."
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    by_mean = {row["mean"]: row for row in rows}
    return [by_mean[m] for m in sorted(by_mean, reverse=True)]

# %% wrong: only_the_best
# mistake: returns the best row only
# rule: "Returns a list of dicts"
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    return max(rows, key=lambda row: row["mean"])

# %% wrong: rounded
# mistake: rounds mean and std to two digits, before sorting
# rule: "mean validation accuracy"
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": round(float(np.mean(validation)), 2),
                "std": round(float(np.std(validation, ddof=1)), 2),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% wrong: seed_written_into_configuration
# mistake: writes the seed into the configuration
# rule: "\"configuration\": the configuration"
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        configuration["seed"] = seeds[-1]
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% wrong: configuration_as_text
# mistake: the configuration as a string
# rule: "\"configuration\": the configuration"
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": str(configuration),
                "mean": np.mean(validation),
                "std": np.std(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% wrong: mean_of_all_numbers
# mistake: mean over validation and test together
# rule: "mean validation accuracy"
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(pairs),
                "std": np.std(validation, ddof=1),
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)

# %% wrong: all_std_from_first
# mistake: std against the first run instead of the mean
# rule: "(v_i - \bar v)^2"
def sweep(train_and_score, configurations, seeds):
    rows = []
    for configuration in configurations:
        pairs = [train_and_score(configuration, seed) for seed in seeds]
        validation = [pair[0] for pair in pairs]
        test = [pair[1] for pair in pairs]
        rows.append(
            {
                "configuration": configuration,
                "mean": np.mean(validation),
                "std": (sum((v - validation[0]) ** 2 for v in validation) / (len(validation) - 1)) ** 0.5,
                "test": np.mean(test),
            }
        )
    return sorted(rows, key=lambda row: row["mean"], reverse=True)
