import base64
import math
import os

import torch

# ----------------------------------------------------------------------------------------------------------------------
# One picture as a function of its coordinates: at every place x, z* = f(z*, x) says the colour. Huang, Bai, Kolter 2021
#
# h = z + g0(x), then h <- filter(x, W h + b) layer by layer; f = h. Fourier: sin(A x + a) times; Gabor: that within a
# spot; sine: sin(A x + a + .). Parameters have the names and layouts of locuslab/ImpSq (MFN), and the page's.
# ----------------------------------------------------------------------------------------------------------------------

LOSS_UNIT = "(mean square, black -1 and white 1)"
LOSS_IS_CROSS_ENTROPY = False
OUTPUTS_NAME = "colours"

BOUND = 0.97  # of the largest singular value of W, where it is bounded


class Filter(torch.nn.Module):
    """A x + a, and for Gabor filters where its spot is and how sharp."""

    def __init__(self, width, share, scale, gabor):
        super().__init__()
        self.x_map = torch.nn.Linear(2, width)
        uniform = lambda *shape: torch.rand(shape) * 2 - 1
        waves, self.gabor = uniform(width, 2) * scale / math.sqrt(2 * share), gabor
        if gabor:
            self.mu = torch.nn.Parameter(uniform(width, 2))
            self.gamma = torch.nn.Parameter(torch.distributions.Gamma(3 / share, 1.0).sample((width,)))
            waves = waves * self.gamma.detach().sqrt()[:, None]
        self.x_map.weight.data.copy_(waves)
        self.x_map.bias.data.copy_(uniform(width) * math.pi)

    def phase(self, x):
        """[width, places]."""
        return self.x_map.weight @ x + self.x_map.bias[:, None]

    def spot(self, x):
        distance = (x**2).sum(0) - 2 * self.mu @ x + (self.mu**2).sum(1, keepdim=True)
        return torch.exp(-0.5 * torch.relu(self.gamma)[:, None] * distance)


class Batch:
    """
    A picture `target` [channels, size, size] between -1 and 1, of which the `rows` are drawn, all if None, on a grid that is
    `finer` times as fine.
    """

    def __init__(self, target, finer=1, rows=None):
        self.target, self.finer, self.rows = target, finer, rows
        # A picture is one sample; batches of rows are weighed by how many they are.
        self.examples = target.shape[1] if rows is None else len(rows)

    def to(self, device):
        return Batch(self.target.to(device), self.finer, None if self.rows is None else self.rows.to(device))

    @property
    def wanted(self):
        return self.target if self.rows is None else self.target[:, self.rows]

    def places(self):
        """x [2, rows, columns], across and down, at the middles of the grid's cells."""
        side = self.target.shape[1] * self.finer
        middles = (2 * torch.arange(side, dtype=self.target.dtype, device=self.target.device) + 1) / side - 1
        lines = middles if self.rows is None else middles[self.rows]
        return torch.stack([middles.expand(len(lines), side), lines[:, None].expand(len(lines), side)])


