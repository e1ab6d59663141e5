package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Posting;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what an id or a name stands for that somebody quotes. Every look-up goes down the unique
 * key of a table, once for each tenant, so it costs the same however large the books are.
 */
public final class Finder {
  /** Holders within which a key may count and that are tried, of all tenants together. */
  public static final int MAX_KEY_SCOPES = 1_000;

  /** The most things that are told of. */
  public static final int MAX_FOUND = 100;

  /** Sequences that a posting's id is resolved for: far more than an account ever has. */
  private static final long MAX_SEQUENCE = (1L << 40) - 1;

  private static final List<NamedTable> LEDGER =
      List.of(
          NamedTable.ofKinds("transfer", "transfer", "kind"),
          NamedTable.of("account", "account"),
          NamedTable.ofKinds("holder", "holder", "kind"),
          NamedTable.ofKinds("asset", "asset", "kind"),
          NamedTable.of("lot", "lot"),
          NamedTable.ofKinds("credential", "credential", "type"),
          NamedTable.ofKinds("event", "event", "type"),
          NamedTable.ofKinds("endpoint", "event_endpoint", "dialect"),
          NamedTable.of("delivery", "event_delivery"),
          NamedTable.ofKinds("audit", "audit", "action"));

  private static final String BY_KIND_AND_REFERENCE =
      """
      SELECT '%1$s', 'reference', tenant_id, id, kind FROM %1$s
       WHERE tenant_id = ANY($1) AND kind = ANY($3) AND reference = $2
      """;

  /** A client's id and a user's name are unique in all tenants; a label is in its own. */
  private static final String CREDENTIALS =
      """
      SELECT 'credential', 'name', tenant_id, id, type FROM credential
       WHERE tenant_id = ANY($1) AND type = ANY($4) AND name = $2 AND secret_hash IS NOT NULL
      UNION ALL
      SELECT 'credential', 'name', tenant_id, id, type FROM credential
       WHERE tenant_id = ANY($1) AND type = ANY($4) AND name = $2
         AND password_hash IS NOT NULL AND revoked_at IS NULL
      UNION ALL
      SELECT 'credential', 'label', tenant_id, id, type FROM credential
       WHERE tenant_id = ANY($1) AND type = ANY($4) AND label = $2 AND revoked_at IS NULL
      """;

  private static final String REQUESTS =
      """
      SELECT DISTINCT ON (tenant_id) 'audit', 'request', tenant_id, id, action FROM audit
       WHERE tenant_id = ANY($1) AND request = $2
      """;

  private static final String BY_KEY =
      """
      SELECT 'transfer' AS what, 'key' AS found_by, t.tenant_id, t.id, t.kind
        FROM unnest($1::integer[], $2::uuid[]) AS k (tenant_id, key)
        JOIN transfer t ON t.tenant_id = k.tenant_id AND t.key = k.key
       WHERE t.key IS NOT NULL LIMIT $3
      """;

  private static final String BY_NUMBER =
      """
      SELECT 'credential' AS what, 'number' AS found_by, tenant_id, id, type AS kind
        FROM credential WHERE tenant_id = ANY($1) AND number = $2
      """;

  private static final String HOLDERS =
      """
      SELECT tenant_id, id, kind FROM holder
       WHERE tenant_id = ANY($1) AND kind = ANY($2) LIMIT $3
      """;

  private static final String ACCOUNTS_BETWEEN =
      """
      SELECT tenant_id, id, number FROM account
       WHERE tenant_id = ANY($1) AND id BETWEEN $2 AND $3 LIMIT $4
      """;

  private static final String BY_POSTING =
      """
      SELECT 'transfer' AS what, 'posting' AS found_by, t.tenant_id, t.id, t.kind
        FROM posting p JOIN transfer t ON t.tenant_id = $1 AND t.id = p.transfer_id
       WHERE p.tenant_id = $1 AND p.account = $2 AND p.sequence = $3
      """;

  private final Statements statements;
  private final Clues clues;
  private final String[] credentialTypes;
  private final String byId;
  private final String byName;

