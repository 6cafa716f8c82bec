"""Batches made by another process while the device works."""
import torch.multiprocessing as mp


def ahead(steps, depth=64):
    """The same steps in the same order, made up to `depth` ahead. Call it before CUDA starts: the process is forked."""
    context = mp.get_context("fork")
    queue = context.Queue(depth)

    def work():
        for step in steps:
            queue.put(step)

    context.Process(target=work, daemon=True).start()

    def take():
        while True:
            yield queue.get()

    return take()
