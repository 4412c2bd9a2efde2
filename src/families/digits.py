import csv
import gzip
import os
import struct
import zlib

import torch

# ----------------------------------------------------------------------------------------------------------------------
# Digits
# ----------------------------------------------------------------------------------------------------------------------

SIDE, CLASSES = 28, 10  # of a digit, and how many there are


def drawing(code):
    """The page's drawing: runs of up to sixteen pixels of one level, a number of eight bits each, as base64url."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    bits = "".join(f"{alphabet.find(character) & 63:06b}" for character in code)
    greys = []
    for at in range(0, len(bits) - 7, 8):
        run = int(bits[at : at + 8], 2)
        greys += [(run >> 4) / 15] * ((run & 15) + 1)
    return torch.tensor([(greys + [0.0] * SIDE**2)[: SIDE**2]])


class Digits:
    """Pictures [count, 784] from 0 to 1 and classes [count]: those to learn from, and those held out."""

    def __init__(self, learnt, held_out, about):
        self.learnt, self.kept_back, self.about = learnt, held_out, about

    def counted(self):
        """How many there are, as a clause."""
        learnt, held = (len(labels) for _, labels in (self.learnt, self.kept_back))
        return f"{learnt:,} digits to learn from and {held:,} held out, of {self.about}"


def read_digits(path):
    """
    The page's mnist.bin; a folder with MNIST's four files, as torchvision leaves them in MNIST/raw; an .npz with x_train,
    y_train, x_test and y_test, as Keras has it, or x and y; a .csv whose rows are a class and 784 greys. Where nothing is
    set apart, every tenth digit is held out.
    """
    if not os.path.exists(path):
        raise SystemExit(f"{path} is not here. It may be {DATA_KINDS}.")
    name = path.lower()
    try:
        if os.path.isdir(path):
            return Digits(read_idx(path, "train"), read_idx(path, "t10k"), f"MNIST in {path}")
        if name.endswith(".npz"):
            return read_npz(path)
        pictures, labels = read_csv(path) if name.endswith((".csv", ".csv.gz")) else read_packed(path)
    except (ValueError, IndexError, KeyError, struct.error, zlib.error, EOFError, OSError) as error:
        raise SystemExit(f"{path} could not be read as digits ({error}). It may be {DATA_KINDS}.") from None
    return apart(pictures, labels, path)


DATA_KINDS = "the page's mnist.bin (digits/mnist.bin below its address), an .npz, a .csv, or a folder with MNIST's files"


def apart(pictures, labels, path):
    held = torch.arange(len(labels)) % 10 == 9
    return Digits((pictures[~held], labels[~held]), (pictures[held], labels[held]), path)


def checked(pictures, labels, scale=255.0):
    """As pictures [count, 784] from 0 to 1 and classes; ValueErrors say what does not fit."""
    pictures, labels = torch.as_tensor(pictures), torch.as_tensor(labels).long().reshape(-1)
    pictures = pictures.reshape(len(pictures), -1).float()
    if pictures.shape[1] != SIDE**2 or len(pictures) != len(labels) or len(labels) == 0:
        raise ValueError(f"{list(pictures.shape)} greys and {len(labels)} classes, not 784 greys for each class")
    if int(labels.min()) < 0 or int(labels.max()) >= CLASSES:
        raise ValueError(f"classes from {int(labels.min())} to {int(labels.max())}, not 0 to 9")
    # Greys are numbers up to 1 or up to 255.
    return pictures / (scale if pictures.max() > 1 else 1), labels


def read_packed(path):
    """The page's digits, deflated: how many, their classes, and two pixels of sixteen levels to the byte."""
    with open(path, "rb") as file:
        content = zlib.decompress(file.read())
    (count,) = struct.unpack_from("<I", content)
    if len(content) != 4 + count + count * SIDE**2 // 2:
        raise ValueError("its length is not that of the page's digits")
    numbers = torch.frombuffer(bytearray(content[4:]), dtype=torch.uint8)
    packed = numbers[count:]
    pixels = torch.stack([packed & 15, packed >> 4], 1).reshape(count, SIDE**2)
    return checked(pixels, numbers[:count], 15.0)


def read_csv(path):
    """Rows of a class and 784 greys; a row of names at the head is passed over."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", newline="") as file:
        rows = [row for row in csv.reader(file) if row]
    if rows and not rows[0][0].strip().replace(".", "", 1).isdigit():
        rows = rows[1:]
    table = torch.tensor([[float(cell) for cell in row] for row in rows])
    return checked(table[:, 1:], table[:, 0])


def read_npz(path):
    import numpy

    with numpy.load(path, allow_pickle=False) as arrays:
        names = {"learnt": ("x_train", "y_train"), "held": ("x_test", "y_test"), "all": ("x", "y")}
        found = {
            part: checked(torch.from_numpy(arrays[x]), torch.from_numpy(arrays[y].astype("int64")))
            for part, (x, y) in names.items()
            if x in arrays and y in arrays
        }
    if "learnt" in found and "held" in found:
        return Digits(found["learnt"], found["held"], path)
    if not found:
        raise ValueError("it has neither x_train and y_train nor x and y")
    return apart(*next(iter(found.values())), path)


def read_idx(folder, part):
    """MNIST's own files, packed by gzip or not."""

    def read(kind, rank):
        name = os.path.join(folder, f"{part}-{kind}-idx{rank}-ubyte")
        path = name if os.path.exists(name) else name + ".gz"
        with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
            content = file.read()
        shape = struct.unpack_from(f">{rank}I", content, 4)
        return torch.frombuffer(bytearray(content[4 + 4 * rank :]), dtype=torch.uint8).reshape(shape)

    return checked(read("images", 3), read("labels", 1))