  /**
   * Looks in the ledger's tables and in those of the clues.
   *
   * @param credentialTypes the names of all types
   */
  public Finder(Pools pools, Clues clues, List<String> credentialTypes) {
    this.statements = pools.lists();
    this.clues = clues;
    this.credentialTypes = credentialTypes.toArray(String[]::new);
    List<NamedTable> tables = Stream.concat(LEDGER.stream(), clues.tables().stream()).toList();
    byId = union(tables.stream().map(NamedTable::byId)) + " LIMIT $3";
    Stream<String> named = tables.stream().flatMap(table -> table.byReference().stream());
    byName =
        union(
                Stream.concat(
                    named,
                    Stream.of(
                        BY_KIND_AND_REFERENCE.formatted("holder"),
                        BY_KIND_AND_REFERENCE.formatted("asset"),
                        CREDENTIALS,
                        "(" + REQUESTS + ")")))
            + " LIMIT $5";
  }

  private static String union(Stream<String> parts) {
    return parts.collect(Collectors.joining(" UNION ALL "));
  }

  /**
   * Something that there is.
   *
   * @param what in one word, such as {@code transfer}
   * @param by what of it was quoted: {@code id}, {@code reference}, {@code key} …
   * @param kind what its dialect calls it; may be empty
   * @param tenant 0 where it is nobody's
   */
  public record Found(String what, String by, int tenant, UUID id, String kind) {
    private static Found of(Row row) {
      return new Found(
          row.getString("what"),
          row.getString("found_by"),
          row.getInteger("tenant_id"),
          row.getUUID("id"),
          row.getString("kind"));
    }
  }

  /**
   * What was found.
   *
   * @param isAll whether everything was tried and is told
   */
  public record Result(List<Found> found, boolean isAll) {
    private Result and(Result other) {
      var all = new ArrayList<>(found);
      other.found.stream().filter(each -> isNew(each, all)).forEach(all::add);
      return new Result(List.copyOf(all), isAll && other.isAll);
    }

    private static boolean isNew(Found each, List<Found> others) {
      return others.stream().noneMatch(o -> o.what.equals(each.what) && o.id.equals(each.id));
    }
  }

  /**
   * What a text stands for in some tenants.
   *
   * @param tenants few: each costs a look-up in every table; 0 stands for what concerns none
   * @param text as it was quoted
   * @param uuid the text, if it is one
   * @param number the text, if it is a whole number
   */
  public Future<Result> find(
      List<Integer> tenants, String text, Optional<UUID> uuid, Optional<Integer> number) {
    if (!Rows.isStorable(text)) {
      return nothing();
    }
    Integer[] in = tenants.toArray(Integer[]::new);
    Optional<UUID> id = uuid.or(() -> clues.ids().apply(text));
    // One after the other: whoever looks for something has one connection, as whoever lists has.
    return byId(in, id)
        .compose(found -> byName(in, text).map(found::and))
        .compose(found -> byKey(in, keys(text, uuid)).map(found::and))
        .compose(found -> byPosting(in, id).map(found::and))
        .compose(found -> byNumber(in, number).map(found::and));
  }

  private Future<Result> byId(Integer[] in, Optional<UUID> id) {
    return id.isEmpty() ? nothing() : run(byId, in, id.get(), MAX_FOUND + 1);
  }

  private Future<Result> byNumber(Integer[] in, Optional<Integer> number) {
    return number.isEmpty() ? nothing() : run(BY_NUMBER, in, number.get());
  }

  private Future<Result> byName(Integer[] in, String text) {
    String[] kinds = clues.kinds().toArray(String[]::new);
    return run(byName, in, text, kinds, credentialTypes, MAX_FOUND + 1);
  }

  private Future<Result> run(String sql, Object... parameters) {
    return statements.all(sql, Found::of, parameters).map(Finder::bounded);
  }

  private static Result bounded(List<Found> found) {
    boolean isAll = found.size() <= MAX_FOUND;
    return new Result(isAll ? found : found.subList(0, MAX_FOUND), isAll);
  }

