"""The root of every error that the product raises on purpose."""


class SafeconductError(Exception):
    """Something was refused or could not be done, for a reason named by the subclass.

    Messages never carry personal content, keys or passphrases.
    """


class UnreadableInput(SafeconductError):
    """Bytes or text from outside are not of the form they claim.

    The message says what is wrong and where (file, row, field); nothing was written before it.
    """
