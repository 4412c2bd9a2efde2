import copy
import json
import math
import time

import torch

# ----------------------------------------------------------------------------------------------------------------------
# Training: the page's AdamW, schedule, clipping and Jacobian penalty
# ----------------------------------------------------------------------------------------------------------------------


class DirectionAndLength(torch.nn.Module):
    """Weight normalisation: w = g v / |v|, one length g an output. Salimans and Kingma 2016."""

    def forward(self, g, v):
        return v * (g / self.norm(v))

    def right_inverse(self, w):
        return self.norm(w), w

    @staticmethod
    def norm(v):
        return (v**2).sum(tuple(range(1, v.dim())), keepdim=True).add(1e-20).sqrt()


def names_and_owners(model):
    """The parameters' names in files, each with the module and the attribute that hold it."""
    for name in model.parameter_names:
        *path, attribute = name.split(".")
        module = model
        for part in path:
            module = getattr(module, part)
        yield name, module, attribute


def normalise(model):
    """Trains directions and lengths of the model's normalised matrices apart from now on."""
    for name, module, attribute in names_and_owners(model):
        if name in model.normalised:
            torch.nn.utils.parametrize.register_parametrization(module, attribute, DirectionAndLength())


def state_of(model):
    """The weights that the model computes with, by their names in files."""
    return {name: getattr(module, attribute).detach() for name, module, attribute in names_and_owners(model)}


def load_state(model, tensors):
    """Puts weights of a file into a fresh model. Ends the program, in words, where they do not fit."""
    missing = [name for name in model.parameter_names if name not in tensors]
    strange = [name for name in tensors if name not in model.parameter_names]
    if missing or strange:
        lacks = f" It lacks {', '.join(missing)}." if missing else ""
        has = f" It has {', '.join(strange)}, which this model does not." if strange else ""
        raise SystemExit(f"The weights do not fit this model.{lacks}{has}")
    with torch.no_grad():
        for name, module, attribute in names_and_owners(model):
            own, given = getattr(module, attribute), tensors[name]
            if own.shape != given.shape:
                raise SystemExit(f"{name} has shape {list(given.shape)}; this model needs {list(own.shape)}.")
            own.copy_(given)


def learning_rate(step, settings):
    """Of update `step`, counted from 0: a straight rise, then half a cosine down to a tenth, or constant."""
    peak, warmup = settings["learning_rate"], settings["warmup"]
    if step < warmup:
        return peak * (step + 1) / warmup
    if settings["schedule"] == "constant":
        return peak
    progress = min(1, (step - warmup) / max(1, settings["steps"] - warmup))
    return peak * (0.1 + 0.9 * 0.5 * (1 + math.cos(math.pi * progress)))