class Model(Equilibrium):
    """`config`: filter (fourier, gabor or sine), width, layers, channels, norm (spectral or none), and the scale of new waves."""

    def __init__(self, config):
        super().__init__()
        self.filter, self.width, self.bounded = config["filter"], config["width"], config["norm"] == "spectral"
        width, count = config["width"], config["layers"]
        make = lambda: Filter(width, count + 1, config["scale"], self.filter == "gabor")
        self.init_filter = make()
        self.layers = torch.nn.ModuleList()
        for _ in range(count):
            layer = torch.nn.Module()
            layer.z_map, layer.filter = torch.nn.Linear(width, width), make()
            self.layers.append(layer)
        self.readout = torch.nn.Linear(width, config["channels"])
        self.parameter_names = [name for name, _ in self.named_parameters()]

    def inject(self, batch):
        """The waves of every filter [width, places] and the weights, one after the other."""
        x = batch.places().flatten(1)
        parts = []
        for i, one in enumerate([self.init_filter, *(layer.filter for layer in self.layers)]):
            wave = one.phase(x)
            wave = wave if self.filter == "sine" and i > 0 else torch.sin(wave)
            parts.append(wave * one.spot(x) if self.filter == "gabor" else wave)
        for layer in self.layers:
            w = layer.z_map.weight
            parts.append(w / (torch.linalg.matrix_norm(w, 2) / BOUND).clamp(min=1) if self.bounded else w)
        return torch.cat([part.flatten() for part in parts])

    def f(self, batch, injection, z):
        width, count = self.width, len(self.layers)
        h = z.reshape(width, -1)
        sizes = [h.numel()] * (count + 1) + [width**2] * count
        parts = injection.split(sizes)
        h = h + parts[0].reshape(h.shape)
        for i, layer in enumerate(self.layers):
            wave, weight = parts[1 + i].reshape(h.shape), parts[1 + count + i].reshape(width, width)
            mixed = weight @ h + layer.z_map.bias[:, None]
            h = torch.sin(mixed + wave) if self.filter == "sine" else mixed * wave
        return h.reshape(z.shape)

    def initial_state(self, batch):
        rows = batch.target.shape[1] if batch.rows is None else len(batch.rows)
        side = batch.target.shape[1] * batch.finer
        return batch.target.new_zeros((1, self.width, rows * batch.finer, side))

    def outputs(self, batch, z):
        """Colours [channels, places], black -1 and white 1."""
        return self.readout.weight @ z.reshape(self.width, -1) + self.readout.bias[:, None]

    def loss(self, batch, z):
        """Mean square of the colours' error; on a finer grid of their mean over each pixel."""
        colours = self.outputs(batch, z).reshape(1, -1, *z.shape[2:])
        if batch.finer > 1:
            colours = torch.nn.functional.avg_pool2d(colours, batch.finer)
        return ((colours[0] - batch.wanted) ** 2).mean()

    def measure(self, batch, z):
        """Peak signal-to-noise ratio in decibels."""
        return {"psnr": 10 * math.log10(4 / float(self.loss(batch, z)))}


# ----------------------------------------------------------------------------------------------------------------------
# Pictures
# ----------------------------------------------------------------------------------------------------------------------

DATA_KINDS = "a .ppm or .pgm, an .npy [rows, columns] or [rows, columns, 3], or with Pillow installed any picture"


def of_page():
    """The page's picture [channels, size, size] between -1 and 1."""
    pixels = torch.frombuffer(bytearray(base64.b64decode(INPUT["pixels"])), dtype=torch.uint8)
    return as_target(pixels.reshape(INPUT["size"], INPUT["size"], INPUT["channels"]).float())


def as_target(pixels):
    return (pixels / 127.5 - 1).permute(2, 0, 1).contiguous()


def read_picture(path, size, channels):
    """The square in the middle of a picture, made `size` pixels wide by means, in as many channels as the network has."""
    if not os.path.exists(path):
        raise SystemExit(f"{path} is not here. It may be {DATA_KINDS}.")
    try:
        pixels = read_pixels(path)
        if pixels.dim() != 3 or pixels.shape[2] not in (1, 3) or min(pixels.shape[:2]) < 1:
            raise ValueError(f"its shape is {list(pixels.shape)}")
    except (ValueError, IndexError, OSError) as error:
        raise SystemExit(f"{path} could not be read as a picture ({error}). It may be {DATA_KINDS}.") from None
    rows, columns = pixels.shape[:2]
    side = min(rows, columns)
    top, left = (rows - side) // 2, (columns - side) // 2
    square = pixels[top : top + side, left : left + side].permute(2, 0, 1)[None]
    small = torch.nn.functional.interpolate(square, size=(size, size), mode="area")[0].permute(1, 2, 0)
    if small.shape[2] != channels:
        grey = small @ torch.tensor([0.2126, 0.7152, 0.0722]) if small.shape[2] == 3 else small[..., 0]
        small = grey[..., None].expand(-1, -1, channels)
    return as_target(small)


