"""`tplib.nn` needs nothing but NumPy."""

import subprocess
import sys

BLOCKED = """
import sys

class OnlyNumPy:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names and top not in ("numpy", "tplib") and not top.startswith("_"):
            raise ModuleNotFoundError(f"{name} is blocked", name=name)

sys.meta_path.insert(0, OnlyNumPy())
from tplib import nn
x = nn.Tensor([[1.0, 2.0]], requires_grad=True)
net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 2))
nn.functional.cross_entropy(net(x), [1]).backward()
nn.optim.Adam(net.parameters()).step()
print(x.grad.shape, sorted(m for m in ("torch", "scipy", "hypothesis", "rich") if m in sys.modules))
"""


def test_import_and_train_with_only_numpy():
    done = subprocess.run([sys.executable, "-W", "error", "-c", BLOCKED], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "(1, 2) []\n", "")
