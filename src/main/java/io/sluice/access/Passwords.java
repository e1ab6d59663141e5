package io.sluice.access;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** Argon2id on a few threads of its own, which addresses share. */
public final class Passwords {
  private static final int PARALLELISM = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  private final Argon2Function argon2;
  private final CostlyChecks checks;
  private final SecureRandom random = new SecureRandom();
  private final String decoy;

  public Passwords(Vertx vertx, PasswordCost cost) {
    this.argon2 =
        Argon2Function.getInstance(
            cost.memoryKib(), cost.iterations(), PARALLELISM, HASH_BYTES, Argon2.ID);
    int places = cost.maxConcurrent() + cost.maxWaiting();
    this.checks = new CostlyChecks(vertx, "sluice-passwords", cost.maxConcurrent(), places);
    this.decoy = decoy(cost);
  }

  /** The password's hash with its salt and parameters; fails with {@link AccessBusy}. */
  Future<String> hash(String password) {
    return checks.run(
        ClientAddress.NONE,
        () ->
            argon2
                .hash(password.getBytes(java.nio.charset.StandardCharsets.UTF_8), bytes(SALT_BYTES))
                .getResult());
  }

  /**
   * Whether the password is the one behind the hash. Without a hash the answer is no, at the same
   * cost, so that nobody learns from the time taken which users exist. Fails with {@link
   * AccessBusy}.
   *
   * @param address from where it was sent
   */
  Future<Boolean> matches(String password, Optional<String> hash, ClientAddress address) {
    String expected = hash.orElse(decoy);
    return checks
        .run(
            address,
            () ->
                Argon2Function.getInstanceFromHash(expected).check(password, expected)
                    && hash.isPresent())
        .onSuccess(
            right -> {
              if (right) {
                checks.know(address);
              }
            });
  }

  /**
   * Random bytes in the form of a hash: they cost a check as much as a real one does, and making
   * them costs the start nothing.
   */
  private String decoy(PasswordCost cost) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            argon2.getVersion(),
            cost.memoryKib(),
            cost.iterations(),
            PARALLELISM,
            base64.encodeToString(bytes(SALT_BYTES)),
            base64.encodeToString(bytes(HASH_BYTES)));
  }

  /** What users that do not exist are checked against. */
  String decoy() {
    return decoy;
  }

  /** Hashes that are computed or waited for now. */
  int hashing() {
    return checks.underWay();
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
