import os
import signal

import pytest

from portal.embedded.stopping import StopRequested, StopSignals


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_first_signal_asks_for_a_stop_and_the_second_forces_it(number: signal.Signals) -> None:
    forced: list[bool] = []
    before = signal.getsignal(number)
    with StopSignals(lambda: forced.append(True)) as signals:
        signals.check()
        os.kill(os.getpid(), number)
        assert forced == []
        with pytest.raises(StopRequested):
            signals.check()
        os.kill(os.getpid(), number)
        assert forced == [True]
    assert signal.getsignal(number) == before
