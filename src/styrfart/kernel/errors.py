"""What the kernel raises when it is called wrongly."""


class KernelError(ValueError):
    """The input breaks a rule that the function's docstring states.

    Never raised because of what a text says: any string is a text. Callers that pass checked input need not
    catch it.
    """
