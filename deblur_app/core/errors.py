"""What can go wrong in a way the user can act on."""


class DeblurError(Exception):
    """Something the user can mend.

    Its text is one or two sentences for people: what happened, to which file, and what to do. The window shows it
    as it stands and the command line prints it and ends with exit code 2. Anything that is not a `DeblurError`
    is a defect of the program and is logged with its traceback.
    """
