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

GROUPS = 4  # of the norms; those after the fusion have half as many
FINE = SIDE // 2  # pixels along a side of the finer resolution
COARSE = FINE // 2
CHANNELS = (4, 8, 12, 16)  # that the page has room for, of the finer resolution


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


class Model(DigitReader):
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
        return self.stem(standardised(batch.pictures).reshape(-1, 1, SIDE, SIDE))

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


def add_model_arguments(parser):
    parser.add_argument("--channels", type=int, help=f"default {MODEL['channels']}; others begin anew")
    parser.add_argument("--expansion", type=int, help=f"default {MODEL['expansion']}; another one begins anew")


class MultiscaleTask(DigitsTask):
    shaping = ("channels", "expansion")

    def __init__(self, args):
        super().__init__(args)
        if self.config["channels"] not in CHANNELS or self.config["expansion"] < 1:
            raise SystemExit(f"--channels must be one of {CHANNELS}, and --expansion 1 or more.")
        self.metadata = {}
        self.experiment = {
            "multiscale.channels": str(self.config["channels"]),
            "multiscale.expansion": self.config["expansion"],
            "multiscale.weights": "random",
            "train.batch": self.batch,
            "multiscale.shift": self.shift,
        }


def open_task(args, metadata):
    return MultiscaleTask(args)
