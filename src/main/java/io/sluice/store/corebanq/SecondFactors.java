package io.sluice.store.corebanq;

import io.sluice.ledger.CredentialNumber;
import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.sluice.store.access.Backing;
import io.sluice.store.access.CredentialTypeName;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** What users must know or have besides their passwords, and what they were asked for. */
public final class SecondFactors {
  /** Of one user; a further one ends the oldest. */
  public static final int MAX_CHALLENGES = 5;

  private static final String FIND =
      "SELECT internal, second_factor, address, totp_secret IS NOT NULL AS enrolled, locked_until"
          + " FROM corebanq_user WHERE tenant_id = $1 AND credential_id = $2";

  /** Of any user: nothing is stored of those of whom nothing was said. */
  private static final String SHOW =
      """
      SELECT coalesce(u.internal, false) AS internal, coalesce(u.second_factor, 0) AS second_factor,
             u.address, u.totp_secret IS NOT NULL AS enrolled, u.locked_until
        FROM credential c
        LEFT JOIN corebanq_user u ON u.tenant_id = $1 AND u.credential_id = c.id
       WHERE c.tenant_id = $1 AND c.id = $2 AND c.type = $3 AND c.revoked_at IS NULL
      """;

  /** Another way to prove oneself begins without failures; challenges of the one before end. */
  private static final String PUT =
      """
      WITH gone AS (
        DELETE FROM corebanq_challenge WHERE tenant_id = $1 AND credential_id = $2)
      INSERT INTO corebanq_user (tenant_id, credential_id, internal, second_factor, address)
      SELECT tenant_id, id, $4, $5, $6 FROM credential
       WHERE tenant_id = $1 AND id = $2 AND type = $3 AND revoked_at IS NULL
      ON CONFLICT (tenant_id, credential_id) DO UPDATE
        SET internal = excluded.internal, second_factor = excluded.second_factor,
            address = excluded.address, failures = 0, locked_until = NULL
      """;

  private static final String ENROL =
      """
      INSERT INTO corebanq_user (tenant_id, credential_id, internal, second_factor, totp_secret)
      SELECT tenant_id, id, false, $4, $5 FROM credential
       WHERE tenant_id = $1 AND id = $2 AND type = $3 AND revoked_at IS NULL
      ON CONFLICT (tenant_id, credential_id) DO UPDATE
        SET second_factor = excluded.second_factor, address = NULL,
            totp_secret = excluded.totp_secret, totp_step = 0
      """;

  private static final String ASK =
      """
      WITH gone AS (
        DELETE FROM corebanq_challenge
         WHERE tenant_id = $1 AND credential_id = $3
           AND (expires_at <= $7
                OR id IN (SELECT id FROM corebanq_challenge
                           WHERE tenant_id = $1 AND credential_id = $3
                           ORDER BY issued_at DESC, id DESC OFFSET $9)))
      INSERT INTO corebanq_challenge (tenant_id, id, credential_id, generation, app, token_hash,
                                      issued_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """;

  /** The user's row is locked, so that tries are counted one after the other. */
  private static final String PENDING =
      """
      SELECT c.credential_id, c.generation, c.app, c.token_hash, c.code_hash, k.number,
             u.second_factor, u.totp_secret, u.totp_step, u.failures, u.locked_until
        FROM corebanq_challenge c
        JOIN corebanq_user u ON u.tenant_id = $1 AND u.credential_id = c.credential_id
        JOIN credential k ON k.tenant_id = $1 AND k.id = c.credential_id
         AND k.generation = c.generation AND k.revoked_at IS NULL
       WHERE c.tenant_id = $1 AND c.id = $2 AND c.expires_at > $3
         FOR UPDATE OF u, c
      """;

  private static final String PASS =
      """
      WITH gone AS (DELETE FROM corebanq_challenge WHERE tenant_id = $1 AND id = $3)
      UPDATE corebanq_user SET failures = 0, totp_step = greatest(totp_step, $4)
       WHERE tenant_id = $1 AND credential_id = $2
      """;

  private static final String FAIL =
      "UPDATE corebanq_user SET failures = failures + 1"
          + " WHERE tenant_id = $1 AND credential_id = $2";

