"""The coordinator of a run that compares: it grades, and writes nothing."""

from __future__ import annotations

from tplib.autograde.coordinator.comparison import differences
from tplib.autograde.coordinator.grader import Backend, Grader, Progress, Waiting
from tplib.autograde.coordinator.local_pool import Done
from tplib.autograde.coordinator.run_results import Graded
from tplib.autograde.messages.grading import GradingResult


class Comparer(Grader):
    """Grades those who have a grade in the gradebook, and tells what differs: it writes no grade and no file."""

    def resume(self) -> None:
        """Leave what an earlier run had graded when it was killed to the next run that writes."""

    def is_due(self, student: str) -> bool:
        return student in self.earlier

    def run(
        self, due: list[str], backend: Backend, on_progress: Progress, on_waiting: Waiting, interrupted: list[int]
    ) -> None:
        due[:] = [student for student in due if student in self.earlier]
        self._run(due, backend, on_progress, on_waiting, interrupted)

    def enter(self, done: Done) -> None:
        result = None if done.data is None else GradingResult.from_data(done.data)
        if result is None or result.failure is not None:
            reason = (result and result.failure) or done.reason
            self.fail(done.student, result.problems if result else [], reason)
            return
        self.different += differences(result, self.writer.automatic(done.student))
        scores = self.earlier.get(done.student, {})
        self.results[done.student] = Graded(done.student, "compared", scores, result.problems, result.departures)
