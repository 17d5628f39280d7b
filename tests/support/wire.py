"""JSON as it goes over the wire."""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]

# json.dumps() with options of its own makes an encoder anew each time.
encode = json.JSONEncoder(separators=(",", ":")).encode
