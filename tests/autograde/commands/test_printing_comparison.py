"""What `tp grade --compare` says where it compared nothing."""

import io

from rich.console import Console

from tplib.autograde.commands.printing import print_comparison
from tplib.autograde.coordinator.run_results import Run


def test_nothing_compared_is_not_called_equal():
    said = io.StringIO()
    print_comparison(Console(file=said, width=100), Run("hw", [], False, 0, 0.0, [], []))
    assert said.getvalue() == "0 compared, nothing was written: no submission could be compared.\n"
