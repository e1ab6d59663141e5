package io.sluice.access;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Argon2id on a few threads of its own, with a bounded number of waiting calls. */
public final class Passwords {
  private static final int PARALLELISM = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  private final PasswordCost cost;
  private final Argon2Function argon2;
  private final WorkerExecutor workers;
  private final AtomicInteger running = new AtomicInteger();
  private final SecureRandom random = new SecureRandom();
  private final String decoy;

  public Passwords(Vertx vertx, PasswordCost cost) {
    this.cost = cost;
    this.argon2 =
        Argon2Function.getInstance(
            cost.memoryKib(), cost.iterations(), PARALLELISM, HASH_BYTES, Argon2.ID);
    this.workers = vertx.createSharedWorkerExecutor("sluice-passwords", cost.maxConcurrent());
    this.decoy = decoy(cost);
  }

  /** The password's hash with its salt and parameters; fails with {@link PasswordsBusy}. */
  Future<String> hash(String password) {
    return run(
        () ->
            argon2
                .hash(password.getBytes(java.nio.charset.StandardCharsets.UTF_8), bytes(SALT_BYTES))
                .getResult());
  }

  /**
   * Whether the password is the one behind the hash. Without a hash the answer is no, at the same
   * cost, so that nobody learns from the time taken which users exist. Fails with {@link
   * PasswordsBusy}.
   */
  Future<Boolean> matches(String password, Optional<String> hash) {
    String expected = hash.orElse(decoy);
    return run(
        () ->
            Argon2Function.getInstanceFromHash(expected).check(password, expected)
                && hash.isPresent());
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
    return running.get();
  }

  private <T> Future<T> run(Callable<T> work) {
    if (running.incrementAndGet() > cost.maxConcurrent() + cost.maxWaiting()) {
      running.decrementAndGet();
      return Future.failedFuture(new PasswordsBusy());
    }
    return workers.executeBlocking(work, false).onComplete(done -> running.decrementAndGet());
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
