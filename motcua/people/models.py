from django.db import models
from django.utils.translation import gettext_lazy as _


class Name(models.Model):
    """A name as it is searched, once for everyone who bears it."""

    folded = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=600)

    class Meta:
        verbose_name = _("họ tên tra cứu")
        constraints = [models.UniqueConstraint(fields=["folded"], name="people_name_once")]

    def __str__(self) -> str:
        return self.folded


class NameSuffix(models.Model):
    """A name turned so that two of its words come first; the index of these finds names by words in any order."""

    # One letter more than a name may have: each word is ended by a space (`rules.turn_name`), or a mark stands before.
    suffix = models.CharField(max_length=302)
    name = models.ForeignKey(Name, on_delete=models.CASCADE, db_index=False)

    class Meta:
        verbose_name = _("họ tên theo từng từ")
        indexes = [
            models.Index(
                fields=["suffix", "name"],
                opclasses=["text_pattern_ops", "int8_ops"],
                name="people_name_by_words",
            ),
        ]

    def __str__(self) -> str:
        return self.suffix


class CommonWords(models.Model):
    """How many names hold a word, or two words, that many hold: counted each night, what few hold is not here.

    Two words stand as turned names begin (`nguyen van `), one word behind a mark of its own (`rules.ALONE`, and
    `rules.LONG` among long names).
    """

    words = models.CharField(max_length=302)
    names = models.IntegerField()

    class Meta:
        verbose_name = _("từ thường gặp trong họ tên")
        indexes = [
            models.Index(fields=["words"], opclasses=["text_pattern_ops"], name="people_common_by_words"),
        ]

    def __str__(self) -> str:
        return self.words


class Person(models.Model):
    """A person or an organisation served. Numbers are encrypted; a keyed index finds them exactly."""

    class Kind(models.TextChoices):
        PERSON = "person", _("cá nhân")
        ORGANISATION = "organisation", _("tổ chức")

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PERSON)
    full_name = models.CharField(max_length=250)
    name = models.ForeignKey(Name, on_delete=models.PROTECT, related_name="people")
    birth_on = models.DateField(null=True, blank=True)
    birth_text = models.CharField(max_length=20, blank=True)
    sex = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=500, blank=True)
    phone_enc = models.BinaryField(null=True, blank=True)
    phone_index = models.BinaryField(null=True, blank=True, max_length=16)
    email = models.CharField(max_length=254, blank=True)
    kept_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("người được phục vụ")
        indexes = [
            models.Index(
                fields=["phone_index", "name"],
                name="people_person_by_phone",
                condition=models.Q(phone_index__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


class Identifier(models.Model):
    """A number by which a person is known, of one kind."""

    class Kind(models.TextChoices):
        CITIZEN_ID = "citizen_id", _("số định danh cá nhân")
        OLD_ID = "old_id", _("số chứng minh nhân dân")
        PASSPORT = "passport", _("hộ chiếu")
        TAX_CODE = "tax_code", _("mã số thuế")
        BUSINESS_CODE = "business_code", _("mã số doanh nghiệp")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=16, choices=Kind)
    value_enc = models.BinaryField()
    value_index = models.BinaryField(max_length=16)
    # 0 for a number that names one person in the whole country; the name for old numbers, which did not.
    bearer = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("số định danh")
        constraints = [
            models.UniqueConstraint(fields=["value_index", "kind", "bearer"], name="people_identifier_once"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
