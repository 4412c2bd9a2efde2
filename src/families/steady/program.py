import csv
import json
import math
import os

import torch
from torch.nn import functional as F

# ----------------------------------------------------------------------------------------------------------------------
# A small system, z = tanh(z W + x U + b) or tanh(M [z, x]), that tells two classes of points of the plane apart
#
# Parameters have the names and layouts of the page, and of the codes that it follows: FastDEQ (Pal, Edelman, Rackauckas
# 2022) with its learned start tanh(x Ws + bs), and the linear unit of SinclairHudson/DeepEquilibrium.
# ----------------------------------------------------------------------------------------------------------------------

CLASSES = 2
# A system of random numbers has no readout: its outputs are z*, and its loss is the sum of c z with random numbers c.
LOSS_UNIT = "nats a point" if MODEL["readout"] else "(the sum of c z)"
LOSS_IS_CROSS_ENTROPY = False
OUTPUTS_NAME = "logits" if MODEL["readout"] else "z"


class Batch:
    """x [batch, inputs]; a class for each row, or numbers c [batch, width]."""

    def __init__(self, x, labels=None, c=None):
        self.x, self.labels, self.c = x, labels, c
        self.examples = len(x)

    def to(self, device):
        return Batch(*(None if part is None else part.to(device) for part in (self.x, self.labels, self.c)))


class Model(Equilibrium):
    """
    `config`: cell (tanh or unit), width, inputs, how many numbers x has, and whether it has a readout; and what new weights
    are drawn with: the gain and rotation of W, and the scale of x.
    """

    def __init__(self, config):
        super().__init__()
        self.width, self.unit = config["width"], config["cell"] == "unit"
        width, inputs = config["width"], config["inputs"]
        random = lambda *shape, deviation: torch.nn.Parameter(torch.randn(shape) * deviation)
        zeros = lambda *shape: torch.nn.Parameter(torch.zeros(shape))
        state, fan_in = random_matrix(width, config["gain"], config["rotation"]), 1 / math.sqrt(inputs)
        if self.unit:
            self.linear = torch.nn.Linear(width + inputs, width, bias=False)
            right = torch.randn(width, inputs) * config["input"] * fan_in
            self.linear.weight.data.copy_(torch.cat([state.T, right], 1))
        else:
            self.W = torch.nn.Parameter(state)
            self.U = random(inputs, width, deviation=config["input"] * fan_in)
            self.b = random(width, deviation=config["input"] / 2)
        self.Ws, self.bs = random(inputs, width, deviation=fan_in), zeros(width)
        self.readout = None
        if config["readout"]:
            self.readout = torch.nn.Linear(width, CLASSES)
            self.readout.weight.data.normal_(0, 1 / math.sqrt(width))
            self.readout.bias.data.zero_()
        self.parameter_names = [name for name, _ in self.named_parameters()]

    def inject(self, batch):
        if self.unit:
            return F.linear(batch.x, self.linear.weight[:, self.width :])
        return batch.x @ self.U + self.b

    def f(self, batch, injection, z):
        if self.unit:
            return torch.tanh(F.linear(z, self.linear.weight[:, : self.width]) + injection)
        return torch.tanh(z @ self.W + injection)

    def initial_state(self, batch):
        return batch.x.new_zeros(batch.examples, self.width)

    def learned_start(self, batch):
        """Skip-DEQ: z0 as a map of x that is trained with the model."""
        return torch.tanh(batch.x @ self.Ws + self.bs)

    def outputs(self, batch, z):
        """Logits [batch, 2]; without a readout z itself."""
        return self.readout(z) if self.readout else z

    def loss(self, batch, z):
        """Mean cross entropy; without a readout the sum of c z."""
        return F.cross_entropy(self.outputs(batch, z), batch.labels) if self.readout else (z * batch.c).sum()

    def measure(self, batch, z):
        """The share of points that are told right."""
        if not self.readout:
            return {}
        return {"accuracy": float((self.outputs(batch, z).argmax(1) == batch.labels).float().mean())}


def random_matrix(n, gain, rotation):
    """gain (cos S + sin A) of the rotation in degrees, S symmetric and A antisymmetric with eigenvalues up to about 1."""
    angle, g = math.radians(rotation), torch.randn(n, n) / math.sqrt(n)
    return gain * (math.cos(angle) * (g + g.T) + math.sin(angle) * (g - g.T)) / (2 * math.sqrt(2))


# ----------------------------------------------------------------------------------------------------------------------
# Points of the plane
# ----------------------------------------------------------------------------------------------------------------------


def draw_points(shape, noise, count):
    """Points of both classes in turn, [count, 2] and [count], moved off their curve by normal noise."""
    labels, t = torch.arange(count) % 2, torch.rand(count)
    if shape == "moons":
        angle, sign = math.pi * t, 1 - 2 * labels
        at = torch.stack([(angle.cos() - 0.5) * sign, (angle.sin() - 0.25) * sign], 1)
    elif shape == "rings":
        radius, angle = 0.6 + 0.8 * labels, 2 * math.pi * t
        at = torch.stack([radius * angle.cos(), radius * angle.sin()], 1)
    else:
        radius, angle = 0.25 + 1.35 * t, math.pi * (1.5 * t + labels)
        at = torch.stack([radius * angle.cos(), radius * angle.sin()], 1)
    return at + noise * torch.randn(count, 2), labels


