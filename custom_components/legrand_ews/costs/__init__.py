"""Costs and bills in Home Assistant: answers, statistics, prices that come from elsewhere."""
