import math

import torch
from torch.nn import functional as F

# ----------------------------------------------------------------------------------------------------------------------
# A monotone operator network that reads digits: z* = relu(W z* + U x + b), Winston and Kolter 2020
#
# W = (1 - m) I - A'A + B - B', so that sym(I - W) = m I + A'A: with m > 0 there is exactly one z*, whatever A and B are.
# Parameters have the names and layouts of locuslab/monotone_op_net (SingleFcNet, SingleConvNet), and the page's.
# ----------------------------------------------------------------------------------------------------------------------

BORDERED = SIDE + 2  # side of a convolutional network's pictures, with a border that is zero
POOLED = 4  # its head reads means over squares of so many pixels


class FullyConnected(torch.nn.Module):
    """W as a matrix. States are [batch, n], inputs [batch, 784]."""

    def __init__(self, units, m):
        super().__init__()
        self.m, self.shape = m, (units,)
        self.U = torch.nn.Linear(SIDE**2, units)
        self.A = torch.nn.Linear(units, units, bias=False)
        self.B = torch.nn.Linear(units, units, bias=False)

    def inject(self, x):
        return self.U(x.flatten(1))

    def weight(self):
        """W [n, n]."""
        a, b = self.A.weight, self.B.weight
        return (1 - self.m) * torch.eye(len(a), dtype=a.dtype, device=a.device) - a.T @ a + b - b.T

    def multiply(self, z):
        """W z."""
        return (1 - self.m) * z - self.A(z) @ self.A.weight + self.B(z) - z @ self.B.weight

    def multiply_transposed(self, z):
        """W' z."""
        return (1 - self.m) * z - self.A(z) @ self.A.weight - self.B(z) + z @ self.B.weight

    def activate(self, z):
        return torch.relu(z)

    def resolvent(self, alpha):
        """V = ((1 + alpha) I - alpha W)^-1, inverted once: functions that multiply a state with V, and with V'."""
        w = self.weight().detach()
        v = torch.linalg.inv((1 + alpha) * torch.eye(len(w), dtype=w.dtype, device=w.device) - alpha * w)
        return lambda y: y @ v.T, lambda y: y @ v


class Convolutional(torch.nn.Module):
    """
    W as a 3 x 3 convolution that wraps around: A'A becomes g A^'A^ and B becomes h B^, kernels of norm 1. States are
    [batch, channels, 30, 30], inputs [batch, 784]. Only with g >= 0 is uniqueness certain.
    """

    def __init__(self, channels, m):
        super().__init__()
        self.m, self.shape = m, (channels, BORDERED, BORDERED)
        self.U = torch.nn.Conv2d(1, channels, 3)
        self.A = torch.nn.Conv2d(channels, channels, 3, bias=False)
        self.B = torch.nn.Conv2d(channels, channels, 3, bias=False)
        self.g = torch.nn.Parameter(torch.tensor(1.0))
        self.h = torch.nn.Parameter(torch.tensor(1.0))

    def inject(self, x):
        pictures = F.pad(x.reshape(-1, 1, SIDE, SIDE), (1, 1, 1, 1))
        return circular(pictures, self.U.weight) + self.U.bias[None, :, None, None]

    def kernels(self):
        """A^ and h B^."""
        a, b = self.A.weight, self.B.weight
        return a / a.norm(), self.h * (b / b.norm())

    def multiply(self, z):
        a, b = self.kernels()
        return self.shared(z, a) + circular(z, b - transposed(b))

    def multiply_transposed(self, z):
        a, b = self.kernels()
        return self.shared(z, a) - circular(z, b - transposed(b))

    def shared(self, z, a):
        """The symmetric part of W z."""
        return (1 - self.m) * z - self.g * circular(circular(z, a), transposed(a))

    def activate(self, z):
        return F.pad(torch.relu(z[:, :, 1:-1, 1:-1]), (1, 1, 1, 1))

    def resolvent(self, alpha):
        """As above. A periodic convolution is a product with one small matrix at each frequency, and so is its inverse."""
        a, b = (response(kernel.detach()) for kernel in self.kernels())
        adjoint = lambda matrix: matrix.conj().transpose(1, 2)
        one = torch.eye(len(self.A.weight), dtype=a.dtype, device=a.device)
        skew = adjoint(b) - b
        v = torch.linalg.inv((1 + alpha * self.m) * one + alpha * (self.g.detach() * adjoint(a) @ a + skew))

        def through(matrices):
            def apply(y):
                spectrum = torch.fft.rfft2(y)
                columns = spectrum.flatten(2).permute(2, 1, 0)  # [frequency, channel, sample]
                product = (matrices @ columns).permute(2, 1, 0).reshape(spectrum.shape)
                return torch.fft.irfft2(product, s=(BORDERED, BORDERED))

            return apply

        return through(v), through(adjoint(v))


def circular(pictures, kernel):
    """A 3 x 3 convolution [out, in, 3, 3] of pictures [batch, in, rows, columns] that wrap around."""
    return F.conv2d(F.pad(pictures, (1, 1, 1, 1), mode="circular"), kernel)


def transposed(kernel):
    """The kernel of the transposed convolution."""
    return kernel.transpose(0, 1).flip(2, 3)


