"""Which device is chosen, and what is said of it."""

import subprocess
import sys
import warnings

import pytest
import torch

from tplib import TplibError
from tplib.gpu import best_device, choose_device, device_name, devices, free_memory, synchronize


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TPLIB_DEVICE", "LOCAL_RANK"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch):
    """A machine with the devices that a test names; their first sum works."""

    def build(**counts: int) -> None:
        monkeypatch.setattr(devices, "device_count", lambda kind: counts.get(kind, 0))
        monkeypatch.setattr(torch.cuda, "current_device", lambda: 0)
        monkeypatch.setattr(torch.xpu, "current_device", lambda: 0)
        ones = torch.ones
        monkeypatch.setattr(torch, "ones", lambda *shape, device=None: ones(*shape))

    return build


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, "cpu"),
        ({"cuda": 2, "xpu": 1}, "cuda:0"),
        ({"mps": 1, "xpu": 1}, "mps:0"),
        ({"xpu": 1}, "xpu:0"),
    ],
)
def test_the_first_that_is_there(machine, counts: dict[str, int], expected: str) -> None:
    machine(**counts)
    assert choose_device().device == choose_device("auto").device == torch.device(expected)


def test_the_reason_for_a_cpu_names_each_gpu_that_is_missing(machine) -> None:
    machine()
    reason = choose_device().reason
    assert all(kind in reason for kind in ("cuda", "mps", "xpu"))
    assert torch.__version__ in reason


def test_a_gpu_that_is_there_and_fails_is_passed_over_with_its_reason(machine, monkeypatch) -> None:
    machine(cuda=1)

    def broken(*shape, device=None):
        raise RuntimeError("no kernel image is available for execution on the device\nmore")

    monkeypatch.setattr(torch, "ones", broken)
    choice = choose_device()
    assert choice.device.type == "cpu"
    assert "no kernel image is available" in choice.reason
    assert "more" not in choice.reason


def test_what_pytorch_warns_of_becomes_the_reason(machine, monkeypatch) -> None:
    def old_driver(kind: str) -> int:
        if kind == "cuda":
            warnings.warn("The NVIDIA driver on your system is too old", stacklevel=1)
        return 0

    machine()
    monkeypatch.setattr(devices, "device_count", old_driver)
    assert "driver on your system is too old" in choose_device().reason


def test_the_argument_goes_before_the_variable(monkeypatch) -> None:
    monkeypatch.setenv("TPLIB_DEVICE", "meta")
    assert best_device() == torch.device("meta")
    assert "TPLIB_DEVICE" in choose_device().reason
    assert best_device("cpu") == torch.device("cpu")
    assert "argument" in choose_device("cpu").reason


def test_an_empty_variable_asks_for_nothing(machine, monkeypatch) -> None:
    machine()
    monkeypatch.setenv("TPLIB_DEVICE", "")
    assert choose_device().reason == choose_device("auto").reason


def test_the_number_of_this_process_under_torchrun(machine, monkeypatch) -> None:
    machine(cuda=4)
    monkeypatch.setenv("LOCAL_RANK", "3")
    assert best_device() == best_device("cuda") == torch.device("cuda:3")
    assert best_device("cuda:1") == torch.device("cuda:1")
    monkeypatch.setenv("LOCAL_RANK", "4")
    assert best_device() == torch.device("cuda:0")


@pytest.mark.parametrize("wanted", ["cuda", "gpu", "mps", torch.device("xpu")])
def test_asked_for_and_absent(machine, wanted) -> None:
    machine()
    with pytest.raises(TplibError, match=r"asked for.*argument.*'auto'"):
        choose_device(wanted)


def test_too_high_a_number(machine) -> None:
    machine(cuda=2)
    with pytest.raises(TplibError, match="only 2"):
        choose_device("cuda:2")


@pytest.mark.parametrize("wanted", ["gpu0", "CUDA", "cuda:x", 3.5])
def test_no_device_at_all(wanted) -> None:
    with pytest.raises(TplibError, match=r"Unknown device .* expected 'auto'"):
        choose_device(wanted)


def test_a_wrong_variable_is_named(monkeypatch) -> None:
    monkeypatch.setenv("TPLIB_DEVICE", "graphics")
    with pytest.raises(TplibError, match="TPLIB_DEVICE"):
        choose_device()


def test_the_text_has_device_name_and_reason() -> None:
    text = str(choose_device("cpu"))
    assert text == f"cpu ({device_name('cpu')}): asked for by the argument"
    assert device_name("cpu")


@pytest.mark.parametrize("device", [None, "cpu", "meta"])
def test_waiting_and_freeing_work_without_a_gpu(device) -> None:
    synchronize(device)
    free_memory(device)


def test_tplib_does_not_import_torch_and_says_when_it_is_missing() -> None:
    code = """
import importlib.abc, sys
import tplib
assert "torch" not in sys.modules
class Block(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "torch":
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Block())
try:
    import tplib.gpu
except ModuleNotFoundError as error:
    print(error)
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "tplib.gpu needs PyTorch, which is not installed here: pip install torch"


def test_cuda(cuda: torch.device) -> None:
    assert best_device("cuda") == best_device("gpu") == torch.ones(1, device="cuda").device
    assert device_name(cuda) == torch.cuda.get_device_properties(cuda).name
    with pytest.raises(TplibError, match="only"):
        choose_device(f"cuda:{torch.cuda.device_count()}")