def read_points(path):
    """Points of a .csv with rows x, y, class, or of an .npz with x [count, 2] and y [count]; classes are 0 and 1."""
    if not os.path.exists(path):
        raise SystemExit(f"{path} is not here. It may be {DATA_KINDS}.")
    try:
        if path.lower().endswith(".npz"):
            import numpy

            with numpy.load(path, allow_pickle=False) as arrays:
                at, labels = torch.from_numpy(arrays["x"]).float(), torch.from_numpy(arrays["y"].astype("int64"))
        else:
            with open(path, newline="") as file:
                rows = [row for row in csv.reader(file) if row]
            if rows and not is_number(rows[0][0]):
                rows = rows[1:]
            table = torch.tensor([[float(cell) for cell in row] for row in rows])
            at, labels = table[:, :2], table[:, 2].long()
        if at.dim() != 2 or at.shape[1] != 2 or labels.shape != at.shape[:1] or len(labels) < 2:
            raise ValueError(f"{list(at.shape)} coordinates and {list(labels.shape)} classes")
        if int(labels.min()) < 0 or int(labels.max()) >= CLASSES:
            raise ValueError(f"classes from {int(labels.min())} to {int(labels.max())}, not 0 and 1")
    except (ValueError, IndexError, KeyError, OSError) as error:
        raise SystemExit(f"{path} could not be read as points ({error}). It may be {DATA_KINDS}.") from None
    return at, labels


DATA_KINDS = "a .csv with rows x, y, class (0 or 1), or an .npz with x [count, 2] and y [count]"


def is_number(text):
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def points_batch(cell, at, labels):
    """Points as the cell takes them: the linear unit has no bias, and a 1 beside the two coordinates."""
    return Batch(torch.cat([at, torch.ones(len(at), 1)], 1) if cell == "unit" else at, labels)


def add_example_arguments(parser):
    parser.add_argument("--data", metavar="FILE", help=f"points in place of the page's: {DATA_KINDS}")


def example(args, metadata):
    """The page's points or random inputs, or points of a file."""
    global LOSS_UNIT, OUTPUTS_NAME
    # What `train` writes tells points apart, also where the page's system is of random numbers.
    config = json.loads(metadata["torch_model"]) if "torch_model" in metadata else MODEL
    if config["readout"]:
        LOSS_UNIT, OUTPUTS_NAME = "nats a point", "logits"
        given = read_points(args.data) if args.data else (torch.tensor(INPUT["points"]), torch.tensor(INPUT["labels"]))
        return points_batch(config["cell"], *given), args.data is None
    if args.data:
        raise SystemExit("A system of random numbers has no classes. Train one first, and say --weights FILE.")
    return Batch(torch.tensor(INPUT["x"]), c=torch.tensor(INPUT["c"])), True


def add_training_arguments(parser):
    parser.add_argument("--data", metavar="FILE", help=f"points of your own: {DATA_KINDS}")
    shapes, shape = ["moons", "rings", "spirals"], TASK["shape"]
    parser.add_argument("--shape", choices=shapes, default=shape, help=f"of points that are drawn (default {shape})")
    parser.add_argument("--noise", type=float, default=TASK["noise"], help=f"of theirs (default {TASK['noise']})")
    parser.add_argument("--points", type=int, default=500, help="that are drawn to learn from (default 500)")
    parser.add_argument("--batch", type=int, default=TASK["batch"], help=f"points (default {TASK['batch']})")
    parser.add_argument("--cell", choices=["tanh", "unit"], help=f"default {MODEL['cell']}; another one begins anew")
    parser.add_argument("--width", type=int, help=f"default {MODEL['width']}; another one begins anew")


class PointsTask:
    """Which class is a point of? Drawn ones, and a fifth as many held out; of those in a file every fifth is held out."""

    def __init__(self, args):
        if args.data is None:
            self.learnt = draw_points(args.shape, args.noise, args.points)
            self.kept_back = draw_points(args.shape, args.noise, max(2, args.points // 5))
            what = f"{args.shape}, noise {args.noise}"
        else:
            at, labels = read_points(args.data)
            held = torch.arange(len(labels)) % 5 == 4
            self.learnt, self.kept_back = (at[~held], labels[~held]), (at[held], labels[held])
            what = args.data
        self.batch, self.device = args.batch, args.device
        cell = args.cell or MODEL["cell"]
        inputs = 3 if cell == "unit" else 2
        self.config = {**MODEL, "cell": cell, "width": args.width or MODEL["width"], "inputs": inputs, "readout": True}
        self.about = f"{len(self.learnt[1]):,} points to learn from and {len(self.kept_back[1]):,} held out: {what}"
        self.metadata = {}
        self.experiment = {
            "steady.cell": cell,
            "steady.width": self.config["width"],
            "steady.weights": "random",
            "random.seed": TASK["seed"],
            "train.batch": self.batch,
            **({} if args.data else {"plane.shape": args.shape, "plane.noise": args.noise}),
        }

    def fits(self, config):
        """Whether weights of that shape fit what is asked for."""
        return all(config[name] == self.config[name] for name in ("cell", "width", "inputs", "readout"))

    def batch_at(self, step, carried=None):
        at, labels = self.learnt
        chosen = torch.randint(len(labels), (self.batch,))
        return points_batch(self.config["cell"], at[chosen], labels[chosen]).to(self.device)

    def held_out(self):
        if len(self.kept_back[1]) > 0:
            yield points_batch(self.config["cell"], *self.kept_back).to(self.device)


def open_task(args, metadata):
    return PointsTask(args)
