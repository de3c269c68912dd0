"""Totals of a site and its parts over any period, split into series and buckets."""

from .amounts import Amounts, AmountsSource
from .answer import Answer, Consumption, Series
from .directory import Directory, Member
from .places import Place, weights_of
from .query import By, Compare, ConsumptionQuery, Level
from .totals import answer_query

__all__ = [
    "Amounts",
    "AmountsSource",
    "Answer",
    "By",
    "Compare",
    "Consumption",
    "ConsumptionQuery",
    "Directory",
    "Level",
    "Member",
    "Place",
    "Series",
    "answer_query",
    "weights_of",
]
