import math

import torch
from torch.nn import functional as F

# ----------------------------------------------------------------------------------------------------------------------
# A network of two resolutions that reads digits: a multiscale deep equilibrium model, Bai, Koltun, Kolter 2020
#
# Every resolution goes through a residual block, the outcomes are fused, each with the other's, and normed once more; the
# digit enters the finer one alone. Parameters have the names and layouts of locuslab/deq (MDEQModule), and the page's.
# States are flat: all channels of the finer resolution, then of the coarser one.
# ----------------------------------------------------------------------------------------------------------------------

LOSS_UNIT = "nats a digit"
LOSS_IS_CROSS_ENTROPY = False
OUTPUTS_NAME = "logits"

GROUPS = 4  # of the norms; those after the fusion have half as many
FINE = SIDE // 2  # pixels along a side of the finer resolution
COARSE = FINE // 2
CHANNELS = (4, 8, 12, 16)  # that the page has room for, of the finer resolution


class Batch:
    """Pictures [batch, 784] with greys from 0 to 1, and a class for each, -1 where it is not known."""

    def __init__(self, pictures, labels):
        self.pictures, self.labels = pictures, labels
        self.examples = len(pictures)

    def to(self, device):
        return Batch(self.pictures.to(device), self.labels.to(device))


def conv(inputs, outputs, side, stride=1):
    return torch.nn.Conv2d(inputs, outputs, side, stride, padding=side // 2, bias=False)


class Block(torch.nn.Module):
    """norm(relu(norm(conv(relu(norm(conv z)))) + x) + z))."""

    def __init__(self, channels, expansion):
        super().__init__()
        self.conv1, self.gn1 = conv(channels, expansion * channels, 3), torch.nn.GroupNorm(GROUPS, expansion * channels)
        self.conv2, self.gn2 = conv(expansion * channels, channels, 3), torch.nn.GroupNorm(GROUPS, channels)
        self.gn3 = torch.nn.GroupNorm(GROUPS, channels)

    def forward(self, z, x):
        inner = torch.relu(self.gn1(self.conv1(z)))
        return self.gn3(torch.relu(self.gn2(self.conv2(inner) + x) + z))


def part(**modules):
    """A module of nothing but these."""
    holder = torch.nn.Module()
    for name, module in modules.items():
        setattr(holder, name, module)
    return holder


class Model(Equilibrium):
    """`config`: channels of the finer resolution, expansion inside of a block, and the gain that new weights have."""

    def __init__(self, config):
        super().__init__()
        fine, expansion = config["channels"], config["expansion"]
        coarse = 2 * fine
        self.channels = fine, coarse
        self.stem = torch.nn.Sequential(conv(1, fine, 3, 2), torch.nn.GroupNorm(GROUPS, fine), torch.nn.ReLU())
        blocks = [part(blocks=torch.nn.ModuleList([Block(own, expansion)])) for own in self.channels]
        self.branches = torch.nn.ModuleList(blocks)
        up = part(conv=conv(coarse, fine, 1), gnorm=torch.nn.GroupNorm(GROUPS, fine))
        down = part(conv=conv(fine, coarse, 3, 2), gnorm=torch.nn.GroupNorm(GROUPS, coarse))
        self.fuse_layers = torch.nn.ModuleDict()
        self.fuse_layers["0"] = torch.nn.ModuleDict({"1": part(net=up)})
        self.fuse_layers["1"] = torch.nn.ModuleDict({"0": part(net=torch.nn.Sequential(down))})
        post = [part(conv=conv(own, own, 1), gnorm=torch.nn.GroupNorm(GROUPS // 2, own)) for own in self.channels]
        self.post_fuse_layers = torch.nn.ModuleList(post)
        self.classifier = torch.nn.Linear((fine + coarse) * COARSE**2, CLASSES)
        self.parameter_names = [name for name, _ in self.named_parameters()]
        self.draw(config["gain"])

    def draw(self, gain):
        """New weights as the page's would be: norms take any other scale of the kernels away again."""
        with torch.no_grad():
            for name, p in self.named_parameters():
                if p.dim() > 1:
                    p.normal_(0, 1 / math.sqrt((3 if name == "classifier.weight" else 1) * p[0].numel()))
                elif name.endswith("bias"):
                    p.zero_()
                else:
                    p.fill_(gain if name.startswith("post_fuse") else 1)

    def parts(self, z):
        """Both resolutions of flat states, as pictures."""
        fine, coarse = self.channels
        at = fine * FINE**2
        return z[:, :at].reshape(-1, fine, FINE, FINE), z[:, at:].reshape(-1, coarse, COARSE, COARSE)

    def inject(self, batch):
        # MNIST's mean and deviation.
        return self.stem(((batch.pictures - 0.1307) / 0.3081).reshape(-1, 1, SIDE, SIDE))

    def f(self, batch, injection, z):
        fine, coarse = (own.blocks[0](y, x) for own, y, x in zip(self.branches, self.parts(z), (injection, 0)))
        up, down = self.fuse_layers["0"]["1"].net, self.fuse_layers["1"]["0"].net[0]
        finer = fine + F.interpolate(up.gnorm(up.conv(coarse)), scale_factor=2, mode="nearest")
        coarser = down.gnorm(down.conv(fine)) + coarse
        post = zip(self.post_fuse_layers, (finer, coarser))
        return torch.cat([own.gnorm(own.conv(torch.relu(y))).flatten(1) for own, y in post], 1)

    def initial_state(self, batch):
        fine, coarse = self.channels
        return batch.pictures.new_zeros((batch.examples, fine * FINE**2 + coarse * COARSE**2))

    def outputs(self, batch, z):
        """Logits [batch, 10]."""
        fine, coarse = self.parts(z)
        return self.classifier(torch.cat([F.avg_pool2d(fine, 2), coarse], 1).flatten(1))

    def loss(self, batch, z):
        """Mean cross entropy; a picture without a class is held against the network's own first guess."""
        logits = self.outputs(batch, z)
        return F.cross_entropy(logits, torch.where(batch.labels < 0, logits.argmax(1), batch.labels))

    def measure(self, batch, z):
        """The share of pictures that are told right, where it is known what they are."""
        right = self.outputs(batch, z).argmax(1) == batch.labels
        return {"accuracy": float(right.float().mean())} if bool((batch.labels >= 0).all()) else {}


def add_example_arguments(parser):
    parser.add_argument("--data", metavar="FILE", help=f"held-out digits in place of the page's drawing: {DATA_KINDS}")
    parser.add_argument("--held-out", type=int, default=1000, help="how many of them at most (default 1000)")


def example(args, metadata):
    """The page's drawing, or digits of a file."""
    if args.data is None:
        label = INPUT["digit"]
        return Batch(drawing(INPUT["drawing"]), torch.tensor([-1 if label is None else label])), True
    pictures, labels = read_digits(args.data).kept_back
    return Batch(pictures[: args.held_out], labels[: args.held_out]), False


def add_training_arguments(parser):
    parser.add_argument("--data", required=True, metavar="FILE", help=f"digits to learn: {DATA_KINDS}")
    parser.add_argument("--batch", type=int, default=TASK["batch"], help=f"digits (default {TASK['batch']})")
    parser.add_argument("--shift", type=int, default=TASK["shift"], help=f"pixels at most (default {TASK['shift']})")
    parser.add_argument("--held-out", type=int, default=1000, help="digits that are validated on (default 1000)")
    parser.add_argument("--channels", type=int, help=f"default {MODEL['channels']}; others begin anew")
    parser.add_argument("--expansion", type=int, help=f"default {MODEL['expansion']}; another one begins anew")


class DigitsTask:
    """Which digit is it? Every digit is moved by up to `shift` pixels either way, each time anew."""

    def __init__(self, args):
        self.digits = read_digits(args.data)
        self.batch, self.shift, self.device, self.most = args.batch, args.shift, args.device, args.held_out
        asked = {"channels": args.channels, "expansion": args.expansion}
        self.config = {**MODEL, **{name: value for name, value in asked.items() if value is not None}}
        if self.config["channels"] not in CHANNELS or self.config["expansion"] < 1:
            raise SystemExit(f"--channels must be one of {CHANNELS}, and --expansion 1 or more.")
        learnt, held = (len(labels) for _, labels in (self.digits.learnt, self.digits.kept_back))
        self.about = f"{learnt:,} digits to learn from and {held:,} held out, of {self.digits.about}"
        self.metadata = {}
        self.experiment = {
            "multiscale.channels": str(self.config["channels"]),
            "multiscale.expansion": self.config["expansion"],
            "multiscale.weights": "random",
            "train.batch": self.batch,
            "multiscale.shift": self.shift,
        }

    def fits(self, config):
        """Whether weights of that shape fit what is asked for: none of them depends on the gain."""
        return all(config[name] == self.config[name] for name in ("channels", "expansion"))

    def batch_at(self, step, carried=None):
        pictures, labels = self.digits.learnt
        chosen = torch.randint(len(labels), (self.batch,))
        return Batch(moved(pictures[chosen], self.shift), labels[chosen]).to(self.device)

    def held_out(self):
        pictures, labels = (part[: self.most].split(100) for part in self.digits.kept_back)
        for batch in zip(pictures, labels):
            yield Batch(*batch).to(self.device)


def moved(pictures, shift):
    """Pictures moved at random; what comes in is blank."""
    if shift == 0:
        return pictures
    wide = F.pad(pictures.reshape(-1, SIDE, SIDE), (shift,) * 4)
    corners = torch.randint(2 * shift + 1, (len(pictures), 2)).tolist()
    return torch.stack([wide[i, y : y + SIDE, x : x + SIDE] for i, (y, x) in enumerate(corners)]).flatten(1)


def open_task(args, metadata):
    return DigitsTask(args)
