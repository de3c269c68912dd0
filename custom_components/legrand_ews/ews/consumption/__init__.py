"""Totals of a site and its parts over any period, split into series and buckets."""

from .amounts import Amounts, AmountsSource
from .answer import Answer, Consumption, Series
from .comparison import Comparison, ComparisonQuery, Measure, answer_comparison
from .corrections import CorrectionQuery, Corrections, answer_corrections
from .directory import Directory, Member
from .hours import (
    CountedAmounts,
    counted_amounts,
    counted_between,
    hour_floor,
    hours_of,
)
from .overall import Overall, answer_overall
from .places import Place, weights_of
from .query import By, Compare, ConsumptionQuery, Level, span_bounds
from .totals import answer_query

__all__ = [
    "Amounts",
    "AmountsSource",
    "Answer",
    "By",
    "Compare",
    "Comparison",
    "ComparisonQuery",
    "Consumption",
    "ConsumptionQuery",
    "CorrectionQuery",
    "Corrections",
    "CountedAmounts",
    "Directory",
    "Level",
    "Measure",
    "Member",
    "Overall",
    "Place",
    "Series",
    "answer_comparison",
    "answer_corrections",
    "answer_overall",
    "answer_query",
    "counted_amounts",
    "counted_between",
    "hour_floor",
    "hours_of",
    "span_bounds",
    "weights_of",
]
