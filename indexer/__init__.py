"""Documents in, ranked and anchored passages out."""

import os

# ONNX Runtime's builds for Linux report to Microsoft unless this is set before it is first imported: they keep a
# device id under ~/.cache and look for mobile.events.data.microsoft.com some seconds later. Its own
# `disable_telemetry_events()` comes too late. Nothing may leave the machine, so no setting turns it on again.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
