"""A small driver for Firefox by its own remote protocol (Marionette): enough to browse like Tor Browser at its safest level.

No scripts, no SVG, resistFingerprinting; nothing but the Debian package is needed.
Source: firefox-source-docs.mozilla.org, Marionette, "Protocol" (packets are `length:json`, commands `[0, id, name, parameters]`).
"""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_STARTS_WITHIN_S = 60
_SAFEST = {
    "javascript.enabled": False,
    "svg.disabled": True,
    "privacy.resistFingerprinting": True,
    "network.proxy.no_proxies_on": "127.0.0.1",
    "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The key under which WebDriver names an element (W3C WebDriver, "Elements")."""


class Firefox:
    """One window. Elements are found by CSS selectors."""

    def __init__(self, connection: socket.socket) -> None:
        self._stream = connection.makefile("rwb")
        self._count = 0
        self._receive()  # The greeting.
        self.command("WebDriver:NewSession", strictFileInteractability=False)

    def command(self, name: str, **parameters: Any) -> Any:  # Any: as the protocol has it
        """Send one command and give its result. AssertionError with Firefox's words where it refuses."""
        self._count += 1
        packet = json.dumps([0, self._count, name, parameters]).encode()
        self._stream.write(f"{len(packet)}:".encode() + packet)
        self._stream.flush()
        _, _, error, result = self._receive()
        assert error is None, f"{name}: {error['error']}: {error['message']}"
        return result.get("value") if isinstance(result, dict) and set(result) == {"value"} else result

    def go(self, address: str) -> None:
        """Open an address and wait for the page."""
        self.command("WebDriver:Navigate", url=address)

    @property
    def address(self) -> str:
        """Where the window is."""
        return str(self.command("WebDriver:GetCurrentURL"))

    def text(self, selector: str) -> str:
        """What stands in the first such element."""
        return str(self.command("WebDriver:GetElementText", id=self._find(selector)))

    def type(self, selector: str, text: str) -> None:
        """Type into a field; in a list of choices, the beginning of one."""
        self.command("WebDriver:ElementSendKeys", id=self._find(selector), text=text)

    def click(self, selector: str) -> None:
        """Click; where that leads to another page, wait for it."""
        self.command("WebDriver:ElementClick", id=self._find(selector))

    def _find(self, selector: str) -> str:
        return str(self.command("WebDriver:FindElement", using="css selector", value=selector)[_ELEMENT])

    def _receive(self) -> Any:  # Any: as the protocol has it
        length = b""
        while (byte := self._stream.read(1)) != b":":
            assert byte, "Firefox closed the connection"
            length += byte
        return json.loads(self._stream.read(int(length)))


@contextmanager
def firefox_at_its_safest(profile: Path) -> Iterator[Firefox]:
    """A fresh Firefox with a profile of its own, gone afterwards. `shutil.which("firefox-esr")` says whether there is one."""
    port = _free_port()
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in _SAFEST.items()]
    (profile / "user.js").write_text("\n".join([*lines, f'user_pref("marionette.port", {port});']))
    command = [str(shutil.which("firefox-esr")), "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with _connected(process, port) as connection:
            yield Firefox(connection)
    finally:
        process.terminate()
        process.wait(timeout=_STARTS_WITHIN_S)


def _connected(process: "subprocess.Popen[bytes]", port: int) -> socket.socket:
    deadline = time.monotonic() + _STARTS_WITHIN_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=_STARTS_WITHIN_S)
        except ConnectionRefusedError:
            time.sleep(0.05)  # Nothing announces that Firefox has begun to listen.
    raise AssertionError("Firefox did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
