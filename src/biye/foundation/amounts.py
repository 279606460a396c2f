"""学分与分数: exact decimals as scaled integers; credits in tenths, scores in hundredths.

No binary floats: 69.995 stays below 70.00 until somebody says how to round.
"""

from decimal import Decimal, InvalidOperation

TENTHS = 10
HUNDREDTHS = 100


def scaled(text: str | int | Decimal, scale: int) -> int:
    """`text` times `scale` as an integer.

    Raises ValueError where the text is no plain decimal or has more places than the scale holds.
    """
    try:
        value = Decimal(str(text).strip())
    except InvalidOperation:
        raise ValueError(f"not a decimal number: {text!r}") from None
    if not value.is_finite() or abs(value) > 10_000_000:
        raise ValueError(f"out of range: {text!r}")
    product = value * scale
    if product != product.to_integral_value():
        raise ValueError(f"more decimal places than 1/{scale}: {text!r}")
    return int(product)


def credits(text: str | int | Decimal) -> int:
    """学分 in tenths: "10.1" is 101."""
    return scaled(text, TENTHS)


def score(text: str | int | Decimal) -> int:
    """分数 in hundredths: "69.5" is 6950."""
    return scaled(text, HUNDREDTHS)


def show_credits(tenths: int) -> str:
    """Tenths as people write credits: 760 is "76.0"."""
    sign = "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"


def show_score(hundredths: int) -> str:
    """Hundredths as people write scores, at least one place: 7800 is "78.0", 6999 is "69.99"."""
    sign = "-" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), 100)
    return f"{sign}{whole}.{rest:02d}" if rest % 10 else f"{sign}{whole}.{rest // 10}"
