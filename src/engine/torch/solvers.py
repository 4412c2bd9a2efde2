import math

import torch

# ----------------------------------------------------------------------------------------------------------------------
# The fixed-point solve, as the page makes it
#
# A state is [batch, ...]. Solvers see it as rows [batch, n]. Record k is the k-th evaluated point;
# abs = |f(z) - z|, rel = abs / (|f(z)| + 1e-9), sample by sample and before any damping. Each sample stops by itself
# and is then held where it is. The answer is, sample by sample, the evaluated point with the lowest residual.
# ----------------------------------------------------------------------------------------------------------------------


class Solution:
    """
    z, how the solve ended, and what it took. `residuals`: each record's [abs, rel], a number for each sample. `pairs`:
    u and v of what Broyden's method has learnt of the inverse Jacobian of f(z) - z, [batch, count, n], or None.
    """

    def __init__(self, z, status, evaluations, residuals, pairs=None):
        self.z, self.status, self.evaluations, self.residuals = z, status, evaluations, residuals
        self.pairs = pairs

    @property
    def iterations(self):
        return len(self.residuals) - 1

    @property
    def lowest(self):
        """Of each sample the lowest relative residual; of those the worst."""
        return max(min(rel[i] for _, rel in self.residuals) for i in range(len(self.residuals[0][1])))


class Map:
    """
    What a solver iterates: `apply` on a state of its own, which `project` turns into a z of f. The residual that is
    judged is always that of f at the projected point.
    """

    def __init__(self, f, start, apply=None, project=None, evaluations=1):
        self.f, self.start, self.evaluations = f, start, evaluations
        self.plain = apply is None
        self.apply = apply or f
        self.project = project or (lambda state: state)


def general_map(name, options, f, start):
    """The maps that every problem has, by the page's names for them."""
    if name == "plain":
        return Map(f, start)
    if name == "damped":
        beta = options["beta"]
        return Map(f, start, lambda z: (1 - beta) * z + beta * f(z))
    h, slope = options.get("h", 0.5), lambda z: f(z) - z
    if name == "euler":
        return Map(f, start, lambda z: z + h * slope(z))
    if name == "heun":

        def heun(z):
            first = slope(z)
            return z + h / 2 * (first + slope(z + h * first))

        return Map(f, start, heun, evaluations=2)
    if name == "rk4":

        def rk4(z):
            a = slope(z)
            b = slope(z + h / 2 * a)
            c = slope(z + h / 2 * b)
            d = slope(z + h * c)
            return z + h / 6 * (a + 2 * b + 2 * c + d)

        return Map(f, start, rk4, evaluations=4)
    raise SystemExit(f"There is no iteration map named {name}.")


def lengths(rows):
    """Euclidean norms of rows [batch, n]. In float64, so that no square leaves the range of the numbers."""
    return torch.linalg.vector_norm(rows.double(), dim=1)


class Point:
    """An evaluated point: z, its residual g = f(z) - z, and its norm; `history` is the method's own."""

    def __init__(self, f, z):
        self.z = z
        self.image = f(z)
        self.g = self.image - z
        self.history = None


def hold(following, z, moving):
    """`following` for the samples that still move, z for the others."""
    return torch.where(moving[:, None], following, z)


class Picard:
    """z <- z + beta (f(z) - z)."""

    def __init__(self, options):
        self.damping = options.get("damping", 1)

    def step(self, f, point, moving):
        return Point(f, hold(point.z + self.damping * point.g, point.z, moving))


