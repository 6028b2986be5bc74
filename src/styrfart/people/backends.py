"""How somebody is recognised."""

from allauth.account.auth_backends import AuthenticationBackend


class PersonBackend(AuthenticationBackend):
    """Sign-in with address and password; whoever has left cannot sign in."""
