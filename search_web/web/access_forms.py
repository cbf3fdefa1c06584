"""What is told of accounts, tokens and what one may do, as forms; engine_forms.py has what the search tells."""

from __future__ import annotations

from search_web.web.forms import Form

_form = Form.of  # The catalogue takes messages from the calls of this name.

ACCESS_FORMS = (
    _form("Your account may not do that: it needs the scope %(scope)s"),
    _form("This token may not do that: it needs the scope %(scope)s"),
    _form("Nobody may do that: the table of permissions does not have it"),
    _form("This form was made for another session: load the page anew, and send it again"),
    _form("That is done by a person who has signed in, not with a token"),
    _form("This server does not answer under that name"),
    _form("Ask for it under a name that it was started with: %(command)s"),
    _form("There were too many requests"),
    _form("Ask again a little later"),
    _form("this server has no accounts, and is open to whoever sits at this machine"),
    _form("Make one with: %(command)s"),
    _form("you may not pass on %(scopes)s"),
    _form("Name some of %(scopes)s"),
    _form("you have %(count)s tokens"),
    _form("Revoke those that are not used any more"),
    _form("no account may be called so"),
    _form("Write one line of 1 to %(most)s letters, digits and signs"),
    _form("there is no account %(name)s"),
    _form("%(time)s is no time"),
    _form("Write a day such as %(day)s, or a time such as %(time)s"),
    _form("Forbidden"),
    _form("Unauthorized"),
    _form("Too Many Requests"),
    _form("Request Entity Too Large"),
    _form("The data value transmitted exceeds the capacity limit"),
    _form("nobody does that to their own account"),
    _form("Ask another admin, or use the page of your account"),
    _form("the first account must be an admin"),
    _form("Make it an admin: there is nobody else who could make more accounts"),
    _form("nothing is to be changed"),
    _form("Name role or disabled"),
    _form("this token may do less than a %(role)s"),
    _form("Use a token that may do %(scopes)s too"),
    _form("Own account"),
    _form("no account has this id"),
    _form("See the list of people"),
    _form("Unknown account"),
    _form("Unknown token"),
    _form("No accounts"),
    _form("Last admin"),
    _form("Too many attempts"),
    _form("too many people are signing in at this moment"),
    _form("Try again in a moment"),
    _form("Something that this server needs cannot be read"),
    _form("The log of the server says what"),
    _form("Other files are being made at this moment. Try again a little later"),
)
"""Those of access, in the order in which they are tried after those of the search."""