class Anderson:
    """
    The next point is sum a_i (z_i + beta g_i), with the weights that minimise |sum a_i g_i|^2 + ridge |a|^2 under
    sum a_i = 1 over the last `window` residuals. The first step is plain. Anderson 1965; Walker and Ni 2011.
    """

    def __init__(self, options):
        self.window = min(options.get("window", 6), options["max_iterations"] + 1)
        self.damping, self.ridge = options.get("damping", 1), options.get("ridge", 1e-4)
        self.relative = options.get("ridge_mode", "relative") == "relative"

    def step(self, f, point, moving):
        zs, gs = point.history or ([point.z], [point.g])
        beta = 1 if len(zs) == 1 and self.window > 1 else self.damping
        following = point.z + beta * point.g
        if len(zs) > 1:
            weights, singular = self.weights(torch.stack(gs, 1))
            mixed = (weights[:, :, None] * (torch.stack(zs, 1) + self.damping * torch.stack(gs, 1))).sum(1)
            following = torch.where(singular[:, None], following, mixed)
        new = Point(f, hold(following, point.z, moving))
        kept = self.window - 1
        new.history = ([new.z] + zs[:kept], [new.g] + gs[:kept])
        return new

    def weights(self, residuals):
        """[batch, points] weights of residuals [batch, points, n], newest first, and who has nothing to choose."""
        count = residuals.shape[1]
        positive = lambda x: torch.where(x > 0, x, torch.ones_like(x))
        largest = positive(residuals.abs().amax((1, 2), keepdim=True))
        near = residuals / largest
        gram = near @ near.transpose(1, 2)
        mean = positive(gram.diagonal(dim1=1, dim2=2).mean(1)[:, None, None])
        ridge = torch.full_like(mean, self.ridge) if self.relative else self.ridge / largest / largest / mean
        system = gram / mean + ridge.clamp(max=1e12) * torch.eye(count, dtype=gram.dtype, device=gram.device)
        return mixing_weights(system)


def mixing_weights(h):
    """
    The a that minimises a' H a under sum a = 1, for H [batch, n, n], newest first. The constraint is put in at the
    smallest diagonal entry, and a residual whose difference from that one depends on those of newer ones gets the
    weight 0 (Pollock and Rebholz 2023).
    """
    batch, n, _ = h.shape
    diagonal = h.diagonal(dim1=1, dim2=2)
    least, at = diagonal.min(1)
    anchor = torch.nn.functional.one_hot(at, n).to(h.dtype)
    row = (anchor[:, None] @ h)[:, 0]
    right = least[:, None] - row
    m = torch.cat([h - row[:, None, :] + right[:, :, None], right[:, :, None]], 2)
    floors = 1e-6 * (diagonal + least[:, None])
    singular = torch.ones(batch, dtype=torch.bool, device=h.device)
    for i in range(n):
        usable = m[:, i, i] > floors[:, i]
        scaled = m[:, i] / torch.where(usable, m[:, i, i], torch.ones_like(m[:, i, i]))[:, None] * usable[:, None]
        m = m - m[:, :, i : i + 1] * scaled[:, None, :]
        m[:, i] = scaled
        singular &= ~usable
    gamma = m[:, :, n]
    return gamma + anchor * (1 - gamma.sum(1, keepdim=True)), singular


class Broyden:
    """
    Broyden's "good" method on g(z) = f(z) - z. The inverse Jacobian starts at -1 and stays -1 + sum u_i v_i'; past
    `rank` pairs the oldest is dropped. Broyden 1965; Bai, Kolter, Koltun 2019.
    """

    def __init__(self, options):
        self.rank = options.get("rank", 10)
        self.line_search = options.get("line_search", False)

    def begin(self, point, pairs):
        """Lets the inverse Jacobian be -1 + sum u_i v_i' of these (u, v) to begin with."""
        newest = [rows[:, -self.rank :] for rows in pairs]
        point.history = (*newest, torch.zeros(len(point.z), dtype=torch.bool, device=point.z.device))

    def step(self, f, point, moving):
        us, vs, vanished = point.history or (None, None, torch.zeros_like(moving))
        direction = torch.where(vanished[:, None], point.g, -apply_pairs(vs, us, point.g))
        if self.line_search:
            new = line_search(f, point, direction, moving)
        else:
            new = Point(f, hold(point.z + direction, point.z, moving))
        dz, dg = new.z - point.z, new.g - point.g
        v = apply_pairs(us, vs, dz)
        size = lengths(v)[:, None]
        v = (v / torch.where(size > 0, size, torch.ones_like(size))).to(dz.dtype)
        denominator = (v * dg).sum(1, keepdim=True)
        # As small beside |v| |dg| it is round-off: such a sample takes one plain step instead.
        usable = denominator.abs() > 1e-6 * lengths(dg)[:, None]
        u = (dz - apply_pairs(vs, us, dg)) / torch.where(usable, denominator, torch.ones_like(denominator))
        add = lambda rows, row: torch.cat(([] if rows is None else [rows]) + [(row * usable)[:, None]], 1)[:, -self.rank :]
        new.history = (add(us, u), add(vs, v), ~usable[:, 0])
        return new


