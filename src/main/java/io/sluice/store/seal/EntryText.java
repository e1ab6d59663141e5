package io.sluice.store.seal;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.Amount;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Posting;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TenantId;
import io.sluice.seal.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The entry of a transfer that carries its two postings, by whoever has just written it: the same
 * text that {@link EntrySql#ENTRY} makes of the row, without reading the row. A test holds the two
 * together. For one thread only.
 */
final class EntryText {
  private final EntryBytes entry = new EntryBytes();

  /** Whether a transfer carries its postings, so that its entry can be told from it alone. */
  static boolean canTell(StoredTransfer transfer) {
    return transfer.parties().size() == 2;
  }

  /** The hash of what the entry says. */
  Hash content(TenantId tenant, StoredTransfer transfer) {
    return of(tenant, transfer).hash();
  }

  /** The entry, until the next is told. */
  EntryBytes of(TenantId tenant, StoredTransfer transfer) {
    Receipt receipt = transfer.receipt();
    uuid(entry.begin(tenant.value()), receipt.id().value());
    byte[] kind = receipt.kind().getBytes(StandardCharsets.UTF_8);
    entry.kind(kind, 0, kind.length).status(receipt.posted() ? 0 : 1);
    entry.createdAt(ChronoUnit.MICROS.between(Instant.EPOCH, receipt.createdAt()));
    int credential = transfer.credential().value();
    entry.credential();
    if (credential == 0) {
      entry.none();
    } else {
      entry.number(credential);
    }
    orNone(entry.key(), transfer.key().map(IdempotencyKey::digest));
    orNone(entry.fingerprint(), transfer.key().map(IdempotencyKey::fingerprint));
    List<AccountId> parties = transfer.parties();
    line(entry.debit(), parties.getFirst(), receipt.postings(), 0);
    line(entry.credit(), parties.getLast(), receipt.postings(), 1);
    byte[] detail = receipt.detail().getBytes(StandardCharsets.UTF_8);
    return entry.detail(detail, 0, detail.length);
  }

  private static EntryBytes uuid(EntryBytes entry, UUID id) {
    return entry.uuid(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  private static void orNone(EntryBytes entry, Optional<UUID> id) {
    id.ifPresentOrElse(there -> uuid(entry, there), entry::none);
  }

  /** A refused transfer has accounts, and no postings. */
  private static void line(EntryBytes entry, AccountId account, List<Posting> postings, int which) {
    uuid(entry, account.value());
    if (postings.isEmpty()) {
      entry.next().none().next().none().next().none();
      return;
    }
    Posting posting = postings.get(which);
    entry.next().number(posting.sequence());
    amount(entry.next(), posting.amount());
    amount(entry.next(), posting.balance());
  }

  private static void amount(EntryBytes entry, Amount amount) {
    byte[] digits = amount.toString().getBytes(StandardCharsets.US_ASCII);
    entry.put(digits, 0, digits.length);
  }
}
