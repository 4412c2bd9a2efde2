import json
import math

import torch
from torch.nn import functional as F

# ----------------------------------------------------------------------------------------------------------------------
# Inverse problems: a picture u from y = K u + noise, as the fixed point of u - tau (lambda K'(K u - y) + gamma R(u)),
# Riccio, Ehrhardt, Benning 2022
#
# R(u) = K0' sigma(K0 u + b) with tied layers (bilevel learning: R is the gradient of an energy), or
# R(u) = W2 sigma(W1 u + b1) with untied ones (a deep equilibrium network). Names of reacho/deep-equilibrium-vs-bilevel.
# ----------------------------------------------------------------------------------------------------------------------

LOSS_UNIT = "squares a pixel"
LOSS_IS_CROSS_ENTROPY = False
OUTPUTS_NAME = "z"


class Batch:
    """Pictures [batch, 784] from 0 to 1, and what was measured of them."""

    def __init__(self, pictures, given):
        self.pictures, self.given = pictures, given
        self.examples = len(pictures)

    def to(self, device):
        return Batch(self.pictures.to(device), self.given.to(device))


class Measurement:
    """K: the identity (denoise), a mask without the first pixels (inpaint), or the mean over a diagonal (deblur)."""

    def __init__(self, config):
        self.kind, self.masked = config["operator"], config["masked"]

    def apply(self, u):
        if self.kind == "inpaint":
            return torch.cat([torch.zeros_like(u[:, : self.masked]), u[:, self.masked :]], 1)
        if self.kind != "deblur":
            return u
        pictures = F.pad(u.reshape(-1, 1, SIDE, SIDE), (2, 2, 2, 2), mode="circular")
        diagonal = torch.eye(5, dtype=u.dtype, device=u.device)[None, None] / 5
        return F.conv2d(pictures, diagonal).flatten(1)

    # Each of the three is its own transpose.
    transposed = apply

    def measure(self, pictures, noise):
        """K u + noise n; of what is missing nothing is measured, noise neither."""
        seen = self.apply(torch.ones_like(pictures)) if self.kind == "inpaint" else 1
        return self.apply(pictures) + noise * torch.randn_like(pictures) * seen


class Model(Equilibrium):
    """
    `config`: cell (conv or dense), tied, width (kernels or units), kernel (its side), sigma, tau, lambda, gamma; operator and
    masked, the pixels that are missing; and the gain that new weights have.
    """

    def __init__(self, config):
        super().__init__()
        self.config, self.measurement = config, Measurement(config)
        conv, width, kernel = config["cell"] == "conv", config["width"], config["kernel"]
        shape = (width, 1, kernel, kernel) if conv else (width, SIDE**2)
        weight = config["gain"] * (self.differences(shape) if conv else torch.randn(shape) / math.sqrt(3 * shape[1]))
        names = ("K0", "b") if config["tied"] else ("W1", "b1", "W2")
        values = (weight, torch.zeros(width), weight if conv else weight.T)
        for name, value in zip(names, values):
            setattr(self, name, torch.nn.Parameter(value.clone().contiguous()))
        self.parameter_names = list(names)

    @staticmethod
    def differences(shape):
        """Finite differences in the first two kernels, small random numbers in the rest."""
        width, _, side, _ = shape
        kernels = torch.randn(shape) * 0.1 / (side * math.sqrt(width))
        middle = side // 2
        for k, (row, column) in enumerate(((0, 1), (1, 0))):
            kernels[k] = 0
            kernels[k, 0, middle, middle] = -1 / math.sqrt(8)
            kernels[k, 0, middle + row, middle + column] = 1 / math.sqrt(8)
        return kernels

    def activate(self, x):
        sigma = self.config["sigma"]
        if sigma == "softshrink":
            return F.softshrink(x, self.config["tau"])
        return {"identity": lambda y: y, "relu": torch.relu, "tanh": torch.tanh}[sigma](x)

    def regularise(self, u):
        """R(u)."""
        first, bias, second = (self.K0, self.b, self.K0) if self.config["tied"] else (self.W1, self.b1, self.W2)
        if self.config["cell"] == "dense":
            hidden = self.activate(F.linear(u, first, bias))
            return hidden @ first if self.config["tied"] else F.linear(hidden, second)
        half = first.shape[-1] // 2
        maps = F.conv2d(u.reshape(-1, 1, SIDE, SIDE), first, bias, padding=half)
        return F.conv_transpose2d(self.activate(maps), second, padding=half).flatten(1)

    def inject(self, batch):
        return self.config["tau"] * self.config["lambda"] * self.measurement.transposed(batch.given)

    def f(self, batch, injection, u):
        tau, fidelity = self.config["tau"], self.measurement.transposed(self.measurement.apply(u))
        return u - tau * (self.config["lambda"] * fidelity + self.config["gamma"] * self.regularise(u)) + injection

    def initial_state(self, batch):
        return torch.zeros_like(batch.given)

    def outputs(self, batch, u):
        """The pictures themselves."""
        return u

    def loss(self, batch, u):
        """Mean square of what is wrong."""
        return F.mse_loss(u, batch.pictures)

    def measure(self, batch, u):
        """Peak signal-to-noise ratio in decibels, a mean over pictures."""
        squares = (u - batch.pictures).square().mean(1)
        return {"psnr": float((-10 * squares.log10()).mean())}


