"""The settings of a test run: a data folder of its own, a fixed key, and the demonstration turned on.

The test runner reads the settings before it reads any file of the tests, so this cannot be said there.
"""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="styrfart-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["STYRFART_DATA_DIR"] = _folder
os.environ["STYRFART_SECRET_KEY"] = "only-for-tests"  # noqa: S105  # not a secret
os.environ["STYRFART_DEMO"] = "1"
os.environ["STYRFART_LOG_LEVEL"] = "WARNING"

from styrfart.config.settings import *  # noqa: E402, F403  # after the environment is as it should be

if DATABASES["default"]["ENGINE"] == "styrfart.shared.sqlite":  # noqa: F405  # from the settings
    # Django's own default for SQLite, said aloud: pytest-django knows it only by Django's own backend.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405  # from the settings
