"""tplib: practical sessions on neural networks for language, with checks that name the mistake."""

from tplib.errors import TplibError

__all__ = ["TplibError", "__version__"]
__version__ = "0.1.0"
