"""The `styrfart` command: Django's management commands under the product's own name."""

import os
import sys

from django.core.management import execute_from_command_line

from styrfart.config.environment import number, text
from styrfart.shared.healthy import ask


def main() -> None:
    """Run the management command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "styrfart.config.settings")
    if sys.argv[1:2] == ["serve"] and "--demo" in sys.argv:
        # Read once with the settings, and inherited by the processes that `serve` starts.
        os.environ.setdefault("STYRFART_DEMO", "1")
        os.environ.setdefault("STYRFART_LOG_LEVEL", "WARNING")  # somebody is watching, not a log collector
    if sys.argv[1:] == ["healthy"]:
        # Asked every few seconds: loading the whole product for it took longer than a container waits.
        is_well, said = ask(text("STYRFART_HOST", "127.0.0.1"), number("STYRFART_PORT", 8000))
        (sys.stdout if is_well else sys.stderr).write(f"{said}\n")
        sys.exit(0 if is_well else 1)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
