"""Log lines without personal content: what failed and where in the code, never a message, path or value."""

import logging
import traceback


class WordlessFormatter(logging.Formatter):
    """Drops messages of exceptions and arguments of log calls; keeps logger, level, exception class and code lines."""

    def format(self, record: logging.LogRecord) -> str:
        parts = [
            record.levelname,
            record.name,
            str(record.msg) if not record.args else record.msg.split("%")[0].strip(),
        ]
        if record.exc_info and record.exc_info[0] is not None:
            parts.append(record.exc_info[0].__name__)
            for frame in traceback.extract_tb(record.exc_info[2])[-6:]:
                parts.append(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}:{frame.name}")
        return " ".join(parts)
