import torch

# ----------------------------------------------------------------------------------------------------------------------
# The gradient through the fixed point
# ----------------------------------------------------------------------------------------------------------------------


class AtFixedPoint(torch.autograd.Function):
    """Has the value of z* and the graph of f(z*)."""

    @staticmethod
    def forward(context, image, z):
        return z.clone()

    @staticmethod
    def backward(context, gradient):
        return gradient, None


class Equilibrium(torch.nn.Module):
    """
    A model whose output is read from the fixed point z* = f(z*, x). A family's `Model` has:

    inject(batch)                  what x contributes, once a solve
    f(batch, injection, z)         one evaluation, [batch, ...] -> the same shape
    initial_state(batch)           zeros of the state's shape
    outputs(batch, z)              what the head reads: logits
    loss(batch, z)                 the scalar that is minimised

    and may have `learned_start(batch)`, `map(name, options, batch, injection, start)` and
    `adjoint_map(name, options, batch, z, dz)` for iteration maps of its own, `remember(batch, z)` for what the next
    batch is given, and `measure(batch, z)` for numbers beside the loss.
    """

    normalised = ()  # names of the parameters that weight normalisation applies to

    def learned_start(self, batch):
        raise SystemExit("This model has no learned start.")

    def map(self, name, options, batch, injection, start):
        return general_map(name, options, lambda z: self.f(batch, injection, z), start)

    def adjoint_map(self, name, options, batch, z, dz):
        return None

    def remember(self, batch, z):
        return None

    def measure(self, batch, z):
        return {}

    def start(self, batch, rule):
        """z0, by the page's rule: zeros, f of zeros, or a learned map of x."""
        if rule == "evaluation":
            return self.f(batch, self.inject(batch), self.initial_state(batch))
        return self.learned_start(batch) if rule == "learned" else self.initial_state(batch)

    def solve(self, batch, options, iterated=None, start="zeros", z0=None):
        """z* of a batch without a graph, as a Solution."""
        iterated = iterated or {"name": "plain", "options": {}}
        with torch.no_grad():
            injection = self.inject(batch)
            z0 = self.start(batch, start) if z0 is None else z0
            return solve(self.map(iterated["name"], iterated["options"], batch, injection, z0), options)

    def equilibrium(self, batch, forward, backward, iterated=None, start="zeros", z0=None, penalty=None):
        """
        z with a graph behind it, so that `loss(batch, z).backward()` is the gradient by the method that `backward`
        names, and what is known of the solves:

        implicit    u = J'u + dL/dz, solved with `backward["solver"]`, J at z*. Bai, Kolter, Koltun 2019. If `seeded`,
                    Broyden's method begins with what the forward solve by it has learnt, transposed
        shine       u = -B'dL/dz, B the inverse Jacobian that the forward solve has learnt. Ramzi et al. 2022
        one-step    u = dL/dz. Fung et al. 2022
        neumann     u = sum over i <= terms of (J')^i dL/dz
        phantom     `steps` damped steps from z* are differentiated; the loss is taken at their end. Geng et al. 2021
        unrolled    the explicit network of `depth` layers from z0

        Returns (z, report): forward, the Solution; backward, that of the adjoint, once backward() was called; penalty,
        a scalar to add to the loss.
        """
        report, method = {}, backward["method"]
        injection = self.inject(batch)
        if method == "unrolled":
            z = self.start(batch, start)
            for _ in range(backward["depth"]):
                z = self.f(batch, injection, z)
            return z, report
        if method == "shine" and (forward["method"] != "broyden" or (iterated or {}).get("name", "plain") != "plain"):
            raise SystemExit("SHINE takes what a forward solve by Broyden's method of f itself leaves: solve by that.")
        report["forward"] = solution = self.solve(batch, forward, iterated, start, z0)
        z = solution.z.detach()
        # The tape that is replayed by every product with J'.
        with torch.enable_grad():
            here = z.clone().requires_grad_()
            taped = self.f(batch, injection if penalty else injection.detach(), here)
        transposed = lambda u: torch.autograd.grad(taped, here, u, retain_graph=True)[0]
        if penalty:
            report["penalty"] = penalty["weight"] * jacobian_penalty(taped, here, penalty["power"])
        if method == "phantom":
            tau = backward["damping"]
            for _ in range(backward["steps"]):
                z = tau * self.f(batch, injection, z) + (1 - tau) * z
            return z, report
        image = self.f(batch, injection, z)

        def cotangent(dz):
            if method == "one-step":
                return dz
            if method == "shine":
                return shine(dz, solution.pairs)
            if method == "neumann":
                u = dz
                for _ in range(backward["terms"]):
                    u = transposed(u) + dz
                return u
            name, options = (iterated or {"name": "plain", "options": {}}).values()
            with torch.no_grad():
                own = self.adjoint_map(name, options, batch, z, dz)
            own = own or Map(lambda u: with_grad(transposed, u) + dz, torch.zeros_like(dz))
            seed = solution.pairs[::-1] if backward.get("seeded") and solution.pairs else None
            report["backward"] = adjoint = solve(own, backward["solver"], seed)
            return adjoint.z

        if image.requires_grad:
            image.register_hook(cotangent)
        return AtFixedPoint.apply(image, z), report


def shine(dz, pairs, limit=10):
    """-B'dz for B = -1 + sum u_i v_i'; dz for a sample where that is over `limit` times as long, or no number."""
    rows = dz.reshape(dz.shape[0], -1)
    if pairs is None:
        return dz
    u, v = pairs
    found = -apply_pairs(u, v, rows)
    sound = lengths(found) < limit * lengths(rows)
    return torch.where(sound[:, None], found, rows).reshape(dz.shape)


def with_grad(function, *given):
    """The function's value where graphs are made for it."""
    with torch.enable_grad():
        return function(*given).detach()


def jacobian_penalty(taped, here, power):
    """
    |J'v|^2 / numel(z) with v ~ N(0, 1), which `power` products with J' first turn towards what J' stretches most; it
    keeps a layer easy to solve. Bai, Koltun, Kolter 2021. The page's gradient of it is a difference of two pullbacks,
    this one is exact.
    """
    rows = lambda x: x.reshape(x.shape[0], -1).norm(dim=1).reshape([-1] + [1] * (x.dim() - 1))
    probe = torch.randn_like(here)
    v = probe
    for _ in range(power):
        turned = torch.autograd.grad(taped, here, v, retain_graph=True)[0]
        v = turned * (rows(probe) / rows(turned).clamp(min=1e-12))
    (w,) = torch.autograd.grad(taped, here, v, create_graph=True)
    return (w**2).sum() / here.numel()
