package io.sluice.store.seal;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Posting;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TenantId;
import io.sluice.seal.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The entry of a transfer that carries its two postings, by whoever has just written it: the same
 * text that {@link EntrySql#ENTRY} makes of the row, without reading the row. A test holds the two
 * together. For one thread only.
 */
final class EntryText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);

  private static final String NONE = "-";

  private static final int USUAL_CHARS = 1_024;

  private final StringBuilder entry = new StringBuilder(USUAL_CHARS);

  /** Transfers of one batch have one time. */
  private Instant time = Instant.EPOCH;

  private String timeText = "";

  /** Whether a transfer carries its postings, so that its entry can be told from it alone. */
  static boolean canTell(StoredTransfer transfer) {
    return transfer.parties().size() == 2;
  }

  /** The hash of what the entry says. */
  Hash content(TenantId tenant, StoredTransfer transfer) {
    return Hash.ofContent(of(tenant, transfer));
  }

  /** The entry. */
  String of(TenantId tenant, StoredTransfer transfer) {
    Receipt receipt = transfer.receipt();
    entry.setLength(0);
    entry.append("sluice transfer 1\ntenant ").append(tenant.value());
    entry.append("\nid ").append(receipt.id().value());
    text("\nkind ", receipt.kind());
    entry.append("\nstatus ").append(receipt.posted() ? 0 : 1);
    entry.append("\ncreated_at ").append(text(receipt.createdAt()));
    int credential = transfer.credential().value();
    entry.append("\ncredential ").append(credential == 0 ? NONE : credential);
    entry.append("\nkey ").append(ofKey(transfer, IdempotencyKey::digest));
    entry.append("\nfingerprint ").append(ofKey(transfer, IdempotencyKey::fingerprint));
    List<AccountId> parties = transfer.parties();
    line("\ndebit ", parties.getFirst(), receipt.postings(), 0);
    line("\ncredit ", parties.getLast(), receipt.postings(), 1);
    text("\ndetail ", receipt.detail());
    return entry.append('\n').toString();
  }

  private static Object ofKey(StoredTransfer transfer, Function<IdempotencyKey, Object> field) {
    return transfer.key().map(field).orElse(NONE);
  }

  /** With the number of its bytes. */
  private void text(String name, String text) {
    entry
        .append(name)
        .append(text.getBytes(StandardCharsets.UTF_8).length)
        .append(':')
        .append(text);
  }

  private String text(Instant created) {
    if (!created.equals(time)) {
      time = created;
      timeText = TIME.format(LocalDateTime.ofInstant(created, ZoneOffset.UTC));
    }
    return timeText;
  }

  /** A refused transfer has accounts, and no postings. */
  private void line(String name, AccountId account, List<Posting> postings, int which) {
    entry.append(name).append(account.value());
    if (postings.isEmpty()) {
      entry.append(" - - -");
      return;
    }
    Posting posting = postings.get(which);
    entry.append(' ').append(posting.sequence());
    entry.append(' ').append(posting.amount());
    entry.append(' ').append(posting.balance());
  }
}
