"""Data parallel training on the cores of one machine: processes that share parameters, gradients and optimiser state."""
import torch
import torch.multiprocessing as mp


class Team:
    """Each worker runs part of a step's micro-batches, adds up everybody's gradients of its own part of the
    parameters, and updates those in place. Sums are made in the order of the ranks, so a run repeats to the bit."""

    def __init__(self, model, opt, workers):
        self.model, self.opt, self.workers, self.rank = model, opt, workers, 0
        self.parameters = list(model.parameters())
        shared = self.parameters + opt.buffers + opt.first + opt.second
        for tensor in shared:
            tensor.data.share_memory_()
        self.grads = [[torch.zeros_like(p).share_memory_() for p in self.parameters] for _ in range(workers)]
        self.losses = torch.zeros(workers, dtype=torch.float64).share_memory_()
        self.barrier = mp.get_context("fork").Barrier(workers)

    def start(self, work):
        """Forks the other workers; each calls `work()` with `rank` set, and ends with it."""
        context = mp.get_context("fork")
        for rank in range(1, self.workers):
            context.Process(target=self._run, args=(rank, work), daemon=True).start()

    def _run(self, rank, work):
        self.rank = rank
        torch.set_num_threads(1)
        work()

    def share(self, micro):
        """This worker's micro-batches of a step."""
        return micro[self.rank :: self.workers]

    def update(self, loss, step):
        """Adds up the gradients, lets `step(mine)` update this worker's parameters, returns the loss of all workers."""
        if self.workers == 1:
            step(None)
            return loss
        self.losses[self.rank] = loss
        for p, g in zip(self.parameters, self.grads[self.rank]):
            g.zero_() if p.grad is None else g.copy_(p.grad)
        self.barrier.wait()
        total = float(self.losses.sum())
        mine = self.mine()
        for i, p in enumerate(self.parameters):
            p.grad = sum(grads[i] for grads in self.grads[1:]) + self.grads[0][i] if id(p) in mine else None
        step(mine)
        self.barrier.wait()
        return total

    def mine(self):
        """Ids of the parameters that this worker updates: matrices by turns, everything else with the first worker."""
        matrices = [p for p, _ in self.opt.matrices]
        own = {id(p) for p in matrices[self.rank :: self.workers]}
        return own | ({id(p) for p in self.opt.others} if self.rank == 0 else set())

    def wait(self):
        """Lets the others wait while the first worker measures and saves."""
        if self.workers > 1:
            self.barrier.wait()
