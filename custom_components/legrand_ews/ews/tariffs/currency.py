"""Currencies of ISO 4217, and how many decimals their amounts are shown with (S102)."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from ..errors import ConfigurationError

_CODES: Final = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL
BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP
ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL
LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR
NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CURRENCIES: Final = frozenset(_CODES.split())
"""Codes of the money that countries use."""
_WITHOUT_DECIMALS: Final = """
BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF
"""
_WITH_THREE_DECIMALS: Final = "BHD IQD JOD KWD LYD OMR TND"
_MINOR_UNITS: Final = {
    **dict.fromkeys(_WITHOUT_DECIMALS.split(), 0),
    **dict.fromkeys(_WITH_THREE_DECIMALS.split(), 3),
}
_USUAL_MINOR_UNITS: Final = 2


def checked_currency(text: str) -> str:
    """Return a code as ISO 4217 writes it.

    Raises ConfigurationError ``currency_unknown`` at field ``currency``.
    """
    code = text.strip().upper()
    if code not in CURRENCIES:
        raise ConfigurationError("currency_unknown", field="currency", value=text)
    return code


def minor_units(currency: str) -> int:
    """Return with how many decimals an amount of a currency is shown: 0, 2 or 3."""
    return _MINOR_UNITS.get(currency, _USUAL_MINOR_UNITS)


def shown(amount: Decimal, currency: str) -> Decimal:
    """Return an amount as it is shown: only here is money ever rounded.

    A half goes away from zero, as on any bill and as browsers do.
    """
    unit = Decimal(1).scaleb(-minor_units(currency))
    return amount.quantize(unit, rounding=ROUND_HALF_UP)


def plain(amount: Decimal) -> str:
    """Return a decimal in plain digits, exact, without trailing zeros."""
    text = format(amount, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("", "-0", "-") else text
