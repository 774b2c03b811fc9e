"""Addresses to bytes: public servers asked politely and safely; nothing private, nothing behind logins.

And messages to the webhooks that a user names, by the same guarded way.
"""

from marsad.fetching.clock import Clock, Stopped, SystemClock
from marsad.fetching.errors import FetchError
from marsad.fetching.feeds import Feed, FeedList, load_feeds
from marsad.fetching.fetcher import Fetcher, NotModified
from marsad.fetching.posting import Poster, key_of, signature
from marsad.fetching.rules import Limits, Pace, Posting, load_fetching
from marsad.fetching.webhooks import Webhook

__all__ = [
    "Clock",
    "Feed",
    "FeedList",
    "FetchError",
    "Fetcher",
    "Limits",
    "NotModified",
    "Pace",
    "Poster",
    "Posting",
    "Stopped",
    "SystemClock",
    "Webhook",
    "key_of",
    "load_feeds",
    "load_fetching",
    "signature",
]
