"""All models of the app; one file per idea."""

from .factor_reset import FactorReset
from .invitation import Invitation
from .membership import Membership
from .user import User, UserManager

__all__ = ["FactorReset", "Invitation", "Membership", "User", "UserManager"]