  private static final String LOCK =
      """
      WITH gone AS (DELETE FROM corebanq_challenge WHERE tenant_id = $1 AND credential_id = $2)
      UPDATE corebanq_user SET failures = 0, locked_until = $3
       WHERE tenant_id = $1 AND credential_id = $2
      """;

  private static final String UNSENT =
      """
      SELECT c.id, c.credential_id, c.expires_at, u.second_factor, u.address
        FROM corebanq_challenge c
        JOIN corebanq_user u ON u.tenant_id = $1 AND u.credential_id = c.credential_id
       WHERE c.tenant_id = $1 AND c.code_hash IS NULL AND c.expires_at > $2
         AND u.address IS NOT NULL
       ORDER BY c.issued_at
       LIMIT $3
         FOR UPDATE OF c SKIP LOCKED
      """;

  private static final String SEND =
      "UPDATE corebanq_challenge SET code_hash = $3 WHERE tenant_id = $1 AND id = $2";

  private final Statements statements;

  public SecondFactors(Pools pools) {
    this.statements = pools.lookUps();
  }

  /** How a user proves itself besides the password; the ordinal is what is stored. */
  public enum Mode {
    OFF,
    EMAIL,
    PHONE,
    TOTP;

    private static final Mode[] ALL = values();

    private static Mode of(Row row) {
      return ALL[row.getShort("second_factor")];
    }
  }

  /**
   * What the operator says of a user.
   *
   * @param internal whether it has the Internal role
   * @param address where codes go, of email and phone
   */
  public record Rule(boolean internal, Mode mode, Optional<String> address) {
    /** What holds of users of whom nothing is said. */
    public static final Rule NONE = new Rule(false, Mode.OFF, Optional.empty());
  }

  /**
   * A user with its rule.
   *
   * @param enrolled whether there is a secret to compute codes from
   * @param lockedUntil until when no code is taken
   */
  public record User(Rule rule, boolean enrolled, Optional<Instant> lockedUntil) {}

  /** What is known of a challenge that is not over. */
  public record Pending(
      Backing.Credential user,
      CredentialNumber number,
      String app,
      Buffer tokenHash,
      Optional<Buffer> codeHash,
      Mode mode,
      Optional<Buffer> totpSecret,
      long totpStep,
      int failures,
      Optional<Instant> lockedUntil) {
    /** Without hashes and secrets. */
    @Override
    public String toString() {
      return "Pending[user=" + user.id() + ", mode=" + mode + "]";
    }
  }

  /** What came of a code. */
  public sealed interface Verdict {
    /**
     * It was right.
     *
     * @param step of totp that it was computed for; 0 of others
     */
    record Right(Pending challenge, long step) implements Verdict {}

    /** It was wrong. */
    record Wrong(Backing.Credential user) implements Verdict {}

    /** It was wrong once too often. */
    record Locked(Backing.Credential user, Instant until) implements Verdict {}

    /** It was not looked at, and does not count. */
    record Ignored() implements Verdict {}
  }

  /**
   * A code to be sent.
   *
   * @param address where to
   * @param code the only time that it is told
   */
  public record Message(UUID user, Mode mode, String address, String code, Instant expiresAt) {
    /** Without the code. */
    @Override
    public String toString() {
      return "Message[user=" + user + "]";
    }
  }

  /** A code and what is stored of it. */
  public record Code(String text, Buffer hash) {
    /** Without the code. */
    @Override
    public String toString() {
      return "Code";
    }
  }

  public Future<Optional<User>> find(TenantId tenant, UUID user) {
    return statements.first(FIND, SecondFactors::user, tenant.value(), user);
  }

  /**
   * What holds of a user.
   *
   * @param type of users' credentials
   */
  public Future<Optional<User>> show(TenantId tenant, CredentialTypeName type, UUID user) {
    return statements.first(SHOW, SecondFactors::user, tenant.value(), user, type.text());
  }

  /**
   * Says something else of a user.
   *
   * @param type of users' credentials
   * @return false when the tenant has no such user
   */
  public Future<Boolean> put(TenantId tenant, CredentialTypeName type, UUID user, Rule rule) {
    return statements
        .run(
            PUT,
            tenant.value(),
            user,
            type.text(),
            rule.internal(),
            (short) rule.mode().ordinal(),
            rule.address().orElse(null))
        .map(rows -> rows.rowCount() == 1);
  }

