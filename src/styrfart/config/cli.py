"""The `styrfart` command: Django's management commands under the product's own name."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the management command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "styrfart.config.settings")
    if sys.argv[1:2] == ["serve"] and "--demo" in sys.argv:
        # Read once with the settings, and inherited by the processes that `serve` starts.
        os.environ.setdefault("STYRFART_DEMO", "1")
        os.environ.setdefault("STYRFART_LOG_LEVEL", "WARNING")  # somebody is watching, not a log collector
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
