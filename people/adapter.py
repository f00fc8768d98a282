from allauth.account.adapter import DefaultAccountAdapter


class InvitedOnly(DefaultAccountAdapter):
    """Nobody signs up alone: accounts are made by invitation."""

    def is_open_for_signup(self, request):
        return False