def add_example_arguments(parser):
    parser.add_argument("--data", metavar="FILE", help=f"held-out digits in place of the page's picture: {DATA_KINDS}")
    parser.add_argument("--held-out", type=int, default=100, help="how many of them at most (default 100)")


def example(args, metadata):
    """The page's picture with what it measured of it, or digits of a file."""
    # What `train` writes may measure something else than the page's set-up.
    config = json.loads(metadata["torch_model"]) if "torch_model" in metadata else MODEL
    if args.data is None and config["operator"] == MODEL["operator"]:
        return Batch(drawing(INPUT["drawing"]), torch.tensor([INPUT["given"]])), True
    held_out = args.data and read_digits(args.data).kept_back[0][: args.held_out]
    pictures = drawing(INPUT["drawing"]) if held_out is None else held_out
    return Batch(pictures, Measurement(config).measure(pictures, TASK["noise"])), False


def add_training_arguments(parser):
    operators = ["denoise", "inpaint", "deblur"]
    parser.add_argument("--data", required=True, metavar="FILE", help=f"digits to learn: {DATA_KINDS}")
    parser.add_argument("--batch", type=int, default=TASK["batch"], help=f"digits (default {TASK['batch']})")
    parser.add_argument("--noise", type=float, default=TASK["noise"], help=f"deviation (default {TASK['noise']})")
    parser.add_argument("--operator", choices=operators, help=f"what is measured (default {MODEL['operator']})")
    parser.add_argument("--held-out", type=int, default=200, help="digits that are validated on (default 200)")


class RestoringTask:
    """What was the digit? Noise is new every time."""

    def __init__(self, args):
        self.digits = read_digits(args.data)
        self.batch, self.noise, self.device, self.most = args.batch, args.noise, args.device, args.held_out
        self.config = {**MODEL, "operator": args.operator or MODEL["operator"]}
        self.measurement = Measurement(self.config)
        self.about = self.digits.counted()
        self.metadata = {}
        self.experiment = {
            "inverse.weights": "random",
            "inverse.operator": self.config["operator"],
            "inverse.noise": self.noise,
            "train.batch": self.batch,
        }

    def fits(self, config):
        """Whether weights of that shape fit what is asked for."""
        return all(config[name] == self.config[name] for name in ("cell", "tied", "width", "kernel"))

    def measured(self, pictures):
        return Batch(pictures, self.measurement.measure(pictures, self.noise)).to(self.device)

    def batch_at(self, step, carried=None):
        pictures, _ = self.digits.learnt
        return self.measured(pictures[torch.randint(len(pictures), (self.batch,))])

    def held_out(self):
        for pictures in self.digits.kept_back[0][: self.most].split(50):
            yield self.measured(pictures)


def open_task(args, metadata):
    return RestoringTask(args)