def read_pixels(path):
    """[rows, columns, channels] between 0 and 255."""
    if path.lower().endswith(".npy"):
        import numpy

        array = torch.from_numpy(numpy.load(path, allow_pickle=False)).float()
        array = array[..., None] if array.dim() == 2 else array
        return array * 255 if float(array.max()) <= 1 else array
    with open(path, "rb") as file:
        content = file.read()
    if content[:2] in (b"P5", b"P6"):
        fields, at = [], 2
        while len(fields) < 3:
            if content[at : at + 1].isspace():
                at += 1
            elif content[at : at + 1] == b"#":
                at = content.index(b"\n", at)
            else:
                end = at
                while not content[end : end + 1].isspace():
                    end += 1
                fields.append(int(content[at:end]))
                at = end
        columns, rows, most = fields
        channels = 3 if content[:2] == b"P6" else 1
        if most != 255 or len(content) - at - 1 < rows * columns * channels:
            raise ValueError("it is cut off, or has more than 8 bits a channel")
        pixels = bytearray(content[at + 1 : at + 1 + rows * columns * channels])
        return torch.frombuffer(pixels, dtype=torch.uint8).reshape(rows, columns, channels).float()
    try:
        from PIL import Image
    except ImportError:
        raise ValueError("Pillow is not installed, which reads all but .ppm, .pgm and .npy") from None
    with Image.open(path) as image:
        pixels = bytearray(image.convert("RGB").tobytes())
        return torch.frombuffer(pixels, dtype=torch.uint8).reshape(image.height, image.width, 3).float()


def add_example_arguments(parser):
    parser.add_argument("--picture", metavar="FILE", help=f"what is meant, in place of the page's picture: {DATA_KINDS}")
    parser.add_argument("--finer", type=int, default=INPUT["finer"], help=f"times as fine a grid (default {INPUT['finer']})")


def example(args, metadata):
    """The page's picture, or one of a file."""
    target = read_picture(args.picture, INPUT["size"], INPUT["channels"]) if args.picture else of_page()
    return Batch(target, args.finer), args.picture is None and args.finer == INPUT["finer"]


def add_training_arguments(parser):
    parser.add_argument("--picture", metavar="FILE", help=f"a picture of your own to learn: {DATA_KINDS}")
    parser.add_argument("--size", type=int, default=INPUT["size"], help=f"pixels a side (default {INPUT['size']})")
    parser.add_argument("--batch", type=int, default=TASK["batch"], help=f"rows (default {TASK['batch']})")
    parser.add_argument("--filter", choices=["fourier", "gabor", "sine"], help="default the page's; another one begins anew")
    parser.add_argument("--width", type=int, help=f"units (default {MODEL['width']}); others begin anew")
    parser.add_argument("--scale", type=float, help=f"of new waves (default {MODEL['scale']})")


class PictureTask:
    """One picture, all of it at once or some rows at a time; it is validated on all of it, since there is nothing else."""

    def __init__(self, args):
        asked = {"filter": args.filter, "width": args.width, "scale": args.scale}
        self.config = {**MODEL, **{name: value for name, value in asked.items() if value is not None}}
        if args.picture is None and args.size != INPUT["size"]:
            raise SystemExit("--size is the size of a picture of your own: say --picture FILE with it.")
        self.target = of_page() if args.picture is None else read_picture(args.picture, args.size, self.config["channels"])
        self.batch, self.device = args.batch, args.device
        size = self.target.shape[1]
        self.about = f"{size} x {size} pixels of {args.picture or 'the page’s picture'}"
        self.metadata = {}
        own = {f"impsq.{name}": self.config[name] for name in ("filter", "width", "layers", "norm", "scale")}
        self.experiment = {**own, "impsq.weights": "random", "train.batch": self.batch}

    def fits(self, config):
        """Whether weights of that shape fit what is asked for."""
        return all(config[name] == self.config[name] for name in ("filter", "width", "layers", "channels"))

    def batch_at(self, step, carried=None):
        size = self.target.shape[1]
        rows = None if self.batch >= size else torch.randperm(size)[: self.batch].sort().values
        return Batch(self.target, rows=rows).to(self.device)

    def held_out(self):
        yield Batch(self.target).to(self.device)


def open_task(args, metadata):
    return PictureTask(args)
