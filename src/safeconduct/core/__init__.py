"""The engines: pure Python without Django, settings, network, clock or files."""
