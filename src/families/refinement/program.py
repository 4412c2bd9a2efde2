import json
import math

import torch
from torch.nn import functional as F

# ----------------------------------------------------------------------------------------------------------------------
# Masks of drawn shapes by implicit feature refinement, Ma, Wang, Dong, Yan, Li, Zhang 2021
#
# An encoder makes features x of what is seen, the cell refines them to z* = f(z*, x), and the head of Mask R-CNN reads a
# mask out of z*. The cell's parameters have the names and layouts of lufanma/IFR (BasicBlock), and the page's.
# ----------------------------------------------------------------------------------------------------------------------

SIDE, HALF = 28, 14  # pixels along a side of a picture, and of its features
GROUPS = 4  # of the norms
CHANNELS = (8, 16, 24)  # that the page has room for
LOSS_UNIT = "nats a pixel"
LOSS_IS_CROSS_ENTROPY = False
OUTPUTS_NAME = "logits"


class Batch:
    """What is seen of pictures, and their masks: both [batch, 784]."""

    def __init__(self, seen, masks):
        self.seen, self.masks = seen, masks
        self.examples = len(seen)

    def to(self, device):
        return Batch(self.seen.to(device), self.masks.to(device))


class NormedConv(torch.nn.Module):
    """A 3 x 3 convolution whose kernels are g v / |v|."""

    def __init__(self, channels):
        super().__init__()
        self.weight_g = torch.nn.Parameter(torch.ones(channels, 1, 1, 1))
        self.weight_v = torch.nn.Parameter(torch.zeros(channels, channels, 3, 3))

    def forward(self, x):
        length = (self.weight_v.flatten(1).square().sum(1) + 1e-20).sqrt().reshape(-1, 1, 1, 1)
        return F.conv2d(x, self.weight_g * self.weight_v / length, padding=1)


class Model(Equilibrium):
    """`config`: channels, and the gain that new weights have."""

    def __init__(self, config):
        super().__init__()
        channels = self.channels = config["channels"]
        norm = lambda: torch.nn.GroupNorm(GROUPS, channels)
        self.encoder = torch.nn.Sequential(torch.nn.Conv2d(1, channels, 3, 2, padding=1, bias=False), norm())
        self.conv1, self.gn1 = NormedConv(channels), norm()
        self.conv2, self.gn2 = NormedConv(channels), norm()
        self.gn3 = norm()
        self.deconv = torch.nn.ConvTranspose2d(channels, channels, 2, stride=2)
        self.predictor = torch.nn.Conv2d(channels, 1, 1)
        self.parameter_names = [name for name, _ in self.named_parameters()]
        self.draw(config["gain"])

    def draw(self, gain):
        """New weights as the page's would be: norms take any other scale of the kernels away again."""
        with torch.no_grad():
            for name, p in self.named_parameters():
                if name == "deconv.weight":
                    p.normal_(0, math.sqrt(2 / self.channels))
                elif p.dim() > 1 and not name.endswith("_g"):
                    p.normal_(0, 1 / math.sqrt(p[0].numel()))
                elif name.endswith("bias"):
                    p.zero_()
                else:
                    p.fill_(gain if name == "gn3.weight" else 1)

    def inject(self, batch):
        return self.encoder(batch.seen.reshape(-1, 1, SIDE, SIDE))

    def f(self, batch, injection, z):
        h = z.reshape(injection.shape) + injection
        y = self.gn2(self.conv2(torch.relu(self.gn1(self.conv1(h))))) + h
        return self.gn3(torch.relu(y)).flatten(1)

    def initial_state(self, batch):
        return batch.seen.new_zeros((batch.examples, self.channels * HALF**2))

    def outputs(self, batch, z):
        """Logits [batch, 784]."""
        features = z.reshape(-1, self.channels, HALF, HALF)
        return self.predictor(torch.relu(self.deconv(features))).flatten(1)

    def loss(self, batch, z):
        """Mean binary cross entropy."""
        return F.binary_cross_entropy_with_logits(self.outputs(batch, z), batch.masks)

    def measure(self, batch, z):
        """Intersection over union of the masks, a mean over pictures; 1 where both are empty."""
        found, right = self.outputs(batch, z) >= 0, batch.masks >= 0.5
        both, either = (found & right).sum(1), (found | right).sum(1)
        return {"iou": float(torch.where(either == 0, 1.0, both / either.clamp(min=1)).mean())}


def between(low, high):
    return low + (high - low) * float(torch.rand(()))