def apply_pairs(inner, outer, y):
    """-y + sum outer_i (inner_i' y), for pairs [batch, count, n] and y [batch, n]."""
    if inner is None:
        return -y
    return torch.einsum("bi,bin->bn", torch.einsum("bin,bn->bi", inner, y), outer) - y


def line_search(f, point, direction, moving):
    """Armijo backtracking, each sample with a step of its own; all of them share the evaluations."""
    searches = [armijo(float(length) ** 2) for length in lengths(point.g)]
    tried = [(next(search), False) for search in searches]
    while True:
        steps = torch.tensor([step for step, _ in tried], dtype=point.z.dtype, device=point.z.device)
        new = Point(f, hold(point.z + steps[:, None] * direction, point.z, moving))
        values, again = lengths(new.g).tolist(), False
        for i, search in enumerate(searches):
            if tried[i][1]:
                continue
            phi = values[i] ** 2 if moving[i] else 0.0
            try:
                tried[i] = (search.send(math.inf if math.isnan(phi) else phi), False)
                again = True
            except StopIteration as done:
                step, failed = done.value
                again = again or failed
                tried[i] = (step, True)
        if not again:
            return new


def armijo(phi0):
    """
    Backtracking on phi(s) = |g(z + s p)|^2 with phi'(0) taken as -phi(0): yields a step to try, is sent its phi, and
    returns the step and whether even the shortest failed. Nocedal and Wright, section 3.5.
    """
    slope = -phi0
    enough = lambda step, phi: phi <= phi0 + 1e-4 * step * slope
    s0, f0 = 1.0, (yield 1.0)
    if enough(s0, f0):
        return s0, False
    full = f0
    s1 = -slope / 2 / (full - phi0 - slope) if math.isfinite(full) else 0.5
    f1 = yield s1
    if enough(s1, f1):
        return s1, False
    best = (f1, s1) if f1 < math.inf else (math.inf, 1.0)
    while s1 > 1e-2:
        s2 = math.nan
        if math.isfinite(f0 + f1):
            factor = s0**2 * s1**2 * (s1 - s0)
            e1, e0 = f1 - phi0 - slope * s1, f0 - phi0 - slope * s0
            a = (s0**2 * e1 - s1**2 * e0) / factor if factor else math.nan
            b = (-(s0**3) * e1 + s1**3 * e0) / factor if factor else math.nan
            if a:
                s2 = (-b + math.sqrt(abs(b**2 - 3 * a * slope))) / (3 * a)
        if not math.isfinite(s2):
            s2 = s1 / 2
        f2 = yield s2
        if enough(s2, f2):
            return s2, False
        best = min(best, (f2, s2))
        if s1 - s2 > s1 / 2 or 1 - s2 / s1 < 0.96:
            s2 = s1 / 2
        s0, s1, f0, f1 = s1, s2, f1, f2
    return (1.0 if math.isfinite(full) else best[1]), True


METHODS = {"picard": Picard, "anderson": Anderson, "broyden": Broyden}

# How a solve is judged, by the page's convention: `scope` sample, worst or batch; `floor` beside |f(z)|; `damped`: the
# step is measured in place of the residual; `returns`: lowest, lowest-image, last, last-image.
OWN_CONVENTION = {"scope": "sample", "floor": 1e-9, "damped": False, "returns": "lowest"}


