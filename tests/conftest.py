"""What all tests stand on."""

import signal


def pytest_configure() -> None:
    """Let interrupts through: a shell has what it runs in the background ignore them."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
