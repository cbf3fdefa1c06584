"""A client of the API of a server of ours, for programs in Python.

    from search_web.client import Client

    with Client("http://127.0.0.1:8000") as client:
        for hit in client.hits("free cash flow", role=["management"], most=200):
            print(hit["speaker"]["name"], hit["text"])

What is answered are the shapes that the API describes, as typed dicts. `pip install 'yuanhua[client]'` brings what it
needs.
"""

from __future__ import annotations

from indexer.errors import ClientError, ProblemError, UnexpectedAnswerError, UnreachableError
from search_web.client.account_calls import AccountCalls
from search_web.client.index_calls import IndexCalls
from search_web.client.link_calls import LinkCalls
from search_web.client.notebook_calls import NotebookCalls
from search_web.client.people_calls import PeopleCalls
from search_web.client.upload_calls import UploadCalls

__all__ = ["Client", "ClientError", "ProblemError", "UnexpectedAnswerError", "UnreachableError"]


class Client(IndexCalls, NotebookCalls, LinkCalls, UploadCalls, AccountCalls, PeopleCalls):
    """A connection to a server; it may be used from many threads, and is closed when it is left.

    `base_url` is the address of the server, `token` one of yours where it has accounts, `timeout` how many seconds an
    answer may take. What may be asked twice is asked again, up to `retries` times, where the server is busy (429, 503)
    or does not answer: after as long as it says, but at most `longest_wait` seconds. Everything raises ClientError.
    """