def verdict(trace, lengths_, tolerance, stop_mode):
    """How one sample stands, from its residuals so far and the first and newest |f(z) - z|."""
    value, (first_length, length) = trace[-1], lengths_
    if not math.isfinite(value):
        return "nonfinite"
    if value < tolerance:
        return "converged"
    most = 1e6 if stop_mode == "abs" else 1e3
    grown = stop_mode == "abs" or length / most > first_length
    if value > max(trace[0], 2.0**-52) * most and grown:
        return "diverged"
    if length > 1e9 * max(first_length, 1e-3):
        return "diverged"
    if len(trace) > 30 and value < 3 * tolerance and max(trace[-30:]) < 1.3 * min(trace[-30:]):
        return "stalled"
    return "running"


def solve(map_, options, seed=None):
    """
    Solves f(z) = z by iterating a Map from its start. `options`: method, max_iterations, tolerance, stop_mode,
    convention, and the method's own. `seed`: pairs (u, v) that Broyden's method begins with. Divergence is a status, not
    an error. No graph is made.
    """
    with torch.no_grad():
        state = map_.start
        shape, batch = state.shape, state.shape[0]
        calls = 0

        def flat(rows):
            nonlocal calls
            calls += 1
            return map_.apply(rows.reshape(shape)).reshape(batch, -1)

        convention = options.get("convention") or OWN_CONVENTION
        method = METHODS[options["method"]](options)
        last = convention["returns"].startswith("last")
        residuals, traces, firsts = [], [[] for _ in range(batch)], None
        verdicts, lowest = ["running"] * batch, [math.inf] * batch
        moving = torch.ones(batch, dtype=torch.bool, device=state.device)
        point, best = Point(flat, state.reshape(batch, -1)), state.reshape(batch, -1).clone()
        learns = isinstance(method, Broyden)
        if learns and seed:
            method.begin(point, seed)
        while True:
            abs_, rel = measure(map_, point, shape, convention, options.get("damping", 1))
            residuals.append((abs_, rel))
            judged = lambda values: [max(values, key=badness)] * batch if convention["scope"] == "worst" else values
            values, own = judged(abs_ if options["stop_mode"] == "abs" else rel), judged(abs_)
            firsts = firsts or own
            better = []
            for i, value in enumerate(values):
                traces[i].append(value)
                if verdicts[i] == "running":
                    found = verdict(traces[i], (firsts[i], own[i]), options["tolerance"], options["stop_mode"])
                    verdicts[i] = found
                better.append(value < lowest[i])
                lowest[i] = min(lowest[i], value) if better[i] else lowest[i]
            best = torch.where(torch.tensor(better, device=state.device)[:, None], point.z, best)
            if "running" not in verdicts or len(residuals) > options["max_iterations"]:
                break
            moving = torch.tensor([one == "running" for one in verdicts], device=state.device)
            point = method.step(flat, point, moving)
        ranks = ["nonfinite", "diverged", "running", "stalled", "converged"]
        status = min(verdicts, key=ranks.index)
        answer = point.z if last else best
        if convention["returns"].endswith("image"):
            answer = flat(answer)
        evaluations = calls if map_.plain else max(0, (calls - 1) * map_.evaluations + 1)
        z = map_.project(answer.reshape(shape))
        pairs = point.history[:2] if learns and map_.plain and point.history else None
        return Solution(z, "max-iterations" if status == "running" else status, evaluations, residuals, pairs)


def badness(value):
    return math.inf if math.isnan(value) else value


def measure(map_, point, shape, convention, damping):
    """abs and rel of a point, a number for each sample, as the convention has them."""
    batch = shape[0]
    step = damping if convention["damped"] else 1
    if map_.plain:
        residual = step * point.g
        image = point.z + residual if convention["damped"] else point.image
    else:
        here = map_.project(point.z.reshape(shape))
        if convention["damped"]:
            there = map_.project((point.z + step * point.g).reshape(shape))
        else:
            there = map_.f(here)
        residual, image = (there - here).reshape(batch, -1), there.reshape(batch, -1)
    length, size = lengths(residual), lengths(image)
    if convention["scope"] == "batch":
        length, size = (torch.linalg.vector_norm(x).expand(batch) for x in (length, size))
    return length.tolist(), (length / (size + convention["floor"])).tolist()