def shape(kind):
    """The share of each pixel that a disc, square, triangle, ring or stroke covers, at random size, place and angle."""
    radius, fine = between(6, 10), 3
    room = SIDE / 2 - radius - 1
    cx, cy, angle = SIDE / 2 + between(-room, room), SIDE / 2 + between(-room, room), between(0, 2 * math.pi)
    line = (torch.arange(SIDE * fine) + 0.5) / fine
    right, down = line[None] - cx, line[:, None] - cy
    x = math.cos(angle) * right + math.sin(angle) * down
    y = math.cos(angle) * down - math.sin(angle) * right
    far = (x**2 + y**2).sqrt()
    if kind == 0:
        inside = far <= radius
    elif kind == 1:
        inside = torch.maximum(x.abs(), y.abs()) <= radius / math.sqrt(2)
    elif kind == 2:
        towards = [2 * math.pi * side / 3 for side in range(3)]
        inside = torch.stack([math.cos(t) * x + math.sin(t) * y <= radius / 2 for t in towards]).all(0)
    elif kind == 3:
        inside = (far <= radius) & (far >= radius * between(0.45, 0.6))
    else:
        half = between(1.3, 2.2)
        reach = radius - half
        bend = between(-0.9, 0.9) * reach
        spine = [(t * reach, bend * (0.5 - t * t)) for t in (i / 8 - 1 for i in range(17))]
        inside = torch.stack([(x - px) ** 2 + (y - py) ** 2 <= half**2 for px, py in spine]).any(0)
    return F.avg_pool2d(inside.float()[None, None], fine).flatten()


def spoilt(picture, noise, occlusion):
    """A grey bar over the middle of what is drawn, and noise on every pixel."""
    line = torch.arange(SIDE) + 0.5
    right, down = line[None].expand(SIDE, SIDE).flatten(), line[:, None].expand(SIDE, SIDE).flatten()
    weight = picture.sum().clamp(min=1e-6)
    cx, cy = (picture * right).sum() / weight, (picture * down).sum() / weight
    angle, off = between(0, math.pi), between(-2, 2)
    hidden = (math.cos(angle) * (right - cx) + math.sin(angle) * (down - cy) - off).abs() < occlusion * SIDE / 2
    return torch.where(hidden, torch.tensor(0.5), picture) + noise * torch.randn(SIDE**2)


def shapes(count, noise, occlusion, upto):
    """So many shapes of all kinds; with `upto` each has noise and bar of its own up to these."""
    pictures = [shape(i % 5) for i in range(count)]
    share = lambda: between(0, 1) if upto else 1
    seen = [spoilt(picture, noise * share(), occlusion * share()) for picture in pictures]
    return Batch(torch.stack(seen), (torch.stack(pictures) >= 0.5).float())


def add_example_arguments(parser):
    parser.add_argument("--shapes", type=int, help="so many new shapes in place of the page's")


def example(args, metadata):
    """The page's shape as it is seen, or new ones."""
    # What `train` writes may have other amounts than the page's set-up.
    amounts = json.loads(metadata["experiment"])["refinement"] if "experiment" in metadata else TASK
    if args.shapes is None:
        picture, bar, normal = (torch.tensor([INPUT[name]]).float() for name in ("picture", "bar", "normal"))
        hidden = bar < amounts["occlusion"] * SIDE / 2
        seen = torch.where(hidden, torch.full_like(picture, 0.5), picture) + amounts["noise"] * normal
        return Batch(seen, (picture >= 0.5).float()), True
    return shapes(args.shapes, amounts["noise"], amounts["occlusion"], False), False


def add_training_arguments(parser):
    parser.add_argument("--batch", type=int, default=TASK["batch"], help=f"shapes (default {TASK['batch']})")
    parser.add_argument("--noise", type=float, default=TASK["noise"], help=f"deviation (default {TASK['noise']})")
    parser.add_argument("--occlusion", type=float, default=TASK["occlusion"],
                        help=f"width of the bar, as a share of the side (default {TASK['occlusion']})")
    parser.add_argument("--channels", type=int, help=f"default {MODEL['channels']}; others begin anew")
    parser.add_argument("--held-out", type=int, default=100, help="shapes that are validated on (default 100)")


class ShapesTask:
    """Which pixels belong to the shape? Shapes, bars and noise are new every time."""

    def __init__(self, args):
        self.batch, self.noise, self.occlusion, self.device = args.batch, args.noise, args.occlusion, args.device
        self.config = {**MODEL, "channels": args.channels or MODEL["channels"]}
        if self.config["channels"] not in CHANNELS:
            raise SystemExit(f"--channels must be one of {CHANNELS}.")
        self.kept_back = shapes(args.held_out, self.noise, self.occlusion, False)
        self.about = f"drawn shapes, {args.held_out:,} held out"
        self.metadata = {}
        self.experiment = {
            "refinement.channels": str(self.config["channels"]),
            "refinement.weights": "random",
            "refinement.noise": self.noise,
            "refinement.occlusion": self.occlusion,
            "train.batch": self.batch,
        }

    def fits(self, config):
        """Whether weights of that shape fit what is asked for."""
        return config["channels"] == self.config["channels"]

    def batch_at(self, step, carried=None):
        return shapes(self.batch, self.noise, self.occlusion, True).to(self.device)

    def held_out(self):
        for seen, masks in zip(self.kept_back.seen.split(50), self.kept_back.masks.split(50)):
            yield Batch(seen, masks).to(self.device)


def open_task(args, metadata):
    return ShapesTask(args)