  /**
   * Gives a user a new secret to compute codes from, and asks for such codes from now on.
   *
   * @param type of users' credentials
   * @return false when the tenant has no such user
   */
  public Future<Boolean> enrol(TenantId tenant, CredentialTypeName type, UUID user, Buffer secret) {
    return statements
        .run(ENROL, tenant.value(), user, type.text(), (short) Mode.TOTP.ordinal(), secret)
        .map(rows -> rows.rowCount() == 1);
  }

  /** Asks a user, of whom something is said, for a code. */
  public Future<Void> ask(Grantee grantee, SessionStore.Span span) {
    return statements.run(ASK, grantee.columns(span, (long) MAX_CHALLENGES - 1)).mapEmpty();
  }

  /**
   * Judges a code, of one user one after the other.
   *
   * @param party who asks: a tenant that he only names is not made to wait for that
   * @return ignored also where there is no such challenge
   */
  public Future<Verdict> answer(
      Object party,
      TenantId tenant,
      UUID challenge,
      Instant now,
      Function<Pending, Verdict> judge) {
    return statements.inTransactionFor(
        party,
        connection ->
            Statements.on(connection, PENDING, tenant.value(), challenge, Rows.time(now))
                .map(rows -> Rows.first(rows, SecondFactors::pending))
                .map(found -> found.map(judge).orElseGet(Verdict.Ignored::new))
                .compose(verdict -> write(connection, tenant, challenge, verdict).map(verdict)));
  }

  private static Future<?> write(
      SqlConnection connection, TenantId tenant, UUID challenge, Verdict verdict) {
    Object of = tenant.value();
    return switch (verdict) {
      case Verdict.Right(Pending pending, long step) ->
          Statements.on(connection, PASS, of, pending.user().id(), challenge, step);
      case Verdict.Wrong(Backing.Credential user) -> Statements.on(connection, FAIL, of, user.id());
      case Verdict.Locked(Backing.Credential user, Instant until) ->
          Statements.on(connection, LOCK, of, user.id(), Rows.time(until));
      case Verdict.Ignored ignored -> Future.succeededFuture();
    };
  }

  /**
   * Takes the codes that are to be sent by email or to a phone, each once.
   *
   * @param codes makes them
   */
  public Future<List<Message>> take(TenantId tenant, Instant now, int limit, Supplier<Code> codes) {
    return statements.inTransaction(
        tenant,
        connection ->
            Statements.on(connection, UNSENT, tenant.value(), Rows.time(now), (long) limit)
                .map(rows -> Rows.all(rows, row -> row))
                .compose(
                    rows ->
                        Future.all(
                                rows.stream()
                                    .map(row -> send(connection, tenant, row, codes.get()))
                                    .toList())
                            .map(sent -> sent.<Message>list())));
  }

  private static Future<Message> send(
      SqlConnection connection, TenantId tenant, Row row, Code code) {
    return Statements.on(connection, SEND, tenant.value(), row.getUUID("id"), code.hash())
        .map(
            stored ->
                new Message(
                    row.getUUID("credential_id"),
                    Mode.of(row),
                    row.getString("address"),
                    code.text(),
                    Rows.instant(row, "expires_at")));
  }

  private static User user(Row row) {
    var rule =
        new Rule(
            row.getBoolean("internal"),
            Mode.of(row),
            Optional.ofNullable(row.getString("address")));
    return new User(rule, row.getBoolean("enrolled"), Rows.optionalInstant(row, "locked_until"));
  }

  private static Pending pending(Row row) {
    return new Pending(
        new Backing.Credential(row.getUUID("credential_id"), row.getInteger("generation")),
        new CredentialNumber(row.getInteger("number")),
        row.getString("app"),
        row.getBuffer("token_hash"),
        Optional.ofNullable(row.getBuffer("code_hash")),
        Mode.of(row),
        Optional.ofNullable(row.getBuffer("totp_secret")),
        row.getLong("totp_step"),
        row.getShort("failures"),
        Rows.optionalInstant(row, "locked_until"));
  }
}
