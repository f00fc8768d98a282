"""The attendance of the past workshops, marked and countersigned as a trainer does it."""


def load_presence(users, sessions):
    pass
