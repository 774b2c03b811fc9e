"""Addresses to bytes: public servers asked politely and safely; nothing private, nothing behind logins."""

from marsad.fetching.clock import Clock, Stopped, SystemClock
from marsad.fetching.errors import FetchError
from marsad.fetching.feeds import Feed, FeedList, load_feeds
from marsad.fetching.fetcher import Fetcher, NotModified
from marsad.fetching.rules import Limits, Pace, load_fetching

__all__ = [
    "Clock",
    "Feed",
    "FeedList",
    "FetchError",
    "Fetcher",
    "Limits",
    "NotModified",
    "Pace",
    "Stopped",
    "SystemClock",
    "load_feeds",
    "load_fetching",
]