def response(kernel):
    """What a kernel does to each frequency of a picture: [frequency, out, in]."""
    rest = BORDERED - 3
    centred = F.pad(kernel, (0, rest, 0, rest)).roll((-1, -1), (2, 3))
    return torch.fft.rfft2(centred).conj().flatten(2).permute(2, 0, 1)


class Model(DigitReader):
    """`config`: cell (fc or conv), units (hidden units, or channels), m, and the gain that new weights have."""

    def __init__(self, config):
        super().__init__()
        conv, units = config["cell"] == "conv", config["units"]
        self.mon = torch.nn.Module()
        self.mon.linear_module = (Convolutional if conv else FullyConnected)(units, config["m"])
        self.Wout = torch.nn.Linear(units * (BORDERED // POOLED) ** 2 if conv else units, CLASSES)
        self.parameter_names = [name for name, _ in self.named_parameters()]
        self.draw(config["gain"])

    def draw(self, gain):
        """New weights with the variance of PyTorch's own, A and B scaled by the gain."""
        operator = self.operator
        with torch.no_grad():
            for layer in (operator.U, operator.A, operator.B, self.Wout):
                inputs = layer.weight[0].numel()
                for p in layer.parameters():
                    p.normal_(0, 1 / math.sqrt(3 * inputs))
            if isinstance(operator, Convolutional):
                operator.g.fill_(gain**2)
                operator.h.fill_(gain)
            operator.A.weight.mul_(gain)
            operator.B.weight.mul_(gain)

    @property
    def operator(self):
        return self.mon.linear_module

    def inject(self, batch):
        return self.operator.inject(standardised(batch.pictures))

    def f(self, batch, injection, z):
        return self.operator.activate(self.operator.multiply(z) + injection)

    def initial_state(self, batch):
        return batch.pictures.new_zeros((batch.examples, *self.operator.shape))

    def outputs(self, batch, z):
        """Logits [batch, 10]."""
        return self.Wout(z if z.dim() == 2 else F.avg_pool2d(z, POOLED).flatten(1))

    def map(self, name, options, batch, injection, start):
        """The two operator splittings beside the maps that every problem has; `options` has their alpha."""
        operator, f = self.operator, lambda z: self.f(batch, injection, z)
        alpha = options.get("alpha", 1.0)
        if name == "forward-backward":
            # z <- relu((1 - alpha) z + alpha (W z + U x + b)), which converges for 0 < alpha < 2m / |I - W|^2.
            step = lambda z: operator.activate((1 - alpha) * z + alpha * (operator.multiply(z) + injection))
            return Map(f, start, step)
        if name != "peaceman-rachford":
            return super().map(name, options, batch, injection, start)
        # u' = 2z - u, z' = V (u' + alpha (U x + b)), u <- 2z' - u', z = relu(u), which converges for every alpha > 0. The
        # state is u.
        apply_v, _ = operator.resolvent(alpha)

        def step(u):
            reflected = 2 * operator.activate(u) - u
            return 2 * apply_v(reflected + alpha * injection) - reflected

        return Map(f, start, step, operator.activate)

    def adjoint_map(self, name, options, batch, z, dz):
        """
        The adjoint u = J'u + dz by the same splittings. With D = diag[z > 0] they look for w = D u, which solves
        w = D (W'w + dz); u = W'w + dz.
        """
        operator, gate = self.operator, (z > 0).to(z.dtype)
        alpha = options.get("alpha", 1.0)
        through = lambda w: operator.multiply_transposed(w) + dz
        f, start = lambda u: through(gate * u), torch.zeros_like(dz)
        if name == "forward-backward":
            return Map(f, start, lambda w: gate * ((1 - alpha) * w + alpha * through(w)), through)
        if name != "peaceman-rachford":
            return None
        _, apply_transposed = operator.resolvent(alpha)
        stands = lambda s: gate * (s + alpha * dz)

        def step(s):
            reflected = 2 * stands(s) - s
            return 2 * apply_transposed(reflected) - reflected

        return Map(f, start, step, lambda s: through(stands(s)))


def add_model_arguments(parser):
    parser.add_argument("--cell", choices=["fc", "conv"], help=f"default {MODEL['cell']}; another one begins anew")
    parser.add_argument("--units", type=int, help=f"units or channels (default {MODEL['units']}); other ones begin anew")
    parser.add_argument("--m", type=float, help=f"strong monotonicity (default {MODEL['m']})")


class MonotoneTask(DigitsTask):
    shaping = ("cell", "units")

    def __init__(self, args):
        super().__init__(args)
        if args.m is not None:
            if args.m <= 0:
                raise SystemExit("--m must be above 0: only then is there exactly one fixed point.")
            self.config["m"] = args.m
        self.metadata = {"m": str(self.config["m"])}
        size = "monotone.hidden" if self.config["cell"] == "fc" else "monotone.channels"
        own = {"monotone.cell": "cell", "monotone.m": "m", size: "units"}
        self.experiment = {path: self.config[name] for path, name in own.items()}
        self.experiment.update({"monotone.weights": "random", "train.batch": self.batch, "monotone.shift": self.shift})


def open_task(args, metadata):
    return MonotoneTask(args)
