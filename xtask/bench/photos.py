"""Makes photos for the bench of a wanted size in pixels and bytes, out of the sample's drawn pictures with film grain: the same every time.

photos.py FOLDER OUT COUNT WIDTH HEIGHT BYTES
"""
import io
import pathlib
import random
import sys

from PIL import Image

folder, out, count, width, height, wanted = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), *map(int, sys.argv[3:7])
out.mkdir(parents=True, exist_ok=True)
drawn = sorted(path for path in folder.rglob("*") if path.is_file() and path.read_bytes()[:3] == b"\xff\xd8\xff" and path.stat().st_size > 200_000)
noise = random.Random(23)
grain = Image.frombytes("L", (1024, 1024), bytes(noise.randrange(104, 152) for _ in range(1024 * 1024)))


def encoded(photo, quality):
    held = io.BytesIO()
    photo.save(held, "JPEG", quality=quality, subsampling=2)
    return held.getvalue()


for number in range(count):
    photo = Image.open(drawn[number % len(drawn)]).convert("RGB").resize((width, height), Image.Resampling.BICUBIC)
    film = Image.new("L", (width, height))
    for x in range(0, width, 1024):
        for y in range(0, height, 1024):
            film.paste(grain.rotate(90 * noise.randrange(4)), (x, y))
    photo = Image.blend(photo, Image.merge("RGB", [film] * 3), 0.06)
    low, high = 20, 98
    # The quality whose file comes nearest to the wanted bytes.
    while low < high:
        middle = (low + high + 1) // 2
        if len(encoded(photo, middle)) <= wanted:
            low = middle
        else:
            high = middle - 1
    data = encoded(photo, low)
    (out / f"photo-{number:02}.jpg").write_bytes(data)
    print(f"photo-{number:02}.jpg quality {low}, {len(data)} bytes")
