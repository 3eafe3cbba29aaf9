"""Never answers, and does not listen to interrupts."""


def sigmoid(x):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
