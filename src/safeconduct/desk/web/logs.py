"""Log lines without personal content: what failed and where in the code, never a message, path or value."""

import logging
import traceback


class WordlessFormatter(logging.Formatter):
    """Keeps logger, level, place of the log call, exception class and code lines; drops every message and argument.

    Messages are dropped even where they have no arguments: Django logs the words of some exceptions as the message, and these
    name hosts and files.
    """

    def format(self, record: logging.LogRecord) -> str:
        parts = [record.levelname, record.name, f"{record.filename}:{record.lineno}"]
        if record.exc_info and record.exc_info[0] is not None:
            parts.append(record.exc_info[0].__name__)
            for frame in traceback.extract_tb(record.exc_info[2])[-6:]:
                parts.append(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}:{frame.name}")
        return " ".join(parts)
