"""What turns the frozen folder into packages; runs in the build environment of `python3 dev.py package`."""
