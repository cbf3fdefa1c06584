"""What is said of sharing, as forms: see engine_forms."""

from __future__ import annotations

from search_web.web.forms import Form

_form = Form.of  # The catalogue takes messages from the calls of this name.

SHARING_FORMS = (
    _form("only its owner or an administrator says who sees a collection, removes it or hands it over"),
    _form("only its owner or an administrator removes a saved search or makes an address for its feed"),
    _form("Ask one of them"),
    _form("this account or token reads collections and searches, and does not change them"),
    _form("Ask an administrator for an account that writes"),
    _form("%(count)s collections are called %(name)s: %(ids)s"),
    _form("several saved searches are called %(name)s: %(ids)s"),
    _form("Give the id of the one that is meant"),
    _form("nobody owns this collection, so that it is the team's"),
    _form("Hand it over to an account first"),
    _form("there is no account %(name)s"),
    _form("Give the name that its owner signs in with"),
    _form("%(count)s is no number of days"),
    _form("Give 1 to %(most)s"),
    _form("Give a whole number"),
    _form("there are %(count)s links already"),
    _form("Revoke some of them"),
    _form("no link has this id, or it works no more"),
    _form("%(value)s is no visibility"),
    _form("Not permitted"),
    _form("Unknown link"),
)
"""Those of collections that people share, and of links to them."""
