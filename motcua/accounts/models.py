from importlib import import_module
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Finds people by the name they sign in with; `actions.people` registers them."""


class User(AbstractBaseUser):
    """A person who signs in. What they may do comes from their postings, never from here."""

    username = models.CharField(_("Tên đăng nhập"), max_length=64, unique=True)
    full_name = models.CharField(_("Họ và tên"), max_length=120)
    email = models.EmailField(_("Thư điện tử"), blank=True)
    phone = models.CharField(_("Số điện thoại"), max_length=20, blank=True)
    is_active = models.BooleanField(_("Đang hoạt động"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    # Grows when the person's postings change: a remembered Actor of an older number is not believed.
    postings_version = models.PositiveIntegerField(default=0)

    # Grows when the person leaves every other machine: sessions of an older number are not believed.
    sessions_version = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("người dùng")

    def __str__(self) -> str:
        return self.full_name or self.username

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """What ties a session to the person: the password and how often they left everywhere."""
        tied = f"{self.password}:{self.sessions_version}" if self.sessions_version else self.password
        return salted_hmac("accounts.session", tied, secret=secret, algorithm="sha256").hexdigest()


class Session(AbstractBaseSession):
    """What a browser that signed in, or may yet, is remembered by; whose it is stands beside it, to be read at once."""

    user_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("phiên làm việc")

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Who reads and writes them."""
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store


class SignInFailure(models.Model):
    """Wrong tries to sign in, counted per user name and address; an empty name counts a whole address."""

    username = models.CharField(_("Tên đăng nhập"), max_length=64, blank=True)
    address = models.CharField(_("Địa chỉ mạng"), max_length=45)
    tries = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("lần đăng nhập sai")
        constraints = [models.UniqueConstraint(fields=["username", "address"], name="sign_in_failure_once")]

    def __str__(self) -> str:
        return f"{self.username}@{self.address}: {self.tries}"


class SecondFactor(models.Model):
    """The secret behind the six digits of a person's authenticator (TOTP, RFC 6238), encrypted."""

    user = models.OneToOneField(User, models.CASCADE, related_name="second_factor")
    secret_enc = models.BinaryField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_step = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("xác thực hai lớp")

    def __str__(self) -> str:
        return f"{self.user_id}"


class RecoveryCode(models.Model):
    """A code that lets a person in once when the authenticator is lost; only its keyed mark is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    mark = models.BinaryField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("mã khôi phục")
        constraints = [models.UniqueConstraint(fields=["user", "mark"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"{self.user_id}"