def optimizer_of(model, settings):
    """AdamW; weights decay, biases and lengths do not."""
    decays = lambda name, p: p.dim() > 1 and not name.lower().endswith("bias") and not name.endswith("original0")
    named = list(model.named_parameters())
    groups = [
        {"params": [p for name, p in named if decays(name, p)], "weight_decay": settings["weight_decay"]},
        {"params": [p for name, p in named if not decays(name, p)], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW([group for group in groups if group["params"]], lr=settings["learning_rate"])


def train(model, task, settings, report=print, deq=None):
    """
    Makes `settings["steps"]` updates and returns how many were made. Stops, with the weights as they were before, at a
    loss or a gradient that is no number. `deq`: torchdeq's solver in the place of this file's.
    """
    if settings["weight_norm"]:
        normalise(model)
    optimizer = optimizer_of(model, settings)
    carried, previous, started = None, None, time.time()
    for step in range(settings["steps"]):
        batch = task.batch_at(step, carried)
        shallow = step < settings["pretrain_steps"]
        backward = {"method": "unrolled", "depth": settings["pretrain_depth"]} if shallow else settings["backward"]
        forward = dict(settings["forward"])
        if settings["depth_jitter"] > 0:
            lower = int(torch.randint(settings["depth_jitter"] + 1, ()))
            forward["max_iterations"] = max(1, forward["max_iterations"] - lower)
        # Drawn at every step, so that the stream of random numbers does not depend on the weight.
        chosen = float(torch.rand(())) < settings["jacobian_share"]
        penalised = chosen and settings["jacobian_weight"] > 0 and backward["method"] != "unrolled"
        penalty = {"weight": settings["jacobian_weight"], "power": settings["jacobian_power"]} if penalised else None
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, settings)
        optimizer.zero_grad(set_to_none=True)
        warm = previous if settings["warm_start"] and previous is not None else None
        if deq is not None and backward["method"] != "unrolled":
            z, made = with_torchdeq(deq, model, batch, settings, warm)
        else:
            z, made = model.equilibrium(
                *(batch, forward, backward), iterated=settings["map"], start=settings["start"], z0=warm, penalty=penalty
            )
        loss = model.loss(batch, z)
        total = loss + made.get("penalty", 0)
        if settings["skip_weight"] > 0 and settings["start"] != "zeros":
            # Draws the start and the solution together. Pal, Edelman, Rackauckas 2022.
            total = total + settings["skip_weight"] * ((z - model.start(batch, settings["start"])) ** 2).mean()
        total.backward()
        limit = settings["clip"] if settings["clip"] > 0 else math.inf
        norm = clip_gradient(model, limit)
        if not math.isfinite(float(loss)) or not math.isfinite(norm):
            report(f"step {step + 1}: the loss or its gradient is no number; stopped before this update.")
            return step
        with torch.no_grad():
            carried = model.remember(batch, z.detach())
        optimizer.step()
        previous = z.detach() if settings["warm_start"] else None
        last = step + 1 == settings["steps"]
        if step == 0 or last or (step + 1) % settings["report_every"] == 0:
            report(progress(step, loss, norm, made, time.time() - started))
        if last or (step + 1) % settings["validate_every"] == 0:
            found = validate(model, task, settings)
            if found:
                report("  held out: " + ", ".join(f"{name} {value:.4f}" for name, value in found.items()))
    return settings["steps"]


def clip_gradient(model, limit):
    """Shortens the gradient to a norm of `limit`; returns the norm it had."""
    gradients = [p.grad for p in model.parameters() if p.grad is not None]
    norm = math.sqrt(sum(float((g.double() ** 2).sum()) for g in gradients))
    if norm > limit:
        for g in gradients:
            g.mul_(limit / norm)
    return norm


def progress(step, loss, norm, made, seconds):
    solves = []
    if made.get("forward"):
        solves.append(f"f {made['forward'].evaluations} evaluations, {made['forward'].status}")
    if made.get("backward"):
        solves.append(f"adjoint {made['backward'].evaluations}, {made['backward'].status}")
    about = f" ({'; '.join(solves)})" if solves else ""
    return f"step {step + 1}: loss {float(loss):.4f}, gradient {norm:.3f}{about}, {seconds:.0f} s"


def validate(model, task, settings):
    """Means of the held-out loss and of what else is measured, or nothing where nothing is held out."""
    sums, weight = {}, 0
    with torch.no_grad():
        for batch in task.held_out():
            z = state_at(model, batch, settings)
            told = {"loss": float(model.loss(batch, z)), **model.measure(batch, z)}
            for name, value in told.items():
                sums[name] = sums.get(name, 0) + value * batch.examples
            weight += batch.examples
    return {name: value / weight for name, value in sums.items()} if weight else None


def state_at(model, batch, settings):
    """What the network makes of a batch: the fixed point, or the last state of the unrolled network."""
    backward = settings["backward"]
    if backward["method"] == "unrolled":
        return model.equilibrium(batch, settings["forward"], backward, start=settings["start"])[0]
    return model.solve(batch, settings["forward"], settings["map"], settings["start"]).z


# ----------------------------------------------------------------------------------------------------------------------
# torchdeq in the place of the solvers above, where it is installed and asked for (--torchdeq)
# ----------------------------------------------------------------------------------------------------------------------


def open_torchdeq(arguments):
    """The DEQ of `get_deq(...)` with the page's settings. Ends the program where torchdeq is not installed."""
    try:
        from torchdeq import get_deq
    except ImportError:
        raise SystemExit("--torchdeq needs the package torchdeq: python -m pip install torchdeq") from None
    return get_deq(**arguments["get_deq"])


def with_torchdeq(deq, model, batch, settings, z0=None):
    """z of a batch by torchdeq, with a graph in training, and nothing of a report."""
    injection = model.inject(batch)
    z0 = model.start(batch, settings["start"]).detach() if z0 is None else z0
    states, _ = deq(lambda z: model.f(batch, injection, z), z0, solver_kwargs=settings["torchdeq"]["solver_kwargs"])
    return states[-1], {}