  private static Future<Result> nothing() {
    return Future.succeededFuture(new Result(List.of(), true));
  }

  /**
   * Keys that count in a whole tenant, and those that count within a holder, as far as that goes.
   */
  private Future<Result> byKey(Integer[] in, List<String> texts) {
    String[] kinds =
        scopes(Clues.Scope.Each.class).map(Clues.Scope.Each::kind).toArray(String[]::new);
    return statements
        .all(HOLDERS, Owner::of, in, kinds, MAX_KEY_SCOPES + 1)
        .compose(
            owners -> {
              List<Owner> tried = owners.subList(0, Math.min(owners.size(), MAX_KEY_SCOPES));
              List<Key> keys =
                  Stream.concat(
                          texts.stream().flatMap(text -> whole(in, text)),
                          texts.stream().flatMap(text -> each(tried, text)))
                      .toList();
              return run(
                      BY_KEY,
                      keys.stream().map(Key::tenant).toArray(Integer[]::new),
                      Rows.uuids(keys, Key::digest),
                      MAX_FOUND + 1)
                  .map(result -> result.and(new Result(List.of(), tried.size() == owners.size())));
            });
  }

  private record Key(int tenant, UUID digest) {
    private static Key of(int tenant, String scope, String text) {
      return new Key(tenant, IdempotencyKey.of(scope, text, Digest.start()).digest());
    }
  }

  /** A holder within which keys may count. */
  private record Owner(int tenant, UUID id, String kind) {
    private static Owner of(Row row) {
      return new Owner(row.getInteger("tenant_id"), row.getUUID("id"), row.getString("kind"));
    }
  }

  /** A UUID as a key counts in its canonical form, but a text counts as it is. */
  private static List<String> keys(String text, Optional<UUID> uuid) {
    return Stream.concat(Stream.of(text), uuid.map(UUID::toString).stream()).distinct().toList();
  }

  private Stream<Key> whole(Integer[] in, String text) {
    return scopes(Clues.Scope.Whole.class)
        .flatMap(scope -> Stream.of(in).map(tenant -> Key.of(tenant, scope.text(), text)));
  }

  private Stream<Key> each(List<Owner> owners, String text) {
    return scopes(Clues.Scope.Each.class)
        .flatMap(
            scope ->
                owners.stream()
                    .filter(owner -> owner.kind().equals(scope.kind()))
                    .map(owner -> Key.of(owner.tenant(), scope.prefix() + owner.id(), text)));
  }

  private <T extends Clues.Scope> Stream<T> scopes(Class<T> type) {
    return clues.keys().stream().filter(type::isInstance).map(type::cast);
  }

  /** A posting's id is that of its account but for the lowest bits, which tell its place. */
  private Future<Result> byPosting(Integer[] in, Optional<UUID> id) {
    if (id.isEmpty()) {
      return nothing();
    }
    long high = id.get().getMostSignificantBits();
    long low = id.get().getLeastSignificantBits();
    return statements
        .all(
            ACCOUNTS_BETWEEN,
            row -> line(row, id.get()),
            in,
            new UUID(high, low & ~MAX_SEQUENCE),
            new UUID(high, low | MAX_SEQUENCE),
            MAX_FOUND)
        .map(lines -> lines.stream().flatMap(Optional::stream).map(this::transferOf).toList())
        .compose(Future::all)
        .map(
            all ->
                all.<Result>list().stream()
                    .reduce(Result::and)
                    .orElse(new Result(List.of(), true)));
  }

  private record Line(int tenant, long account, long sequence) {}

  private static Optional<Line> line(Row row, UUID posting) {
    OptionalLong sequence = Posting.sequenceOf(new AccountId(row.getUUID("id")), posting);
    return sequence.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Line(row.getInteger("tenant_id"), row.getLong("number"), sequence.getAsLong()));
  }

  private Future<Result> transferOf(Line line) {
    return run(BY_POSTING, line.tenant(), line.account(), line.sequence());
  }
}
