package io.sluice.ledger;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a dialect asks the pipeline to do: one transfer, all legs or none. Made by {@link #of}.
 *
 * @param tenant whose books
 * @param credential which of the tenant's credentials asks for it
 * @param id the transfer's id, fixed before anything is tried, so that an unknown fate can be
 *     looked up
 * @param kind what the dialect calls the operation, such as {@code <dialect>.transfer}; at most 32
 *     characters
 * @param key the idempotency key, where the client gave one
 * @param intent what is to move, and on which conditions
 * @param balanceLimit the largest size, of either sign, that any touched balance may reach; system
 *     accounts excepted
 * @param recordsRefusal whether a refusal for want of funds, or a {@link RecordedRefusal}, is
 *     stored as a failed transfer
 * @param detail what the dialect needs to render the transfer again; opaque text, never null
 * @param events what is told of it where it is stored
 */
public record TransferCommand(
    TenantId tenant,
    CredentialNumber credential,
    TransferId id,
    String kind,
    Optional<IdempotencyKey> key,
    Intent intent,
    Amount balanceLimit,
    boolean recordsRefusal,
    String detail,
    EventSource events) {
  public TransferCommand {
    Objects.requireNonNull(tenant);
    Objects.requireNonNull(credential);
    Objects.requireNonNull(id);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(key);
    Objects.requireNonNull(intent);
    Objects.requireNonNull(balanceLimit);
    Objects.requireNonNull(detail);
    Objects.requireNonNull(events);
  }

  /** Begins a command without a key and detail, whose balances may be as large as any. */
  public static Builder of(Principal asking, TransferId id, String kind) {
    return new Builder(asking, id, kind);
  }

  /** The legs of its intent; none of one that is doomed. */
  public List<Leg> legs() {
    return intent.legs();
  }

  /** The same command, but that every leg moves this much. */
  TransferCommand moving(Amount amount) {
    List<Leg> decided = legs().stream().map(leg -> leg.withAmount(amount)).toList();
    return new TransferCommand(
        tenant,
        credential,
        id,
        kind,
        key,
        new Intent.Move(List.of(), decided),
        balanceLimit,
        recordsRefusal,
        detail,
        events);
  }

  /** A command in the making. */
  public static final class Builder {
    private final Principal asking;
    private final TransferId id;
    private final String kind;
    private Optional<IdempotencyKey> key = Optional.empty();
    private Amount balanceLimit = Amount.MAX;
    private boolean recordsRefusal;
    private String detail = "{}";
    private EventSource events = EventSource.NONE;

    private Builder(Principal asking, TransferId id, String kind) {
      this.asking = asking;
      this.id = id;
      this.kind = kind;
    }

    public Builder key(IdempotencyKey known) {
      return key(Optional.of(known));
    }

    public Builder key(Optional<IdempotencyKey> given) {
      key = given;
      return this;
    }

    public Builder balanceLimit(Amount limit) {
      balanceLimit = limit;
      return this;
    }

    /** Stores a refusal for want of funds, or a recorded one, as a failed transfer. */
    public Builder recordsRefusal() {
      recordsRefusal = true;
      return this;
    }

    public Builder detail(String text) {
      detail = text;
      return this;
    }

    /** Has events told of it. */
    public Builder events(EventSource source) {
      events = source;
      return this;
    }

    /** The command, of which only the intent was missing. */
    public TransferCommand to(Intent intent) {
      return new TransferCommand(
          asking.tenant(),
          asking.credential(),
          id,
          kind,
          key,
          intent,
          balanceLimit,
          recordsRefusal,
          detail,
          events);
    }
  }
}
