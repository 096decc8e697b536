"""Which columns of dossiers are encrypted, for whoever changes the key."""

from motcua.core.rekeying import EncryptedColumn

ENCRYPTED = (
    EncryptedColumn("dossiers_party", "id_enc"),
    EncryptedColumn("dossiers_party", "phone_enc"),
    EncryptedColumn("dossiers_filing", "facts_enc"),
    EncryptedColumn("dossiers_filingwish", "words_enc"),
    EncryptedColumn("dossiers_result", "collector_id_enc"),
)
