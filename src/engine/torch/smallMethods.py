import math

import torch

# ----------------------------------------------------------------------------------------------------------------------
# Methods for small states, and the adaptive flow
# ----------------------------------------------------------------------------------------------------------------------


def products(f, z, by="pullback"):
    """
    Products with the Jacobian of f at z [batch, n]: J v, and J'u where there is a graph. An f without one is affine, as
    the adjoint equation's.
    """
    with torch.enable_grad():
        here = z.detach().clone().requires_grad_()
        value = f(here)
        if not value.requires_grad:
            base = f(torch.zeros_like(z))
            return lambda v: f(v) - base, None
        transposed = lambda u: torch.autograd.grad(value, here, u, retain_graph=True)[0]
        if by == "difference":
            return lambda v: central_difference(f, z, v), transposed
        # The pullback of the pullback is J v.
        u = torch.zeros_like(value).requires_grad_()
        (pulled,) = torch.autograd.grad(value, here, u, create_graph=True)
    return lambda v: torch.autograd.grad(pulled, u, v, retain_graph=True)[0].detach(), transposed


def central_difference(f, z, v):
    """J v by f at two points nearby, each sample with a step of its own."""
    length = lengths(v)[:, None].to(z.dtype)
    reach = 5e-3 * lengths(z).clamp(min=1)[:, None].to(z.dtype)
    step = v / torch.where(length > 0, length, torch.ones_like(length)) * reach
    return (f(z + step) - f(z - step)) / (2 * reach) * length


class Newton:
    """z <- z + (I - J)^-1 g with the whole J of each sample, solved in float64; Picard where I - J is singular."""

    def __init__(self, options):
        pass

    def step(self, f, point, moving):
        z, g = point.z, point.g
        batch, n = z.shape
        forward, transposed = products(f, z)
        rows = []
        for i in range(n):
            unit = torch.zeros_like(z)
            unit[:, i] = 1
            rows.append((transposed or forward)(unit))
        jacobian = torch.stack(rows, 1 if transposed else 2).double()
        system = torch.eye(n, dtype=jacobian.dtype, device=z.device) - jacobian
        direction = g.clone()
        for i in range(batch):
            found, failed = torch.linalg.solve_ex(system[i], g[i].double())
            if not failed and found.isfinite().all():
                direction[i] = found.to(z.dtype)
        return Point(f, hold(z + direction, z, moving))


class NewtonGmres:
    """Newton's method whose system (I - J) d = g is solved by a few products, of the whole batch as one. Knoll, Keyes 2004."""

    def __init__(self, options):
        self.krylov, self.tolerance = options.get("krylov", 10), options.get("krylov_tolerance", 1e-3)
        self.by = options.get("products", "pullback")

    def step(self, f, point, moving):
        z = point.z
        forward, _ = products(f, z, self.by)
        right = hold(point.g, torch.zeros_like(z), moving)
        direction = gmres(lambda v: v - forward(v), right, self.krylov, self.tolerance)
        return Point(f, hold(z + direction, z, moving))


def gmres(apply, right, most, tolerance):
    """GMRES from 0 without restarts; `right` itself where the space holds no answer. Saad and Schultz 1986."""
    length = torch.linalg.vector_norm(right.double())
    if length == 0 or not length.isfinite():
        return right.clone()
    basis, columns = [(right / length).to(right.dtype)], []
    for k in range(most):
        w, column = apply(basis[k]), []
        for v in basis:
            c = (w * v).sum()
            w = w - c * v
            column.append(c.double())
        rest = torch.linalg.vector_norm(w.double())
        columns.append(torch.stack(column + [rest]))
        basis.append((w / (rest if rest > 0 else 1)).to(w.dtype))
        hessenberg = torch.zeros(k + 2, k + 1, dtype=torch.float64, device=right.device)
        for j, entries in enumerate(columns):
            hessenberg[: j + 2, j] = entries
        q, r = torch.linalg.qr(hessenberg, mode="complete")
        # Nothing new but round-off: the space holds its own image.
        stuck = not rest > 1e-7 * torch.linalg.vector_norm(columns[-1])
        if stuck or not q[0, -1].abs() > tolerance:
            break
    y = torch.linalg.solve_triangular(r[:-1], q[0, :-1, None], upper=True)[:, 0] * length
    if not y.isfinite().all():
        return right.clone()
    return sum(weight.to(v.dtype) * v for weight, v in zip(y, basis))


