"""Worker processes stay light: what decodes needs no database and no settings."""

import subprocess
import sys


def test_a_worker_loads_what_decodes_and_nothing_else() -> None:
    code = "import homestretch.__main__, homestretch.flow.worker, homestretch.flow.prepare, sys\nprint(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in answer.stdout.split()}
    assert "numpy" in loaded
    assert not loaded & {"sqlalchemy", "pydantic", "pydantic_settings", "typer", "rich", "lxml", "tzfpy", "dbos"}


def test_a_worker_reckons_in_one_thread() -> None:
    code = (
        "import threading, os\nfrom homestretch.flow.worker import begin_worker\nbegin_worker(4000)\n"
        "import numpy as np\nnp.ones(200_000) @ np.ones(200_000)\nprint(len(os.listdir('/proc/self/task')))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["1"]