class BroydenDense:
    """
    Broyden's "good" method with the inverse Jacobian B of the whole batch as one matrix, from -I: z <- z - a B g and
    B <- B + (dz - B dg) dz'B / (dz'B dg). Broyden 1965; SinclairHudson/DeepEquilibrium.
    """

    def __init__(self, options):
        self.damping = options.get("damping", 1)

    def step(self, f, point, moving):
        z, g = point.z, point.g
        inverse = point.history
        if inverse is None:
            inverse = -torch.eye(z.numel(), dtype=z.dtype, device=z.device)
        driving = hold(g, torch.zeros_like(g), moving)
        proposed = (inverse @ driving.flatten()).reshape(z.shape)
        new = Point(f, hold(z - self.damping * proposed, z, moving))
        largest = (new.z - z).abs().max()
        scale = largest if largest > 0 else torch.ones_like(largest)
        dz, dg = ((new.z - z) / scale).flatten(), ((new.g - g) / scale).flatten()
        change = inverse @ dg
        denominator = dz @ change + 1e-10 / scale / scale
        # As small beside its factors it is round-off, and B stays as it is.
        usable = denominator.abs() > 1e-6 * dz.norm() * change.norm()
        new.history = inverse + torch.outer((dz - change) / denominator, dz @ inverse) if usable else inverse
        return new


# Embedded Runge-Kutta pairs: stage i is taken at z + h sum a[i][j] k_j, the last being the new point; the error is
# h sum e_i k_i; its order. Bogacki and Shampine 1989; Tsitouras 2011.
TABLEAUX = {
    "bs3": (
        [[1 / 2], [0, 3 / 4], [2 / 9, 1 / 3, 4 / 9]],
        [2 / 9 - 7 / 24, 1 / 3 - 1 / 4, 4 / 9 - 1 / 3, -1 / 8],
        3,
    ),
    "tsit5": (
        [
            [0.161],
            [-0.008480655492356989, 0.335480655492357],
            [2.8971530571054935, -6.359448489975075, 4.3622954328695815],
            [5.325864828439257, -11.748883564062828, 7.4955393428898365, -0.09249506636175525],
            [5.86145544294642, -12.92096931784711, 8.159367898576159, -0.071584973281401, -0.028269050394068383],
            [0.09646076681806523, 0.01, 0.4798896504144996, 1.379008574103742, -3.290069515436081, 2.324710524099774],
        ],
        [
            -0.001780011052225777,
            -0.0008164344596567469,
            0.007880878010261995,
            -0.1447110071732629,
            0.5823571654525552,
            -0.45808210592918697,
            1 / 66,
        ],
        5,
    ),
}


class Ode:
    """
    Follows dz/dt = f(z) - z to its steady state by an embedded pair, with steps as long as the error lets them be. The
    batch has one clock. Pal, Edelman, Rackauckas 2022.
    """

    def __init__(self, options):
        name = options.get("tableau", "tsit5")
        self.stages, self.error, self.order = TABLEAUX[name]
        standard = min(1e-4, max(2e-7, options["tolerance"] / (10 if name == "bs3" else 100)))
        self.allowed, self.first = options.get("error_tolerance", standard), options.get("first_step", 0.1)
        self.own_unit = options.get("error_unit", "one") == "residual"

    def step(self, f, point, moving):
        h, unit = point.history or (self.first, self.unit(point.g))
        for _ in range(25):
            new, error = self.attempt(f, point, h, unit, moving)
            # An error that is no number is too large.
            factor = 0.0 if math.isnan(error) else math.inf if error == 0 else 0.9 * error ** (-1 / self.order)
            following = h * min(5.0, max(0.2, factor))
            if error <= 1:
                break
            h = following
        new.history = (following, unit)
        return new

    def unit(self, g):
        """What each sample's absolute error is measured in."""
        return (g**2).mean(1, keepdim=True).sqrt().clamp(min=1e-30) if self.own_unit else 1.0

    def attempt(self, f, point, h, unit, moving):
        z, slopes = point.z, [point.g]
        along = lambda weights: sum(weight * k for weight, k in zip(weights, slopes))
        for weights in self.stages[:-1]:
            stage = z + h * along(weights)
            slopes.append(f(stage) - stage)
        new = Point(f, hold(z + h * along(self.stages[-1]), z, moving))
        slopes.append(new.g)
        allowed = self.allowed * (torch.maximum(z.abs(), new.z.abs()) + unit)
        squares = ((h * along(self.error) / allowed) ** 2).mean(1)
        return new, math.sqrt(squares[moving].mean().item())


METHODS.update({"newton": Newton, "newton-gmres": NewtonGmres, "broyden-dense": BroydenDense, "ode": Ode})
